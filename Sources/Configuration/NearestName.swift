/// The end of a sentence about an unknown name: the nearest valid one, or all of them.
public func suggestion(for name: String, among valid: [String]) -> String {
  let all = "expected one of " + valid.joined(separator: ", ")
  guard let nearest = nearestName(to: name, among: valid) else { return all }
  return valid.count <= 8 ? "\(all) (did you mean \(nearest)?)" : "did you mean \(nearest)?"
}

/// The valid name that a misspelt one most likely stands for; nil where none is near.
public func nearestName(to name: String, among valid: [String]) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars.prefix(80))
  var best: (name: String, distance: Int)?
  for candidate in valid {
    let letters = Array(candidate.lowercased().unicodeScalars)
    let distance = editDistance(wanted, letters)
    // A third of the letters may be wrong, at least one.
    guard distance <= max(1, max(wanted.count, letters.count) / 3) else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        least = min(least, beforeLast[j - 1] + 1)
      }
      row.append(least)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

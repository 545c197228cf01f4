import ArgumentParser
import Results

/// `avpfsim columns`
struct ColumnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "columns",
    abstract: "Explain every column of the CSV files.",
    discussion: """
      Writes Markdown tables to standard output: name, unit, meaning, and what an empty field means.

      Example:
        avpfsim columns
      """)

  func run() {
    print(ColumnDictionary.markdown, terminator: "")
  }
}

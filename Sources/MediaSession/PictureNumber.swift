/// A picture's place in the sender's sequence: PictureID unwrapped, so it never repeats.
public typealias PictureNumber = Int64

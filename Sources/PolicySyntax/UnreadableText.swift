import Diagnostics

/// Finds what makes a file no text at all. Its other findings would all follow from that.
enum UnreadableText {
  /// What is wrong with the bytes, or nil when they are UTF-8 without NUL, in a file of a size that is read.
  static func finding(in bytes: [UInt8], file: FileID) -> Diagnostic? {
    if bytes.count > Lexer.maximumBytes {
      return Diagnostic(
        "AP9004", .error,
        "the policy has \(bytes.count) bytes, more than the \(Lexer.maximumBytes) that are read", at: nil)
    }
    if let at = bytes.firstIndex(of: 0) {
      return Diagnostic(
        "AP9003", .error, "the file has a NUL byte, so it is no text in UTF-8",
        at: Label(span(at, 1, file), "the first is here"), help: ["save the file as UTF-8"])
    }
    guard String(validating: bytes, as: UTF8.self) == nil, let bad = firstIllFormed(bytes) else { return nil }
    return Diagnostic(
      "AP9002", .error, "the file is not UTF-8",
      at: Label(span(bad.at, bad.length, file), "the first such bytes are here"),
      help: ["save the file as UTF-8"])
  }

  private static func firstIllFormed(_ bytes: [UInt8]) -> (at: Int, length: Int)? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var at = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): at += scalar.count
      case .error(let length): return (at, max(1, length))
      case .emptyInput: return nil
      }
    }
  }

  private static func span(_ at: Int, _ length: Int, _ file: FileID) -> Span {
    Span(file: file, start: UInt32(truncatingIfNeeded: at), end: UInt32(truncatingIfNeeded: at + length))
  }
}

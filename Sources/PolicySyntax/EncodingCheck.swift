import Diagnostics

/// What makes the bytes of a file no text at all.
public enum EncodingCheck {
  /// The first byte sequence that is not UTF-8 and the first NUL byte, as findings.
  public static func findings(_ bytes: [UInt8], file: FileID) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    if let nul = bytes.firstIndex(of: 0) {
      findings.append(
        Diagnostic(
          "AP9003", .error, "the file holds a NUL byte, so it is not a text", at: Label(span(nul, 1, file), "NUL"),
          help: ["a file in UTF-16 looks like this; save it as UTF-8"]))
    }
    if String(validating: bytes, as: UTF8.self) == nil, let (offset, length) = firstFault(bytes) {
      findings.append(
        Diagnostic(
          "AP9002", .error, "the file is not UTF-8", at: Label(span(offset, length, file), "not UTF-8 from here on"),
          help: ["save the file as UTF-8"]))
    }
    return findings
  }

  private static func span(_ offset: Int, _ length: Int, _ file: FileID) -> Span {
    Span(
      file: file, start: UInt32(truncatingIfNeeded: offset), end: UInt32(truncatingIfNeeded: offset + length))
  }

  private static func firstFault(_ bytes: [UInt8]) -> (offset: Int, length: Int)? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error(let length): return (offset, max(length, 1))
      case .emptyInput: return nil
      }
    }
  }
}

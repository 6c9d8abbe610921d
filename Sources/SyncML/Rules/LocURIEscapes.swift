/// What must be written as `%` and two digits in a path (RFC 3986, `pchar`; MS-MDM 2.2.4.1).
enum LocURIEscapes {
  /// Something in a path that is not as a URI has it.
  struct Faults {
    /// The first character that must be escaped and is not.
    var unescaped: Unicode.Scalar?
    /// The first `%` without two digits behind it, with what is there.
    var broken: Substring?
  }

  /// What is wrong with a path, or nil. Segments that a server completes are left alone, and so is what has a finding of
  /// its own: white space, hidden characters and backslashes.
  static func faults(in path: Substring) -> Faults? {
    guard !path.utf8.allSatisfy(standsForItself) else { return nil }
    var faults = Faults()
    for segment in path.split(separator: "/") where !Placeholder.isIn(segment) { judge(segment, &faults) }
    return faults.unescaped == nil && faults.broken == nil ? nil : faults
  }

  private static func judge(_ segment: Substring, _ faults: inout Faults) {
    for index in segment.unicodeScalars.indices {
      let scalar = segment.unicodeScalars[index]
      if scalar == "%" {
        let escape = segment.unicodeScalars[index...].prefix(3)
        if faults.broken == nil, !isEscape(escape) { faults.broken = Substring(escape) }
      } else if faults.unescaped == nil, mustBeEscaped(scalar) {
        faults.unescaped = scalar
      }
    }
  }

  /// The path with every character escaped that must be.
  static func escaped(_ path: Substring) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard !Placeholder.isIn(segment) else { return String(segment) }
      return segment.unicodeScalars.map { mustBeEscaped($0) ? escape($0) : String($0) }.joined()
    }.joined(separator: "/")
  }

  /// The bytes of a character in UTF-8, each as `%` and two digits.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf8.map { byte in
      "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return !LocURIRule.isHiddenOrSpace(scalar) }
    guard scalar.value > 0x20, scalar != "%", scalar != "\\", scalar.value != 0x7F else { return false }
    return !standsForItself(UInt8(truncatingIfNeeded: scalar.value))
  }

  private static func isEscape(_ text: Substring.UnicodeScalarView.SubSequence) -> Bool {
    let digits = text.dropFirst()
    return digits.count == 2 && digits.allSatisfy { $0.properties.isASCIIHexDigit }
      && !digits.allSatisfy { $0 == "0" }
  }

  /// Letters, digits, `-._~`, `!$&'()*+,;=:@` and what divides a path.
  static func standsForItself(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: ";"), UInt8(ascii: "&")...UInt8(ascii: "/"), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "="), UInt8(ascii: "@"):
      true
    default: false
    }
  }
}

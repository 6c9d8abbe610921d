/// The path of a node as a device reads it, in pieces.
///
/// `./Vendor/…` is `./Device/Vendor/…`, percent escapes are resolved in every segment, and a query of OMA's
/// (`?list=…`, `?prop=…`) is no part of the path.
struct LocURI {
  /// Longer paths name no node that a catalogue could have.
  private static let maximumSegments = 64
  private static let maximumBytes = 4096

  /// What stands between the slashes behind `./`.
  let segments: [[UInt8]]

  /// Nil when the text does not begin with `./`, has an empty segment, `.` or `..`, or is far too long.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count <= Self.maximumBytes else { return nil }
    var bytes = Array(text.utf8)
    guard bytes.starts(with: Array("./".utf8)) else { return nil }
    for query in ["?list=", "?prop="] {
      if let start = Self.find(Array(query.utf8), in: bytes) { bytes.removeSubrange(start...) }
    }
    let parts = bytes.dropFirst(2).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count <= Self.maximumSegments else { return nil }
    var segments: [[UInt8]] = []
    for part in parts {
      let segment = Self.resolvingEscapes(part)
      guard !segment.isEmpty, segment != Array(".".utf8), segment != Array("..".utf8) else { return nil }
      segments.append(segment)
    }
    if segments.first == Array("Vendor".utf8) { segments.insert(Array("Device".utf8), at: 0) }
    self.segments = segments
  }

  /// The path in one piece.
  var text: String { Self.text(of: segments) }

  static func text(of segments: some Collection<[UInt8]>) -> String {
    "./" + segments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }

  /// The same path in the other of the two scopes; nil for a path in neither.
  static func inOtherScope(_ path: String) -> String? {
    if path.hasPrefix("./Device/") { return "./User/" + path.dropFirst(9) }
    if path.hasPrefix("./User/") { return "./Device/" + path.dropFirst(7) }
    return nil
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= needle.count else { return nil }
    return (0...bytes.count - needle.count).first { bytes[$0...].starts(with: needle) }
  }

  private static func resolvingEscapes(_ part: ArraySlice<UInt8>) -> [UInt8] {
    guard part.contains(UInt8(ascii: "%")) else { return Array(part) }
    var result: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      if part[index] == UInt8(ascii: "%"), part.endIndex - index >= 3,
        let high = Character(UnicodeScalar(part[index + 1])).hexDigitValue,
        let low = Character(UnicodeScalar(part[index + 2])).hexDigitValue
      {
        result.append(UInt8(high * 16 + low))
        index += 3
      } else {
        result.append(part[index])
        index += 1
      }
    }
    return result
  }
}

/// File names as URI references (RFC 3986).
enum FileURI {
  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
  /// What may stand in a path segment besides; a colon only where it cannot seem to end a scheme.
  private static let allowed = Set("!$&'()*+,;=@/".utf8)

  /// `file:///home/a%20b.xml` for an absolute path; a relative one without the `./` at its beginning.
  static func reference(_ name: String) -> String {
    var bytes = Array(name.utf8)[...]
    let isAbsolute = bytes.first == UInt8(ascii: "/")
    while bytes.starts(with: "./".utf8) {
      bytes = bytes.dropFirst(2).drop { $0 == UInt8(ascii: "/") }
    }
    return (isAbsolute ? "file://" : "") + bytes.map(escaped).joined()
  }

  static func isAbsolute(_ name: String) -> Bool { name.utf8.first == UInt8(ascii: "/") }

  private static func escaped(_ byte: UInt8) -> String {
    if unreserved.contains(byte) || allowed.contains(byte) { return String(Unicode.Scalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.utf8.count < 2 ? "0" : "") + digits
  }
}

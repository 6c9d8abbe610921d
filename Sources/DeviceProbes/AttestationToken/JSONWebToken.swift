import PolicyModel
import TPMEvidence

/// A signed token in compact form: a JSON Web Token (RFC 7519) as a JSON Web Signature (RFC 7515, 7.1).
package struct JSONWebToken: Hashable, Sendable {
  /// The most bytes of a token.
  package static let byteLimit = 1 << 20
  /// The most bytes of a header; one with a chain of certificates has about 10 KiB.
  private static let headerLimit = 64 << 10

  /// `alg`, as it is written.
  package let algorithm: String
  /// `kid`, nil when the header does not name a key.
  package let keyID: String?
  /// The claims, an object without repeated names.
  package let claims: JSONValue
  /// What is signed: header and claims as they were sent.
  let signedBytes: [UInt8]
  let signature: [UInt8]
  /// Whether the header asks for extensions that a reader has to know (`crit`); none is known.
  let hasExtensions: Bool

  /// Why a text is no token: one plain sentence without a full stop.
  package struct Problem: Error, Hashable, Sendable {
    /// The sentence.
    package let message: String

    init(_ message: String) { self.message = message }
  }

  /// Reads a token, or a JSON object with one in its member `token`. The signature is not looked at.
  package init(_ text: [UInt8]) throws(Problem) {
    var token = trimmed(text[...])
    if token.first == UInt8(ascii: "{") {
      guard case .string(let member)? = try Self.json(token, "the file")["token"] else {
        throw Problem("the JSON has no member 'token' with a text")
      }
      token = trimmed(Array(member.utf8)[...])
    }
    guard token.count <= Self.byteLimit else {
      throw Problem("the token has more than \(Self.byteLimit >> 20) MiB")
    }
    let parts = token.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 3 else {
      throw Problem("it is no token of three parts with a dot between each two")
    }
    guard parts[0].count <= Self.headerLimit / 3 * 4 else {
      throw Problem("the header has more than \(Self.headerLimit >> 10) KiB")
    }
    let header = try Self.object(parts[0], "the header")
    guard case .string(let algorithm)? = header["alg"] else { throw Problem("the header has no 'alg'") }
    self.algorithm = algorithm
    switch header["kid"] {
    case .string(let name): keyID = name
    case nil: keyID = nil
    case let other?: throw Problem("the header's 'kid' is \(other.kind), where a string belongs")
    }
    hasExtensions = header["crit"] != nil
    claims = try Self.object(parts[1], "the body")
    signature = try Self.decoded(parts[2], "the signature")
    signedBytes = Array(token[token.startIndex..<parts[1].endIndex])
  }

  private static func object(_ part: ArraySlice<UInt8>, _ name: String) throws(Problem) -> JSONValue {
    let value = try json(try decoded(part, name)[...], name)
    guard case .object = value else { throw Problem("\(name) is \(value.kind), where an object belongs") }
    return value
  }

  private static func json(_ bytes: ArraySlice<UInt8>, _ name: String) throws(Problem) -> JSONValue {
    do throws(JSONError) {
      // A fraction anywhere is JSON (RFC 8259, 6); no claim that is made use of has one but a time, and then it is read as text.
      return try JSONValue(
        parsing: Array(bytes), limits: JSONLimits(bytes: 2 * byteLimit, depth: 32, keepsNumbersAsText: true))
    } catch {
      throw Problem("\(name) is not JSON: \(error)")
    }
  }

  /// Base64 for URLs without padding (RFC 7515, 2), which is all that a token may have.
  static func decoded(_ part: ArraySlice<UInt8>, _ name: String) throws(Problem) -> [UInt8] {
    let strange: [UInt8] = [UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "/")]
    guard !part.contains(where: strange.contains), let bytes = Base64.decode(part) else {
      throw Problem("\(name) is not base64 for URLs without padding")
    }
    return bytes
  }
}

/// Bytes without blanks and ends of lines around them.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  guard let first = bytes.firstIndex(where: { !isBlank($0) }),
    let last = bytes.lastIndex(where: { !isBlank($0) })
  else { return [] }
  return bytes[first...last]
}

import PolicyModel
import TPMEvidence

/// A public key of a key set.
struct JSONWebKey: Hashable, Sendable {
  /// The key itself.
  enum Value: Hashable, Sendable {
    case rsa(RSAPublicKey)
    /// Both coordinates in full length.
    case elliptic(TPMCurve, x: [UInt8], y: [UInt8])
  }

  /// `kid`
  let id: String?
  /// `alg`, when the key may only be used with one.
  let algorithm: String?
  let value: Value
}

/// The keys by which a service signs its tokens: a JSON Web Key Set (RFC 7517), as Azure Attestation publishes it at `/certs`.
///
/// A certificate (`x5c`) only tells the key; whose it is, is known to whoever gives the set.
package struct JSONWebKeys: Hashable, Sendable {
  /// The largest file, in bytes.
  package static let byteLimit = 1 << 20
  /// The most keys of a set.
  private static let keyLimit = 256

  let keys: [JSONWebKey]

  /// Reads a set. Keys of other kinds, for other curves or for encryption are left out.
  package init(_ bytes: [UInt8]) throws(JSONWebToken.Problem) {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: Self.byteLimit, depth: 16))
    } catch {
      throw JSONWebToken.Problem("the keys are not JSON: \(error)")
    }
    guard case .array(let members)? = root["keys"] else {
      throw JSONWebToken.Problem("it is no key set: there is no array 'keys'")
    }
    guard members.count <= Self.keyLimit else {
      throw JSONWebToken.Problem("the set has more than \(Self.keyLimit) keys")
    }
    var keys: [JSONWebKey] = []
    for (index, member) in members.enumerated() {
      guard case .object = member else {
        throw JSONWebToken.Problem("key \(index + 1) is \(member.kind), where an object belongs")
      }
      if let key = try Self.key(member, number: index + 1) { keys.append(key) }
    }
    guard !keys.isEmpty else {
      throw JSONWebToken.Problem("the set has no key of RSA, or of P-256 or P-384, for signatures")
    }
    self.keys = keys
  }

  /// The keys that a token may be signed by: those of the name in its header, or all when it names none. Several keys of one name are all
  /// candidates.
  func candidates(for token: JSONWebToken) -> [JSONWebKey] {
    keys.filter {
      (token.keyID == nil || $0.id == token.keyID)
        && ($0.algorithm == nil || $0.algorithm == token.algorithm)
    }
  }

  private static func key(_ member: JSONValue, number: Int) throws(JSONWebToken.Problem) -> JSONWebKey? {
    func text(_ name: String) throws(JSONWebToken.Problem) -> String? {
      switch member[name] {
      case .string(let text): return text
      case nil: return nil
      case let other?:
        throw JSONWebToken.Problem("'\(name)' of key \(number) is \(other.kind), where a string belongs")
      }
    }
    func integer(_ name: String) throws(JSONWebToken.Problem) -> [UInt8]? {
      guard let text = try text(name) else { return nil }
      return try JSONWebToken.decoded(Array(text.utf8)[...], "'\(name)' of key \(number)")
    }
    guard try text("use") ?? "sig" == "sig" else { return nil }
    let value: JSONWebKey.Value?
    switch try text("kty") {
    case "RSA":
      let exponent = try integer("e")?.drop { $0 == 0 }
      guard exponent?.count ?? 3 <= 8 else { return nil }
      let number = exponent.map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } } ?? 65537
      var modulus = try integer("n")
      if modulus == nil, case .rsa(let certified)? = certified(member) { modulus = certified }
      // RFC 7518, 3.3: a key of 2048 bits or more.
      value = modulus.flatMap { RSAPublicKey(modulus: $0, exponent: number) }
        .flatMap { $0.bitCount >= 2048 ? .rsa($0) : nil }
    case "EC":
      let curves: [String: TPMCurve] = ["P-256": .p256, "P-384": .p384]
      guard let curve = try text("crv").flatMap({ curves[$0] }) else { return nil }
      if let x = try integer("x"), let y = try integer("y") {
        guard x.count == curve.byteCount, y.count == curve.byteCount else { return nil }
        value = .elliptic(curve, x: x, y: y)
      } else if case .ecc(let x, let y)? = certified(member), max(x.count, y.count) <= curve.byteCount {
        value = .elliptic(curve, x: padded(x, to: curve), y: padded(y, to: curve))
      } else {
        value = nil
      }
    default: value = nil
    }
    guard let value else { return nil }
    return JSONWebKey(id: try text("kid"), algorithm: try text("alg"), value: value)
  }

  /// The key of the first certificate of `x5c`, which is base64 with padding (RFC 7517, 4.7).
  private static func certified(_ member: JSONValue) -> CertifiedKey? {
    guard case .array(let chain)? = member["x5c"], case .string(let text)? = chain.first,
      let der = Base64.decode(text.utf8)
    else { return nil }
    return CertifiedKey(certificate: der)
  }

  private static func padded(_ number: [UInt8], to curve: TPMCurve) -> [UInt8] {
    [UInt8](repeating: 0, count: curve.byteCount - number.count) + number
  }
}

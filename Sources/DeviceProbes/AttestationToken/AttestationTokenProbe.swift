import Cryptography
import PolicyModel

#if canImport(Glibc)
  import Glibc
#endif

/// `maa:FILE`: a token of Microsoft Azure Attestation.
///
/// Its facts count when its signature is by a given key and it is valid now. They are attested when it is bound to the given nonce too, and issued by
/// the given instance: what its claims mean is up to the policy of the instance, and anybody may have one with a policy of his own.
package struct AttestationTokenProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String
  /// A file with the keys of the service.
  package let keys: String?
  /// The instance that is trusted, by its `iss`.
  package let issuer: String?
  /// The nonce that the device was given.
  package let nonce: [UInt8]?
  private let now: Int64

  /// A probe of the token at a path.
  ///
  /// - Parameter now: Seconds since 1970, UTC; nil for the system's clock.
  package init(
    path: String, keys: String? = nil, issuer: String? = nil, nonce: [UInt8]? = nil, now: Int64? = nil
  ) {
    self.path = path
    self.keys = keys
    self.issuer = issuer
    self.nonce = nonce
    self.now = now ?? Int64(time(nil))
  }

  /// `maa:PATH`
  package var name: String { "maa:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// The facts that a token gives.
  package var coverage: ProbeCoverage {
    let level: EvidenceLevel = keys != nil && issuer != nil && nonce != nil ? .attested : .reported
    return .facts(Dictionary(uniqueKeysWithValues: AttestationClaims.names.map { ($0, level) }))
  }

  /// Reads and verifies the token.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name)).intersection(AttestationClaims.names)
    guard !wanted.isEmpty else { return [:] }
    let bytes = try readSource(path, limit: 2 * JSONWebToken.byteLimit)
    let token = try Self.read(path) { () throws(JSONWebToken.Problem) in try JSONWebToken(bytes) }
    var expected = AttestationToken.Expectation(issuer: issuer, nonce: nonce)
    if let keys {
      let bytes = try readSource(keys, limit: JSONWebKeys.byteLimit)
      guard LibCrypto.installed != nil else {
        throw .noLibrary(path: shownPath(path), LibCrypto.advice)
      }
      expected.keys = try Self.read(keys) { () throws(JSONWebToken.Problem) in try JSONWebKeys(bytes) }
    }
    let verified = AttestationToken(token, expected, now: now)
    let source = verified.issuer.map { "\(name), issued by \($0)" } ?? name
    return AttestationClaims.findings(of: verified)
      .observations(of: wanted, level: verified.level, source: verified.doubt == nil ? source : name)
  }

  private static func read<Content>(
    _ path: String, _ body: () throws(JSONWebToken.Problem) -> Content
  ) throws(ProbeError) -> Content {
    do throws(JSONWebToken.Problem) {
      return try body()
    } catch {
      throw .content(path: shownPath(path), SnapshotError(error.message, at: nil))
    }
  }
}

import Diagnostics
import PolicyModel
import TPMEvidence

/// A token of Microsoft Azure Attestation, and how far it can be trusted.
package struct AttestationToken: Hashable, Sendable {
  /// What a token is held against.
  package struct Expectation: Hashable, Sendable {
    /// The keys of the service; without them nothing counts.
    package var keys: JSONWebKeys?
    /// The `iss` of the instance whose policy is trusted, such as `https://contoso.eus.attest.azure.net`.
    package var issuer: String?
    /// The nonce that the device was given.
    package var nonce: [UInt8]?

    /// An expectation of these.
    package init(keys: JSONWebKeys? = nil, issuer: String? = nil, nonce: [UInt8]? = nil) {
      self.keys = keys
      self.issuer = issuer
      self.nonce = nonce
    }
  }

  /// How far the clocks of service and verifier may be apart, in seconds.
  private static let leeway: Int64 = 60

  /// The token as it was read.
  package let token: JSONWebToken
  /// `iss`, made fit for a report; nil when there is none.
  package let issuer: String?
  /// Why nothing in the token counts: one plain sentence without a full stop. Nil when it does.
  package let doubt: String?
  /// What the facts of the token count as: attested when it is bound to the nonce, and by an instance whose policy is trusted.
  package let level: EvidenceLevel

  /// Verifies a token.
  ///
  /// - Parameter now: Seconds since 1970, UTC.
  package init(_ token: JSONWebToken, _ expected: Expectation, now: Int64) {
    self.token = token
    var issuer: String?
    if case .string(let text)? = token.claims["iss"] { issuer = text }
    self.issuer = issuer.map { shortened($0, limit: 120) }
    doubt =
      Self.signatureDoubt(token, expected.keys) ?? Self.timeDoubt(token.claims, now: now)
      ?? Self.issuerDoubt(issuer, expected.issuer) ?? Self.nonceDoubt(token.claims, expected.nonce)
      ?? Self.kindDoubt(token.claims)
    level = doubt == nil && expected.nonce != nil && expected.issuer != nil ? .attested : .reported
  }

  private static func signatureDoubt(_ token: JSONWebToken, _ keys: JSONWebKeys?) -> String? {
    guard let keys else {
      return "the token's signature was not verified, for want of keys: --maa-keys FILE gives them"
    }
    guard let algorithm = JSONWebAlgorithm(rawValue: token.algorithm) else {
      let names = JSONWebAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
      return "the token is signed by '\(shortened(token.algorithm, limit: 20))', where \(names) are accepted"
    }
    guard !token.hasExtensions else {
      return "the token's header asks for extensions (crit) that are not known"
    }
    let candidates = keys.candidates(for: token)
    guard !candidates.isEmpty else {
      let name = token.keyID.map { "of the name '\(shortened($0, limit: 80))' " } ?? ""
      return "none of the given keys \(name)is for \(token.algorithm)"
    }
    guard
      candidates.contains(where: {
        algorithm.isValid(token.signature, over: token.signedBytes, by: $0.value)
      })
    else { return "the token's signature is not one by the given key" }
    return nil
  }

  private static func timeDoubt(_ claims: JSONValue, now: Int64) -> String? {
    guard let end = claims["exp"].flatMap(seconds) else {
      return "the token does not say until when it is valid (exp)"
    }
    guard now < end else { return "the token has expired" }
    for name in ["nbf", "iat"] {
      guard let claim = claims[name] else { continue }
      guard let start = seconds(claim) else {
        return "the token's \(name) is \(claim.kind), where a number belongs"
      }
      guard start.subtractingReportingOverflow(leeway).partialValue <= now || start < leeway else {
        return "the token is not valid yet (\(name))"
      }
    }
    return nil
  }

  /// A NumericDate (RFC 7519, 2) in whole seconds; nil for what is none, and for one too far away to be exact.
  private static func seconds(_ claim: JSONValue) -> Int64? {
    switch claim {
    case .integer(let seconds): return seconds
    // A number that is not whole, which the reader keeps as text.
    case .string(let text):
      guard text.utf8.contains(where: { ".eE".utf8.contains($0) }),
        text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
        let seconds = Double(text), seconds.magnitude < 0x1p53
      else { return nil }
      return Int64(seconds.rounded(.down))
    default: return nil
    }
  }

  private static func issuerDoubt(_ issuer: String?, _ expected: String?) -> String? {
    guard let expected else { return nil }
    guard let issuer else { return "the token does not say who issued it (iss)" }
    return isSame(issuer, expected)
      ? nil
      : "the token was issued by '\(shortened(issuer, limit: 120))', where '\(shortened(expected, limit: 120))' is trusted"
  }

  /// A token of the TPM endpoint has the nonce of the request as `nonce` and `rp_data`; the guest attestation of Azure's virtual machines
  /// has it in what the guest sent along.
  private static func nonceDoubt(_ claims: JSONValue, _ expected: [UInt8]?) -> String? {
    guard let expected else { return nil }
    let places: [(String, JSONValue?)] = [
      ("nonce", claims["nonce"]), ("rp_data", claims["rp_data"]),
      ("client-payload.nonce", claims["x-ms-runtime"]?["client-payload"]?["nonce"]),
    ]
    var isBound = false
    for (name, value) in places {
      guard let value else { continue }
      guard case .string(let text) = value, Base64.decode(text.utf8) == expected else {
        return "the token's \(name) is not the given nonce"
      }
      isBound = true
    }
    return isBound ? nil : "the token has no nonce"
  }

  private static func kindDoubt(_ claims: JSONValue) -> String? {
    switch claims["x-ms-attestation-type"] {
    case nil, .string("tpm"), .string("vbs"), .string("azurevm"): nil
    case .string(let kind):
      "the token attests '\(shortened(kind, limit: 40))', and not how a machine booted by its TPM"
    case let other?: "the token's x-ms-attestation-type is \(other.kind), where a string belongs"
    }
  }
}

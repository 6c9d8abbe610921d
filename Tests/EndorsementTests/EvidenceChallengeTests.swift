import Endorsement
import EvidenceSupport
import TPMEvidence
import Testing

@Suite("Challenges for evidence")
struct EvidenceChallengeTests {
  private let root: MadeUpAuthority
  private let key = SigningKey()
  private let evidence: Evidence
  private let now: Int64 = 1_800_000_000

  init() throws {
    root = try MadeUpAuthority("Root")
    var evidence = Evidence(
      nonce: [1], attestationKey: try Self.attestationKey(), quote: [], signature: [])
    evidence.endorsementKey = try endorsementKey(key).bytes
    evidence.endorsementCertificate = try root.endorse(key)
    self.evidence = evidence
  }

  /// The public area of a signing key; by default a restricted one that its TPM made and keeps.
  private static func attestationKey(attributes: [UInt8] = [0, 5, 0, 0x72]) throws -> [UInt8] {
    let point = SigningKey().point
    return [0, 0x23, 0, 0x0B] + attributes + [0, 0, 0, 0x10, 0, 0x18, 0, 0x0B, 0, 3, 0, 0x10, 0, 32]
      + point.prefix(32) + [0, 32] + point.suffix(32)
  }

  private func refusal(_ evidence: Evidence, roots: EndorsementRoots? = nil) -> ChallengeRefusal? {
    var random = SystemRandomNumberGenerator()
    do throws(ChallengeRefusal) {
      _ = try evidence.challenge(roots: roots, at: now, random: &random)
      return nil
    } catch { return error }
  }

  @Test("a challenge and its secret name the keys of the evidence")
  func names() throws {
    var random = SystemRandomNumberGenerator()
    let roots = try EndorsementRoots(files: [("root.der", root.certificate)])
    let (challenge, secret) = try evidence.challenge(roots: roots, at: now, random: &random)
    #expect(challenge.attestationKeyName == (try TPMPublic(evidence.attestationKey).name))
    #expect(challenge.endorsementKeyName == (try endorsementKey(key).name))
    #expect(secret.attestationKeyName == challenge.attestationKeyName)
    #expect(secret.endorsementKeyName == challenge.endorsementKeyName)
    #expect(secret.secret.count == 32)
    #expect(try evidence.challenge(roots: roots, at: now, random: &random).secret.secret != secret.secret)
  }

  @Test("a key that is no attestation key gets no challenge")
  func noAttestationKey() throws {
    var other = evidence
    other.attestationKey = try Self.attestationKey(attributes: [0, 4, 0, 0x72])
    #expect(
      refusal(other)?.description
        == "the key of the quote is no attestation key: it is not restricted, and signs whatever it is given")
    other.attestationKey = [1, 2, 3]
    #expect(refusal(other)?.description.hasPrefix("a key cannot be read: ") == true)
  }

  @Test("an endorsement key without a trusted certificate gets none where roots are given")
  func untrusted() throws {
    let roots = try EndorsementRoots(files: [("root.der", root.certificate)])
    let others = try EndorsementRoots(files: [("other.der", try MadeUpAuthority("Other").certificate)])
    #expect(refusal(evidence, roots: roots) == nil)
    #expect(refusal(evidence) == nil)
    #expect(refusal(evidence, roots: others)?.description.contains("not among the given ones") == true)
    var bare = evidence
    bare.endorsementCertificate = nil
    #expect(refusal(bare) == nil)
    #expect(
      refusal(bare, roots: roots) == .certificate("the evidence has no certificate of its endorsement key"))
    bare.endorsementKey = nil
    #expect(refusal(bare)?.description.contains("no endorsement key") == true)
    var swapped = evidence
    swapped.endorsementKey = try endorsementKey(SigningKey()).bytes
    #expect(
      refusal(swapped, roots: roots)
        == .certificate("the certificate certifies another key than the endorsement key"))
  }

  @Test("no challenge is made for a key of RSA below 2048 bits")
  func weakKeys() throws {
    // RSASSA with SHA-256.
    func quoting(_ count: Int) -> [UInt8] {
      [0, 1, 0, 0x0B, 0, 5, 0, 0x72, 0, 0, 0, 0x10, 0, 0x14, 0, 0x0B]
        + sized([UInt8](repeating: 0xFF, count: count))
    }
    var weak = evidence
    weak.attestationKey = quoting(256)
    #expect(refusal(weak) == nil)
    weak.attestationKey = quoting(128)
    #expect(refusal(weak)?.description.contains("it is a key of RSA with 1024 bits") == true)
    weak.attestationKey = evidence.attestationKey
    weak.endorsementKey = try endorsementKey(modulus: [UInt8](repeating: 0xFF, count: 128)).bytes
    #expect(
      refusal(weak)?.description.hasPrefix(
        "the endorsement key is refused: it is a key of RSA with 1024 bits") == true)
  }
}

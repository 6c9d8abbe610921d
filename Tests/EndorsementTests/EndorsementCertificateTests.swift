import Crypto
import CryptoExtras
import Endorsement
import Foundation
import SwiftASN1
import TPMEvidence
import Testing
import X509

/// A time at which the made-up certificates are valid.
private let now: Int64 = 1_800_000_000

@Suite("Certificates of endorsement keys")
struct EndorsementCertificateTests {
  private let root: MadeUpAuthority
  private let issuer: MadeUpAuthority
  private let key = P256.Signing.PrivateKey()

  init() throws {
    root = try MadeUpAuthority("Root")
    issuer = try MadeUpAuthority("Issuer", under: root)
  }

  private var publicKey: X509.Certificate.PublicKey { .init(key.publicKey) }

  private func roots(_ authorities: MadeUpAuthority...) throws -> EndorsementRoots {
    try EndorsementRoots(files: authorities.map { ("\($0.name).der", try $0.certificate.der) })
  }

  /// The verdict on a certificate of the key by the issuer, with the root trusted and the issuer given by the device.
  private func verdict(
    _ options: CertificateOptions = .endorsement, at time: Int64 = now
  ) throws -> EndorsementVerdict {
    EndorsementCertificate.verify(
      try issuer.endorse(publicKey, options), intermediates: [try issuer.certificate.der],
      roots: try roots(root), endorsementKey: try endorsementKey(key.publicKey), at: time)
  }

  @Test("a certificate that leads to a root is trusted, and the verdict names the way")
  func trusted() throws {
    let expected = EndorsementVerdict.trusted(
      root: "O=Examplia Silicon,CN=Root",
      chain: [
        "an unnamed subject (serial number 123456)", "O=Examplia Silicon,CN=Issuer",
        "O=Examplia Silicon,CN=Root",
      ])
    #expect(try verdict() == expected)
    let certificate = try issuer.endorse(publicKey)
    let beside = EndorsementCertificate.verify(
      certificate, roots: try roots(root, issuer), endorsementKey: nil, at: now)
    #expect(beside == expected)
  }

  @Test("a key of RSA is compared with its certificate")
  func rsa() throws {
    let own = try _RSA.Signing.PrivateKey(keySize: .bits2048).publicKey
    let certificate = try root.endorse(.init(own))
    func verdict(_ modulus: [UInt8]) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        certificate, roots: try roots(root), endorsementKey: try endorsementKey(modulus: modulus), at: now)
    }
    let modulus = Array(try own.getKeyPrimitives().modulus)
    #expect(try verdict(modulus).isTrusted)
    var other = modulus
    other[100] ^= 1
    #expect(try verdict(other) == .refused(.otherKey))
    #expect(
      EndorsementCertificate.verify(
        certificate, roots: try roots(root), endorsementKey: try endorsementKey(key.publicKey), at: now)
        == .refused(.otherKey))
  }

  @Test("a certificate of another key is refused")
  func otherKey() throws {
    let other = P256.Signing.PrivateKey().publicKey
    let verdict = EndorsementCertificate.verify(
      try root.endorse(publicKey), roots: try roots(root), endorsementKey: try endorsementKey(other), at: now)
    #expect(verdict == .refused(.otherKey))
  }

  @Test("a certificate is refused before and after its time, and so is one whose issuer's time is over")
  func validity() throws {
    #expect(try verdict(at: 1_700_000_000).isTrusted)
    #expect(try verdict(at: 1_900_000_000).isTrusted)
    let name = "an unnamed subject (serial number 123456)"
    #expect(try verdict(at: 1_699_999_999) == .refused(.notYetValid(name, from: 1_700_000_000)))
    #expect(try verdict(at: 1_900_000_001) == .refused(.expired(name, until: 1_900_000_000)))
    let old = try MadeUpAuthority(
      "Old", under: root, options: CertificateOptions.authority.with { $0.until = 1_750_000_000 })
    let verdict = EndorsementCertificate.verify(
      try old.endorse(publicKey), roots: try roots(root, old), endorsementKey: nil, at: now)
    #expect(verdict == .refused(.expired("O=Examplia Silicon,CN=Old", until: 1_750_000_000)))
    #expect(
      EndorsementRefusal.expired("Old", until: 1_750_000_000).description
        == "the certificate of Old was valid only until 2025-06-15")
  }

  @Test("what certifies something else than an endorsement key is refused")
  func otherPurposes() throws {
    func refusal(_ change: (inout CertificateOptions) -> Void) throws -> String? {
      guard case .refused(let refusal) = try verdict(CertificateOptions.endorsement.with(change)) else {
        return nil
      }
      return refusal.description
    }
    let what = "the certificate is not one of an endorsement key: "
    #expect(try refusal { $0.usages = [[1, 3, 6, 1, 5, 5, 7, 3, 1]] } == what + "its key is for other uses")
    #expect(try refusal { $0.usages?.append([1, 3, 6, 1, 5, 5, 7, 3, 1]) } == nil)
    #expect(try refusal { $0.usages = nil } == nil)
    #expect(
      try refusal { $0.constraints = .isCertificateAuthority(maxPathLength: 0) }
        == what + "it is one of an authority")
    #expect(try refusal { $0.constraints = nil } == nil)
    #expect(try refusal { $0.keyUsage = KeyUsage(keyCertSign: true) } == what + "its key signs certificates")
    #expect(try refusal { $0.keyUsage = KeyUsage(keyAgreement: true) } == nil)
    #expect(try refusal { $0.keyUsage = nil } == nil)
    #expect(try refusal { $0.namesTPM = false } == nil)
    let strange = X509.Certificate.Extension(
      oid: [1, 3, 6, 1, 4, 1, 99999, 1], critical: true, value: [5, 0])
    #expect(
      try refusal { $0.others = [strange] }
        == what + "its critical extension 1.3.6.1.4.1.99999.1 is not understood")
    #expect(
      try refusal { $0.others = [.init(oid: strange.oid, critical: false, value: [5, 0])] } == nil)
    let policies = X509.Certificate.Extension(
      oid: [2, 5, 29, 32], critical: true, value: [0x30, 0x06, 0x30, 0x04, 0x06, 0x02, 0x2A, 0x03])
    #expect(try refusal { $0.others = [policies] } == nil)
  }

  @Test("an issuer that is not there is named, with where its certificate is to be had")
  func missingIssuer() throws {
    let address = "http://ca.examplia.example/issuer.cer"
    let certificate = try issuer.endorse(
      publicKey, CertificateOptions.endorsement.with { $0.address = address })
    let verdict = EndorsementCertificate.verify(
      certificate, roots: try roots(root), endorsementKey: nil, at: now)
    #expect(
      verdict
        == .refused(
          .missingIssuer(
            "O=Examplia Silicon,CN=Issuer", of: "an unnamed subject (serial number 123456)",
            address: address)))
  }

  @Test("a root that the device sends along is not trusted")
  func ownRoot() throws {
    let stranger = try MadeUpAuthority("Root")
    let certificate = try stranger.endorse(publicKey)
    let own = try stranger.certificate.der
    let elsewhere = try MadeUpAuthority("Elsewhere")
    #expect(
      EndorsementCertificate.verify(
        certificate, intermediates: [own], roots: try roots(elsewhere), endorsementKey: nil, at: now)
        == .refused(.unknownRoot("O=Examplia Silicon,CN=Root")))
    // The name alone is not enough either.
    #expect(
      EndorsementCertificate.verify(certificate, roots: try roots(root), endorsementKey: nil, at: now)
        == .refused(
          .notSigned(
            "an unnamed subject (serial number 123456)", by: "O=Examplia Silicon,CN=Root")))
  }

  @Test("a certificate of the folder that does not sign itself is no root")
  func intermediatesAreNoRoots() throws {
    let folder = try roots(issuer)
    #expect(folder.rootCount == 0)
    #expect(folder.intermediateCount == 1)
    let verdict = EndorsementCertificate.verify(
      try issuer.endorse(publicKey), roots: folder, endorsementKey: nil, at: now)
    #expect(
      verdict
        == .refused(
          .missingIssuer("O=Examplia Silicon,CN=Root", of: "O=Examplia Silicon,CN=Issuer", address: nil)))
  }

  @Test("an issuer that may not issue breaks the chain")
  func wrongIssuers() throws {
    func refusal(_ change: (inout CertificateOptions) -> Void) throws -> String {
      let wrong = try MadeUpAuthority(
        "Wrong", under: root, options: CertificateOptions.authority.with(change))
      let verdict = EndorsementCertificate.verify(
        try wrong.endorse(publicKey), intermediates: [try wrong.certificate.der], roots: try roots(root),
        endorsementKey: nil, at: now)
      guard case .refused(let refusal) = verdict else { return "trusted" }
      return refusal.description
    }
    let what = "the chain of certificates breaks a rule: "
    #expect(try refusal { _ in } == "trusted")
    #expect(
      try refusal { $0.keyUsage = KeyUsage(digitalSignature: true) }
        == what + "the key of O=Examplia Silicon,CN=Wrong is not one to sign certificates with")
    #expect(
      try refusal { $0.constraints = .notCertificateAuthority }
        == what + "RFC5280Policy: Certificate O=Examplia Silicon,CN=Wrong is not marked as a CA")
    #expect(try refusal { $0.constraints = nil }.contains("not marked as a CA"))
    #expect(
      try refusal { $0.others = [.init(oid: [1, 2, 3], critical: true, value: [5, 0])] }
        == what + "a critical extension of O=Examplia Silicon,CN=Wrong, 1.2.3, is not understood")
    #expect(
      try refusal {
        $0.nameConstraints = NameConstraints(
          excludedSubtrees: [
            .directoryName(
              try! DistinguishedName([.init(type: [2, 23, 133, 2, 1], utf8String: "id:45584D50")]))
          ])
      }.hasPrefix(what))
  }

  @Test("a certificate that is signed over SHA-1 is refused, and a root that signs itself so is not")
  func oldHash() throws {
    let authority = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let name = try DistinguishedName { CommonName("Old root") }
    func issue(
      to subject: DistinguishedName, _ key: X509.Certificate.PublicKey,
      _ algorithm: X509.Certificate.SignatureAlgorithm, _ options: CertificateOptions
    ) throws -> [UInt8] {
      try X509.Certificate(
        version: .v3, serialNumber: .init(bytes: [1]), publicKey: key,
        notValidBefore: Date(timeIntervalSince1970: Double(options.from)),
        notValidAfter: Date(timeIntervalSince1970: Double(options.until)), issuer: name, subject: subject,
        signatureAlgorithm: algorithm, extensions: .init(try options.extensions()),
        issuerPrivateKey: .init(authority)
      ).der
    }
    let own = X509.Certificate.PublicKey(authority.publicKey)
    let folder = try EndorsementRoots(files: [
      ("old.der", try issue(to: name, own, .sha1WithRSAEncryption, .authority))
    ])
    #expect(folder.rootCount == 1)
    func verdict(_ algorithm: X509.Certificate.SignatureAlgorithm) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        try issue(to: DistinguishedName(), publicKey, algorithm, .endorsement), roots: folder,
        endorsementKey: nil, at: now)
    }
    #expect(try verdict(.sha256WithRSAEncryption).isTrusted)
    #expect(
      try verdict(.sha1WithRSAEncryption)
        == .refused(
          .broken(
            "the certificate of an unnamed subject (serial number 01) is signed over SHA-1, which can be forged"
          )))
  }

  @Test("an authority below one that allows none below it breaks the chain")
  func pathLength() throws {
    let narrow = try MadeUpAuthority(
      "Narrow", under: root,
      options: CertificateOptions.authority.with {
        $0.constraints = .isCertificateAuthority(maxPathLength: 0)
      })
    let below = try MadeUpAuthority("Below", under: narrow)
    #expect(
      EndorsementCertificate.verify(
        try narrow.endorse(publicKey), roots: try roots(root, narrow), endorsementKey: nil, at: now
      ).isTrusted)
    let verdict = EndorsementCertificate.verify(
      try below.endorse(publicKey), roots: try roots(root, narrow, below), endorsementKey: nil, at: now)
    #expect(
      verdict
        == .refused(
          .broken(
            "RFC5280Policy: CA O=Examplia Silicon,CN=Narrow has maximum path length 0, but chain has 1 subCAs"
          ))
    )
  }

  @Test("a chain of eight certificates is followed, and one of nine is not")
  func longChains() throws {
    var authorities = [root]
    for number in 1...7 {
      authorities.append(try MadeUpAuthority("Level \(number)", under: authorities.last))
    }
    let folder = try EndorsementRoots(files: authorities.map { ("a.der", try $0.certificate.der) })
    func verdict(_ levels: Int) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        try authorities[levels].endorse(publicKey), roots: folder, endorsementKey: nil, at: now)
    }
    #expect(try verdict(6).isTrusted)
    #expect(
      try verdict(7) == .refused(.broken("it has 9 certificates, where at most 8 are followed")))
  }

  @Test("authorities that sign each other in a circle end in a refusal")
  func circle() throws {
    let key = P256.Signing.PrivateKey()
    let first = try MadeUpAuthority("First")
    let second = try MadeUpAuthority("Second", under: first, key: key)
    let firstAgain = try MadeUpAuthority("First", under: second, key: first.key)
    let verdict = EndorsementCertificate.verify(
      try second.endorse(publicKey),
      intermediates: [try second.certificate.der, try firstAgain.certificate.der],
      roots: try roots(root), endorsementKey: nil, at: now)
    guard case .refused = verdict else {
      Issue.record("\(verdict)")
      return
    }
  }

  @Test("authorities without number that all sign each other are given up soon", .timeLimit(.minutes(1)))
  func crossSigned() throws {
    let authorities = try (0..<6).map { try MadeUpAuthority("Peer \($0)") }
    var intermediates: [[UInt8]] = []
    for one in authorities {
      for other in authorities where one.name != other.name {
        intermediates.append(try MadeUpAuthority(shown(one), under: other, key: one.key).certificate.der)
      }
    }
    let verdict = EndorsementCertificate.verify(
      try authorities[0].endorse(publicKey), intermediates: intermediates, roots: try roots(root),
      endorsementKey: nil, at: now)
    #expect(verdict == .refused(.tooManyWays))
  }

  private func shown(_ authority: MadeUpAuthority) -> String {
    "\(authority.name)".components(separatedBy: "CN=").last ?? ""
  }

  @Test("a thousand certificates in the folder do not hide the one that is needed")
  func manyIntermediates() throws {
    let key = P256.Signing.PrivateKey()
    var files = try (0..<1000).map {
      (name: "\($0).der", bytes: try MadeUpAuthority("Filler \($0)", under: root, key: key).certificate.der)
    }
    files.append(("issuer.der", try issuer.certificate.der))
    files.append(("root.der", try root.certificate.der))
    let folder = try EndorsementRoots(files: files)
    #expect(folder.intermediateCount == 1001)
    #expect(
      EndorsementCertificate.verify(
        try issuer.endorse(publicKey), roots: folder, endorsementKey: nil, at: now
      ).isTrusted)
    // Of those that a device sends, only so many are looked at.
    let sent = files.prefix(1000).map(\.bytes) + [try issuer.certificate.der]
    #expect(
      !EndorsementCertificate.verify(
        try issuer.endorse(publicKey), intermediates: sent, roots: try roots(root), endorsementKey: nil,
        at: now
      ).isTrusted)
  }

  @Test("padding behind the certificate in an NV index is left out, and nothing else is")
  func padding() throws {
    let certificate = try root.endorse(publicKey)
    func verdict(_ bytes: [UInt8]) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(bytes, roots: try roots(root), endorsementKey: nil, at: now)
    }
    #expect(try verdict(certificate + [UInt8](repeating: 0, count: 500)).isTrusted)
    #expect(try verdict(certificate + [UInt8](repeating: 0xFF, count: 1)).isTrusted)
    #expect(try !verdict(certificate + [0, 0xFF]).isTrusted)
    #expect(try !verdict(certificate + certificate).isTrusted)
    #expect(try !verdict([]).isTrusted)
    #expect(try !verdict([UInt8](repeating: 0x30, count: 100_000)).isTrusted)
  }

  @Test("a certificate that is damaged at any byte is not trusted")
  func damage() throws {
    let certificate = try root.endorse(publicKey)
    let folder = try roots(root)
    for index in certificate.indices {
      for change in [0x01, 0x02, 0x80, 0xFF] as [UInt8] {
        var damaged = certificate
        damaged[index] ^= change
        #expect(
          !EndorsementCertificate.verify(damaged, roots: folder, endorsementKey: nil, at: now).isTrusted,
          "byte \(index)")
      }
      let cut = Array(certificate.prefix(index))
      #expect(!EndorsementCertificate.verify(cut, roots: folder, endorsementKey: nil, at: now).isTrusted)
    }
  }
}

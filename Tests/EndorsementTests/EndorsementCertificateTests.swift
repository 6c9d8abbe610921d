import Endorsement
import EvidenceSupport
import TPMEvidence
import Testing

/// A time at which the made-up certificates are valid.
private let now: Int64 = 1_800_000_000

@Suite("Certificates of endorsement keys")
struct EndorsementCertificateTests {
  private let root: MadeUpAuthority
  private let issuer: MadeUpAuthority
  private let key = SigningKey()

  init() throws {
    root = try MadeUpAuthority("Root")
    issuer = try MadeUpAuthority("Issuer", under: root)
  }

  private func roots(_ authorities: MadeUpAuthority...) throws -> EndorsementRoots {
    try EndorsementRoots(files: authorities.map { ("authority.der", $0.certificate) })
  }

  /// The verdict on a certificate of the key by the issuer, with the root trusted and the issuer given by the device.
  private func verdict(
    _ options: CertificateOptions = .endorsement, at time: Int64 = now
  ) throws -> EndorsementVerdict {
    EndorsementCertificate.verify(
      try issuer.endorse(key, options), intermediates: [issuer.certificate],
      roots: try roots(root), endorsementKey: try endorsementKey(key), at: time)
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
    let certificate = try issuer.endorse(key)
    let beside = EndorsementCertificate.verify(
      certificate, roots: try roots(root, issuer), endorsementKey: nil, at: now)
    #expect(beside == expected)
  }

  @Test("a key of RSA is compared with its certificate")
  func rsa() throws {
    let own = try SigningKey(rsaBits: 2048)
    let certificate = try root.endorse(own)
    func verdict(_ modulus: [UInt8]) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        certificate, roots: try roots(root), endorsementKey: try endorsementKey(modulus: modulus), at: now)
    }
    let modulus = own.modulus
    #expect(try verdict(modulus).isTrusted)
    var other = modulus
    other[100] ^= 1
    #expect(try verdict(other) == .refused(.otherKey))
    #expect(
      EndorsementCertificate.verify(
        certificate, roots: try roots(root), endorsementKey: try endorsementKey(key), at: now)
        == .refused(.otherKey))
  }

  @Test("a certificate of another key is refused")
  func otherKey() throws {
    let other = SigningKey()
    let verdict = EndorsementCertificate.verify(
      try root.endorse(key), roots: try roots(root), endorsementKey: try endorsementKey(other), at: now)
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
      try old.endorse(key), roots: try roots(root, old), endorsementKey: nil, at: now)
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
    #expect(try refusal { $0.usages = ["1.3.6.1.5.5.7.3.1"] } == what + "its key is for other uses")
    #expect(try refusal { $0.usages?.append("1.3.6.1.5.5.7.3.1") } == nil)
    #expect(try refusal { $0.usages = nil } == nil)
    #expect(
      try refusal { $0.constraints = .isCertificateAuthority(maxPathLength: 0) }
        == what + "it is one of an authority")
    #expect(try refusal { $0.constraints = nil } == nil)
    #expect(try refusal { $0.keyUsage = .keyCertSign } == what + "its key signs certificates")
    #expect(try refusal { $0.keyUsage = .keyAgreement } == nil)
    #expect(try refusal { $0.keyUsage = nil } == nil)
    #expect(try refusal { $0.namesTPM = false } == nil)
    let strange = CertificateExtension(
      identifier: "1.3.6.1.4.1.99999.1", isCritical: true, value: [5, 0])
    #expect(
      try refusal { $0.others = [strange] }
        == what + "its critical extension 1.3.6.1.4.1.99999.1 is not understood")
    #expect(
      try refusal { $0.others = [.init(identifier: strange.identifier, isCritical: false, value: [5, 0])] }
        == nil)
    let policies = CertificateExtension(
      identifier: "2.5.29.32", isCritical: true, value: [0x30, 0x06, 0x30, 0x04, 0x06, 0x02, 0x2A, 0x03])
    #expect(try refusal { $0.others = [policies] } == nil)
  }

  @Test("an issuer that is not there is named, with where its certificate is to be had")
  func missingIssuer() throws {
    let address = "http://ca.examplia.example/issuer.cer"
    let certificate = try issuer.endorse(
      key, CertificateOptions.endorsement.with { $0.address = address })
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
    let certificate = try stranger.endorse(key)
    let own = stranger.certificate
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
      try issuer.endorse(key), roots: folder, endorsementKey: nil, at: now)
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
        try wrong.endorse(key), intermediates: [wrong.certificate], roots: try roots(root),
        endorsementKey: nil, at: now)
      guard case .refused(let refusal) = verdict else { return "trusted" }
      return refusal.description
    }
    let what = "the chain of certificates breaks a rule: "
    #expect(try refusal { _ in } == "trusted")
    #expect(
      try refusal { $0.keyUsage = .digitalSignature }
        == what + "the key of O=Examplia Silicon,CN=Wrong is not one to sign certificates with")
    #expect(
      try refusal { $0.constraints = .notCertificateAuthority }
        == what + "the certificate of O=Examplia Silicon,CN=Wrong is not one of an authority")
    #expect(try refusal { $0.constraints = nil }.contains("is not one of an authority"))
    #expect(
      try refusal { $0.others = [.init(identifier: "1.2.3", isCritical: true, value: [5, 0])] }
        == what + "a critical extension of O=Examplia Silicon,CN=Wrong, 1.2.3, is not understood")
    #expect(
      try refusal {
        $0.excludedName = MadeUpName([("2.23.133.2.1", "id:45584D50")])
      } == what
        + "an authority above it may not certify a name in the certificate of an unnamed subject (serial number 123456)"
    )
  }

  @Test("a certificate that is signed over SHA-1 is refused, and a root that signs itself so is not")
  func oldHash() throws {
    let authority = try MadeUpAuthority(
      .authority("Old root"), key: try SigningKey(rsaBits: 2048), signature: .rsaSHA1)
    let folder = try roots(authority)
    #expect(folder.rootCount == 1)
    func verdict(_ signature: MadeUpSignature) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        try authority.endorse(key, .endorsement.with { $0.serialNumber = [1] }, signature: signature),
        roots: folder, endorsementKey: nil, at: now)
    }
    #expect(try verdict(.rsaSHA256).isTrusted)
    #expect(
      try verdict(.rsaSHA1)
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
        try narrow.endorse(key), roots: try roots(root, narrow), endorsementKey: nil, at: now
      ).isTrusted)
    let verdict = EndorsementCertificate.verify(
      try below.endorse(key), roots: try roots(root, narrow, below), endorsementKey: nil, at: now)
    #expect(
      verdict
        == .refused(
          .broken(
            "the certificate of O=Examplia Silicon,CN=Narrow allows fewer authorities below it than there are"
          ))
    )
  }

  @Test("a chain of eight certificates is followed, and one of nine is not")
  func longChains() throws {
    var authorities = [root]
    for number in 1...7 {
      authorities.append(try MadeUpAuthority("Level \(number)", under: authorities.last))
    }
    let folder = try EndorsementRoots(files: authorities.map { ("a.der", $0.certificate) })
    func verdict(_ levels: Int) throws -> EndorsementVerdict {
      EndorsementCertificate.verify(
        try authorities[levels].endorse(key), roots: folder, endorsementKey: nil, at: now)
    }
    #expect(try verdict(6).isTrusted)
    #expect(
      try verdict(7) == .refused(.broken("it has 9 certificates, where at most 8 are followed")))
  }

  @Test("authorities that sign each other in a circle end in a refusal")
  func circle() throws {
    let key = SigningKey()
    let first = try MadeUpAuthority("First")
    let second = try MadeUpAuthority("Second", under: first, key: key)
    let firstAgain = try MadeUpAuthority("First", under: second, key: first.key)
    let verdict = EndorsementCertificate.verify(
      try second.endorse(key),
      intermediates: [second.certificate, firstAgain.certificate],
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
        intermediates.append(try MadeUpAuthority(one.name, under: other, key: one.key).certificate)
      }
    }
    let verdict = EndorsementCertificate.verify(
      try authorities[0].endorse(key), intermediates: intermediates, roots: try roots(root),
      endorsementKey: nil, at: now)
    #expect(verdict == .refused(.tooManyWays))
  }

  @Test("a thousand certificates in the folder do not hide the one that is needed")
  func manyIntermediates() throws {
    let key = SigningKey()
    var files = try (0..<1000).map {
      (name: "\($0).der", bytes: try MadeUpAuthority("Filler \($0)", under: root, key: key).certificate)
    }
    files.append(("issuer.der", issuer.certificate))
    files.append(("root.der", root.certificate))
    let folder = try EndorsementRoots(files: files)
    #expect(folder.intermediateCount == 1001)
    #expect(
      EndorsementCertificate.verify(
        try issuer.endorse(key), roots: folder, endorsementKey: nil, at: now
      ).isTrusted)
    // Of those that a device sends, only so many are looked at.
    let sent = files.prefix(1000).map(\.bytes) + [issuer.certificate]
    #expect(
      !EndorsementCertificate.verify(
        try issuer.endorse(key), intermediates: sent, roots: try roots(root), endorsementKey: nil,
        at: now
      ).isTrusted)
  }

  @Test("padding behind the certificate in an NV index is left out, and nothing else is")
  func padding() throws {
    let certificate = try root.endorse(key)
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
    let certificate = try root.endorse(key)
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

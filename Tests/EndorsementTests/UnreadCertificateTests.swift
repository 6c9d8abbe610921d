import Endorsement
import EvidenceSupport
import TPMEvidence
import Testing

/// Certificates that are not read, and those of a few makers that are all the same.
@Suite("Certificates that cannot be read")
struct UnreadCertificateTests {
  private let root: MadeUpAuthority
  private let key = SigningKey()
  private let now: Int64 = 1_800_000_000

  init() throws { root = try MadeUpAuthority("Root") }

  private static func elements(_ content: ArraySlice<UInt8>) -> [[UInt8]] {
    var reader = DERReader(content)
    var elements: [[UInt8]] = []
    while let next = reader.next() { elements.append(DERWriter.element(next.tag, next.content)) }
    return elements
  }

  private static func content(_ element: [UInt8]) -> ArraySlice<UInt8> {
    var reader = DERReader(element[...])
    return reader.next()?.content ?? []
  }

  /// The certificate with other fields of what is signed, and another algorithm beside the signature.
  private static func changed(_ der: [UInt8], _ change: (inout [[UInt8]], inout [UInt8]) -> Void) -> [UInt8] {
    var parts = elements(content(der))
    var fields = elements(content(parts[0]))
    change(&fields, &parts[1])
    parts[0] = DERWriter.element(0x30, fields.joined())
    return DERWriter.element(0x30, parts.joined())
  }

  /// Signed by an algorithm that nobody knows.
  private static func withStrangeAlgorithm(_ der: [UInt8]) -> [UInt8] {
    changed(der) { fields, algorithm in
      fields[2] = DERWriter.sequence(DERWriter.identifier("1.3.6.1.4.1.99999.2"))
      algorithm = fields[2]
    }
  }

  /// With two algorithms of its signature.
  private static func withTwoAlgorithms(_ der: [UInt8]) -> [UInt8] {
    changed(der) { _, algorithm in algorithm = MadeUpSignature.ecdsaSHA384WithNull.algorithm }
  }

  private func evidence(
    _ certificate: [UInt8], intermediates: [[UInt8]] = []
  ) throws -> Evidence {
    var evidence = Evidence(nonce: [1], attestationKey: [], quote: [], signature: [])
    evidence.endorsementKey = try endorsementKey(key).bytes
    evidence.endorsementCertificate = certificate
    evidence.intermediateCertificates = intermediates
    return evidence
  }

  private func finding(_ evidence: Evidence, _ roots: (String, [UInt8])...) throws -> EndorsementFinding {
    evidence.endorsement(
      under: try EndorsementRoots(files: roots.map { (name: $0.0, bytes: $0.1) }), at: now)
  }

  /// The reason of a certificate that could not be read, which nobody has to know a library for.
  private func reason(_ finding: EndorsementFinding) -> String {
    guard case .unread(let reason) = finding else { return "\(finding)" }
    for word in ["Swift", "ASN1", "Error", "SET OF", "X509/", "X509_", "Optional"] {
      #expect(!reason.contains(word), "\(reason)")
    }
    return reason
  }

  @Test("certificates as Nuvoton and Intel write them are read, as roots and below them")
  func makers() throws {
    let nuvoton = try MadeUpAuthority(MadeUpName.unsorted("Root of an order of its own"))
    let intel = try MadeUpAuthority(
      MadeUpName.authority("Root with NULL"), key: SigningKey(.p384), signature: .ecdsaSHA384WithNull)
    let both = try MadeUpAuthority(
      MadeUpName.unsorted("Both"), under: intel, key: SigningKey(.p384), signature: .ecdsaSHA384WithNull)
    for (anchor, issuer) in [(nuvoton, nuvoton), (intel, intel), (intel, both)] {
      let roots = try EndorsementRoots(files: [("root.cer", anchor.certificate)])
      #expect(roots.rootCount == 1 && roots.unusable == [])
      var sent = try evidence(try issuer.endorse(key), intermediates: [issuer.certificate])
      guard case .verified = sent.endorsement(under: roots, at: now) else {
        Issue.record("\(sent.endorsement(under: roots, at: now))")
        continue
      }
      // That it is read does not make anything of it valid.
      var forged = sent.endorsementCertificate ?? []
      forged[forged.count - 3] ^= 1
      sent.endorsementCertificate = forged
      guard case .refused = sent.endorsement(under: roots, at: now) else {
        Issue.record("\(sent.endorsement(under: roots, at: now))")
        continue
      }
    }
    #expect(
      try finding(try evidence(try nuvoton.endorse(key)), ("root.cer", nuvoton.certificate))
        == .verified("CN=Root of an order of its own+O=Examplia Silicon"))
  }

  @Test("a file that is left out is named with why, and what to do")
  func leftOut() throws {
    let der = root.certificate
    let roots = try EndorsementRoots(files: [
      ("strange.cer", Self.withStrangeAlgorithm(der)), ("two.cer", Self.withTwoAlgorithms(der)),
      ("good.cer", der),
    ])
    #expect(roots.rootCount == 1 && roots.unusable.count == 2)
    let start = "policyc cannot read this certificate, since"
    #expect(
      roots.unusable.first?.hasPrefix(
        "strange.cer: \(start) its signature is made by an algorithm that policyc does not know") == true)
    #expect(
      roots.unusable.last?.hasPrefix("two.cer: \(start) it names two algorithms of its signature") == true)
    for note in roots.unusable {
      #expect(note.contains("openssl verify") && note.contains("--ak") && !note.contains("Error"), "\(note)")
    }
  }

  @Test("an endorsement key's certificate that cannot be read is not refused: nothing is known of it")
  func leaf() throws {
    let good = try root.endorse(key)
    let anchor = ("root.cer", root.certificate)
    #expect(try finding(try evidence(good), anchor) == .verified("O=Examplia Silicon,CN=Root"))
    let start = "policyc cannot read the endorsement key's certificate: "
    #expect(
      reason(try finding(try evidence(Self.withStrangeAlgorithm(good)), anchor))
        == start + "its signature is made by an algorithm that policyc does not know")
    #expect(
      reason(try finding(try evidence(Self.withTwoAlgorithms(good)), anchor))
        == start + "it names two algorithms of its signature")
    #expect(
      reason(try finding(try evidence([1]), anchor)) == start + "it is not written as X.509 and DER ask for")
    func changed(_ change: (inout CertificateOptions) -> Void) throws -> String {
      reason(
        try finding(try evidence(try root.endorse(key, CertificateOptions.endorsement.with(change))), anchor))
    }
    #expect(
      try changed {
        $0.others = [CertificateExtension(identifier: "2.5.29.35", isCritical: false, value: [5])]
      } == start + "an extension in it is not written as X.509 asks for")
    #expect(
      try changed {
        let extra = CertificateExtension(identifier: "1.2.3", isCritical: false, value: [5, 0])
        $0.others = [extra, extra]
      } == start + "an extension is in it twice")
  }

  @Test("a certificate of a key of a kind that is not known says so")
  func strangeKeys() throws {
    func certified(_ information: [UInt8]) throws -> String {
      reason(
        try finding(try evidence(try root.endorse(information: information)), ("root.cer", root.certificate)))
    }
    // RSA marked for OAEP (RFC 4055, 4.1), as in some certificates for TPM 1.2.
    let numbers = DERWriter.sequence(
      DERWriter.integer([UInt8](repeating: 0xC5, count: 256)), DERWriter.integer([1, 0, 1]))
    #expect(
      try certified(
        DERWriter.sequence(
          DERWriter.sequence(DERWriter.identifier("1.2.840.113549.1.1.7")), DERWriter.bits(numbers))
      ).hasSuffix("its key is damaged, or of a kind that policyc does not know"))
    // secp256k1, and a point that is not on P-256.
    let other = DERWriter.sequence(
      DERWriter.identifier("1.2.840.10045.2.1"), DERWriter.identifier("1.3.132.0.10"))
    let generator = try #require(
      bytes(
        hexadecimal:
          "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
          .utf8))
    #expect(
      try certified(DERWriter.sequence(other, DERWriter.bits(generator))).hasSuffix(
        "its key is on a curve that policyc does not know"))
    let p256 = DERWriter.sequence(
      DERWriter.identifier("1.2.840.10045.2.1"), DERWriter.identifier("1.2.840.10045.3.1.7"))
    #expect(
      try certified(DERWriter.sequence(p256, DERWriter.bits(generator))).hasSuffix(
        "its key is damaged, or of a kind that policyc does not know"))
  }

  @Test("a certificate of a short key of RSA says so")
  func shortKey() throws {
    let short = try SigningKey(rsaBits: 1024)
    #expect(
      reason(
        try finding(try evidence(try root.endorse(short)), ("root.cer", root.certificate))
      )
      .hasSuffix("its key is one of RSA with 1024 bits, below 2048 bits"))
  }

  @Test("an issuer that is there and cannot be read leaves the certificate unknown, and its file is named")
  func issuer() throws {
    let issuer = try MadeUpAuthority("Issuer", under: root)
    let leaf = try issuer.endorse(key)
    let above = Self.withStrangeAlgorithm(root.certificate)
    let start = "policyc cannot read the certificate of O=Examplia Silicon,CN=Root, which issued that of "
    #expect(
      reason(
        try finding(try evidence(leaf), ("issuer.cer", issuer.certificate), ("root.cer", above))
      ).hasPrefix(start + "O=Examplia Silicon,CN=Issuer, in root.cer: its signature is made by an algorithm"))
    // A namesake that did not sign it does not hide it.
    let namesake = try MadeUpAuthority("Root")
    #expect(
      reason(
        try finding(
          try evidence(try root.endorse(key)), ("a.cer", namesake.certificate),
          ("root.cer", above))
      ).contains("in root.cer"))
    let sent = try evidence(leaf, intermediates: [Self.withStrangeAlgorithm(issuer.certificate)])
    #expect(
      reason(try finding(sent, ("root.cer", root.certificate))).contains(
        "CN=Issuer, which issued that of"))
  }

  @Test("a certificate that cannot be read and has nothing to do with it excuses nothing")
  func stranger() throws {
    let leaf = try root.endorse(key)
    let other = Self.withStrangeAlgorithm(try MadeUpAuthority("Other").certificate)
    guard
      case .refused(let reason) = try finding(
        try evidence(leaf, intermediates: [other]), ("other.cer", other))
    else {
      Issue.record("it is not refused")
      return
    }
    #expect(reason.contains("CN=Root") && reason.contains("is not among the given ones"))
  }
}

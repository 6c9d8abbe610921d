import Crypto
import CryptoExtras
import Endorsement
import TPMEvidence
import Testing
import X509

/// Certificates as some manufacturers write them, which swift-certificates does not read.
@Suite("Certificates that cannot be read")
struct UnreadCertificateTests {
  private let root: MadeUpAuthority
  private let key = P256.Signing.PrivateKey()
  private let now: Int64 = 1_800_000_000

  init() throws { root = try MadeUpAuthority("Root") }

  private static func element(_ tag: UInt8, _ content: some Sequence<UInt8>) -> [UInt8] {
    let content = Array(content)
    let count = content.count
    if count < 0x80 { return [tag, UInt8(count)] + content }
    if count < 0x100 { return [tag, 0x81, UInt8(count)] + content }
    return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
  }

  private static func elements(_ content: ArraySlice<UInt8>) -> [[UInt8]] {
    var reader = DERReader(content)
    var elements: [[UInt8]] = []
    while let next = reader.next() { elements.append(element(next.tag, next.content)) }
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
    parts[0] = element(0x30, fields.joined())
    return element(0x30, parts.joined())
  }

  /// Intel's way: ECDSA with NULL for parameters.
  private static func withNull(_ der: [UInt8]) -> [UInt8] {
    changed(der) { fields, algorithm in
      fields[2] = element(0x30, content(fields[2]) + [5, 0])
      algorithm = fields[2]
    }
  }

  /// Nuvoton's way: several attributes in one part of a name, in an order of their own. The issuer is the fourth field, the subject the sixth.
  private static func withUnsortedNames(_ der: [UInt8]) -> [UInt8] {
    func attribute(_ kind: UInt8, _ text: String) -> [UInt8] {
      element(0x30, element(0x06, [0x55, 4, kind]) + element(0x0C, text.utf8))
    }
    let name = element(0x30, element(0x31, attribute(10, "Examplia Silicon") + attribute(6, "TW")))
    return changed(der) { fields, _ in (fields[3], fields[5]) = (name, name) }
  }

  private func evidence(
    _ certificate: [UInt8], intermediates: [[UInt8]] = []
  ) throws -> Evidence {
    var evidence = Evidence(nonce: [1], attestationKey: [], quote: [], signature: [])
    evidence.endorsementKey = try endorsementKey(key.publicKey).bytes
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
    for word in ["Swift", "ASN1", "Error", "SET OF", "X509/", "Optional"] {
      #expect(!reason.contains(word), "\(reason)")
    }
    return reason
  }

  @Test("a file that is left out is named with why, and what to do")
  func leftOut() throws {
    let der = try root.certificate.der
    let roots = try EndorsementRoots(files: [
      ("intel.cer", Self.withNull(der)), ("nuvoton.cer", Self.withUnsortedNames(der)), ("good.cer", der),
    ])
    #expect(roots.rootCount == 1 && roots.unusable.count == 2)
    let start = "policyc cannot read this certificate, since"
    #expect(
      roots.unusable.first?.hasPrefix(
        "intel.cer: \(start) it names the algorithm of its signature with parameters")
        == true)
    #expect(
      roots.unusable.last?.hasPrefix("nuvoton.cer: \(start) the parts of a name in it are out of the order")
        == true)
    for note in roots.unusable {
      #expect(note.contains("openssl verify") && note.contains("--ak") && !note.contains("Error"), "\(note)")
    }
  }

  @Test("an endorsement key's certificate that cannot be read is not refused: nothing is known of it")
  func leaf() throws {
    let good = try root.endorse(.init(key.publicKey))
    let anchor = ("root.cer", try root.certificate.der)
    #expect(try finding(try evidence(good), anchor) == .verified("O=Examplia Silicon,CN=Root"))
    let start = "policyc cannot read the endorsement key's certificate: "
    #expect(
      reason(try finding(try evidence(Self.withNull(good)), anchor)).hasPrefix(
        start + "it names the algorithm"))
    #expect(
      reason(try finding(try evidence(Self.withUnsortedNames(good)), anchor)).hasPrefix(
        start + "the parts of a name"))
    #expect(
      reason(try finding(try evidence([1]), anchor)) == start + "it is not written as X.509 and DER ask for")
  }

  @Test("a certificate of a short key of RSA says so")
  func shortKey() throws {
    let short = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024)).publicKey
    #expect(
      reason(
        try finding(try evidence(try root.endorse(.init(short))), ("root.cer", try root.certificate.der))
      )
      .hasSuffix("its key is damaged, or one of RSA below 2048 bits"))
  }

  @Test("an issuer that is there and cannot be read leaves the certificate unknown, and its file is named")
  func issuer() throws {
    let issuer = try MadeUpAuthority("Issuer", under: root)
    let leaf = try issuer.endorse(.init(key.publicKey))
    let above = Self.withNull(try root.certificate.der)
    let start = "policyc cannot read the certificate of O=Examplia Silicon,CN=Root, which issued that of "
    #expect(
      reason(
        try finding(try evidence(leaf), ("issuer.cer", try issuer.certificate.der), ("root.cer", above))
      ).hasPrefix(start + "O=Examplia Silicon,CN=Issuer, in root.cer: it names the algorithm"))
    // A namesake that did not sign it does not hide it.
    let namesake = try MadeUpAuthority("Root")
    #expect(
      reason(
        try finding(
          try evidence(try root.endorse(.init(key.publicKey))), ("a.cer", try namesake.certificate.der),
          ("root.cer", above))
      ).contains("in root.cer"))
    let sent = try evidence(leaf, intermediates: [Self.withNull(try issuer.certificate.der)])
    #expect(
      reason(try finding(sent, ("root.cer", try root.certificate.der))).contains(
        "CN=Issuer, which issued that of"))
  }

  @Test("a certificate that cannot be read and has nothing to do with it excuses nothing")
  func stranger() throws {
    let leaf = try root.endorse(.init(key.publicKey))
    let other = Self.withNull(try MadeUpAuthority("Other").certificate.der)
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

import EvidenceSupport
import Foundation
import TPMEvidence

/// A name of X.509, as DER has it.
struct MadeUpName: Equatable {
  let der: [UInt8]

  /// Attributes by their object identifiers, one in each part, as UTF-8.
  init(_ attributes: [(kind: String, text: String)] = []) {
    der = DERWriter.element(
      0x30,
      attributes.flatMap { DERWriter.element(0x31, Self.attribute($0.kind, $0.text)) })
  }

  init(der: [UInt8]) { self.der = der }

  /// A common name and the organization of all authorities here.
  static func authority(_ name: String) -> MadeUpName {
    MadeUpName([("2.5.4.3", name), ("2.5.4.10", "Examplia Silicon")])
  }

  /// Nuvoton's way: both attributes in one part, in another order than DER asks for.
  static func unsorted(_ name: String) -> MadeUpName {
    MadeUpName(
      der: DERWriter.element(
        0x30,
        DERWriter.element(0x31, attribute("2.5.4.10", "Examplia Silicon") + attribute("2.5.4.3", name))))
  }

  static func attribute(_ kind: String, _ text: String) -> [UInt8] {
    DERWriter.sequence(DERWriter.identifier(kind), DERWriter.element(0x0C, text.utf8))
  }
}

/// By what a made-up certificate is signed.
enum MadeUpSignature {
  case ecdsaSHA256
  /// Intel's way: with NULL for parameters, where RFC 5758, 3.2, asks for none.
  case ecdsaSHA384WithNull
  case rsaSHA1, rsaSHA256

  var algorithm: [UInt8] {
    switch self {
    case .ecdsaSHA256: DERWriter.sequence(DERWriter.identifier("1.2.840.10045.4.3.2"))
    case .ecdsaSHA384WithNull: DERWriter.sequence(DERWriter.identifier("1.2.840.10045.4.3.3"), [5, 0])
    case .rsaSHA1: DERWriter.sequence(DERWriter.identifier("1.2.840.113549.1.1.5"), [5, 0])
    case .rsaSHA256: DERWriter.sequence(DERWriter.identifier("1.2.840.113549.1.1.11"), [5, 0])
    }
  }

  var hash: HashAlgorithm {
    switch self {
    case .ecdsaSHA256, .rsaSHA256: .sha256
    case .ecdsaSHA384WithNull: .sha384
    case .rsaSHA1: .sha1
    }
  }
}

/// A made-up manufacturer's key, and certificates that it issues.
struct MadeUpAuthority {
  let name: MadeUpName
  let key: SigningKey
  /// Its certificate in DER.
  let certificate: [UInt8]
  /// By what it signs.
  let signature: MadeUpSignature

  /// A root, or an authority below another one.
  init(
    _ name: String, under issuer: MadeUpAuthority? = nil, key: SigningKey = SigningKey(),
    options: CertificateOptions = .authority
  ) throws {
    try self.init(.authority(name), under: issuer, key: key, options: options)
  }

  init(
    _ name: MadeUpName, under issuer: MadeUpAuthority? = nil, key: SigningKey = SigningKey(),
    signature: MadeUpSignature = .ecdsaSHA256, options: CertificateOptions = .authority
  ) throws {
    self.name = name
    self.key = key
    self.signature = signature
    certificate = try Self.issue(
      to: name, key: key.subjectPublicKeyInfo, by: issuer?.name ?? name, signing: issuer?.key ?? key,
      issuer?.signature ?? signature, options)
  }

  /// The certificate of an endorsement key.
  func endorse(
    _ key: SigningKey, name: MadeUpName = MadeUpName(), _ options: CertificateOptions = .endorsement,
    signature: MadeUpSignature? = nil
  ) throws -> [UInt8] {
    try endorse(information: key.subjectPublicKeyInfo, name: name, options, signature: signature)
  }

  /// The certificate of a key by its SubjectPublicKeyInfo.
  func endorse(
    information: [UInt8], name: MadeUpName = MadeUpName(), _ options: CertificateOptions = .endorsement,
    signature: MadeUpSignature? = nil
  ) throws -> [UInt8] {
    try Self.issue(
      to: name, key: information, by: self.name, signing: self.key, signature ?? self.signature, options)
  }

  private static func issue(
    to subject: MadeUpName, key: [UInt8], by issuer: MadeUpName, signing: SigningKey,
    _ signature: MadeUpSignature, _ options: CertificateOptions
  ) throws -> [UInt8] {
    let extensions = options.extensions()
    let signed = DERWriter.sequence(
      DERWriter.element(0xA0, DERWriter.integer([2])), DERWriter.integer(options.serialNumber),
      signature.algorithm, issuer.der, DERWriter.sequence(time(options.from), time(options.until)),
      subject.der, key,
      extensions.isEmpty
        ? []
        : DERWriter.element(0xA3, DERWriter.element(0x30, extensions.flatMap(\.der))))
    return DERWriter.sequence(
      signed, signature.algorithm,
      DERWriter.bits(try signing.signature(over: signed, signature.hash)))
  }

  /// UTCTime until 2049, then GeneralizedTime (RFC 5280, 4.1.2.5).
  private static func time(_ seconds: Int64) -> [UInt8] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSince1970: Double(seconds)))
    func digits(_ number: Int?, _ count: Int = 2) -> String {
      let text = String(number ?? 0)
      return String(repeating: "0", count: count - text.count) + text
    }
    let rest =
      [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { digits($0) }.joined() + "Z"
    let year = parts.year ?? 0
    return year < 2050
      ? DERWriter.element(0x17, (digits(year % 100) + rest).utf8)
      : DERWriter.element(0x18, (digits(year, 4) + rest).utf8)
  }
}

/// Basic constraints (RFC 5280, 4.2.1.9).
enum BasicConstraints {
  case notCertificateAuthority
  case isCertificateAuthority(maxPathLength: UInt8?)

  var der: [UInt8] {
    switch self {
    case .notCertificateAuthority: DERWriter.sequence()
    case .isCertificateAuthority(let length):
      DERWriter.sequence([0x01, 0x01, 0xFF], length.map { DERWriter.element(0x02, [$0]) } ?? [])
    }
  }
}

/// Key usage (RFC 5280, 4.2.1.3).
struct KeyUsage: OptionSet {
  let rawValue: UInt8

  static let digitalSignature = KeyUsage(rawValue: 0x80)
  static let keyEncipherment = KeyUsage(rawValue: 0x20)
  static let keyAgreement = KeyUsage(rawValue: 0x08)
  static let keyCertSign = KeyUsage(rawValue: 0x04)
  static let cRLSign = KeyUsage(rawValue: 0x02)

  var der: [UInt8] { DERWriter.element(0x03, [UInt8(rawValue.trailingZeroBitCount), rawValue]) }
}

/// An extension of a certificate.
struct CertificateExtension {
  let identifier: String
  let isCritical: Bool
  let value: [UInt8]

  var der: [UInt8] {
    DERWriter.sequence(
      DERWriter.identifier(identifier), isCritical ? [0x01, 0x01, 0xFF] : [],
      DERWriter.element(0x04, value))
  }
}

/// What a made-up certificate says.
struct CertificateOptions {
  var serialNumber: [UInt8] = [0x12, 0x34, 0x56]
  var from: Int64 = 1_700_000_000
  var until: Int64 = 1_900_000_000
  var constraints: BasicConstraints? = .notCertificateAuthority
  var usages: [String]? = ["2.23.133.8.1"]
  var keyUsage: KeyUsage? = .keyEncipherment
  var namesTPM = true
  var address: String?
  /// Names that an authority may not certify.
  var excludedName: MadeUpName?
  var others: [CertificateExtension] = []

  static let endorsement = CertificateOptions()
  static let authority = CertificateOptions(
    constraints: .isCertificateAuthority(maxPathLength: nil), usages: nil,
    keyUsage: [.keyCertSign, .cRLSign], namesTPM: false)

  func with(_ change: (inout CertificateOptions) -> Void) -> CertificateOptions {
    var options = self
    change(&options)
    return options
  }

  func extensions() -> [CertificateExtension] {
    var extensions: [CertificateExtension] = []
    func add(_ identifier: String, _ isCritical: Bool, _ value: [UInt8]?) {
      guard let value else { return }
      extensions.append(
        CertificateExtension(identifier: identifier, isCritical: isCritical, value: value))
    }
    add("2.5.29.19", true, constraints?.der)
    add("2.5.29.15", true, keyUsage?.der)
    add("2.5.29.37", false, usages.map { DERWriter.element(0x30, $0.flatMap(DERWriter.identifier)) })
    if namesTPM {
      let names = MadeUpName([
        ("2.23.133.2.1", "id:45584D50"), ("2.23.133.2.2", "Example TPM"), ("2.23.133.2.3", "id:00010002"),
      ])
      add("2.5.29.17", true, DERWriter.sequence(DERWriter.element(0xA4, names.der)))
    }
    add(
      "1.3.6.1.5.5.7.1.1", false,
      address.map { address in
        DERWriter.sequence(
          DERWriter.sequence(
            DERWriter.identifier("1.3.6.1.5.5.7.48.2"), DERWriter.element(0x86, address.utf8)))
      })
    add(
      "2.5.29.30", true,
      excludedName.map { name in
        DERWriter.sequence(
          DERWriter.element(0xA1, DERWriter.sequence(DERWriter.element(0xA4, name.der))))
      })
    return extensions + others
  }
}

/// The public area of a key on P-256, as a TPM would have it for an endorsement key.
func endorsementKey(_ key: SigningKey) throws -> TPMPublic {
  let point = key.point
  return try TPMPublic(
    [0, 0x23, 0, 0x0B, 0, 3, 0, 0xB2, 0, 0, 0, 0x06, 0, 128, 0, 0x43, 0, 0x10, 0, 3, 0, 0x10, 0, 32]
      + point.prefix(32) + [0, 32] + point.suffix(32))
}

/// The public area of an RSA key with the usual exponent.
func endorsementKey(modulus: [UInt8]) throws -> TPMPublic {
  try TPMPublic(
    [0, 0x01, 0, 0x0B, 0, 3, 0, 0xB2, 0, 0, 0, 0x06, 0, 128, 0, 0x43, 0, 0x10] + sized(modulus))
}

/// The size of an RSA key in bits, the usual exponent, and the modulus behind its size in bytes.
func sized(_ modulus: [UInt8]) -> [UInt8] {
  func number(_ number: Int) -> [UInt8] { [UInt8(number / 256), UInt8(number % 256)] }
  return number(modulus.count * 8) + [0, 0, 0, 0] + number(modulus.count) + modulus
}

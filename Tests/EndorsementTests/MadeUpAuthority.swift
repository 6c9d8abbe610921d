import Crypto
import Foundation
import SwiftASN1
import TPMEvidence
import X509

/// A made-up manufacturer's key, and certificates that it issues.
struct MadeUpAuthority {
  let name: DistinguishedName
  let key: P256.Signing.PrivateKey
  let certificate: X509.Certificate

  /// A root, or an authority below another one.
  init(
    _ name: String, under issuer: MadeUpAuthority? = nil, key: P256.Signing.PrivateKey = .init(),
    options: CertificateOptions = .authority
  ) throws {
    self.name = try DistinguishedName {
      CommonName(name)
      OrganizationName("Examplia Silicon")
    }
    self.key = key
    certificate = try Self.issue(
      to: self.name, key: .init(key.publicKey), by: issuer?.name ?? self.name, signing: issuer?.key ?? key,
      options)
  }

  /// The certificate of an endorsement key.
  func endorse(
    _ key: X509.Certificate.PublicKey, name: DistinguishedName = DistinguishedName(),
    _ options: CertificateOptions = .endorsement
  ) throws -> [UInt8] {
    try Self.issue(to: name, key: key, by: self.name, signing: self.key, options).der
  }

  private static func issue(
    to subject: DistinguishedName, key: X509.Certificate.PublicKey, by issuer: DistinguishedName,
    signing: P256.Signing.PrivateKey, _ options: CertificateOptions
  ) throws -> X509.Certificate {
    try X509.Certificate(
      version: .v3, serialNumber: .init(bytes: [0x12, 0x34, 0x56]), publicKey: key,
      notValidBefore: Date(timeIntervalSince1970: Double(options.from)),
      notValidAfter: Date(timeIntervalSince1970: Double(options.until)), issuer: issuer, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256, extensions: try X509.Certificate.Extensions(options.extensions()),
      issuerPrivateKey: .init(signing))
  }
}

/// What a made-up certificate says.
struct CertificateOptions {
  var from: Int64 = 1_700_000_000
  var until: Int64 = 1_900_000_000
  var constraints: BasicConstraints? = .notCertificateAuthority
  var usages: [ASN1ObjectIdentifier]? = [[2, 23, 133, 8, 1]]
  var keyUsage: KeyUsage? = KeyUsage(keyEncipherment: true)
  var namesTPM = true
  var address: String?
  var nameConstraints: NameConstraints?
  var others: [X509.Certificate.Extension] = []

  static let endorsement = CertificateOptions()
  static let authority = CertificateOptions(
    constraints: .isCertificateAuthority(maxPathLength: nil), usages: nil,
    keyUsage: KeyUsage(keyCertSign: true, cRLSign: true), namesTPM: false)

  func with(_ change: (inout CertificateOptions) -> Void) -> CertificateOptions {
    var options = self
    change(&options)
    return options
  }

  func extensions() throws -> [X509.Certificate.Extension] {
    var extensions: [X509.Certificate.Extension] = []
    if let constraints { extensions.append(try .init(constraints, critical: true)) }
    if let keyUsage { extensions.append(try .init(keyUsage, critical: true)) }
    if let usages {
      extensions.append(try .init(ExtendedKeyUsage(usages.map { .init(oid: $0) }), critical: false))
    }
    if namesTPM {
      let names = try DistinguishedName([
        .init(type: [2, 23, 133, 2, 1], utf8String: "id:45584D50"),
        .init(type: [2, 23, 133, 2, 2], utf8String: "Example TPM"),
        .init(type: [2, 23, 133, 2, 3], utf8String: "id:00010002"),
      ])
      extensions.append(try .init(SubjectAlternativeNames([.directoryName(names)]), critical: true))
    }
    if let address {
      let access = AuthorityInformationAccess([
        .init(method: .issuingCA, location: .uniformResourceIdentifier(address))
      ])
      extensions.append(try .init(access, critical: false))
    }
    if let nameConstraints { extensions.append(try .init(nameConstraints, critical: true)) }
    return extensions + others
  }
}

extension X509.Certificate {
  /// The certificate in DER.
  var der: [UInt8] {
    get throws {
      var serializer = DER.Serializer()
      try serializer.serialize(self)
      return serializer.serializedBytes
    }
  }
}

/// The public area of a key, as a TPM would have it for an endorsement key.
func endorsementKey(_ key: P256.Signing.PublicKey) throws -> TPMPublic {
  let x = Array(key.rawRepresentation.prefix(32))
  let y = Array(key.rawRepresentation.suffix(32))
  return try TPMPublic(
    [0, 0x23, 0, 0x0B, 0, 3, 0, 0xB2, 0, 0, 0, 0x06, 0, 128, 0, 0x43, 0, 0x10, 0, 3, 0, 0x10, 0, 32] + x
      + [0, 32] + y)
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

import Diagnostics

/// A key that whoever judges knows from elsewhere: the service that registered the device has its certificate.
package enum KnownKey: Hashable, Sendable {
  /// By the name that a TPM gives it (``TPMPublic/name``).
  case name([UInt8])
  /// By its numbers.
  case numbers(CertifiedKey)

  /// The largest file that is read, in bytes.
  package static let byteLimit = 1 << 16

  /// Why a file has no key: one part of a sentence that can follow the file's name and a colon.
  package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    package let description: String
  }

  /// The key in a file: a certificate in X.509 or a public key, each in DER or PEM (RFC 7468); a public area as a TPM's tools store it,
  /// TPM2B_PUBLIC or TPMT_PUBLIC; or a name in hexadecimal. The certificate is not verified: whoever judges brings it.
  package init(file bytes: [UInt8]) throws(Problem) {
    if let name = Self.name(hexadecimal: bytes.filter { !Self.isBlank($0) }) {
      self = .name(name)
    } else if bytes.first == DERElement.sequence {
      self = .numbers(try Self.numbers(der: bytes))
    } else if let area = try? TPMPublic(bytes) {
      self = .name(area.name)
    } else {
      self = .numbers(try Self.numbers(der: try Self.block(pem: bytes)))
    }
  }

  /// A name of a TPM's key in hexadecimal: the number of a hash, then a digest of its length. Nil for anything else.
  package init?(hexadecimal text: String) {
    guard let name = Self.name(hexadecimal: text.utf8) else { return nil }
    self = .name(name)
  }

  /// Whether this is the key of a public area.
  package func isKey(of area: TPMPublic) -> Bool {
    switch self {
    case .name(let name): area.name == name
    case .numbers(let key): CertifiedKey(area.key) == key
    }
  }

  private static func name(hexadecimal text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count <= 2 * 66 + 2, let name = TPMEvidence.bytes(hexadecimal: text), TPMPublic.isName(name)
    else { return nil }
    return name
  }

  private static func numbers(der: [UInt8]) throws(Problem) -> CertifiedKey {
    var reader = DERReader(der[...])
    guard reader.next(DERElement.sequence) != nil, reader.isAtEnd else {
      throw Problem(description: "it is damaged, or is not a certificate or a public key in DER")
    }
    guard let key = CertifiedKey(certificate: der) ?? CertifiedKey(publicKey: der) else {
      throw Problem(
        description: "it has no key of RSA and none of an elliptic curve as a point without compression")
    }
    return key
  }

  /// What is between the lines of the one block in PEM.
  private static func block(pem bytes: [UInt8]) throws(Problem) -> [UInt8] {
    let labels = ["CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY"]
    var found: [UInt8]?
    var open: String?
    var text: [UInt8] = []
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      if line.starts(with: "-----BEGIN ".utf8) {
        let label = String(decoding: line.dropFirst(11).prefix { $0 != 0x2D }, as: UTF8.self)
        guard labels.contains(label) else {
          throw Problem(
            description: "it has '\(shortened(label, limit: 40))', and neither a certificate nor a public key"
          )
        }
        guard found == nil, open == nil else {
          throw Problem(description: "it has several; give the one of the device alone")
        }
        open = label
      } else if let label = open {
        if line.starts(with: "-----END \(label)-----".utf8) {
          guard let der = Base64.decode(text) else {
            throw Problem(description: "what it has in PEM is not Base64")
          }
          (found, open) = (der, nil)
        } else {
          text += line.filter { !isBlank($0) }
        }
      }
    }
    guard let found, open == nil else {
      throw Problem(
        description: open == nil
          ? "it is not a certificate, a public key, a public area of a TPM, or the name of one in hexadecimal"
          : "what it has in PEM has no end")
    }
    return found
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}

import Diagnostics

/// An X.509 certificate as a signature database holds it. It is named and recognised, not verified.
package struct Certificate: Hashable, Sendable {
  /// The SHA-1 digest of its bytes, by which Windows' tools name it.
  package let thumbprint: [UInt8]
  /// The SHA-256 digest of its bytes.
  package let sha256: [UInt8]
  /// Its subject as `CN=…, O=…`; nil when it cannot be read.
  package let subject: String?

  /// Reads the subject of a certificate in DER.
  package init(_ der: ArraySlice<UInt8>) {
    thumbprint = der.withUnsafeBytes { HashAlgorithm.sha1.digest(of: $0) } ?? []
    sha256 = der.withUnsafeBytes { HashAlgorithm.sha256.digest(of: $0) } ?? []
    subject = Self.subject(of: der)
  }

  /// The thumbprint in hexadecimal.
  package var name: String { subject ?? "certificate \(hexadecimal(thumbprint))" }

  private static func subject(of der: ArraySlice<UInt8>) -> String? {
    var outer = DERReader(der)
    guard let certificate = outer.next(DERElement.sequence) else { return nil }
    var parts = DERReader(certificate.content)
    guard let signed = parts.next(DERElement.sequence) else { return nil }
    var fields = DERReader(signed.content)
    guard var field = fields.next() else { return nil }
    // The version is optional: an element of its own kind before the serial number.
    if field.tag == 0xA0 {
      guard let serial = fields.next() else { return nil }
      field = serial
    }
    guard field.tag == 0x02, fields.next(DERElement.sequence) != nil, fields.next(DERElement.sequence) != nil,
      fields.next(DERElement.sequence) != nil, let subject = fields.next(DERElement.sequence)
    else { return nil }
    return text(ofName: subject.content)
  }

  /// The attributes of a name, the last first, as names are written: `CN=…, OU=…, O=…, C=…`.
  private static func text(ofName content: ArraySlice<UInt8>) -> String? {
    var sets = DERReader(content)
    var parts: [String] = []
    while !sets.isAtEnd {
      guard let set = sets.next(DERElement.set) else { return nil }
      var attributes = DERReader(set.content)
      while !attributes.isAtEnd {
        guard let attribute = attributes.next(DERElement.sequence) else { return nil }
        var pair = DERReader(attribute.content)
        guard let identifier = pair.next(DERElement.objectIdentifier), let value = pair.next(),
          let text = text(of: value)
        else { return nil }
        guard let name = names[Array(identifier.content)] else { continue }
        parts.append("\(name)=\(text)")
      }
    }
    return parts.isEmpty ? nil : parts.reversed().joined(separator: ", ")
  }

  /// The attributes that are shown (X.520: id-at 3, 10, 11, 6).
  private static let names: [[UInt8]: String] = [
    [0x55, 0x04, 0x03]: "CN", [0x55, 0x04, 0x0A]: "O", [0x55, 0x04, 0x0B]: "OU", [0x55, 0x04, 0x06]: "C",
  ]

  private static func text(of value: DERElement) -> String? {
    switch value.tag {
    case 0x0C, 0x13, 0x16: return shortened(String(decoding: value.content, as: UTF8.self), limit: 200)
    case 0x14:
      return shortened(String(String.UnicodeScalarView(value.content.map { UnicodeScalar($0) })), limit: 200)
    case 0x1E:
      guard value.content.count % 2 == 0 else { return nil }
      let bytes = Array(value.content)
      let units = stride(from: 0, to: bytes.count, by: 2).map {
        UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
      }
      return shortened(String(decoding: units, as: UTF16.self), limit: 200)
    default: return nil
    }
  }
}

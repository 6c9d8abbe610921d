import SwiftASN1
import TPMEvidence
@preconcurrency import X509

/// A certificate that swift-certificates does not read, as far as it is read all the same: enough to say that it is the one that is missing.
struct UnreadCertificate: Hashable, Sendable {
  /// The file that it is in, or another word for where it comes from.
  let place: String
  /// Why it is not read: a plain sentence without a full stop.
  let reason: String
  /// The content of its subject, or nil.
  let subject: [UInt8]?

  init(_ der: [UInt8], in place: String, because reason: String) {
    self.place = place
    self.reason = reason
    var fields = Self.fields(of: der)
    // Serial number, algorithm, issuer, validity, subject; the version was taken.
    for _ in 0..<4 { _ = fields.next() }
    subject = fields.next(DERElement.sequence).map { Array($0.content) }
  }

  /// The content of a name, as ``subject`` has it; nil for one that cannot be written.
  static func content(of name: DistinguishedName) -> [UInt8]? {
    var serializer = DER.Serializer()
    guard (try? serializer.serialize(name)) != nil else { return nil }
    var reader = DERReader(serializer.serializedBytes[...])
    return reader.next(DERElement.sequence).map { Array($0.content) }
  }

  /// What a library says of a certificate that it does not read, for somebody who has never heard of that library.
  static func reason(of error: any Error, _ der: [UInt8]) -> String {
    if let error = error as? CertificateError {
      if error.code == .unsupportedSignatureAlgorithm {
        return signatureHasNull(der)
          ? "it names the algorithm of its signature with parameters where there are none, as some of Intel's do"
          : "its signature is made by an algorithm that policyc does not know"
      }
      if error.code == .unsupportedPublicKeyAlgorithm {
        return "its key is of a kind that policyc does not know"
      }
    }
    guard let error = error as? ASN1Error else {
      // The key itself is read by another library, which wants RSA from 2048 bits and points that are on their curve.
      return error is CertificateError
        ? "there is something in it that policyc does not know"
        : "its key is damaged, or one of RSA below 2048 bits"
    }
    return error.code == .invalidASN1Object && "\(error)".contains("SET OF")
      ? "the parts of a name in it are out of the order that DER asks for, as in many of Nuvoton's"
      : "it is not written as X.509 and DER ask for"
  }

  /// Whether the algorithm of the signature is ECDSA with NULL (RFC 5758, 3.2, asks for no parameters).
  private static func signatureHasNull(_ der: [UInt8]) -> Bool {
    var fields = fields(of: der)
    _ = fields.next()
    guard let algorithm = fields.next(DERElement.sequence) else { return false }
    // 1.2.840.10045.4, ecdsa-with-…, and NULL at the end.
    return algorithm.content.dropFirst(2).starts(with: [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04])
      && algorithm.content.suffix(2).elementsEqual([0x05, 0x00])
  }

  /// The fields of TBSCertificate (RFC 5280, 4.1) from the serial number on.
  private static func fields(of der: [UInt8]) -> DERReader {
    var outer = DERReader(der[...])
    var parts = DERReader(outer.next()?.content ?? [])
    let signed = parts.next()?.content ?? []
    var fields = DERReader(signed)
    // The version is optional: an element of its own kind before the serial number.
    if signed.first == 0xA0 { _ = fields.next() }
    return fields
  }
}

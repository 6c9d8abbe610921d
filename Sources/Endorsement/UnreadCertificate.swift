import TPMEvidence

/// A certificate that is not read, as far as it is read all the same: enough to say that it is the one that is missing.
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
    // Issuer, validity, subject.
    var fields = Self.names(of: der)
    _ = fields.next()
    _ = fields.next()
    subject = fields.next(DERElement.sequence).map { Array($0.content) }
  }

  /// The content of the issuer of a certificate, as ``subject`` has it.
  static func issuer(of der: [UInt8]) -> [UInt8]? {
    var fields = names(of: der)
    return fields.next(DERElement.sequence).map { Array($0.content) }
  }

  /// The fields of TBSCertificate (RFC 5280, 4.1) from the issuer on.
  private static func names(of der: [UInt8]) -> DERReader {
    var outer = DERReader(der[...])
    var parts = DERReader(outer.next()?.content ?? [])
    let signed = parts.next()?.content ?? []
    var fields = DERReader(signed)
    // The version is optional: an element of its own kind before the serial number. The algorithm follows.
    if signed.first == 0xA0 { _ = fields.next() }
    _ = fields.next()
    _ = fields.next()
    return fields
  }
}

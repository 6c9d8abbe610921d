import SwiftASN1
import TPMEvidence
@preconcurrency import X509

extension X509.Certificate {
  /// The subject as a report names it; its serial number where it has none, as endorsement keys often have.
  var shownName: String {
    subject.isEmpty
      ? "an unnamed subject (serial number \(hexadecimal(serialNumber.bytes.prefix(32))))"
      : Self.shown(subject)
  }

  /// The issuer as a report names it.
  var shownIssuer: String { issuer.isEmpty ? "an issuer without a name" : Self.shown(issuer) }

  private static func shown(_ name: DistinguishedName) -> String { printable("\(name)", limit: 200) }

  /// Where the certificate says that its issuer's is to be had (RFC 5280, 4.2.2.1); only shown, never opened.
  var issuerAddress: String? {
    guard let access = try? extensions.authorityInformationAccess else { return nil }
    for description in access where description.method == .issuingCA {
      if case .uniformResourceIdentifier(let address) = description.location {
        return printable(address, limit: 200)
      }
    }
    return nil
  }

  /// Whether it names an issuer of its own name and another key than its own, as a certificate for a renewed key does.
  var isIssuedByNamesake: Bool {
    guard issuer == subject, let authority = (try? extensions.authorityKeyIdentifier)?.keyIdentifier,
      let own = (try? extensions.subjectKeyIdentifier)?.keyIdentifier
    else { return false }
    return authority != own
  }

  /// Seconds since 1970 from which on, and until which, it is valid.
  var validity: ClosedRange<Int64>? {
    let from = Int64(notValidBefore.timeIntervalSince1970)
    let until = Int64(notValidAfter.timeIntervalSince1970)
    return from <= until ? from...until : nil
  }
}

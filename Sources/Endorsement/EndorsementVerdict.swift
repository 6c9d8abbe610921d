/// What is known of who made a TPM, from its endorsement key's certificate.
package enum EndorsementVerdict: Hashable, Sendable {
  /// The certificate leads to one of the given roots. `root` names it; `chain` names the certificates from the endorsement key's to the root.
  case trusted(root: String, chain: [String])
  /// It does not.
  case refused(EndorsementRefusal)

  /// Whether the certificate leads to one of the given roots.
  package var isTrusted: Bool {
    if case .trusted = self { true } else { false }
  }
}

/// Why the certificate of an endorsement key is not believed.
package enum EndorsementRefusal: Error, Hashable, Sendable {
  /// The bytes are no certificate that can be read.
  case unreadable(String)
  /// The certificate of an issuer is there, in this file, and cannot be read for this reason.
  case unreadableIssuer(String, of: String, file: String, String)
  /// It certifies something else than an endorsement key.
  case notEndorsement(String)
  /// It certifies another key than the endorsement key of the evidence.
  case otherKey
  /// This certificate of the chain is valid only from a later time on, in seconds since 1970.
  case notYetValid(String, from: Int64)
  /// This certificate of the chain is valid only until an earlier time, in seconds since 1970.
  case expired(String, until: Int64)
  /// The certificate of an issuer is not there; `address` is where the certificate says that it can be had.
  case missingIssuer(String, of: String, address: String?)
  /// The chain ends at a certificate that signs itself and is not among the roots.
  case unknownRoot(String)
  /// Certificates of the issuer's name are there, and none of their keys made the signature.
  case notSigned(String, by: String)
  /// A chain to a root is there and breaks a rule.
  case broken(String)
  /// There are too many certificates of the same names to try all ways from one to the other.
  case tooManyWays
}

extension EndorsementRefusal: CustomStringConvertible {
  /// Whether nothing speaks against the certificate, but that it or one above it cannot be read here.
  var isForWantOfReading: Bool {
    switch self {
    case .unreadable, .unreadableIssuer: true
    default: false
    }
  }

  /// One sentence without a full stop.
  package var description: String {
    switch self {
    case .unreadable(let reason): "policyc cannot read the endorsement key's certificate: \(reason)"
    case .unreadableIssuer(let issuer, let name, let file, let reason):
      "policyc cannot read the certificate of \(issuer), which issued that of \(name), in \(file): \(reason)"
    case .notEndorsement(let reason): "the certificate is not one of an endorsement key: \(reason)"
    case .otherKey: "the certificate certifies another key than the endorsement key"
    case .notYetValid(let name, let time):
      "the certificate of \(name) is valid only from \(dateText(time)) on"
    case .expired(let name, let time): "the certificate of \(name) was valid only until \(dateText(time))"
    case .missingIssuer(let issuer, let name, let address):
      "the certificate of \(issuer), which issued that of \(name), is not among the given ones"
        + (address.map { "; it is to be had at \($0)" } ?? "")
    case .unknownRoot(let name): "the chain ends at \(name), which is not among the given roots"
    case .notSigned(let name, let issuer):
      "the certificate of \(name) is not signed by any certificate of \(issuer) that is given"
    case .broken(let reason): "the chain of certificates breaks a rule: \(reason)"
    case .tooManyWays: "too many of the given certificates have the same names to try all chains"
    }
  }
}

/// A time in seconds since 1970 as a date in UTC: `2031-05-04`.
func dateText(_ seconds: Int64) -> String {
  // Days from civil, turned around: eras of 400 years that begin in March of the year 0.
  let day = Int64((Double(seconds) / 86400).rounded(.down)) + 719_468
  let era = (day >= 0 ? day : day - 146_096) / 146_097
  let dayOfEra = day - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
  return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2))"
}

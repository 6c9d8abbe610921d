import TPMEvidence

/// Looks for a chain from an endorsement key's certificate to a root that keeps all rules.
///
/// libcrypto would take the first issuer of a name that fits; here every one that did sign is tried, since makers of TPMs renew keys under
/// one name. Each chain that is found is then judged by libcrypto, which sees no other certificates. Certificates that sign each other make
/// chains without number, so that the search is bounded.
struct ChainSearch {
  private let roots: [X509Certificate]
  private let intermediates: [X509Certificate]
  private let time: Int64
  private var lookups = 32
  private var signatures = 256
  /// Whether something was left untried.
  private(set) var isExceeded = false
  /// Why the first chain that leads to a root is refused; nil where there is none.
  private(set) var refusal: EndorsementRefusal?

  /// The most certificates in a chain, the endorsement key's and the root's among them.
  static let greatestLength = 8
  /// The most certificates of one name that are tried.
  static let namesakes = 16

  /// A search among these certificates, at a time in seconds since 1970.
  init(roots: [X509Certificate], intermediates: [X509Certificate], at time: Int64) {
    self.roots = roots
    self.intermediates = intermediates
    self.time = time
  }

  /// The chain from a certificate to a root; nil when there is none that keeps all rules.
  mutating func chain(from leaf: X509Certificate) -> [X509Certificate]? { chain(continuing: [leaf]) }

  /// The depth of the recursion is bounded by the number of lookups.
  private mutating func chain(continuing chain: [X509Certificate]) -> [X509Certificate]? {
    guard let tip = chain.last, lookups > 0 else {
      isExceeded = true
      return nil
    }
    lookups -= 1
    for root in issuers(of: tip, among: roots, besides: chain) {
      let found = chain + [root]
      guard let refusal = ChainRules.refusal(of: found, at: time) else { return found }
      self.refusal = self.refusal ?? refusal
    }
    for issuer in issuers(of: tip, among: intermediates, besides: chain) {
      if let found = self.chain(continuing: chain + [issuer]) { return found }
    }
    return nil
  }

  /// The certificates that have the issuer's name and made the signature.
  private mutating func issuers(
    of tip: X509Certificate, among certificates: [X509Certificate], besides chain: [X509Certificate]
  ) -> [X509Certificate] {
    let named = Array(certificates.lazy.filter { $0.isNamedIssuer(of: tip) }.prefix(Self.namesakes + 1))
    if named.count > Self.namesakes { isExceeded = true }
    var issuers: [X509Certificate] = []
    for candidate in named.prefix(Self.namesakes)
    where !chain.contains(candidate) && candidate.strangeExtension == nil {
      guard signatures > 0 else {
        isExceeded = true
        break
      }
      signatures -= 1
      if candidate.signed(tip) { issuers.append(candidate) }
    }
    return issuers
  }
}

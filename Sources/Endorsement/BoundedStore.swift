import Synchronization
@preconcurrency import X509

/// Certificates by the name of their subject, which are given out a bounded number of times: certificates that sign each other make chains
/// without number, and swift-certificates would try them all.
struct BoundedStore: CustomCertificateStore {
  private var certificates: [DistinguishedName: [X509.Certificate]]
  private let budget: LookupBudget

  /// The most certificates of one name that are tried.
  static let namesakes = 16

  init(_ certificates: [X509.Certificate], budget: LookupBudget) {
    self.certificates = Dictionary(grouping: certificates, by: \.subject)
    self.budget = budget
  }

  subscript(subject: DistinguishedName) -> [X509.Certificate]? {
    get async {
      guard let found = certificates[subject], budget.spend() else { return nil }
      if found.count > Self.namesakes { budget.exceed() }
      return Array(found.prefix(Self.namesakes))
    }
  }

  func contains(_ certificate: X509.Certificate) async -> Bool {
    certificates[certificate.subject]?.contains(certificate) ?? false
  }

  mutating func append(contentsOf added: some Sequence<X509.Certificate>) {
    for certificate in added { certificates[certificate.subject, default: []].append(certificate) }
  }

  static func == (one: BoundedStore, other: BoundedStore) -> Bool { one.certificates == other.certificates }

  func hash(into hasher: inout Hasher) { hasher.combine(certificates) }
}

/// How many more lookups there may be in one verification.
final class LookupBudget: Sendable {
  private let left: Mutex<Int>
  private let exceeded = Mutex(false)

  /// Enough for every chain of the greatest length with several certificates a name.
  init(lookups: Int = 32) { left = Mutex(lookups) }

  /// Takes one; false when there is none left.
  func spend() -> Bool {
    let isGranted = left.withLock { left in
      guard left > 0 else { return false }
      left -= 1
      return true
    }
    if !isGranted { exceed() }
    return isGranted
  }

  /// Notes that not everything was tried.
  func exceed() { exceeded.withLock { $0 = true } }

  /// Whether something was left untried.
  var isExceeded: Bool { exceeded.withLock { $0 } }
}

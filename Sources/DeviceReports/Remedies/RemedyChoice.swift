import PolicyModel

/// Which remedies a report calls for, in the order in which they are to be tried.
///
/// First come those that the failed rules name, and before each what its rule's status has before it and is no more destructive; of these the
/// least destructive first, and then those of the most fundamental status; another attempt behind all that lose nothing, and not at all where the
/// first status says that it does not help. Then come the others of the first status, for when that does not help.
/// Clearing the TPM is always among those.
package struct RemedyChoice: Hashable, Sendable {
  /// A remedy of the choice.
  package struct Entry: Hashable, Sendable {
    /// The remedy.
    package let remedy: KnownRemedy
    /// Whether it is for when those before it do not help.
    package let isFurther: Bool
  }

  /// The remedies in their order.
  package let entries: [Entry]
  /// What rules name and nobody knows.
  package let unknownNames: [String]

  /// The choice for a report; empty when the policy is not meant for the device. Runbooks are read only when it is not empty.
  package init(_ report: PolicyReport) {
    guard report.exemption != .outsideScope else {
      entries = []
      unknownNames = []
      return
    }
    let names = report.remedies(of: .require) + report.remedies(of: .warn)
    var seen: Set<String> = []
    unknownNames = names.filter { KnownRemedy(rawValue: $0) == nil && seen.insert($0).inserted }
    let own = Self.own(names.compactMap { KnownRemedy(rawValue: $0) }, report)
    let status = report.statuses.first.flatMap { KnownStatus(rawValue: $0) }
    var further = status.map { StatusDetail($0).remedies } ?? []
    if own.contains(.clearTPM), !further.contains(.clearTPM) { further.append(.clearTPM) }
    further = further.filter { remedy in
      remedy == .clearTPM || !own.contains(remedy) && !report.isEstablished(by: remedy, for: status)
    }
    var first = own.filter { $0 != .clearTPM }
    if first.isEmpty {
      first = further.filter { $0 != .clearTPM }
      further = further.filter { $0 == .clearTPM }
    }
    entries =
      first.map { Entry(remedy: $0, isFurther: false) } + further.map { Entry(remedy: $0, isFurther: true) }
  }

  /// The remedies of rules, each with the gentler ones before it, sorted.
  private static func own(_ named: [KnownRemedy], _ report: PolicyReport) -> [KnownRemedy] {
    guard !named.isEmpty else { return [] }
    var found: [KnownRemedy] = []
    for remedy in named {
      let gentler = before(remedy, report).filter { $0.runbook.impact <= remedy.runbook.impact }
      for remedy in gentler + [remedy] where !found.contains(remedy) { found.append(remedy) }
    }
    let status = report.statuses.first.flatMap { KnownStatus(rawValue: $0) }
    if status?.retryCanHelp == false { found.removeAll { $0 == .retryAttestation } }
    // Another attempt comes after all that can mend the cause and loses nothing.
    func rank(_ remedy: KnownRemedy) -> (Runbook.Impact, Int) {
      remedy == .retryAttestation ? (.restart, 1) : (remedy.runbook.impact, 0)
    }
    let ranked = found.enumerated().map { (rank: rank($0.element), index: $0.offset, remedy: $0.element) }
    return ranked.sorted { left, right in
      (left.rank.0, left.rank.1, left.index) < (right.rank.0, right.rank.1, right.index)
    }.map(\.remedy)
  }

  /// What the statuses of the rules that name a remedy have before it.
  private static func before(_ remedy: KnownRemedy, _ report: PolicyReport) -> [KnownRemedy] {
    let naming = report.rules.filter { $0.outcome == .fail && $0.rule.remedy == remedy.rawValue }
    var statuses = naming.compactMap { $0.rule.status.flatMap { KnownStatus(rawValue: $0) } }
      .filter { StatusDetail($0).remedies.contains(remedy) }
    if statuses.isEmpty, remedy == .clearTPM { statuses = [.tpmNotReady] }
    return statuses.flatMap { status in
      StatusDetail(status).remedies.prefix { $0 != remedy }
        .filter { !report.isEstablished(by: $0, for: status) }
    }
  }

  /// The facts that the runbooks of the choice ask for and that the policy has not read, as far as a snapshot does not know them.
  package func missingFacts(in report: PolicyReport, besides snapshot: FactSnapshot) -> [FactDeclaration] {
    let asked = Set(report.policy.facts.map(\.name))
    let wanted = Set(entries.flatMap(\.remedy.runbook.facts))
    return RunbookFacts.declarations.filter { declaration in
      guard wanted.contains(declaration.name), !asked.contains(declaration.name) else { return false }
      // The branch follows from the build.
      if declaration.name == "os.branch", asked.contains("os.build") { return false }
      return FactReading(declaration, in: snapshot).value == nil
    }
  }
}

extension PolicyReport {
  /// The remedies of failed rules of a kind: by their statuses, the most fundamental first, and then in source order.
  fileprivate func remedies(of kind: Rule.Kind) -> [String] {
    let ranks = Dictionary(
      statuses.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let failed = rules.filter { $0.outcome == .fail && $0.rule.kind == kind && $0.rule.remedy != nil }
    let ranked = failed.enumerated().map { index, result in
      (
        rank: result.rule.status.flatMap { ranks[$0] } ?? ranks.count, index: index,
        remedy: result.rule.remedy
      )
    }
    return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.compactMap(\.remedy)
  }

  /// Whether a remedy would bring about only what the policy's rules have already found: Windows is new enough, Secure Boot is on. The rules
  /// of the status tell, or all that name the remedy where none of them has the status; one that could not be told and allows that says nothing.
  fileprivate func isEstablished(by remedy: KnownRemedy, for status: KnownStatus?) -> Bool {
    switch remedy {
    case .enableTPM, .enableSecureBoot, .enableVBS, .enableHVCI, .enableCredentialGuard, .enableDMAProtection,
      .enableBitLocker, .updateWindows, .usePhysicalDevice:
      let naming = rules.filter {
        $0.rule.remedy == remedy.rawValue && !($0.outcome == .unknown && $0.rule.allowsUnknown)
      }
      let ofStatus = naming.filter { $0.rule.status == status?.rawValue }
      return !naming.isEmpty && (ofStatus.isEmpty ? naming : ofStatus).allSatisfy { $0.outcome == .pass }
    default: return false
    }
  }
}

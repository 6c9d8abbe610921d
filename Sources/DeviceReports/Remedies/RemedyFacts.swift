import PolicyModel

/// What is known of a device where it decides how a remedy is carried out.
///
/// A fact about which probes disagree is not known here: nobody should lose data because the wrong probe was asked first.
package struct RemedyFacts: Sendable {
  private let snapshot: FactSnapshot
  private let contradicted: Set<String>
  /// What a policy asks of the build, when one was judged by.
  let buildNeed: BuildNeed?

  /// What probes said.
  package init(_ snapshot: FactSnapshot) {
    self.snapshot = snapshot
    contradicted = Set(snapshot.contradictions.map(\.fact))
    buildNeed = nil
  }

  /// What a report knows, and what was observed besides.
  package init(_ report: PolicyReport, besides: FactSnapshot = FactSnapshot()) {
    var snapshot = besides
    for reading in report.facts { snapshot[reading.declaration.name] = reading.observation }
    self.snapshot = snapshot
    contradicted = Set((report.contradictions + besides.contradictions).map(\.fact))
    buildNeed = report.buildNeed
  }

  /// The value of a fact that runbooks ask for, or nil when it is not known.
  package func value(of name: String) -> Value? {
    guard !contradicted.contains(name), let declaration = RunbookFacts.declaration(of: name) else {
      return nil
    }
    return FactReading(declaration, in: snapshot).value
  }
}

import Diagnostics
import PolicyModel

/// Words for one test of a condition: what was observed, what is needed, and where the observation is from.
struct FindingText {
  let finding: Finding
  let report: PolicyReport
  let language: ReportLanguage

  /// `os.build = 10.0.22621.2000`; with a question mark where the fact is unknown to the test.
  var observed: String {
    let readings = finding.references.map { reference in
      let value = reading(reference).value(attested: reference.attested)
      return "\(name(reference)) = \(value.map { shown($0, of: reference) } ?? "?")"
    }
    return readings.joined(separator: ", ")
  }

  /// What the test needs to be as the condition wants it: `10.0.22621.2792 or later on its branch`.
  var needed: String {
    switch finding.test {
    case .fact: return finding.isNegated ? "false" : "true"
    case .compare(let fact, let comparison, let value):
      return needed(
        comparison, shown(value, of: fact), isNumber: report.policy.facts[Int(fact.index)].type == .int)
    case .compareFacts(let left, let comparison, let right):
      let isNumber = report.policy.facts[Int(left.index)].type == .int
      return needed(comparison, name(right), isNumber: isNumber)
    case .member(let fact, let values):
      let listed = values.map { shown($0, of: fact) }.joined(separator: ", ")
      if finding.isNegated { return language.choose("none of \(listed)", "\(listed) 以外") }
      return language.choose("one of \(listed)", "\(listed) のいずれか")
    case .meets(_, let list): return needed(report.policy.buildLists[Int(list)])
    }
  }

  /// By how much a build falls short of its branch's minimum, or nil.
  var shortfall: UInt32? {
    guard case .below(let minimum) = finding.judgement, case .meets(let fact, _) = finding.test,
      case .build(let build)? = reading(fact).value, build.revision < minimum.revision
    else { return nil }
    return minimum.revision - build.revision
  }

  /// `792 revisions short`, or nil.
  var shortfallText: String? {
    shortfall.map { count in
      language.choose("\(count) revision\(count == 1 ? "" : "s") short", "リビジョンが \(count) 不足")
    }
  }

  /// Why the test is unknown, or nil when it is not.
  var unknownReason: String? {
    guard finding.truth == .unknown else { return nil }
    for reference in finding.references {
      let reading = reading(reference)
      guard reading.value(attested: reference.attested) == nil else { continue }
      return ReadingText(reading: reading, language: language).unknownReason(attested: reference.attested)
    }
    return nil
  }

  /// `file:laptop.yaml, reported`: where the observations are from; nil when there are none.
  var sources: String? {
    var sources: [String] = []
    for reference in finding.references {
      guard let source = ReadingText(reading: reading(reference), language: language).source else { continue }
      if !sources.contains(source) { sources.append(source) }
    }
    return sources.isEmpty ? nil : sources.joined(separator: "; ")
  }

  /// The finding as a sentence for a rule that has no message of its own.
  var sentence: String {
    let names = finding.references.prefix(1).map(name).joined()
    let values = finding.references.map { reference in
      reading(reference).value(attested: reference.attested).map { shown($0, of: reference) } ?? "?"
    }
    let isPair = values.count == 2
    let has = isPair ? observed : values.joined()
    return language.choose(
      "needs \(names) \(needed); this device has \(has)", "\(names) は \(needed)が必要ですが、このデバイスは \(has) です")
  }

  private func needed(_ comparison: Comparison, _ value: String, isNumber: Bool) -> String {
    switch finding.isNegated ? comparison.inverse : comparison {
    case .equal: value
    case .notEqual: language.choose("other than \(value)", "\(value) 以外")
    case .less:
      isNumber
        ? language.choose("less than \(value)", "\(value) 未満")
        : language.choose("earlier than \(value)", "\(value) より前")
    case .lessOrEqual:
      isNumber
        ? language.choose("\(value) or less", "\(value) 以下")
        : language.choose("\(value) or earlier", "\(value) 以前")
    case .greater:
      isNumber
        ? language.choose("more than \(value)", "\(value) 超")
        : language.choose("later than \(value)", "\(value) より後")
    case .greaterOrEqual:
      isNumber
        ? language.choose("\(value) or more", "\(value) 以上")
        : language.choose("\(value) or later", "\(value) 以降")
    }
  }

  private func needed(_ list: BuildList) -> String {
    if finding.isNegated {
      return language.choose("a build that does not meet \(list.name)", "\(list.name) を満たさないビルド")
    }
    switch finding.judgement {
    case .meets(let minimum), .below(let minimum):
      return language.choose("\(minimum) or later on its branch", "同じブランチで \(minimum) 以降")
    case .newerBranch, .unlistedBranch, nil:
      let shownCount = 8
      var branches = list.minimums.prefix(shownCount).map { "\($0.branch)" }.joined(separator: ", ")
      if list.minimums.count > shownCount { branches += ", …" }
      if list.allowsNewerBranches { branches += language.choose(", or newer", "、またはより新しいもの") }
      return language.choose("a branch of \(list.name) (\(branches))", "\(list.name) のブランチ (\(branches))")
    }
  }

  private func reading(_ reference: FactReference) -> FactReading { report.facts[Int(reference.index)] }

  private func name(_ reference: FactReference) -> String {
    (reference.attested ? "attested " : "") + report.policy.facts[Int(reference.index)].name
  }

  private func shown(_ value: Value, of reference: FactReference) -> String {
    value.shown(unit: report.policy.facts[Int(reference.index)].unit)
  }
}

extension Value {
  /// The value for people: strings in quotation marks, integers with their unit.
  func shown(unit: String?) -> String {
    switch self {
    case .string(let text): "\"\(text)\""
    case .int(let number): unit.map { "\(number) \($0)" } ?? "\(number)"
    default: description
    }
  }
}

import PolicyCompiler
import PolicyModel

/// A slip in a policy, as an author could make it.
struct PolicyMutant {
  let name: String
  let change: @Sendable (inout CompiledPolicy) -> Void

  func applied(to policy: CheckedPolicy) -> CheckedPolicy {
    var mutant = policy
    change(&mutant.compiled)
    return mutant
  }
}

extension PolicyMutant {
  /// Rules that are gone, that nothing satisfies, or that never apply, and a policy that is sent to everybody.
  static func coarse(of policy: CompiledPolicy) -> [PolicyMutant] {
    var mutants: [PolicyMutant] = []
    for (index, rule) in policy.rules.enumerated() {
      mutants.append(.init(name: "\(rule.name) always holds") { $0.rules[index].that = .always(.true) })
      mutants.append(.init(name: "\(rule.name) never holds") { $0.rules[index].that = .always(.false) })
      if rule.when != nil {
        mutants.append(.init(name: "\(rule.name) never applies") { $0.rules[index].when = .always(.false) })
      }
    }
    if policy.scope.condition != nil {
      mutants.append(.init(name: "sent to everybody") { $0.scope.condition = nil })
    }
    return mutants
  }

  /// Limits that are off by one, comparisons that take in their limit or leave it out, values that are missing from a
  /// list, and connectives exchanged.
  static func fine(of policy: CompiledPolicy) -> [PolicyMutant] {
    var mutants: [PolicyMutant] = []
    for (index, rule) in policy.rules.enumerated() {
      for (place, step) in rule.that.steps.enumerated() {
        for changed in step.slips {
          var steps = rule.that.steps
          steps[place] = changed
          let condition = Condition(steps: steps)
          mutants.append(
            .init(name: "\(rule.name), step \(place): \(step.text) became \(changed.text)") {
              $0.rules[index].that = condition
            })
        }
      }
    }
    for (index, list) in policy.buildLists.enumerated() {
      for changed in list.slips {
        mutants.append(.init(name: "\(list) became \(changed)") { $0.buildLists[index] = changed })
      }
    }
    return mutants
  }
}

extension Condition {
  fileprivate static func always(_ truth: Truth) -> Condition { Condition(steps: [.constant(truth)]) }
}

extension ConditionStep {
  /// The step without its fact, whose number differs from policy to policy.
  fileprivate var text: String {
    switch self {
    case .test(.compare(_, let comparison, let value)): "\(comparison.rawValue) \(value)"
    case .test(.member(_, let values)): "in \(values.map(\.description))"
    default: "\(self)"
    }
  }

  fileprivate var slips: [ConditionStep] {
    switch self {
    case .test(.compare(let fact, let comparison, let value)):
      [.compare(fact, comparison.slip, value)] + value.slips.map { .compare(fact, comparison, $0) }
    case .test(.member(let fact, let values)):
      values.indices.map { index in
        var rest = values
        rest.remove(at: index)
        return .member(fact, rest)
      }
    case .and(let count): [.or(count)]
    case .or(let count): [.and(count)]
    default: []
    }
  }
}

extension Comparison {
  fileprivate var slip: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .lessOrEqual
    case .lessOrEqual: .less
    case .greater: .greaterOrEqual
    case .greaterOrEqual: .greater
    }
  }
}

extension Value {
  /// The values next to one, where it has neighbours.
  fileprivate var slips: [Value] {
    switch self {
    case .int(let number): [.int(number - 1), .int(number + 1)]
    case .version(let version):
      [.version(Version(version.major, version.minor + 1, written: 2))]
        + (version.minor > 0 ? [.version(Version(version.major, version.minor - 1, written: 2))] : [])
    default: []
    }
  }
}

extension BuildList {
  fileprivate var slips: [BuildList] {
    var lists = [BuildList(name: name, minimums: minimums, allowsNewerBranches: !allowsNewerBranches)]
    for index in minimums.indices {
      let minimum = minimums[index]
      for revision in [minimum.revision - 1, minimum.revision + 1] {
        var changed = minimums
        changed[index] = OSBuild(branch: minimum.branch, revision: revision)
        lists.append(BuildList(name: name, minimums: changed, allowsNewerBranches: allowsNewerBranches))
      }
      var rest = minimums
      rest.remove(at: index)
      lists.append(BuildList(name: name, minimums: rest, allowsNewerBranches: allowsNewerBranches))
    }
    return lists
  }
}

import CSPCatalog
import PolicyModel

/// The facts that a policy reads, numbered as they come up and sorted by name in the end.
struct FactTable {
  private(set) var entries: [FactEntry] = []
  private var byName: [String: Int32] = [:]

  /// The number of a fact.
  mutating func index(of entry: FactEntry) -> Int32 {
    if let index = byName[entry.name] { return index }
    let index = Int32(truncatingIfNeeded: entries.count)
    byName[entry.name] = index
    entries.append(entry)
    return index
  }

  /// The number of a fact that is in the table already.
  func index(of name: String) -> Int32? { byName[name] }

  subscript(reference: FactReference) -> FactEntry { entries[Int(reference.index)] }

  var declarations: [FactDeclaration] {
    entries.map { FactDeclaration(name: $0.name, type: $0.type, unit: $0.unit) }
  }

  /// Sorts the facts by name and says where each went.
  mutating func sort() -> Renumbering {
    let order = entries.indices.sorted { entries[$0].name < entries[$1].name }
    var map = [Int32](repeating: 0, count: entries.count)
    for (new, old) in order.enumerated() { map[old] = Int32(truncatingIfNeeded: new) }
    entries = order.map { entries[$0] }
    byName = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, Int32(truncatingIfNeeded: $0)) })
    return Renumbering(map: map)
  }
}

/// New numbers for the facts in conditions.
struct Renumbering {
  let map: [Int32]

  private func apply(_ reference: FactReference) -> FactReference {
    FactReference(index: map[Int(reference.index)], attested: reference.attested)
  }

  func apply(_ condition: Condition) -> Condition {
    Condition(
      steps: condition.steps.map { step in
        switch step {
        case .constant, .not, .and, .or: step
        case .fact(let fact): .fact(apply(fact))
        case .compare(let fact, let comparison, let value): .compare(apply(fact), comparison, value)
        case .compareFacts(let left, let comparison, let right): .compareFacts(apply(left), comparison, apply(right))
        case .member(let fact, let values): .member(apply(fact), values)
        case .meets(let fact, let list): .meets(apply(fact), list: list)
        }
      })
  }

  func apply(_ rule: Rule) -> Rule {
    var rule = rule
    rule.when = rule.when.map(apply)
    rule.that = apply(rule.that)
    return rule
  }

  func apply(_ scope: CompiledPolicy.Scope) -> CompiledPolicy.Scope {
    var scope = scope
    scope.condition = scope.condition.map(apply)
    return scope
  }
}

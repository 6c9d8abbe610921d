/// Why a compiled policy cannot be evaluated: a mistake of whoever made it, not of the device.
public struct PolicyDefect: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is: `scope`, `rule NAME, when`, `rule NAME, that`, or the table that it is in, such as `facts`.
  public let place: String
  /// What is wrong, as a sentence part that follows the place.
  public let problem: String

  /// A defect at a place.
  public init(place: String, problem: String) {
    self.place = place
    self.problem = problem
  }

  /// Place and problem in one line.
  public var description: String { "\(place): \(problem)" }
}

extension CompiledPolicy {
  /// The first thing that keeps the policy from being evaluated, or nil: a name that a table holds twice, or a
  /// condition with a defect.
  public func defect() -> PolicyDefect? {
    repeatedName(in: facts.map(\.name), of: "facts") ?? repeatedName(
      in: buildLists.map(\.name), of: "build lists")
      ?? repeatedName(in: parameters.map(\.name), of: "params") ?? repeatedName(
        in: rules.map(\.name), of: "rules")
      ?? repeatedName(in: titles.map(\.language), of: "titles")
      ?? rules.lazy.compactMap {
        repeatedName(in: $0.messages.map(\.language), of: "messages of rule \($0.name)")
      }.first
      ?? conditionDefect()
  }

  private func repeatedName(in names: [String], of table: String) -> PolicyDefect? {
    var seen: Set<String> = []
    guard let repeated = names.first(where: { !seen.insert($0).inserted }) else { return nil }
    return PolicyDefect(place: table, problem: "the name \(repeated) stands there twice")
  }

  private func conditionDefect() -> PolicyDefect? {
    if let problem = scope.condition?.defect(facts: facts, lists: buildLists) {
      return PolicyDefect(place: "scope", problem: problem)
    }
    for rule in rules {
      if let problem = rule.when?.defect(facts: facts, lists: buildLists) {
        return PolicyDefect(place: "rule \(rule.name), when", problem: problem)
      }
      if let problem = rule.that.defect(facts: facts, lists: buildLists) {
        return PolicyDefect(place: "rule \(rule.name), that", problem: problem)
      }
    }
    return nil
  }
}

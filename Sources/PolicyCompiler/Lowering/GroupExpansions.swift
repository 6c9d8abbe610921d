import Diagnostics
import PolicyModel
import PolicySyntax

/// Which rules groups a policy has taken in, and under which guards.
///
/// A group that is included again under the same guards adds nothing. Under others it is expanded again, and groups
/// that include one another twice could do so without end: the clauses of repeated groups are counted.
struct GroupExpansions {
  /// How deep groups may include one another.
  static let maximumDepth = 64
  /// How many clauses a policy may have from groups that it includes more than once.
  static let maximumRepeatedClauses = 10_000

  /// How many clauses of included groups are looked at in a file without a policy, where each group is looked at by
  /// itself anyway.
  static let maximumLibraryClauses = 100_000

  enum Novelty { case first, again, known }

  private struct Guarded: Hashable {
    let group: ClauseID
    let guards: Int
  }

  private struct Step: Hashable {
    let outer: Int
    let condition: Condition
  }

  private var groups: Set<ClauseID> = []
  private var guarded: Set<Guarded> = []
  private var steps: [Step: Int] = [:]
  private var repeatedClauses = 0
  private var libraryClauses = 0

  /// The number of some guards with one more inside them; 0 is that of none.
  mutating func guards(_ outer: Int, and condition: Condition) -> Int {
    let step = Step(outer: outer, condition: condition)
    if let known = steps[step] { return known }
    let number = steps.count + 1
    steps[step] = number
    return number
  }

  /// Notes that a group is taken in under some guards, and says whether it was before.
  mutating func note(_ group: ClauseID, under guards: Int) -> Novelty {
    guard guarded.insert(Guarded(group: group, guards: guards)).inserted else { return .known }
    return groups.insert(group).inserted ? .first : .again
  }

  /// Forgets the groups and guards, but not what was counted: the next group of a file without a policy follows.
  mutating func forget() {
    (groups, guarded, steps) = ([], [], [:])
  }

  /// Counts a clause of an included group in a file without a policy; false beyond the limit.
  mutating func countLibraryClause() -> Bool {
    libraryClauses += 1
    return libraryClauses <= Self.maximumLibraryClauses
  }

  /// Counts a clause of a repeated group; the first beyond the limit gives `beyond`.
  mutating func countClause() -> Count {
    repeatedClauses += 1
    if repeatedClauses <= Self.maximumRepeatedClauses { return .within }
    return repeatedClauses == Self.maximumRepeatedClauses + 1 ? .beyond : .farBeyond
  }

  enum Count { case within, beyond, farBeyond }
}

extension PolicyChecker {
  /// Whether a clause may be lowered where it stands, with a message about the first that may not.
  mutating func mayExpand(_ node: NodeIndex, _ context: GroupContext) -> Bool {
    if isLibrary, !context.includes.isEmpty, !expansions.countLibraryClause() { return false }
    guard context.isRepeated else { return true }
    switch expansions.countClause() {
    case .within: return true
    case .beyond:
      reportExpansion(
        "rules groups that are included more than once add more than \(GroupExpansions.maximumRepeatedClauses) clauses",
        node, context.tree)
      return false
    case .farBeyond: return false
    }
  }

  mutating func reportExpansion(_ message: String, _ node: NodeIndex, _ tree: SyntaxTree) {
    sink.report(
      "AP2029", .error, message, at: tree.span(node), "not looked at any more",
      help: ["include each group once, and put the guards into its rules"])
  }

  /// Adds a guard to what surrounds the clauses of a group.
  mutating func add(
    _ condition: Condition, _ when: NodeIndex, in tree: SyntaxTree, to context: inout GroupContext
  ) {
    if let root = tree.firstChild(of: when) { context.guardSpan = tree.span(root) }
    // A guard that surrounds the clause already changes nothing.
    guard !context.conditions.contains(condition) else { return }
    context.guardsID = expansions.guards(context.guardsID, and: condition)
    context.conditions.append(condition)
    guard let root = tree.firstChild(of: when) else { return }
    context.sources.append(tree.foldedText(root))
  }
}

import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// What a source file means: its names with every use of them, its conditions with their types, and what each clause addresses. It stands
/// between the tree and the compiled policy, and is there for a file with errors too, as far as it could be understood.
///
/// All parts are flat arrays that refer to one another by index.
package struct SemanticModel: Sendable {
  /// The facts that may be named.
  package let facts: FactCatalog
  /// Everything that has a name in the file and in what it imports.
  package internal(set) var symbols: [Symbol] = []
  /// Where symbols and facts are named, in the order in which they were looked up. A group that is included twice gives its uses twice.
  package internal(set) var references: [Reference] = []
  /// The types of params, by the index of their symbol.
  package internal(set) var parameterTypes: [Int32: ValueType] = [:]
  /// The fact that an alias stands for, by the index of its symbol, as one in the catalogue.
  package internal(set) var aliases: [Int32: Int32] = [:]
  /// The nodes of all sound conditions, in postfix order.
  package internal(set) var expressions: [TypedExpression] = []
  /// The rules and commands of the policy, or of all groups of a file without one.
  package internal(set) var clauses: [Clause] = []
  /// The nodes of the catalogue that commands address.
  package internal(set) var nodes: [CSPNode] = []
  /// The facts that conditions refer to by index, ascending by name.
  package internal(set) var factTable: [FactDeclaration] = []
  /// The waivers of clauses that were looked at.
  package internal(set) var waivers: [Waiver] = []

  init(facts: FactCatalog) { self.facts = facts }
}

/// A declared name. Lists, params, aliases, groups and devices share one name space without shadowing; rules have their own.
package struct Symbol: Sendable {
  /// What can be named.
  package enum Kind: String, Sendable {
    case builds = "builds list"
    case param = "param"
    case alias = "alias"
    case group = "rules group"
    case device = "device"
    case rule = "rule"
  }

  package let kind: Kind
  package let file: FileID
  /// The declaration in the tree of the file.
  package let node: NodeIndex
  package let name: String
  /// The name in the declaration.
  package let nameSpan: Span
  /// Whether the policy's own file declares it, so that leaving it unused is worth a word.
  let isLocal: Bool
  var isUsed = false
}

/// A place that names something.
package struct Reference: Hashable, Sendable {
  /// What can be named.
  package enum Target: Hashable, Sendable {
    /// The index of a symbol.
    case symbol(Int32)
    /// The index of a fact in the catalogue of facts.
    case fact(Int32)
  }

  /// The name itself, without what surrounds it.
  package let span: Span
  package let target: Target
}

/// A rule or a command.
package struct Clause: Sendable {
  package let span: Span
  /// The index of the node that a command addresses; nil for rules, and for commands on unknown nodes.
  package let node: Int32?
  /// The condition under which it counts: its own and those around it; nil where it always does.
  package internal(set) var guardCondition: Condition?
}

/// A waiver that a clause carries.
package struct Waiver: Sendable {
  package let code: DiagnosticCode
  package let reason: String
  package let span: Span
  /// Whether it accepted a finding.
  package internal(set) var isUsed = false
}

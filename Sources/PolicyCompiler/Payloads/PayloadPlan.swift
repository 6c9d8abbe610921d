import CSPCatalog
import Diagnostics
import PolicyModel
import SyncML

/// One payload of a policy before it is written: which commands it has, whom it is for, and what of it is accepted.
package struct PayloadPlan: Hashable, Sendable {
  /// A command of the payload, or a group of them.
  package enum Entry: Hashable, Sendable {
    /// A command of the policy, by its index, with the facts that it answers besides.
    case command(Int, facts: [String])
    /// Commands that take effect together or not at all.
    case atomic([Int])
    /// A `Get` that answers facts and that no clause asks for.
    case query(locURI: String, facts: [String])
  }

  /// The guard that its devices meet, by its index; nil for all devices of the policy.
  package let guardIndex: Int?
  /// In the order in which they are sent.
  package internal(set) var entries: [Entry]
  /// The devices that get it; nil where the policy leaves open which Windows they have.
  package internal(set) var targets: TargetDevices?
  /// The findings of the rulebook that the policy's author accepted, by CmdID.
  package internal(set) var waivers: [AcceptedFinding] = []

  /// A finding in one command of a payload that a waiver accepted.
  package struct AcceptedFinding: Hashable, Sendable {
    /// The command and the finding, as a validator of the payload sees them.
    package let waiver: PayloadWaiver
    /// The place of the clause.
    package let span: Span
  }
}

extension PayloadPlan {
  /// The payloads of a policy: one for all its devices, and one for each guard, in that order. Those that would send nothing are
  /// left out.
  static func all(_ commands: [PolicyCommand], guards: Int, _ queries: [FactQuery]) -> [PayloadPlan] {
    var drafts = [Draft](repeating: Draft(), count: guards + 1)
    for (index, command) in commands.enumerated() {
      drafts[command.guardIndex.map { $0 + 1 } ?? 0].add(command, index)
    }
    for query in queries { drafts[0].add(query) }
    return drafts.enumerated().filter { !$0.element.entries.isEmpty }.map { number, draft in
      PayloadPlan(guardIndex: number == 0 ? nil : number - 1, entries: draft.entries)
    }
  }

  /// A payload while its commands are collected.
  private struct Draft {
    var entries: [Entry] = []
    /// The number of the group that the last entry is.
    private var atomic: Int?
    /// The entry of the `Get` of each path.
    private var collected: [ExactText: Int] = [:]

    mutating func add(_ command: PolicyCommand, _ index: Int) {
      guard let group = command.atomic else {
        atomic = nil
        if command.verb == .get { collected[ExactText(command.locURI)] = entries.count }
        entries.append(.command(index, facts: []))
        return
      }
      if group == atomic, case .atomic(var members)? = entries.popLast() {
        members.append(index)
        entries.append(.atomic(members))
      } else {
        entries.append(.atomic([index]))
        atomic = group
      }
    }

    mutating func add(_ query: FactQuery) {
      guard let place = collected[ExactText(query.locURI)] else {
        collected[ExactText(query.locURI)] = entries.count
        entries.append(.query(locURI: query.locURI, facts: [query.fact]))
        return
      }
      switch entries[place] {
      case .command(let index, let facts): entries[place] = .command(index, facts: facts + [query.fact])
      case .query(let locURI, let facts):
        entries[place] = .query(locURI: locURI, facts: facts + [query.fact])
      case .atomic: break
      }
    }
  }
}

extension PolicyCommand.Verb {
  /// The command in a payload.
  package var syncML: SyncMLVerb {
    switch self {
    case .replace: .replace
    case .add: .add
    case .delete: .delete
    case .exec: .exec
    case .get: .get
    }
  }
}

import CSPCatalog
import SyncML

/// The statuses of Gets, by the command that they refer to.
struct GetStatuses: Sendable {
  /// The most statuses of one command that are looked at.
  private static let limit = 256

  private struct Statuses {
    var outcomes: [GetAnswers.Outcome] = []
    var isCut = false

    mutating func add(_ outcome: GetAnswers.Outcome) {
      if outcomes.count < GetStatuses.limit { outcomes.append(outcome) } else { isCut = true }
    }
  }

  private var byCommand: [GetAnswers.Command: Statuses] = [:]
  /// The same without the number of the message, which `Results` may leave out.
  private var byNumber: [GetAnswers.Command: Statuses] = [:]

  init(_ outcomes: [GetAnswers.Outcome]) {
    for outcome in outcomes {
      byCommand[outcome.command, default: Statuses()].add(outcome)
      byNumber[outcome.command.ofAnyMessage, default: Statuses()].add(outcome)
    }
  }

  /// The statuses of a command that speak of a node; nil for more than are looked at.
  func about(_ command: GetAnswers.Command, node: NodePattern) -> [GetAnswers.Outcome]? {
    var relevant: [GetAnswers.Outcome] = []
    let found =
      command.message.isEmpty
      ? [byNumber[command]] : [byCommand[command], byCommand[command.ofAnyMessage]]
    for statuses in found.compactMap({ $0 }) {
      guard !statuses.isCut else { return nil }
      relevant += statuses.outcomes.filter { $0.paths.isEmpty || $0.paths.contains(where: node.matches) }
    }
    return relevant
  }
}

extension GetAnswers.Command {
  fileprivate var ofAnyMessage: GetAnswers.Command {
    var command = self
    command.message = ""
    return command
  }
}

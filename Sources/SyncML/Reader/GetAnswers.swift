import Diagnostics
import XMLInput

/// What a device answered to Gets: the values of nodes (`Results`) and the status of each command (`Status`), as OMA DM 1.2
/// has them (SyncML Representation Protocol 1.2, 6.3 and 6.5).
///
/// The text may hold a message, several messages of one or more sessions, a `SyncBody`, or commands alone, in SyncML 1.2 or 1.1. With
/// the server's own messages among them, a Status that names no node is understood by the Get that it refers to.
package struct GetAnswers: Sendable {
  /// A command of the server, by which answers refer to it. What a fragment leaves out is empty.
  package struct Command: Hashable, Sendable {
    /// The `SessionID` of the message.
    package var session: String
    /// The `MsgID` of the message that holds the command.
    package var message: String
    /// The `CmdID` in that message.
    package var id: String
  }

  /// The value of one node, as `Results` give it.
  package struct Answer: Hashable, Sendable {
    /// The node's path as it is written.
    package let path: String
    /// `Format`, nil when none is given; SyncML takes that for `chr`.
    package let format: String?
    /// `Data` with references resolved, nil for no such element.
    package let data: String?
    /// Whether `Data` holds elements, so that the text is not all of it.
    package let hasMarkup: Bool
    /// Whether more of the value was to come in another message.
    package let hasMoreData: Bool
    /// The Get that is answered.
    package let command: Command
  }

  /// What became of a Get.
  package struct Outcome: Hashable, Sendable {
    /// `Data`, a status code as it is written.
    package let code: String
    /// The nodes that it speaks of, empty for all of the command.
    package let paths: [String]
    /// The Get that is answered.
    package let command: Command
  }

  /// The values, in document order.
  package private(set) var answers: [Answer] = []
  /// What the statuses of Gets say, in document order, with the nodes they speak of.
  package private(set) var outcomes: [Outcome] = []
  /// Whether there was any element of SyncML.
  package private(set) var isSyncML = false
  /// How many values stand in `Results` that name no node.
  package private(set) var unnamed = 0

  /// Reads the answers, of which only those about nodes that `keep` wants are kept.
  ///
  /// - Parameter keep: Whether a path, as it is written, is of interest. Paths may come in any number and be of any length.
  package init(
    _ bytes: [UInt8], limits: XMLLimits = XMLLimits(),
    keeping keep: @escaping (String) -> Bool = { _ in true }
  ) throws(XMLError) {
    var parser = PayloadParser(visitor: AnswerCollector(keep: keep))
    var reader = XMLReader(limits: limits, shape: .fragment)
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(XMLError) in
        try reader.feedBatches(of: bytes) { batch throws(XMLError) in parser.accept(batch) }
      }
    }.get()
    try reader.finishBatches { batch throws(XMLError) in parser.accept(batch) }
    let found = parser.visitor
    isSyncML = found.isSyncML
    unnamed = found.unnamed
    answers = found.answers
    for answer in found.pathless {
      guard let path = found.onlyPath(of: answer.command), keep(path) else {
        unnamed += 1
        continue
      }
      answers.append(answer.of(path))
    }
    outcomes = found.outcomes.map { outcome in
      guard outcome.paths.isEmpty else { return outcome }
      return Outcome(code: outcome.code, paths: found.paths(of: outcome.command), command: outcome.command)
    }
  }
}

extension GetAnswers.Answer {
  fileprivate func of(_ path: String) -> Self {
    Self(
      path: path, format: format, data: data, hasMarkup: hasMarkup, hasMoreData: hasMoreData, command: command
    )
  }
}

/// Collects answers, and the Gets that stand in the text.
private struct AnswerCollector: PayloadVisitor {
  let keep: (String) -> Bool
  var answers: [GetAnswers.Answer] = []
  /// Values without a path of their own.
  var pathless: [GetAnswers.Answer] = []
  var outcomes: [GetAnswers.Outcome] = []
  var unnamed = 0
  var isSyncML = false
  private var gets: [GetAnswers.Command: [String]] = [:]
  /// Commands of one name that ask for different nodes, so that no answer can be told to be to one of them.
  private var ambiguous: Set<GetAnswers.Command> = []
  private var session = ""
  private var message = ""

  init(keep: @escaping (String) -> Bool) { self.keep = keep }

  mutating func shape(_ shape: PayloadShape, at position: SourcePosition) { isSyncML = true }

  mutating func header(_ header: PayloadHeader) {
    session = header.sessionID.map { String($0.trimmed) } ?? ""
    message = header.msgID.map { String($0.trimmed) } ?? ""
  }

  mutating func groupBegan(_ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb]) {}
  mutating func final(at position: SourcePosition) {}
  mutating func fault(_ fault: PayloadFault, at position: SourcePosition) {}

  mutating func command(_ command: PayloadCommand, commands: Int) {
    switch command.verb {
    case .get: remember(command)
    case .results: take(results: command)
    case .status: take(status: command)
    default: break
    }
  }

  private mutating func remember(_ get: PayloadCommand) {
    guard let id = get.cmdID?.trimmed, !id.isEmpty else { return }
    let name = GetAnswers.Command(session: session, message: message, id: String(id))
    let paths = get.items.compactMap { $0.target.map { String($0.trimmed) } }
    if let known = gets[name], known != paths { ambiguous.insert(name) }
    gets[name] = paths
  }

  private mutating func take(results: PayloadCommand) {
    let name = reference(of: results)
    for item in results.items {
      let path = (item.source ?? item.target).map { String($0.trimmed) } ?? ""
      let answer = GetAnswers.Answer(
        path: path, format: (item.meta.format ?? results.meta.format).map { String($0.trimmed) },
        data: item.data?.value, hasMarkup: item.data?.hasElements ?? false, hasMoreData: item.hasMoreData,
        command: name)
      if path.isEmpty {
        pathless.append(answer)
      } else if keep(path) {
        answers.append(answer)
      }
    }
  }

  private mutating func take(status: PayloadCommand) {
    guard status.cmd?.trimmed == SyncMLVerb.get.rawValue[...] else { return }
    let paths = status.references.map { String($0.trimmed) }.filter { !$0.isEmpty }
    outcomes.append(
      GetAnswers.Outcome(
        code: status.data.map { String($0.trimmed) } ?? "", paths: paths, command: reference(of: status)))
  }

  private func reference(of answer: PayloadCommand) -> GetAnswers.Command {
    GetAnswers.Command(
      session: session, message: answer.msgRef.map { String($0.trimmed) } ?? "",
      id: answer.cmdRef.map { String($0.trimmed) } ?? "")
  }

  /// The nodes that a command asks for, empty when the text does not tell.
  func paths(of command: GetAnswers.Command) -> [String] {
    // A payload without a header has no session, and no number of a message.
    for name in [command, GetAnswers.Command(session: "", message: "", id: command.id)] {
      if let paths = gets[name] { return ambiguous.contains(name) ? [] : paths }
    }
    return []
  }

  func onlyPath(of command: GetAnswers.Command) -> String? {
    let paths = paths(of: command)
    return paths.count == 1 ? paths[0] : nil
  }
}

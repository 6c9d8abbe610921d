import CSPCatalog
import Diagnostics
import PolicyModel
import SyncML
import XMLInput

/// The facts that a device's answers to Gets tell, by the CSP nodes and decoding tables of the fact catalogue.
///
/// A fact has a value only when every answer about its node gives that value: a node with instances, such as one below `{ProviderID}`, may
/// have several, and a text may hold several messages.
package struct AnsweredFacts: Sendable {
  /// The most bytes of SyncML that are read.
  package static let byteLimit = 16 << 20
  /// The most answers about one node that are looked at.
  private static let answersANode = 64

  private let answers: GetAnswers
  private let nodes: [Node]
  private let statuses: GetStatuses

  /// A node, and what the device said of it.
  private struct Node {
    let path: String
    let pattern: NodePattern
    var answers: [GetAnswers.Answer] = []
    var hasMoreAnswers = false
    var failure: GetAnswers.Outcome?
    var wasGot = false
  }

  /// The facts whose nodes report a value of a documented form.
  package static func entries(of catalog: FactCatalog) -> [FactEntry] {
    catalog.entries.filter { $0.cspNode != nil && $0.cspReading != .opaque }
  }

  /// Whether the text had anything of SyncML.
  package var isSyncML: Bool { answers.isSyncML }

  /// Reads the answers about the nodes of some facts.
  package init(_ bytes: [UInt8], about entries: [FactEntry]) throws(XMLError) {
    var nodes: [Node] = []
    for path in Set(entries.compactMap(\.cspNode)).sorted() {
      if let pattern = NodePattern(path) { nodes.append(Node(path: path, pattern: pattern)) }
    }
    let places = NodePlaces(nodes.map(\.pattern))
    answers = try GetAnswers(
      bytes, limits: XMLLimits(bytes: Self.byteLimit, depth: 64, textBytes: 1 << 20),
      keeping: { places.place(of: $0) != nil })
    for answer in answers.answers {
      guard let place = places.place(of: answer.path) else { continue }
      if nodes[place].answers.count < Self.answersANode {
        nodes[place].answers.append(answer)
      } else {
        nodes[place].hasMoreAnswers = true
      }
    }
    for outcome in answers.outcomes {
      for path in outcome.paths {
        guard let place = places.place(of: path) else { continue }
        if outcome.code == "200" {
          nodes[place].wasGot = true
        } else if nodes[place].failure == nil {
          nodes[place].failure = outcome
        }
      }
    }
    statuses = GetStatuses(answers.outcomes)
    self.nodes = nodes
  }

  /// What the answers tell of a fact.
  package func finding(of entry: FactEntry) -> Observation.Content {
    guard let path = entry.cspNode, let node = nodes.first(where: { $0.path == path }) else {
      return .unknown(reason: "no CSP node reports it")
    }
    guard !node.answers.isEmpty else { return .unknown(reason: absence(of: node)) }
    guard !node.hasMoreAnswers else {
      return .unknown(reason: "the device answered \(node.path) more than \(Self.answersANode) times")
    }
    var first: (value: Value, answer: GetAnswers.Answer)?
    for answer in node.answers {
      let value: Value
      do throws(AnsweredValue.Doubt) {
        value = try self.value(of: entry, in: answer, of: node)
      } catch {
        return .unknown(reason: error.reason)
      }
      guard let known = first else {
        first = (value, answer)
        continue
      }
      if known.value != value {
        return .unknown(
          reason:
            "the device answered \(AnsweredValue.name(known.answer)) with '\(shown(known.answer))' and \(AnsweredValue.name(answer)) with '\(shown(answer))'"
        )
      }
    }
    if let failure = node.failure {
      return .unknown(
        reason: "the device answered \(node.path) with a value, and also with \(meaning(failure))")
    }
    return first.map { .value($0.value) } ?? .unknown(reason: absence(of: node))
  }

  private func value(
    of entry: FactEntry, in answer: GetAnswers.Answer, of node: Node
  ) throws(AnsweredValue.Doubt) -> Value {
    try checkStatus(of: answer, of: node)
    let text = try AnsweredValue.text(of: answer)
    let isEmpty = text.allSatisfy { $0.isWhitespace || $0 == "\0" }
    // What a table says of any other text is not said of none.
    guard !isEmpty || entry.cspValues[""] != nil else {
      throw AnsweredValue.Doubt(
        reason: "the device answered \(AnsweredValue.name(answer)) with an empty value")
    }
    guard let value = entry.decodeCSP(text) ?? bit(text, for: entry) else {
      throw AnsweredValue.Doubt(
        reason:
          "the device answered \(AnsweredValue.name(answer)) with '\(shown(answer))', which tells nothing of \(entry.name)"
      )
    }
    if case .int(let number) = value, let bounds = entry.bounds, !bounds.contains(number) {
      throw AnsweredValue.Doubt(
        reason:
          "the device answered \(AnsweredValue.name(answer)) with '\(shown(answer))', which is beyond what \(entry.name) can be"
      )
    }
    return value
  }

  /// A table may spell the values of a node as 0 and 1 where the device has the format bool.
  private func bit(_ text: String, for entry: FactEntry) -> Value? {
    switch text {
    case "true" where entry.cspValues["1"] != nil: entry.decodeCSP("1")
    case "false" where entry.cspValues["0"] != nil: entry.decodeCSP("0")
    default: nil
    }
  }

  /// `Results` count when the Get had status 200. Where a text has no Status at all, it is a piece of a message, and there is none to ask for.
  private func checkStatus(of answer: GetAnswers.Answer, of node: Node) throws(AnsweredValue.Doubt) {
    guard !answers.outcomes.isEmpty else { return }
    let name = AnsweredValue.name(answer)
    guard let relevant = statuses.about(answer.command, node: node.pattern) else {
      throw AnsweredValue.Doubt(reason: "there are too many Statuses for the Get of \(name)")
    }
    guard !relevant.isEmpty else {
      throw AnsweredValue.Doubt(reason: "the device gave a value for \(name) without a Status for the Get")
    }
    for outcome in relevant where outcome.code != "200" {
      throw AnsweredValue.Doubt(
        reason: "the device gave a value for \(name), and answered the Get with \(meaning(outcome))")
    }
  }

  private func absence(of node: Node) -> String {
    if let failure = node.failure {
      return "the device answered the Get of \(node.path) with \(meaning(failure))"
    }
    if node.wasGot { return "the device answered the Get of \(node.path) with 200, and without a value" }
    let missing = "there is no answer for \(node.path)"
    guard let lost = answers.outcomes.first(where: { $0.paths.isEmpty && $0.code != "200" }) else {
      return missing
    }
    return
      "\(missing); the Get of CmdID \(shortened(lost.command.id, limit: 20)) was answered with \(meaning(lost)), and it is not said for which node"
  }

  /// A status code and what it means.
  private func meaning(_ outcome: GetAnswers.Outcome) -> String {
    let code = shortened(outcome.code, limit: 20)
    guard !code.isEmpty else { return "a Status without a code" }
    guard outcome.code.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let page = DeviceAnswers.page(of: outcome.code)
    else {
      return "status '\(code)'"
    }
    return "status \(code), \(page.title[.english])"
  }

  private func shown(_ answer: GetAnswers.Answer) -> String { shortened(answer.data ?? "", limit: 80) }
}

import CSPCatalog
import Diagnostics
import Foundation
import SyncML
import TestSupport
import Testing

/// Messages that a device takes, to be damaged.
enum ValidMessages {
  /// What the writer makes of commands, what our own builds give, and what a device answers.
  static let all: [String] = {
    let written = (try? ValidMessage.text()).map { [$0] } ?? []
    return written + generated + built + [answer]
  }()

  /// Messages over nodes that chance picks: whole numbers, alone and in an Atomic, with all that may be done to them.
  private static let generated: [String] = {
    let nodes = CSPCatalog.embedded.nodes.filter { node in
      node.locURI.hasPrefix("./Device/Vendor/MSFT/Policy/Config/") && !node.locURI.contains("{")
        && node.format == .int && node.dependencies.isEmpty && node.deprecation == nil
        && !node.atomicRequired && value(of: node) != nil
        && node.access.contains([.add, .replace, .delete, .get])
        && CSPCatalog.embedded.node(at: "./User/" + node.locURI.dropFirst(9)) == nil
    }
    var generator = SeededGenerator(seed: 12)
    return (0..<12).compactMap { number in
      let picked = Array(nodes.shuffled(using: &generator).prefix(5))
      guard picked.count == 5 else { return nil }
      func set(_ index: Int) -> SyncMLCommand {
        SyncMLCommand(
          .replace, picked[index].locURI, format: .int, type: number % 2 == 0 ? "text/plain" : nil,
          data: value(of: picked[index]))
      }
      let commands: [SyncMLCommand] = [
        set(0), .atomic([set(1), set(2)]), SyncMLCommand(.delete, picked[3].locURI),
        SyncMLCommand(.get, picked[4].locURI), SyncMLCommand(.exec, ValidMessage.reboot),
      ]
      let message = SyncMLMessage(
        sessionID: String(number), messageID: "1", target: "device", source: "https://mdm.example",
        commands: commands.shuffled(using: &generator))
      return (try? SyncMLWriter().write(message)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
  }()

  /// A value that a node takes, or nil when its facts name none.
  private static func value(of node: CSPNode) -> String? {
    switch node.allowedValues {
    case .enumeration(let values): values.first { Int($0) != nil && $0 != "1" } ?? values.first
    case .ranges(let ranges): ranges.first.map { String($0.upperBound) }
    default: nil
    }
  }

  /// What the shipped policies are built to.
  private static let built: [String] = {
    let folder = Checkout.root.appending(path: "Tests/Corpus/policies")
    let policies = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return policies.sorted().compactMap {
      try? String(contentsOf: folder.appending(path: "\($0)/syncml.xml"), encoding: .utf8)
    }
  }()

  private static let answer = """
    <SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>\
    <MsgID>2</MsgID><Target><LocURI>https://mdm.example</LocURI></Target><Source><LocURI>device</LocURI></Source></SyncHdr>\
    <SyncBody><Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>\
    <Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>\
    <Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Item><Source><LocURI>./DevInfo/Man</LocURI></Source>\
    <Data>Contoso</Data></Item></Results><Alert><CmdID>4</CmdID><Data>1224</Data><Item><Meta>\
    <Type xmlns="syncml:metinf">com.microsoft/MDM/LoginStatus</Type></Meta><Data>user</Data></Item></Alert>\
    <Final/></SyncBody></SyncML>
    """
}

@Suite("Payloads damaged by chance") struct PayloadMutationTests {
  private static let lenient = PayloadOptions(catalog: .embedded)
  private static let strict = PayloadOptions(catalog: .embedded, isStrict: true)

  private let trees = ValidMessages.all.map(Markup.parse)

  @Test("the messages have no error before they are damaged, each way to write them down is judged alike")
  func undamaged() throws {
    #expect(ValidMessages.all.count >= 16)
    for (text, tree) in zip(ValidMessages.all, trees) {
      let report = validatePayload(Array(text.utf8), Self.lenient)
      #expect(report.errors == 0, "\(report.findings.map(\.message)) in \(text)")
      let codes = validatePayload(Array(tree.source.utf8), Self.strict).findings.map(\.code)
      #expect(codes == report.findings.map(\.code), "\(tree.source)")
    }
  }

  @Test("every rule about the form of payloads has a damage that breaks it")
  func coverage() {
    // The limits have tests of their own, and the lack of a message belongs to judging strictly.
    let others: Set<DiagnosticCode> = ["SM1002", "SM1205"]
    let broken = PayloadMutation.all.reduce(into: others) { $0.formUnion($1.codes) }
    let form = DiagnosticCatalog.all.map(\.code).filter { "SM1000" < $0 && $0 < "SM1600" }
    #expect(form.count > 50)
    #expect(form.filter { !broken.contains($0) } == [])
  }

  @Test("each damage is found, wherever it is done")
  func found() throws {
    var generator = SeededGenerator(seed: 2)
    var total = 0
    for mutation in PayloadMutation.all {
      var count = 0
      for tree in trees {
        for _ in 0..<2 {
          guard let text = mutation.text(of: tree.copy(), &generator) else { continue }
          count += 1
          check(mutation, validatePayload(Array(text.utf8), mutation.options(isStrict: false)), text)
        }
      }
      #expect(count > 0, "no message has a place where \(mutation.name)")
      total += count
    }
    #expect(total > 2000)
  }

  @Test("judged strictly, a fragment has the faults of the message, and lacks the message around it")
  func strictly() throws {
    var generator = SeededGenerator(seed: 3)
    var total = 0
    for mutation in PayloadMutation.all {
      for tree in trees.shuffled(using: &generator).prefix(6) {
        guard let body = mutation.body(of: tree, &generator) else { continue }
        total += 1
        let report = validatePayload(Array(body.utf8), mutation.options(isStrict: true))
        check(mutation, report, body)
        if !mutation.codes.contains("SM1001") {
          #expect(report.findings.contains { $0.code == "SM1205" }, "\(body)")
        }
        guard mutation.holdsInFragments else { continue }
        let fragment = validatePayload(Array(body.utf8), mutation.options(isStrict: false))
        #expect(
          fragment.findings.contains { mutation.codes.contains($0.code) },
          "\(mutation.name): \(fragment.findings.map(\.code)) in \(body)")
        #expect(!fragment.findings.contains { $0.code == "SM1205" })
      }
    }
    #expect(total > 300)
  }

  @Test("many damages at once neither crash nor make a message valid")
  func many() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      guard let tree = trees.randomElement(using: &generator)?.copy() else { continue }
      var text = tree.source
      for _ in 0..<Int.random(in: 2...6, using: &generator) {
        guard let mutation = PayloadMutation.all.randomElement(using: &generator),
          let next = mutation.text(of: tree, &generator)
        else { continue }
        text = next
      }
      let options = PayloadOptions(
        catalog: Int.random(in: 0..<4, using: &generator) == 0 ? .embedded : nil,
        isStrict: Bool.random(using: &generator))
      let report = validatePayload(Array(text.utf8), options)
      #expect(report.errors + report.warnings + report.notes >= report.findings.count)
      #expect(text == tree.source || !report.findings.isEmpty)
    }
  }

  private func check(_ mutation: PayloadMutation, _ report: PayloadReport, _ text: String) {
    let found = report.findings.filter { mutation.codes.contains($0.code) }
    #expect(
      !found.isEmpty, "\(mutation.name): \(report.findings.map { "\($0.code): \($0.message)" }) in \(text)")
    let isError =
      !mutation.isTaken && mutation.codes.contains { DiagnosticCatalog.rule(for: $0)?.severity == .error }
    if isError { #expect(!report.isValid, "\(report.findings.map(\.message)) in \(text)") }
  }
}

extension PayloadMutation {
  /// Without the catalogue where the form alone is damaged: it takes most of the time.
  func options(isStrict: Bool) -> PayloadOptions {
    let isOfNodes = codes.contains { $0 == "SM1505" || $0 >= "SM1600" }
    return PayloadOptions(catalog: isOfNodes ? .embedded : nil, isStrict: isStrict)
  }

  /// The body of a message that is damaged within it, as a fragment; nil when it is damaged elsewhere.
  func body(of tree: Markup, _ generator: inout SeededGenerator) -> String? {
    let damaged = tree.copy()
    guard text(of: damaged, &generator) == damaged.source, let body = damaged.child("SyncBody"),
      let index = damaged.children.firstIndex(where: { $0 === body }), index < tree.children.count
    else { return nil }
    body.attributes = damaged.attributes
    let fragment = body.source
    damaged.children[index] = tree.children[index]
    body.attributes = ""
    return damaged.source == tree.source ? fragment : nil
  }

  /// The text of a tree after the damage, or nil when there is no place for it.
  func text(of tree: Markup, _ generator: inout SeededGenerator) -> String? {
    switch apply(tree, &generator) {
    case .tree: tree.source
    case .text(let text): text
    case nil: nil
    }
  }
}

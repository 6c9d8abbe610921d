import CSPCatalog
import Diagnostics
import SyncML
import TestSupport
import Testing

@Suite struct SyncMLReaderTests {
  @Test("what the writer wrote reads back equal, and has no fault")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let message = GeneratedMessage.message(using: &generator)
      let output = try SyncMLWriter().write(message)
      let document = try SyncMLReader().read(output.bytes)
      #expect(document.faults.isEmpty, "\(document.faults)")
      #expect(document.message == message.numbered())
      #expect(document.positions.count == output.commandPaths.count)
      let report = validatePayload(output.bytes, PayloadOptions(catalog: nil))
      #expect(report.isValid, "\(report.findings.map(\.message))")
      #expect(report.commands == output.commandPaths.count)
      #expect(try SyncMLWriter().write(message) == output)
    }
  }

  @Test("a fragment is read: several commands, comments between them, no header")
  func fragment() throws {
    let text = """
      <!-- one -->
      <Replace>
        <Item>
          <Meta><Format xmlns="syncml:metinf">int</Format><Type>text/plain</Type></Meta>
          <Target><LocURI>./Device/A</LocURI></Target>
          <Data>1</Data>
        </Item>
      </Replace>
      <Atomic><CmdID>7</CmdID><Add><Item><Target><LocURI>./B</LocURI></Target></Item></Add></Atomic>
      """
    let document = try SyncMLReader().read(Array(text.utf8))
    #expect(document.shape == .commands)
    #expect(document.message == nil)
    #expect(document.header == nil)
    var replace = SyncMLCommand(.replace, "./Device/A", format: .int, type: "text/plain", data: "1")
    replace.cmdID = nil
    var atomic = SyncMLCommand.atomic([SyncMLCommand(.add, "./B")])
    atomic.cmdID = "7"
    #expect(document.commands == [replace, atomic])
    #expect(
      document.positions.map(\.description) == ["2:1", "9:1", "9:25"])
  }

  @Test("a device's answer is read: Status and Results with their references")
  func answer() throws {
    let text = """
      <SyncBody xmlns="SYNCML:SYNCML1.2">
        <Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>
        <Results><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef>
          <Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Contoso</Data></Item></Results>
        <Final/>
      </SyncBody>
      """
    let document = try SyncMLReader().read(Array(text.utf8))
    #expect(document.shape == .body)
    #expect(document.isFinal)
    #expect(document.commands.map(\.verb) == [.status, .results])
    #expect(document.commands[0].data == "200")
    #expect(document.commands[1].items == [SyncMLItem(source: "./DevInfo/Man", data: "Contoso")])
    #expect(document.faults.isEmpty)
  }

  @Test("values keep their white space, line ends and separators")
  func values() throws {
    for value in ["", " ", "\n a\t\n", "a\r\nb\r", "]]>", "<a>&amp;</a>", "x\u{F000}y", "日本語 👩‍💻", "]]]>>"] {
      for style in [SyncMLDataStyle.escaped, .cdata] {
        let message = SyncMLMessage(
          target: "d", source: "s",
          commands: [SyncMLCommand(.replace, "./A", format: .chr, data: value, dataStyle: style)])
        let document = try SyncMLReader().read(SyncMLWriter().write(message).bytes)
        #expect(document.commands.first?.items.first?.data == value)
      }
    }
  }
}

/// Messages of every shape that the writer takes.
enum GeneratedMessage {
  static func message(using generator: inout SeededGenerator) -> SyncMLMessage {
    SyncMLMessage(
      sessionID: String(Int.random(in: 0...9999, using: &generator)),
      messageID: String(Int.random(in: 1...99, using: &generator)), target: "device&<>",
      source: "https://s/?a=1&b",
      commands: (0..<Int.random(in: 1...6, using: &generator)).map { index in
        command(inAtomic: false, index: index, using: &generator)
      }, isFinal: Bool.random(using: &generator))
  }

  private static func command(inAtomic: Bool, index: Int, using generator: inout SeededGenerator)
    -> SyncMLCommand
  {
    let choice = Int.random(in: 0...(inAtomic ? 3 : 5), using: &generator)
    switch choice {
    case 0: return SyncMLCommand(.add, items: items(index, using: &generator))
    case 1: return SyncMLCommand(.replace, items: items(index + 100, using: &generator))
    case 2:
      return SyncMLCommand(
        .delete, meta: SyncMLMeta(format: .chr), items: [SyncMLItem(target: "./Device/D\(index)")])
    case 3: return SyncMLCommand(.exec, "./Device/E\(index)")
    case 4: return SyncMLCommand(.get, "./Device/G\(index)")
    default:
      return .atomic(
        (0..<Int.random(in: 1...3, using: &generator)).map {
          command(inAtomic: true, index: index * 10 + $0, using: &generator)
        })
    }
  }

  private static func items(_ index: Int, using generator: inout SeededGenerator) -> [SyncMLItem] {
    (0..<Int.random(in: 1...3, using: &generator)).map { number in
      let value = text(using: &generator)
      return SyncMLItem(
        target: "./Device/N\(index)/\(number)/\(Int.random(in: 0...1_000_000_000, using: &generator))",
        meta: SyncMLMeta(
          format: Bool.random(using: &generator) ? NodeFormat.allCases.randomElement(using: &generator) : nil,
          type: Bool.random(using: &generator) ? "text/plain" : nil),
        data: value, dataStyle: value?.isEmpty == false && Bool.random(using: &generator) ? .cdata : .escaped)
    }
  }

  private static func text(using generator: inout SeededGenerator) -> String? {
    let pieces = [
      "a", " ", "\n", "\r", "\t", "<", ">", "&", "]]>", "]", "\u{F000}", "日", "👩‍💻", "&lt;", "\u{85}",
    ]
    guard Bool.random(using: &generator) else { return nil }
    return (0..<Int.random(in: 0...12, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }
}

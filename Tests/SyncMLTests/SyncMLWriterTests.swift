import SyncML
import Testing

@Suite struct SyncMLWriterTests {
  @Test("a message is written as Windows takes it: order, namespaces, CmdIDs, Final")
  func golden() throws {
    let message = SyncMLMessage(
      sessionID: "7", messageID: "2", target: "device", source: "https://mdm.example/?a=1&b=2",
      commands: [
        .atomic([
          SyncMLCommand(.replace, "./Device/Vendor/MSFT/A", format: .int, type: "text/plain", data: "1"),
          SyncMLCommand(.add, "./Device/Vendor/MSFT/B", format: .chr, data: "<enabled/>"),
        ]),
        SyncMLCommand(.add, "./Device/Vendor/MSFT/L", format: .chr, data: "*S-1\u{F000}*S-2"),
        SyncMLCommand(.add, "./Device/Vendor/MSFT/C", format: .chr, data: "<a>]]></a>", dataStyle: .cdata),
        SyncMLCommand(.get, "./Device/Vendor/MSFT/D"),
      ])
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <SyncML xmlns="SYNCML:SYNCML1.2">
        <SyncHdr>
          <VerDTD>1.2</VerDTD>
          <VerProto>DM/1.2</VerProto>
          <SessionID>7</SessionID>
          <MsgID>2</MsgID>
          <Target>
            <LocURI>device</LocURI>
          </Target>
          <Source>
            <LocURI>https://mdm.example/?a=1&amp;b=2</LocURI>
          </Source>
        </SyncHdr>
        <SyncBody>
          <Atomic>
            <CmdID>1</CmdID>
            <Replace>
              <CmdID>2</CmdID>
              <Item>
                <Target>
                  <LocURI>./Device/Vendor/MSFT/A</LocURI>
                </Target>
                <Meta>
                  <Format xmlns="syncml:metinf">int</Format>
                  <Type xmlns="syncml:metinf">text/plain</Type>
                </Meta>
                <Data>1</Data>
              </Item>
            </Replace>
            <Add>
              <CmdID>3</CmdID>
              <Item>
                <Target>
                  <LocURI>./Device/Vendor/MSFT/B</LocURI>
                </Target>
                <Meta>
                  <Format xmlns="syncml:metinf">chr</Format>
                </Meta>
                <Data>&lt;enabled/&gt;</Data>
              </Item>
            </Add>
          </Atomic>
          <Add>
            <CmdID>4</CmdID>
            <Item>
              <Target>
                <LocURI>./Device/Vendor/MSFT/L</LocURI>
              </Target>
              <Meta>
                <Format xmlns="syncml:metinf">chr</Format>
              </Meta>
              <Data>*S-1&#xF000;*S-2</Data>
            </Item>
          </Add>
          <Add>
            <CmdID>5</CmdID>
            <Item>
              <Target>
                <LocURI>./Device/Vendor/MSFT/C</LocURI>
              </Target>
              <Meta>
                <Format xmlns="syncml:metinf">chr</Format>
              </Meta>
              <Data><![CDATA[<a>]]]]><![CDATA[></a>]]></Data>
            </Item>
          </Add>
          <Get>
            <CmdID>6</CmdID>
            <Item>
              <Target>
                <LocURI>./Device/Vendor/MSFT/D</LocURI>
              </Target>
            </Item>
          </Get>
          <Final/>
        </SyncBody>
      </SyncML>

      """
    let output = try SyncMLWriter().write(message)
    #expect(String(decoding: output.bytes, as: UTF8.self) == expected)
    #expect(output.commandPaths == [[0], [0, 0], [0, 1], [1], [2], [3]])
    #expect(output.path(ofCmdID: 3) == [0, 1])
    #expect(output.path(ofCmdID: 0) == nil)
    #expect(output.path(ofCmdID: 7) == nil)
  }

  @Test("a command that a device would refuse by its shape is not written")
  func refusesShapes() {
    func write(_ commands: [SyncMLCommand]) throws(SyncMLWriteError) {
      _ = try SyncMLWriter().write(SyncMLMessage(target: "d", source: "s", commands: commands))
    }
    let get = SyncMLCommand(.get, "./A")
    #expect(throws: SyncMLWriteError.noCommand) { try write([]) }
    #expect(throws: SyncMLWriteError.notAllowedInAtomic(.get, command: [0, 0])) {
      try write([.atomic([get])])
    }
    #expect(throws: SyncMLWriteError.notAllowedInAtomic(.atomic, command: [1, 0])) {
      try write([get, .atomic([.atomic([SyncMLCommand(.add, "./A")])])])
    }
    #expect(throws: SyncMLWriteError.emptyCommand(.atomic, command: [0])) { try write([.atomic([])]) }
    #expect(throws: SyncMLWriteError.emptyCommand(.replace, command: [0])) {
      try write([SyncMLCommand(.replace)])
    }
    let two = SyncMLCommand(.exec, items: [SyncMLItem(target: "./A"), SyncMLItem(target: "./B")])
    #expect(throws: SyncMLWriteError.execNeedsOneItem(found: 2, command: [0])) { try write([two]) }
    #expect(throws: SyncMLWriteError.notWritable(.status, command: [0])) {
      try write([SyncMLCommand(.status)])
    }
  }

  @Test(
    "a character that XML 1.0 cannot carry is refused, not dropped",
    arguments: ["\0", "\u{1}", "\u{1F}", "\u{FFFE}", "\u{FFFF}", "\u{B}"],
    [SyncMLDataStyle.escaped, .cdata])
  func refusesControls(text: String, style: SyncMLDataStyle) {
    let message = SyncMLMessage(
      target: "d", source: "s",
      commands: [SyncMLCommand(.replace, "./A", format: .chr, data: "a\(text)", dataStyle: style)])
    let scalar = text.unicodeScalars.first.map(\.value) ?? 0
    #expect(throws: SyncMLWriteError.forbiddenCharacter(scalar: scalar, field: "Data", command: [0])) {
      try SyncMLWriter().write(message)
    }
  }
}

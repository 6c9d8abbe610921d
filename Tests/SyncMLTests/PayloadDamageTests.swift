import CSPCatalog
import Diagnostics
import Foundation
import SyncML
import TestSupport
import Testing

/// One way to damage a valid message: the first place where `pattern` stands is replaced.
struct Damage: CustomTestStringConvertible {
  let name: String
  let pattern: String
  let replacement: String
  let code: DiagnosticCode
  /// Whether a device still takes the message.
  let isTaken: Bool

  init(
    _ name: String, _ pattern: String, _ replacement: String, _ code: DiagnosticCode, isTaken: Bool? = nil
  ) {
    self.name = name
    self.pattern = pattern
    self.replacement = replacement
    self.code = code
    self.isTaken = isTaken ?? (DiagnosticCatalog.rule(for: code)?.severity != .error)
  }

  var testDescription: String { name }

  static let all: [Damage] = [
    Damage("a CmdID is dropped", "      <CmdID>1</CmdID>\n", "", "SM1301"),
    Damage("a CmdID is repeated", "<CmdID>5</CmdID>", "<CmdID>2</CmdID>", "SM1302"),
    Damage("a CmdID is 0", "<CmdID>2</CmdID>", "<CmdID>0</CmdID>", "SM1303"),
    Damage("a CmdID stands behind its item", "<CmdID>8</CmdID>\n", "<Item/><CmdID>8</CmdID>\n", "SM1105"),
    Damage("a tag is not closed", "</Target>", "", "SM1001"),
    Damage("a tag is closed by another case", "</Target>", "</target>", "SM1001"),
    Damage("an element is misspelt", "<Final/>", "<Finall/>", "SM1101"),
    Damage("an element is in the wrong case", "<Final/>", "<final/>", "SM1102"),
    Damage("the root's namespace is SyncML 1.0", "SYNCML:SYNCML1.2", "SYNCML:SYNCML1.0", "SM1007"),
    Damage("the root's namespace is in the wrong case", "SYNCML:SYNCML1.2", "syncml:syncml1.2", "SM1007"),
    Damage("the root has no namespace", " xmlns=\"SYNCML:SYNCML1.2\"", "", "SM1007"),
    Damage("Format is not in metinf", "<Format xmlns=\"syncml:metinf\">", "<Format>", "SM1103"),
    Damage("Type is not in metinf", "<Type xmlns=\"syncml:metinf\">", "<Type>", "SM1103", isTaken: true),
    Damage("an Item is in metinf", "<Item>", "<Item xmlns=\"syncml:metinf\">", "SM1103"),
    Damage(
      "Format stands outside of Meta", "<Meta>", "<Format xmlns=\"syncml:metinf\">int</Format><Meta>",
      "SM1104"),
    Damage("SyncHdr is called something else", "SyncHdr>", "SyncHeader>", "SM1001"),
    Damage("VerDTD is dropped", "    <VerDTD>1.2</VerDTD>\n", "", "SM1107"),
    Damage("VerProto is that of data synchronisation", "DM/1.2", "SyncML/1.2", "SM1202"),
    Damage("VerDTD is 1.1", "<VerDTD>1.2", "<VerDTD>1.1", "SM1202"),
    Damage("the session's id is too long", "<SessionID>1A", "<SessionID>12345", "SM1203"),
    Damage("the message's number is 0", "<MsgID>3", "<MsgID>0", "SM1203"),
    Damage("Final is dropped", "    <Final/>\n", "", "SM1204"),
    Damage("Final comes first", "<SyncBody>", "<SyncBody><Final/>", "SM1105"),
    Damage(
      "a Get is moved into the Atomic", "    </Atomic>",
      "      <Get><CmdID>99</CmdID><Item><Target><LocURI>./DevInfo/Man</LocURI></Target></Item></Get>\n    </Atomic>",
      "SM1304"),
    Damage(
      "an Atomic is put into the Atomic", "<CmdID>1</CmdID>",
      "<CmdID>1</CmdID><Atomic><CmdID>99</CmdID></Atomic>",
      "SM1305"),
    Damage("the Exec gets a second item", "<CmdID>7</CmdID>", "<CmdID>7</CmdID><Item/>", "SM1307"),
    Damage("a LocURI is dropped", "<LocURI>\(ValidMessage.edition)</LocURI>", "", "SM1107"),
    Damage(
      "a LocURI gets a line feed", "<LocURI>\(ValidMessage.edition)", "<LocURI>\n\(ValidMessage.edition)",
      "SM1404"),
    Damage("a LocURI gets a comment", "<LocURI>./Device/V", "<LocURI>./Device/<!-- -->V", "SM1401"),
    Damage("a LocURI gets an element", "<LocURI>./Device/V", "<LocURI>./Device/<Name/>V", "SM1401"),
    Damage("a LocURI is a CDATA section", "<LocURI>./Device/V", "<LocURI><![CDATA[./Device/]]>V", "SM1401"),
    Damage("a LocURI lacks the dot", "<LocURI>./Device", "<LocURI>/Device", "SM1402"),
    Damage("a LocURI goes up", "<LocURI>./Device/Vendor", "<LocURI>./Device/../Device/Vendor", "SM1403"),
    Damage("a value's XML is not escaped", "&lt;enabled/&gt;", "<enabled/>", "SM1501"),
    Damage(
      "a value begins with an XML declaration", "&lt;enabled/&gt;", "&lt;?xml version='1.0'?&gt;", "SM1502"),
    Damage("a format is unknown", ">int</Format>", ">integer</Format>", "SM1503"),
    Damage("a value is dropped", "<Data>15</Data>", "", "SM1505"),
    Damage("a node is misspelt", "MinimumPasswordAge", "MinimumPasswordAges", "SM1601"),
    Damage("a node is in another case", "MinimumPasswordAge", "minimumpasswordage", "SM1604"),
    Damage("a node is in the other scope", "<LocURI>./Device/Vendor", "<LocURI>./User/Vendor", "SM1603"),
    Damage(
      "a verb is one that the node does not accept", ValidMessage.reboot, ValidMessage.edition, "SM1605"),
    Damage("a format is not the node's", ">int</Format>", ">chr</Format>", "SM1606"),
    Damage(
      "a format is dropped",
      "          <Meta>\n            <Format xmlns=\"syncml:metinf\">int</Format>\n          </Meta>\n", "",
      "SM1607"),
    Damage("a number is none", "<Data>15</Data>", "<Data>15 minutes</Data>", "SM1701"),
    Damage("a value is not allowed", "<Data>1</Data>", "<Data>7</Data>", "SM1702"),
    Damage("a number is out of range", "<Data>15</Data>", "<Data>-1</Data>", "SM1703"),
    Damage("a number overflows", "<Data>15</Data>", "<Data>99999999999999999999</Data>", "SM1703"),
    Damage("white space is put around a value", "<Data>15</Data>", "<Data> 15 </Data>", "SM1706"),
    Damage("a document type declaration is put in front", "<SyncML ", "<!DOCTYPE SyncML><SyncML ", "SM1003"),
    Damage("text is put between commands", "<Final/>", "soon<Final/>", "SM1108"),
    Damage("an attribute is put on a command", "<Exec>", "<Exec async=\"true\">", "SM1110"),
    Damage("a NUL byte is put into a value", "<Data>15", "<Data>\0015", "SM1001"),
    Damage("a control character is referred to", "<Data>15", "<Data>&#1;15", "SM1001"),
  ]
}

@Suite struct PayloadDamageTests {
  @Test("an undamaged message has no finding")
  func undamaged() throws {
    let report = validatePayload(Array(try ValidMessage.text().utf8), PayloadOptions(catalog: .embedded))
    #expect(report.findings.isEmpty, "\(report.findings.map(\.message))")
    #expect(report.shape == .message)
    #expect(report.commands == 8)
    #expect(report.isValid)
  }

  @Test("each kind of damage is found with its code", arguments: Damage.all)
  func found(damage: Damage) throws {
    let valid = try ValidMessage.text()
    let place = try #require(valid.range(of: damage.pattern))
    let damaged = valid.replacingCharacters(in: place, with: damage.replacement)
    let report = validatePayload(Array(damaged.utf8), PayloadOptions(catalog: .embedded))
    #expect(
      report.findings.contains { $0.code == damage.code },
      "\(report.findings.map { "\($0.code) \($0.message)" })")
    #expect(report.isValid == damage.isTaken)
  }

  @Test("a message that ends too early is never valid")
  func truncated() throws {
    let valid = Array(try ValidMessage.text().utf8)
    for length in stride(from: 0, to: valid.count - 1, by: 7) {
      let report = validatePayload(Array(valid[..<length]), PayloadOptions(catalog: .embedded))
      #expect(!report.isValid, "the first \(length) bytes")
    }
  }

  @Test("no line can be dropped from a message without a finding")
  func droppedLines() throws {
    let lines = try ValidMessage.text().split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    // Without these the message says the same: a Type that is text/plain anyway, and what is no line of its own.
    let optional = lines.indices.filter {
      lines[$0].contains("<Type ") || lines[$0].hasPrefix("<?xml") || lines[$0].isEmpty
    }
    for index in lines.indices where !optional.contains(index) {
      var rest = lines
      rest.remove(at: index)
      let report = validatePayload(
        Array(rest.joined(separator: "\n").utf8), PayloadOptions(catalog: .embedded))
      // A chr value may be empty, and its Format is the default.
      if lines[index].contains("&lt;enabled/&gt;") || lines[index].contains(">chr<") { continue }
      #expect(!report.findings.isEmpty, "without '\(lines[index])'")
    }
  }

  @Test("any one byte may be any other without a crash, and a broken tag is found")
  func flippedBytes() throws {
    let valid = Array(try ValidMessage.text().utf8)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var damaged = valid
      damaged[Int.random(in: 0..<valid.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
      let report = validatePayload(damaged, PayloadOptions(catalog: .embedded))
      #expect(report.commands <= 8)
    }
  }
}

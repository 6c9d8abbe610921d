import DeviceReports
import Diagnostics
import FleetReports
import Foundation
import PolicyModel
import TestSupport
import Testing

@Suite struct FleetFormatTests {
  /// A device whose every text is the same.
  private func device(_ line: Int, _ text: String, _ changes: [String: Value?] = [:]) -> FleetDevice {
    var device = FleetDevice.laptop(line, changes)
    for column in FleetColumn.allCases { device.texts[column] = text }
    return device
  }

  private static let hostile = [
    "\u{1B}[2J\u{1B}]0;owned\u{7}", "a\r\nb\u{85}c\u{2028}d", "\u{202E}gpj.exe", "=cmd|' /C calc'!A0",
    "\"quoted\", 'so'",
    String(repeating: "長", count: 40_000), "<script>alert(1)</script>", "\u{0}\u{7F}\u{9B}31m", "👩‍👩‍👧", " ",
    "\u{200B}",
  ]

  private func report() throws -> FleetReport {
    try Fleet.report(
      Self.hostile.enumerated().map { index, text in
        device(index + 2, text, index % 2 == 0 ? ["tpm.ready": .bool(false)] : [:])
      }, problems: [FleetProblem(line: 99, reason: "3 fields, not 5")])
  }

  @Test(arguments: ReportLanguage.allCases, [TextRepertoire.unicode, .ascii])
  func `the text cannot act on a terminal, and every line fits it`(
    language: ReportLanguage, repertoire: TextRepertoire
  ) throws {
    let style = TerminalStyle(repertoire: repertoire, columns: 100)
    let text = String(
      decoding: FleetText(try report(), language: language, style: style).bytes(), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines {
      #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
      #expect(!line.unicodeScalars.contains { HiddenScalars.reorders($0) })
      if repertoire == .ascii { #expect(line.utf8.allSatisfy { $0 < 0x7F }) }
    }
    let table = lines.filter { $0.contains("tpm_ready") || $0.hasPrefix("  ✓") }
    #expect(!table.isEmpty)
    for line in table { #expect(displayWidth(of: line) <= 100) }
  }

  @Test func `CSV has the same number of fields in every line, whatever is in them`() throws {
    let report = try report()
    let bytes = FleetCSV(report, language: .japanese).bytes()
    let records = records(String(decoding: bytes, as: UTF8.self))
    #expect(records.count == report.rows.count + 1)
    #expect(records.allSatisfy { $0.count == ReportColumn.allCases.count })
    #expect(records[0].first == "デバイス名")
    for field in records.dropFirst().joined() {
      let start = field.drop { " \"\u{FFFD}".contains($0) }.first
      #expect(start.map { !"=+-@".contains($0) } ?? true)
    }
    #expect(!bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let marked = FleetCSV(report, language: .japanese, hasByteOrderMark: true).bytes()
    #expect(marked == [0xEF, 0xBB, 0xBF] + bytes)
  }

  /// The fields of CSV, read by RFC 4180 alone; every line must end with CR LF.
  private func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        field.unicodeScalars.append(scalar)
      case "\"" where isQuoted: isQuoted = false
      case "\"" where field.isEmpty: isQuoted = true
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    #expect(record.isEmpty && field.isEmpty && !isQuoted)
    return records
  }

  @Test func `JSON keeps every text as it was told`() throws {
    let report = try report()
    let document = try JSONValue(
      parsing: FleetJSON(report).bytes(), limits: JSONLimits(bytes: 1 << 30, depth: 20))
    guard case .array(let devices)? = document["devices"] else { throw Missing() }
    #expect(devices.map { $0["device_name"] } == Self.hostile.map { .string($0) })
    let lines = FleetLines(report).bytes().split(separator: UInt8(ascii: "\n"))
    let values = try lines.map {
      try JSONValue(parsing: Array($0), limits: JSONLimits(bytes: 1 << 30, depth: 20))
    }
    #expect(values.count == report.counts.rows + 1)
    #expect(values.dropLast(2).map { $0["device_name"] } == Self.hostile.map { .string($0) })
    #expect(values.suffix(2).map { $0["type"] } == [.string("problem"), .string("summary")])
    #expect(values.last?["counts"] == document["counts"])
  }

  private struct Missing: Error {}

  @Test func `the document is canonical, and as its schema says`() throws {
    let empty = try Fleet.report([])
    for report in [try report(), empty] {
      let bytes = FleetJSON(report).bytes()
      let value = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: 1 << 30, depth: 20))
      #expect(value.line == bytes)
    }
    var strange = Array(FleetJSON(empty).bytes())
    strange.replaceSubrange(0..<1, with: Array(#"{"another":1,"#.utf8))
    let schema = JSONSchema("fleet-report")
    guard
      let answers = try schema.answers(for: [
        FleetJSON(try report()).bytes(), FleetJSON(empty).bytes(), strange,
      ])
    else { return }
    #expect(answers.prefix(2) == ["valid", "valid"])
    #expect(answers[2].hasPrefix("not valid"))
  }

  @Test func `a fleet of which nothing matches has headings and counts all the same`() throws {
    var filter = FleetFilter()
    try filter.choose(status: "not_started")
    let report = try report().filtered(by: filter)
    let text = String(decoding: FleetText(report, language: .english).bytes(), as: UTF8.self)
    #expect(text.contains("None of 11 devices matches\n"))
    #expect(text.contains("line 99: 3 fields, not 5"))
    #expect(records(String(decoding: FleetCSV(report, language: .english).bytes(), as: UTF8.self)).count == 1)
    #expect(FleetLines(report).bytes().count { $0 == UInt8(ascii: "\n") } == 2)
    let empty = String(decoding: FleetText(try Fleet.report([]), language: .english).bytes(), as: UTF8.self)
    #expect(empty.contains("The input has no device\n"))
  }

  @Test func `a large report comes in pieces`() throws {
    let report = try Fleet.report(
      (1...500).map { device($0, "PC-\($0) \(String(repeating: "x", count: 100))") })
    for format: any FleetRendering in [
      FleetCSV(report, language: .english), FleetJSON(report), FleetLines(report),
    ] {
      var pieces: [[UInt8]] = []
      format.write { pieces.append($0) }
      #expect(pieces.count > 3)
      #expect(Array(pieces.joined()) == format.bytes())
    }
  }
}

import DeviceReports
import Diagnostics
import FleetReports
import PolicyModel

/// The report over devices in JSON, in every format. The first byte picks the language and what the terminal can show.
func fuzzFleetFormats(_ bytes: [UInt8]) {
  guard let choice = bytes.first, let mapping = FleetMapping.embedded("policyc") else { return }
  let language: ReportLanguage = choice & 1 == 0 ? .english : .japanese
  let repertoire: TextRepertoire = choice & 2 == 0 ? .unicode : .ascii
  guard let report = fuzzedReport(on: Array(bytes.dropFirst()), by: mapping) else { return }
  let counts = report.counts
  require(counts.rows == counts.devices + counts.problems, "the rows are not devices and problems")
  require(report.rows.count == counts.devices, "a device is lost")
  require(counts.statuses.values.reduce(0, +) == counts.devices, "the statuses do not add up")

  let table = FleetCSV(report, language: language).bytes()
  checkTable(table, records: report.rows.count + 1)
  requirePrintable(String(decoding: table.filter { $0 != 0x0D }, as: UTF8.self), "the table")
  let style = TerminalStyle(repertoire: repertoire, columns: 40 + Int(choice))
  let text = FleetText(report, language: language, style: style).bytes()
  requirePrintable(String(decoding: text, as: UTF8.self), in: repertoire, "the text")
  let document = FleetJSON(report).bytes()
  requirePrintable(json: document, "the document")
  require(rewritten(document) == document, "the document is written otherwise again")
  let lines = FleetLines(report).bytes().split(
    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  require(lines.count == counts.rows + 2 && lines.last?.isEmpty == true, "a line is lost")
  for line in lines.dropLast() {
    require(rewritten(line) == line + [UInt8(ascii: "\n")], "a line is written otherwise again")
    requirePrintable(json: Array(line), "a line")
  }
  let page = String(decoding: FleetPage(report, language: language).bytes(), as: UTF8.self)
  require(
    page.split(separator: "<script", omittingEmptySubsequences: false).count == 3,
    "a text has become a script")
  requirePrintable(page, "the page")
}

/// Meant for every device, so that texts decide nothing.
private let policy = CompiledPolicy(
  name: "fuzz", version: Version(1),
  facts: [
    FactDeclaration(name: "tpm.ready", type: .bool), FactDeclaration(name: "tpm.version", type: .version),
  ],
  rules: [
    Rule(
      name: "tpm_ready", kind: .require, that: Condition(steps: [.fact(FactReference(index: 0))]),
      status: "tpm_not_ready", remedy: "prepare_tpm"),
    Rule(
      name: "tpm_2_0", kind: .warn,
      that: Condition(steps: [.compare(FactReference(index: 1), .greaterOrEqual, .version(Version(2)))])),
  ])

func fuzzedReport(on bytes: [UInt8], by mapping: FleetMapping) -> FleetReport? {
  guard var evaluation = try? FleetEvaluation(policy) else { return nil }
  var reader = FleetReader(format: .ndjson, mapping: mapping, facts: evaluation.facts)
  do throws(FleetInputError) {
    var failure: FleetInputError?
    bytes.withUnsafeBytes { piece in
      do throws(FleetInputError) {
        try reader.read(piece) { evaluation.add($0) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    try reader.finish { evaluation.add($0) }
  } catch {
    return nil
  }
  let order = FleetOrder(ReportColumn.allCases[bytes.count % ReportColumn.allCases.count])
  return evaluation.report().sorted(by: order)
}

private func rewritten(_ bytes: some Collection<UInt8>) -> [UInt8]? {
  let limits = JSONLimits(bytes: 1 << 26, depth: 16)
  return try? JSONValue(parsing: Array(bytes), limits: limits).line
}

/// Reads a table by RFC 4180 alone.
private func checkTable(_ bytes: [UInt8], records expected: Int) {
  var records = 0
  var fields = 1
  var field: [UInt8] = []
  var isQuoted = false
  func endField() {
    let start = field.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\"") }.first
    require(start.map { !"=+-@".utf8.contains($0) } ?? true, "a field is a formula")
    field = []
  }
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    index += 1
    if isQuoted {
      guard byte == UInt8(ascii: "\"") else {
        field.append(byte)
        continue
      }
      if next == UInt8(ascii: "\"") {
        field.append(byte)
        index += 1
      } else {
        isQuoted = false
        require(next == UInt8(ascii: ",") || next == 0x0D, "text behind a quotation mark")
      }
    } else if byte == UInt8(ascii: "\"") {
      require(field.isEmpty, "a quotation mark within a field")
      isQuoted = true
    } else if byte == UInt8(ascii: ",") {
      endField()
      fields += 1
    } else if byte == 0x0D {
      require(next == 0x0A, "a line that does not end with CR LF")
      index += 1
      endField()
      require(fields == ReportColumn.allCases.count, "a line of \(fields) fields")
      (fields, records) = (1, records + 1)
    } else {
      require(byte >= 0x20 && byte != 0x7F, "a control character in a field")
      field.append(byte)
    }
  }
  require(!isQuoted && field.isEmpty && fields == 1, "the last line does not end")
  require(records == expected, "\(records) lines, not \(expected)")
}

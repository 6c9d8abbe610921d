import CSPCatalog
import Diagnostics
import SyncML
import TestSupport
import Testing

/// A golden case of `Tests/Corpus/syncml`: a payload and what is said about it.
extension GoldenCase {
  static let payloads = all(of: "syncml")

  func payload() throws -> [UInt8] { try #require(bytes("input.xml"), "\(name) has no input.xml") }

  /// What the payload is judged against. `targets.txt`, where there is one, has a target or `edition NAME` on each line, or is
  /// `compare` with a number of nodes; an empty one means every branch in service. A case whose name ends with `-strict` is judged strictly.
  func options() throws -> PayloadOptions {
    let catalog = CSPCatalog.embedded
    var options = PayloadOptions(catalog: catalog, isStrict: name.hasSuffix("-strict"))
    guard let file = bytes("targets.txt") else { return options }
    let lines = String(decoding: file, as: UTF8.self).split(separator: "\n").map(String.init)
    let editions = try lines.filter { $0.hasPrefix("edition ") }
      .map { try TargetDevices.edition(named: String($0.dropFirst(8))) }
    if let limit = lines.first(where: { $0.hasPrefix("compare ") }) {
      options.comparedNodes = try #require(Int(limit.dropFirst(8)))
      return options
    }
    let targets = lines.filter { !$0.hasPrefix("edition ") }
    options.targets = try TargetDevices(parsing: targets, on: catalog.date, editions: editions)
    return options
  }

  /// The summary and the findings as a terminal shows them.
  func rendered(_ report: PayloadReport, _ input: [UInt8]) -> String {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "input.xml", bytes: input))
    let lines = LineIndex(input)
    let style = TerminalStyle(isColored: false, repertoire: .unicode, columns: 110)
    return report.summary(file: "input.xml") + "\n\n"
      + TerminalRenderer(sources, style: style).render(
        report.findings.map { $0.diagnostic(in: file, lines) })
  }
}

@Suite struct PayloadCorpusTests {
  @Test("a payload of the corpus is judged as its case says", arguments: GoldenCase.payloads)
  func golden(each: GoldenCase) throws {
    let input = try each.payload()
    let report = validatePayload(input, try each.options())
    if each.name.hasPrefix("SM") {
      #expect(report.findings.contains { $0.code.text == each.code }, "\(report.findings.map(\.code))")
    } else {
      #expect(report.findings.isEmpty, "\(report.findings.map(\.message))")
    }
    let difference = each.difference(each.rendered(report, input))
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("every code about payloads has a case")
  func coverage() {
    let codes = DiagnosticCatalog.all.map(\.code.text).filter { $0.hasPrefix("SM") }
    #expect(codes.count > 40)
    for code in codes {
      #expect(GoldenCase.payloads.contains { $0.code == code }, "\(code) has no case")
    }
  }

  @Test("a payload in pieces of any size is judged as in one", arguments: GoldenCase.payloads)
  func pieces(each: GoldenCase) throws {
    let input = try each.payload()
    let whole = validatePayload(input, try each.options())
    for size in [1, 7, 64] {
      var validator = PayloadValidator(try each.options())
      var rest = input[...]
      while !rest.isEmpty {
        Array(rest.prefix(size)).withUnsafeBytes { _ = validator.feed($0) }
        rest = rest.dropFirst(size)
      }
      #expect(validator.finish() == whole, "in pieces of \(size)")
    }
  }

  @Test("a payload cut anywhere is judged as in one", arguments: GoldenCase.payloads)
  func cuts(each: GoldenCase) throws {
    let input = try each.payload()
    let whole = validatePayload(input, try each.options())
    var generator = SeededGenerator(seed: UInt64(input.count))
    for _ in 0..<3 {
      var validator = PayloadValidator(try each.options())
      var rest = input[...]
      while !rest.isEmpty {
        let size = Int.random(in: 1...Int.random(in: 1...400, using: &generator), using: &generator)
        Array(rest.prefix(size)).withUnsafeBytes { _ = validator.feed($0) }
        rest = rest.dropFirst(size)
      }
      #expect(validator.finish() == whole)
    }
  }
}

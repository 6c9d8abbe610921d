import Diagnostics
import Foundation
import PolicySyntax
import Testing

@Suite struct HostileTextTests {
  @Test("ten thousand nested parentheses are one finding")
  func deepParentheses() {
    let deep = String(repeating: "(", count: 10_000) + "x" + String(repeating: ")", count: 10_000)
    let file = parse("policy p version 1.0.0 { require r { that \(deep) } set ./A }".utf8)
    #expect(file.diagnostics.map(\.code) == ["AP1009", "AP1005"])
    #expect(file.tree.defect == nil)
  }

  @Test("two hundred levels are read and two hundred and one are not", arguments: [("(", ")"), ("not ", "")])
  func depthLimit(open: String, close: String) {
    func codes(_ depth: Int) -> [DiagnosticCode] {
      let nested = String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
      return parse("policy p version 1.0.0 { require r { that \(nested) } }".utf8).diagnostics.map(\.code)
    }
    #expect(codes(Parser.maximumDepth) == [])
    #expect(codes(Parser.maximumDepth + 1) == ["AP1009"])
  }

  @Test("ten thousand nested groups are one finding")
  func deepGroups() {
    let deep = String(repeating: "when x { ", count: 10_000) + String(repeating: "} ", count: 10_000)
    let file = parse("policy p version 1.0.0 { \(deep) set ./A = 1 }".utf8)
    #expect(file.diagnostics.map(\.code) == ["AP1009"])
    #expect(file.tree.defect == nil)
  }

  @Test("a line of a megabyte is read as any other")
  func longLine() {
    let names = (0..<100_000).map { "name\($0)" }.joined(separator: ", ")
    let file = parse("policy p version 1.0.0 { set ./A = [\(names)] set ./B = \"\(names)\" }".utf8)
    #expect(file.diagnostics.isEmpty)
  }

  @Test("line ends of every kind and a byte order mark change nothing")
  func lineEnds() {
    let text = "/// About p.\npolicy p version 1.0.0 {\n  // why\n  require a { that x }\n}\n"
    for end in ["\n", "\r\n", "\r"] {
      for mark in ["", "\u{FEFF}"] {
        let file = parse((mark + text.replacing("\n", with: end)).utf8)
        #expect(file.diagnostics.isEmpty)
        #expect(
          file.tree.nodes.map(\.kind) == [
            .file, .policy, .name, .literal, .rule, .name, .that, .operand, .literal,
          ])
        #expect(file.tree.docComment(before: 1) == "About p.")
      }
    }
  }

  @Test("a byte order mark that is not at the beginning is a finding")
  func lateByteOrderMark() {
    let policy = MarkedPolicy("policy p version 1.0.0 { ⟦AP1001⟧\u{FEFF} require a { that x } }")
    #expect(policy.found == policy.expected)
  }

  @Test("text that is not UTF-8 is one finding, whatever else is wrong with it")
  func otherEncodings() {
    let latin1 = Array("policy p version 1.0.0 { titel \"Ger".utf8) + [0xE4] + Array("t\" } }".utf8)
    #expect(parse(latin1).diagnostics.map(\.code) == ["AP9002"])
    let utf16 = "policy p version 1.0.0 { }".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(parse([0xFF, 0xFE] + utf16).diagnostics.map(\.code) == ["AP9002"])
    let nul = Array("policy p version 1.0.0 { ".utf8) + [0] + Array("}".utf8)
    #expect(parse(nul).diagnostics.map(\.code) == ["AP9003"])
    #expect(parse(latin1).tree.defect == nil)
  }

  @Test("marks that turn the direction of text are told in comments and texts")
  func directionMarks() {
    let policy = MarkedPolicy(
      """
      policy p version 1.0.0 {
        // ⟦AP1013⟧\u{202E}yltnerappa
        title "⟦AP1013⟧\u{2066}x"
        require a { that ⟦AP1001⟧\u{200F}x }
      }
      """)
    #expect(policy.found == policy.expected)
  }

  @Test("a thousand warnings hide no error")
  func boundedFindings() {
    let comment = "// \u{202E}\n"
    let file = parse((String(repeating: comment, count: 5000) + "policy { }").utf8)
    #expect(file.hasErrors)
    #expect(file.diagnostics.count == DiagnosticSink.limit + 1)
    let errors = parse(String(repeating: "; ", count: 5000).utf8)
    #expect(errors.diagnostics.count == DiagnosticSink.limit)
  }

  private static let prefixes = [
    "", "policy p version 1.0.0 { ", "policy p version 1.0.0 { require r { that ",
    "policy p version 1.0.0 { set ./A = 1 ",
    "policy p version 1.0.0 { test \"t\" { given { ", "builds b { ",
  ]
  private static let units = [
    "(", ")", "\"", "\"\n", "'", "when ", "when x ", "when x\n", "when x { ", "{", "}", "{\n ", "}\n", "[",
    "[1, ", "not ",
    "! ", "a and ", "a or (", "x == ", "x = ", "policy p version 1 { ", "require r { ",
    "set ./A = 1\nwhen x\n", "rules r {\n",
    "// \n", "/// \n", "/* ", "é", "é ", "\u{A0}", "5", "5.", "a", "a.", "a-", "./", "./A/{", "-", "\\", ", ",
    ": ", "\n", " ",
    "allow ", "message ", "expect fail ", "5 minutes ", "windows ", "\\u{", "title \"\\u{0",
  ]

  @Test("time grows with the length of the text and no faster", arguments: units)
  func linearTime(unit: String) {
    for prefix in Self.prefixes {
      func time(_ bytes: Int) -> Double {
        let source = Array((prefix + String(repeating: unit, count: bytes / unit.utf8.count)).utf8)
        let start = Self.processorTime
        _ = parse(source)
        return Self.processorTime - start
      }
      var ratios: [Double] = []
      while ratios.count < 4, ratios.last ?? 100 > 20 {
        ratios.append(time(64_000) / max(time(8_000), 100e-6))
      }
      #expect(ratios.last ?? 0 <= 20, "eight times the text took \(ratios) times as long after '\(prefix)'")
    }
  }

  /// The seconds that this thread has computed, whatever else the machine does.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test(
    "a megabyte of one thing is read", arguments: ["(", "\"", "when ", "{", "require r { that (", "a and "])
  func megabyte(unit: String) {
    let source = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
    let file = parse(source)
    #expect(file.hasErrors)
    #expect(file.tree.source.count == source.count)
    #expect(file.tree.defect == nil)
  }
}

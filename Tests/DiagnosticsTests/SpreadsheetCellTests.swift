import Diagnostics
import Foundation
import Testing

@Suite struct SpreadsheetCellTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+A1", "'+A1"), ("-A1", "'-A1"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"),
    ("＋1", "'＋1"), ("－1", "'－1"), ("＠A", "'＠A"), ("−1", "'−1"), ("  =1", "\"  '=1\""),
    ("\"=1", "\"\"\"'=1\""), ("'=1", "\"''=1\""), ("\u{3000}=1", "\u{3000}'=1"), ("\t=1", "\" '=1\""),
    ("\u{1B}=1", "\u{FFFD}'=1"), ("\u{202E}=1", "\u{FFFD}'=1"), ("a;=1", "\"a;'=1\""),
    ("a\n=1", "\"a '=1\""), ("a, @b", "\"a, '@b\""),
  ])
  func `what could begin a formula is made a text`(text: String, field: String) {
    #expect(SpreadsheetCell(text).field == field)
  }

  @Test(arguments: [
    "PC-0042", "a@example.com", "10.0.22631.2792", "経理 ノート", "a=b", "1-2", "", "2025-02-14", "Own 5 (x+y)",
  ])
  func `a usual text stays as it is`(text: String) { #expect(SpreadsheetCell(text).field == text) }

  @Test func `separators, quotation marks and blanks at an edge are quoted`() {
    #expect(SpreadsheetCell("a,b").field == "\"a,b\"")
    #expect(SpreadsheetCell("a\"b").field == "\"a\"\"b\"")
    #expect(SpreadsheetCell(" a").field == "\" a\"")
    #expect(SpreadsheetCell("a\r\nb").field == "\"a  b\"")
  }

  @Test func `no control character and nothing that hides is left`() {
    let text = String(String.UnicodeScalarView((0..<0x3000).compactMap { Unicode.Scalar($0) }))
    let field = SpreadsheetCell(text + "\u{E0041}\u{FEFF}").field
    #expect(!field.unicodeScalars.contains { $0.properties.generalCategory == .control })
    #expect(!field.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || $0 == "\u{E0041}" })
  }

  @Test func `a text longer than a cell is cut`() {
    for letter in ["x", "\"", "𠮷", "="] {
      let field = SpreadsheetCell(String(repeating: letter, count: 1_000_000)).field
      let cell = field.replacingOccurrences(of: "\"\"", with: "\"")
      #expect(cell.utf16.count <= SpreadsheetCell.limit + 2)
      #expect(field.contains("…"))
    }
  }
}

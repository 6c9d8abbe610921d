import Foundation
import TestSupport
import Testing

@Suite("The threat model")
struct ThreatModelTests {
  @Test("every promise names a test that exists")
  func promises() throws {
    let text = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/threat-model.md"), encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.contains("| `Tests/") }
    #expect(rows.count > 20)
    for row in rows {
      let cells = row.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let proof = try #require(cells.dropFirst(2).first)
      let path = try #require(proof.split(separator: "`").first)
      let title = proof.dropFirst(path.count + 2).drop { $0 == ":" || $0 == " " }
      let source = try String(
        contentsOf: Checkout.root.appendingPathComponent(String(path)), encoding: .utf8)
      #expect(
        source.contains("\"\(title)\"") || source.contains("func `\(title)`"),
        "\(path) has no test '\(title)'")
    }
  }
}

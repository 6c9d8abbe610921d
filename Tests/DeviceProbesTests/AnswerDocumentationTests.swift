import CSPCatalog
import Foundation
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("docs/probes.md on reports and tokens")
struct AnswerDocumentationTests {
  static let document: String = {
    let file = Checkout.root.appendingPathComponent("docs/probes.md")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  private func section(_ title: String) throws -> Substring {
    let start = try #require(Self.document.range(of: "## \(title)\n"))
    let rest = Self.document[start.upperBound...]
    return rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  @Test(
    "every fact that a health attestation report gives is on the page, and in the catalogue with it as a source"
  )
  func healthReports() throws {
    let text = try section("A health attestation report: `dha:`")
    for name in HealthReportFacts.names { #expect(text.contains("`\(name)`"), "\(name)") }
    let sources = FactCatalog.embedded.entries.filter { $0.sources.contains { $0.kind == .dha } }.map(\.name)
    #expect(Set(sources) == Set(HealthReportFacts.names))
  }

  @Test(
    "every fact that a token gives is on the page, and in the catalogue with it as a source that can attest")
  func tokens() throws {
    let text = try section("An attestation token: `maa:`")
    for name in AttestationClaims.names { #expect(text.contains("`\(name)`"), "\(name)") }
    let sources = FactCatalog.embedded.entries.filter { entry in
      entry.sources.contains { $0.kind == .maa && $0.level == .attested }
    }
    #expect(Set(sources.map(\.name)) == AttestationClaims.names)
  }

  @Test("every claim and property that the catalogue names is on the page")
  func fields() throws {
    let text = try section("A health attestation report: `dha:`") + section("An attestation token: `maa:`")
    for source in FactCatalog.embedded.entries.flatMap(\.sources)
    where source.kind == .dha || source.kind == .maa {
      for field in (source.field ?? "").split(separator: ",") {
        let name = field.trimmingCharacters(in: .whitespaces)
        #expect(text.contains("`\(name)`"), "\(name)")
      }
    }
  }
}

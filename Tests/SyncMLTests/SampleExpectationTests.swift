import CSPCatalog
import Diagnostics
import Foundation
import SyncML
import TestSupport
import Testing

/// What is said of published payloads, recorded as shape, codes and places; the payloads themselves are not part of
/// the checkout.
@Suite(.enabled(if: PayloadSamples.isThere, "needs ../shared/data/syncml")) struct SampleExpectationTests {
  static let file = Checkout.root.appending(path: "Tests/Corpus/samples/expected.txt")

  @Test("every published payload is judged as it was when somebody looked at it")
  func recorded() throws {
    let found = try Self.names().map(Self.lines).joined(separator: "\n") + "\n"
    if GoldenCase.isRecording {
      try FileManager.default.createDirectory(
        at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(found.utf8).write(to: Self.file)
      Issue.record("recorded; run again without POLICYC_RECORD")
    }
    let expected = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
    for (found, expected) in zip(Self.paragraphs(found), Self.paragraphs(expected)) where found != expected {
      Issue.record("found:\n\(found)\nexpected:\n\(expected)")
    }
    #expect(Self.paragraphs(found).count == Self.paragraphs(expected).count)
  }

  private static func names() throws -> [String] {
    try ["docs", "fleet-gitops"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(
        atPath: PayloadSamples.folder.appending(path: folder).path
      ).filter { $0.hasSuffix(".xml") }.sorted().map { "\(folder)/\($0)" }
    }
  }

  /// The shape and the number of commands, and below them each finding by place, severity and code.
  private static func lines(of name: String) throws -> String {
    let report = try PayloadSamples.report(name)
    let findings = report.findings.map { "\n  \($0.position) \($0.severity.rawValue) \($0.code)" }
    return "\(report.summary(file: name))\(findings.joined())\n"
  }

  private static func paragraphs(_ text: String) -> [String] { text.components(separatedBy: "\n\n") }
}

import Foundation
import TestSupport
import Testing

/// The snapshots of `Tests/Corpus/snapshots`, checked by the shipped policies as a technician would.
@Suite struct SnapshotTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let snapshot: String
    let policy: String
    let status: Int32
    /// The `require` rules that do not hold.
    let failed: [String]

    var testDescription: String { "\(snapshot) by \(policy)" }
  }

  static let cases = [
    Case(snapshot: "healthy-laptop", policy: "windows-enrollment-attestation", status: 0, failed: []),
    Case(snapshot: "healthy-laptop", policy: "tpm-2.0-baseline", status: 0, failed: []),
    Case(snapshot: "healthy-laptop", policy: "windows-11-hardware", status: 0, failed: []),
    Case(snapshot: "healthy-laptop", policy: "secured-core-pc", status: 0, failed: []),
    Case(
      snapshot: "old-tpm", policy: "windows-enrollment-attestation", status: 1,
      failed: ["supported_build", "tpm_2_0"]),
    Case(snapshot: "old-tpm", policy: "tpm-2.0-baseline", status: 1, failed: ["tpm_2_0"]),
    Case(snapshot: "old-tpm", policy: "windows-11-hardware", status: 1, failed: ["tpm_2_0"]),
    Case(
      snapshot: "hyper-v", policy: "windows-enrollment-attestation", status: 1,
      failed: ["physical_device", "aik_certificate"]),
    Case(snapshot: "hyper-v", policy: "tpm-2.0-baseline", status: 3, failed: []),
    Case(snapshot: "hyper-v", policy: "windows-11-hardware", status: 0, failed: []),
    Case(
      snapshot: "hyper-v", policy: "secured-core-pc", status: 1,
      failed: ["system_guard", "kernel_dma_protection"]),
  ]

  private struct Report: Decodable {
    struct Rule: Decodable {
      let name: String
      let kind: String
      let outcome: String
    }

    let rules: [Rule]
  }

  @Test("a snapshot gets its verdict, and the rules that fail are those that should", arguments: cases)
  func verdict(_ sample: Case) throws {
    let folder = try Folder()
    let built = try Tool.run(
      ["build", Checkout.root.path + "/Policies", "-o", "out", "--strict"], in: folder)
    try #require(built.status == 0, "\(built)")
    let run = try Tool.run(
      [
        "check", "out/\(sample.policy).compiled.json", "--format", "json", "--probe",
        "file:\(Checkout.root.path)/Tests/Corpus/snapshots/\(sample.snapshot).yaml",
      ], in: folder)
    #expect(run.status == sample.status, "\(run)")
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    let failed = report.rules.filter { $0.kind == "require" && $0.outcome == "fail" }.map(\.name)
    #expect(failed == sample.failed)
  }
}

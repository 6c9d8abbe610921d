import Foundation
import TestSupport
import Testing

/// Reports over a generated fleet against counts that jq makes of the input alone; scripts/fleet does the same with 100,000 devices.
@Suite struct FleetProofTests {
  private static func prove(_ policyc: String, _ count: Int) throws -> Run? {
    let folder = try Folder()
    let script = Checkout.root.appendingPathComponent("Tests/Fleet/prove.py").path
    let run = try Tool.start(["python3", script, policyc, "\(count)", folder.path], in: folder).end(
      within: 300)
    if run.status == 77 {
      print("skipped: \(run.output)")
      return nil
    }
    return run
  }

  @Test func `every format counts a generated fleet as jq does`() throws {
    guard let run = try Self.prove(Tool.path, 3000) else { return }
    #expect(run.status == 0, "\(run)")
    #expect(run.output.contains("same: plan, requests"))
  }

  @Test(arguments: ["ndjson", "json", "csv"])
  func `a report that differs in one device is noticed`(format: String) throws {
    let folder = try Folder()
    let damage = ["ndjson": "5d", "json": "s/\"supported_build\"/\"tpm_ready\"/", "csv": "5d"][format] ?? ""
    let script = """
      #!/bin/bash
      "\(Tool.path)" "$@"; code=$?
      while [ $# -gt 0 ]; do
        case $1 in --format) format=$2 ;; -o) output=$2 ;; esac
        shift
      done
      [ "$format" != \(format) ] || sed -i '\(damage)' "$output"
      exit $code

      """
    try folder.writeProgram(script, to: "policyc")
    guard let run = try Self.prove(folder.path("policyc"), 300) else { return }
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("different: \(format.uppercased())"), "\(run)")
  }
}

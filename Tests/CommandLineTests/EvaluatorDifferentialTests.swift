import Foundation
import TestSupport
import Testing

/// policyc against a second evaluator, in another language and written from the reference alone.
@Suite struct EvaluatorDifferentialTests {
  private func compare(_ policyc: String, _ policies: Int, seed: Int) throws -> Run {
    let folder = try Folder()
    let script = Checkout.root.appendingPathComponent("Tests/Evaluator/differential.py").path
    return try Tool.start(["python3", script, policyc, "\(policies)", "\(seed)", folder.path], in: folder)
      .end(
        within: 300)
  }

  @Test func `random policies mean to policyc what they mean to the second evaluator`() throws {
    let run = try compare(Tool.path, 120, seed: 1)
    #expect(run.status == 0, "\(run)")
    for what in ["test", "check, verdict", "check, exit code", "check, rules", "report, unknown_rules"] {
      #expect(run.output.contains("same: \(what)"), "\(run)")
    }
    for verdict in ["pass", "fail", "indeterminate", "not_applicable"] {
      #expect(run.output.contains("'\(verdict)':"), "\(run)")
    }
  }

  @Test func `a verdict that differs is noticed`() throws {
    let folder = try Folder()
    let script = """
      #!/bin/bash
      if [ "$1" = check ]; then
        "\(Tool.path)" "$@" | sed 's/"verdict":"not_applicable"/"verdict":"pass"/'
        exit "${PIPESTATUS[0]}"
      fi
      exec "\(Tool.path)" "$@"

      """
    try folder.writeProgram(script, to: "policyc")
    let run = try compare(folder.path("policyc"), 60, seed: 1)
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("different: check, verdict"), "\(run)")
  }
}

import CSPCatalog
import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("StatusDetail")
struct StatusDetailTests {
  @Test(
    "every status has facts of the catalogue, remedies with the destructive one last, and texts",
    arguments: KnownStatus.allCases)
  func isComplete(status: KnownStatus) {
    let detail = StatusDetail(status)
    let facts = detail.decidedBy + detail.clues
    #expect(!detail.decidedBy.isEmpty && !detail.remedies.isEmpty)
    #expect(Set(facts).count == facts.count)
    for fact in facts { #expect(FactCatalog.embedded[fact] != nil, "\(fact)") }
    #expect(detail.meaning[.english].hasSuffix("."))
    #expect(detail.meaning[.japanese].contains("。"))
    let impacts = detail.remedies.compactMap { $0.runbook.impact == .losesData }
    #expect(!detail.remedies.dropLast().contains(.clearTPM), "\(impacts)")
  }

  @Test("a status that another attempt cannot mend does not offer one", arguments: KnownStatus.allCases)
  func retries(status: KnownStatus) {
    #expect(status.retryCanHelp || !StatusDetail(status).remedies.contains(.retryAttestation))
  }

  @Test("the page has meaning, facts and remedies in both languages, and JSON the same")
  func pages() throws {
    let page = try #require(StatusDetailPage("tpm_not_ready", language: .english))
    #expect(page.text().hasPrefix("tpm_not_ready: the TPM is not ready\n"))
    #expect(
      page.text().contains(
        "\nFacts that decide it\n  tpm.ready\n  attestation.recovery_status\n\nFacts to look at besides\n")
        && page.text().contains("  clear_tpm         Clear the TPM\n"))
    #expect(
      try #require(StatusDetailPage("TPM_NOT_TRUSTED", language: .japanese)).text().contains("再試行では解決しません"))
    let value = try JSONValue(parsing: page.json(), limits: JSONLimits(bytes: 1 << 16, depth: 4))
    #expect(
      value["remedies"] == .array(["reboot_and_retry", "prepare_tpm", "clear_tpm"].map { .string($0) }))
    #expect(
      value["decided_by"] == .array(["tpm.ready", "attestation.recovery_status"].map { .string($0) }))
    let running = try #require(StatusDetailPage("attestation_in_process", language: .japanese)).text()
    #expect(running.contains("\n判定に使うファクト\n") && !running.contains("ほかに確認するファクト"))
    #expect(StatusDetailPage("tpm", language: .english) == nil)
  }
}

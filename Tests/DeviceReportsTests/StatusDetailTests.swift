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

  @Test("the page has meaning, facts and remedies in both languages")
  func pages() {
    let page = KnownStatus.tpmNotReady.page
    let text = page.text(in: .english)
    #expect(text.hasPrefix("tpm_not_ready: the TPM is not ready\n"))
    #expect(
      text.contains(
        "\nFacts that decide it\n  tpm.ready\n  attestation.recovery_status\n\nFacts to look at besides\n")
        && text.contains("  clear_tpm         Clear the TPM\n"))
    #expect(page.remedies.map(\.id) == ["reboot_and_retry", "prepare_tpm", "clear_tpm"])
    #expect(KnownStatus.tpmNotTrusted.page.text(in: .japanese).contains("再試行では解決しません"))
    let running = KnownStatus.attestationInProcess.page.text(in: .japanese)
    #expect(running.contains("\n判定に使うファクト\n") && !running.contains("ほかに確認するファクト"))
  }
}

import PolicyModel
import Testing

@testable import FleetReports

@Suite struct TPMPresenceTests {
  private func present(version: String, detail: String = "") -> Observation? {
    let table = "Device ID,OS,TPM version,Status detail\n1,Windows,\"\(version)\",\(detail)\n"
    return readFleet(table, by: "intune").devices.first?.facts["tpm.present"]
  }

  @Test func `a TPM whose version Intune tells is there`() {
    #expect(present(version: "2.0, 0, 1.59")?.value == .bool(true))
    #expect(present(version: "1.2")?.value == .bool(true))
  }

  @Test(arguments: ["", "Unknown", "0", "0.0", "Not Supported"])
  func `a version that is none does not tell of a TPM`(version: String) {
    #expect(present(version: version)?.value == nil)
  }

  @Test(arguments: ["TPM isn't trusted", "TPM is not ready", "MDM key is already in TPM"])
  func `what is said of a TPM is said of one that is there`(detail: String) {
    #expect(present(version: "", detail: detail)?.value == .bool(true))
  }
}

import CSPCatalog
import PolicyCompiler
import PolicyModel
import TestSupport
import Testing

@testable import FleetReports

/// Intune's report of device attestation, judged by the shipped enrollment policy.
@Suite("What Intune says of a device is what the report says of it")
struct IntuneStatusTests {
  private static let heading =
    "Device name,Device ID,UPN,Device attestation status,Status detail,OS,OS version,Ownership,Last check-in,Enrollment date,TPM version,TPM manufacturer,Model"

  private let policy: CompiledPolicy

  init() throws {
    let files = try PolicyFolder().files
    let compilation = try #require(
      Compiler(CompilerOptions(catalog: .embedded, facts: .embedded))
        .compile("windows-enrollment-attestation.attpolicy") { files[$0] })
    policy = try #require(compilation.policies.first?.compiled)
  }

  private func row(_ status: String, _ detail: String) throws -> FleetRow {
    let input = """
      \(Self.heading)
      LAPTOP-1,6f1c3a52-0000-4000-8000-000000000001,hana@example.com,\(status),\(detail),Windows,10.0.22631.4037,Corporate,2025-06-01,2025-04-01,"2.0, 0, 1.38",STM,Latitude 7440

      """
    var evaluation = try FleetEvaluation(policy)
    for device in readFleet(input, by: "intune").devices { evaluation.add(.device(device)) }
    return try #require(evaluation.report().rows.first)
  }

  @Test(
    "a status detail of Intune's is the status detail",
    arguments: [
      ("Entra key can't be attested", KnownStatus.entraKeyNotAttested),
      ("Attestation is in process", .attestationInProcess), ("TPM isn't trusted", .tpmNotTrusted),
      ("TPM isn't available", .tpmNotAvailable), ("TPM isn't ready", .tpmNotReady),
      ("Client request is rejected", .clientRequestRejected),
      ("AIK certificate wasn't provided", .aikCertificateMissing),
      ("Client didn't provide all required parameters", .parametersMissing),
      ("MDM key is already in TPM", .mdmKeyAlreadyInTPM), ("Feature isn't supported", .featureNotSupported),
      ("Entra token doesn't match device identity", .entraTokenMismatch),
      ("Entra token is missing device identity", .entraTokenWithoutDevice),
      ("Authentication failed", .authenticationFailed),
    ])
  func details(detail: String, status: KnownStatus) throws {
    let row = try row("Failed", detail)
    #expect(row.statuses.first == status)
    #expect(row.verdict == .fail)
    #expect(row.state == (status == .attestationInProcess ? .inProgress : .failed))
  }

  @Test("an attestation that Intune has completed is one that complies")
  func completed() throws {
    let row = try row("Completed", "")
    #expect(row.verdict == .pass)
    #expect(row.state == .completed)
    #expect(row.statuses == [])
  }

  @Test("of a device that has not begun the report does not claim more than Intune tells")
  func notStarted() throws {
    let row = try row("Not started", "")
    #expect(row.verdict == .indeterminate)
    #expect(row.state == .notStarted)
  }
}

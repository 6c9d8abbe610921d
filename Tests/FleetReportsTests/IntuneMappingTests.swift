import PolicyModel
import Testing

@testable import FleetReports

/// What the exports of Intune tell.
@Suite struct IntuneMappingTests {
  private static let devices = """
    Device ID,Device name,Enrollment date,Last check-in,OS version,Manufacturer,Model,Primary user UPN,Ownership,Encrypted,OS,JoinType,TPMManufacturerId,TPMManufacturerVersion
    6f1c3a52-0000-4000-8000-000000000001,HANA-01,2025-04-01 08:00:00.0000000,2025-06-01 09:12:00.0000000,10.0.22631.4037,Dell Inc.,Latitude 7440,hana@example.com,Corporate,True,Windows,Azure AD joined,NTC,7.2.3.1
    6f1c3a52-0000-4000-8000-000000000002,VM-02,,,10.0.26100.1,Microsoft Corporation,Virtual Machine,,Corporate,False,Windows,Hybrid Azure AD joined,MSFT,1.0.0.0
    6f1c3a52-0000-4000-8000-000000000003,CPC-03,,,10.0.26100.1,Microsoft Corporation,Cloud PC Enterprise 2vCPU/8GB/128GB,,Corporate,False,Windows,Unknown,MSFT,
    6f1c3a52-0000-4000-8000-000000000004,PHONE-04,,,10.0.1.2,Apple,iPhone 15,,Personal,True,iOS/iPadOS,Azure AD registered,,

    """

  private static let report = """
    DeviceId,DeviceName,AttestationStatus,AttestationStatusDetail,TpmManufacturer,TpmVersion,OS,OSVersion,Model,Ownership,EnrollmentDate,LastCheckin,UPN
    1,A,Completed,,INTC,"2.0, 0, 1.38",Windows,10.0.22631.4037,ThinkPad X1,1,,,a@example.com
    2,B,Failed,TPM is not ready,INTC,"2.0, 0, 1.38",Windows,10.0.22631.4037,ThinkPad X1,2,,,
    3,C,Failed,AIK certificate wasn't provided,STM,"2.0, 0, 1.16",Windows,10.0.22631.4037,Latitude 7440,1,,,
    4,D,Failed,Something new,PRLS,"2.0, 0, 1.16",Windows,10.0.26300.8376,Parallels ARM Virtual Machine,0,,,
    5,E,Not started,,,,Windows,10.0.26100.1,Virtual Machine,1,,,

    """

  @Test func `the export of all devices gives texts and facts`() throws {
    let fleet = readFleet(Self.devices, by: "intune")
    #expect(fleet.problems.isEmpty)
    #expect(fleet.notes.isEmpty)
    let laptop = try #require(fleet.devices.first)
    #expect(laptop.isWindows == true)
    #expect(laptop.texts[.deviceName] == "HANA-01")
    #expect(laptop.texts[.upn] == "hana@example.com")
    #expect(laptop.texts[.lastCheckIn] == "2025-06-01 09:12:00.0000000")
    #expect(laptop.texts[.tpmManufacturer] == "NTC")
    #expect(laptop.value("os.build") == .build(OSBuild(branch: 22631, revision: 4037)))
    #expect(laptop.value("device.platform") == .symbol("physical"))
    #expect(laptop.value("device.ownership") == .symbol("corporate"))
    #expect(laptop.value("join.type") == .symbol("entra_joined"))
    #expect(laptop.value("tpm.manufacturer") == .string("NTC"))
    #expect(laptop.value("tpm.firmware") == .version(Version(7, 2, 3, 1)))
    #expect(laptop.facts["bitlocker.compliant"] == nil)
    #expect(laptop.facts["disk.os_volume_encrypted"] == nil)
  }

  @Test func `firmware of Infineon is judged in the notation that the export has`() throws {
    let rows = """
      Device name,OS version,OS,TPMManufacturerId,TPMManufacturerVersion
      OLD-01,10.0.22631.4037,Windows,IFX,7.61.2785.0
      NEW-02,10.0.22631.4037,Windows,IFX,7.63.3353.0

      """
    let devices = readFleet(rows, by: "intune").devices
    #expect(devices[0].value("tpm.vulnerable_firmware") == .bool(true))
    #expect(devices[1].facts["tpm.vulnerable_firmware"] == nil)
    let policy = try CompiledPolicy.made(that: .greaterOrEqual, Version(7, 63, 13, 6400))
    let judge = try PolicyEvaluator(policy)
    #expect(devices.map { judge.verdict(on: $0.facts) } == [.fail, .pass])
  }

  @Test func `virtual machines are told by their names`() {
    let devices = readFleet(Self.devices, by: "intune").devices
    #expect(devices[1].value("device.platform") == .symbol("hyper_v"))
    #expect(devices[1].value("join.type") == .symbol("hybrid_joined"))
    #expect(devices[2].value("device.platform") == .symbol("windows_365"))
    #expect(devices[2].facts["join.type"] == nil)
  }

  @Test func `a device of another system has texts and no facts`() throws {
    let phone = try #require(readFleet(Self.devices, by: "intune").devices.last)
    #expect(phone.isWindows == false)
    #expect(phone.texts[.osVersion] == "10.0.1.2")
    #expect(phone.reason("os.build") == "the column 'OS' holds 'iOS/iPadOS', not Windows")
    #expect(phone.facts.observations.values.allSatisfy { $0.value == nil })
  }

  @Test func `the attestation report gives what its status details say`() {
    let devices = readFleet(Self.report, by: "intune").devices
    #expect(devices.count == 5)
    #expect(devices[0].value("attestation.recovery_status") == .symbol("finished"))
    #expect(devices[0].value("tpm.version") == .version(Version(2, 0)))
    #expect(devices[0].value("tpm.spec_revision") == .version(Version(1, 38)))
    #expect(devices[0].value("device.platform") == .symbol("physical"))
    #expect(devices[0].texts[.ownership] == "Corporate")
    #expect(devices[0].texts[.tpmVersion] == "2.0, 0, 1.38")
    #expect(devices[1].value("tpm.ready") == .bool(false))
    #expect(devices[1].value("device.ownership") == .symbol("personal"))
    #expect(devices[2].value("attestation.aik_certificate") == .bool(false))
    #expect(devices[2].facts["tpm.ready"] == nil)
    #expect(devices[3].reason("tpm.ready")?.contains("'Something new'") == true)
    #expect(devices[3].value("device.platform") == .symbol("other_vm"))
    #expect(devices[3].facts["device.ownership"] == nil)
    #expect(devices[4].value("attestation.recovery_status") == .symbol("not_started"))
    #expect(devices[4].value("device.platform") == nil)
    #expect(devices[4].facts["tpm.version"] == nil)
  }

  @Test(arguments: [
    "Entra key can't be attested", "Attestation is in process", "TPM isn't trusted", "TPM isn't available",
    "TPM isn't ready",
    "Client request is rejected", "AIK certificate wasn't provided",
    "Client didn't provide all required parameters",
    "MDM key is already in TPM", "Feature isn't supported", "Entra token doesn't match device identity",
    "Entra token is missing device identity", "Authentication failed",
  ])
  func `every status detail is known`(detail: String) throws {
    let fleet = readFleet("Device name,Status detail\nA,\(detail)\n", by: "intune")
    let device = try #require(fleet.devices.first)
    #expect(device.facts.observations.values.allSatisfy { $0.value != nil })
    #expect(!device.facts.observations.isEmpty)
  }
}

extension CompiledPolicy {
  /// A policy that compares the firmware of the TPM with a version.
  fileprivate static func made(that comparison: Comparison, _ version: Version) throws -> CompiledPolicy {
    CompiledPolicy(
      name: "firmware", version: Version(1, 0, written: 2),
      facts: [FactDeclaration(name: "tpm.firmware", type: .version)],
      rules: [
        Rule(
          name: "firmware", kind: .require,
          that: Condition(steps: [.compare(FactReference(index: 0), comparison, .version(version))]))
      ])
  }
}

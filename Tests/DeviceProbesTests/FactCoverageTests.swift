import CSPCatalog
import PolicyModel
import Testing

@testable import DeviceProbes

/// Which probes give which facts. That each gives what it lists is shown by its own tests.
@Suite("Every fact has a probe")
struct FactCoverageTests {
  /// What no source on a device tells: the management service and the attestation service keep it. A snapshot or a program gives it.
  private static let ofServices: Set<String> = [
    "attestation.supported", "attestation.token_has_device", "attestation.token_matches_device",
    "device.ownership",
  ]

  private static let probes: [any DeviceProbe] = [
    TPMProbe(), EventLogProbe(path: "-"), WindowsProbe(systemRoot: nil), RecordingProbe(path: "-"),
    LinuxProbe(),
    OsqueryProbe(path: "-"), SyncMLProbe(path: "-"), HealthReportProbe(path: "-"),
    AttestationTokenProbe(path: "-", keys: nil, issuer: nil, nonce: nil),
  ]

  private static let given: Set<String> = Set(
    probes.flatMap { probe -> [String] in
      guard case .facts(let facts) = probe.coverage else { return [] }
      return Array(facts.keys)
    })

  @Test("a probe of a device gives every fact that is no knowledge of a service, and no other fact")
  func isCovered() {
    // tpm.trusted is what the check of evidence finds out.
    let missing = Set(FactCatalog.embedded.entries.filter { $0.derivedFrom == nil }.map(\.name))
      .subtracting(Self.given).subtracting(["tpm.trusted"])
    #expect(missing == Self.ofServices)
    #expect(Self.given.subtracting(FactCatalog.embedded.entries.map(\.name)) == [])
  }

  @Test("what only a service knows is given by a snapshot")
  func services() throws {
    let facts = FactCatalog.embedded.entries.filter { Self.ofServices.contains($0.name) }.map(\.declaration)
    let snapshot = """
      attestation.supported: true
      attestation.token_has_device: true
      attestation.token_matches_device: false
      device.ownership: corporate
      """
    let found = try FileProbe.observations(in: Array(snapshot.utf8), facts, source: "x")
    #expect(found.count == 4 && found.values.allSatisfy { $0.value != nil })
  }

  @Test("every kind of probe has a form that it can be written in, and a summary")
  func kinds() throws {
    for kind in ProbeKind.allCases {
      #expect(kind.form.hasPrefix(kind.rawValue) && !kind.summary.isEmpty)
      #expect(ProbeKind.table.contains(kind.form))
    }
    #expect(!ProbeKind.ofThisMachine.isEmpty)
  }
}

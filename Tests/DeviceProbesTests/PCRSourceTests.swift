import Foundation
import TPMEvidence
import Testing

@testable import DeviceProbes

@Suite("Sources of PCR values")
struct PCRSourceTests {
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test("values are read from what tpm2_pcrread prints, and from evidence")
  func files() throws {
    let values = PCRValues([.sha256: [7: [UInt8](repeating: 0xAB, count: 32)]])
    let text = "  sha256:\n    7 : 0x" + String(repeating: "AB", count: 32) + "\n"
    try withFile(Array(text.utf8)) { path in
      let found = try PCRSource(path).values()
      #expect(found == values)
    }
    let evidence = Evidence(
      nonce: [1, 2, 3, 4, 5, 6, 7, 8], attestationKey: [1], quote: [2], signature: [3], pcrs: values)
    try withFile(EvidenceFile(evidence).encode()) { path in
      let found = try PCRSource(path).values()
      #expect(found == values)
    }
  }

  @Test("other files are refused with their name")
  func refused() throws {
    try withFile(Array("{}".utf8)) { path in
      let error = #expect(throws: PCRSource.Failure.self) { try PCRSource(path).values() }
      #expect(
        error?.description.hasPrefix("\(path): ") == true && error?.description.contains("evidence") == true,
        "\(error?.description ?? "")")
    }
    try withFile(Array("PCR values\n".utf8)) { path in
      let error = #expect(throws: PCRSource.Failure.self) { try PCRSource(path).values() }
      #expect(error?.description == "\(path): line 1: there is no colon in it")
    }
    #expect(throws: PCRSource.Failure.self) { try PCRSource("/nowhere/pcrs.txt").values() }
  }
}

@Suite("PCR values of a TPM", .serialized, .enabled(if: Simulator.isInstalled))
struct TPMRegistersTests {
  @Test(
    "the values that a simulator was extended to are those that tpm2_pcrread tells",
    .enabled(if: findProgram("tpm2_pcrread") != nil))
  func values() throws {
    let simulator = try Simulator()
    _ = try output(
      of: "tpm2_pcrextend", ["7:sha256=" + String(repeating: "5a", count: 32)], tcti: simulator.tcti)
    let values = try PCRSource("tpm:\(simulator.tcti)").values()
    let told = try #require(try output(of: "tpm2_pcrread", ["sha256"], tcti: simulator.tcti))
    let expected = try #require(try PCRValues(pcrread: Array(told.utf8)).banks[.sha256])
    #expect(values.banks[.sha256] == expected.filter { TPMAttester.registers.contains($0.key) })
    #expect(values.banks[.sha256]?[7]?.contains { $0 != 0 } == true)
  }

  @Test("a TPM that cannot be reached is an error with its name")
  func unreachable() {
    let error = #expect(throws: PCRSource.Failure.self) {
      try PCRSource("tpm:swtpm:host=127.0.0.1,port=1").values()
    }
    #expect(error?.description.contains("swtpm:host=127.0.0.1,port=1") == true)
  }
}

import Foundation
import TestSupport
import Testing

/// Swift gives each process a hash seed of its own, unless SWIFT_DETERMINISTIC_HASHING is set: what follows the order
/// of a set or dictionary differs from run to run.
@Suite("Same source, same outputs and findings, whatever the hash seed")
struct HashSeedTests {
  private static let runs = 32

  /// Policies that give much to put in order.
  private static let tricky: [String: String] = [
    "builds.attpolicy": builds, "findings.attpolicy": findings, "groups.attpolicy": groups,
    "params.attpolicy": params, "empty.attpolicy": empty,
  ]

  /// Two long lists of builds with one in common, as in lists of different approvers.
  private static let builds: String = {
    func list(from start: Int) -> String {
      (0..<120).map { "10.0.22631.\(start + $0 * 7)" }.joined(separator: ", ")
    }
    return """
      policy builds version 1.0.0 {
        applies to windows 10, windows 11
        require first  { that os.build in [\(list(from: 2000))] }
        require second { that os.build in [\(list(from: 2000 + 119 * 7))] }
        require third  { that os.revision in [\((2000..<2900).map(String.init).joined(separator: ", "))] }
        set ./Device/Vendor/MSFT/Policy/Config/Update/ProductVersion = "Windows 11"
        collect ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess
      }
      """
  }()

  private static let findings = """
    policy findings version 1.0.0 {
      builds unused { windows 11 23H2 10.0.22631.2792 }
      alias a = tpm.presnt
      require cores_2 { that cpu.cores >= 2 }
      require cores_4 { that cpu.cores >= 4 }
      require cores_6 { that cpu.cores >= 6 }
      require memory  { that memory.size >= 4 GiB }
      require more    { that memory.size >= 8 GiB }
      require slot_a  { that tpm.locked_out }
      require slot_b  { that tpm.version >= 2.0 }
      require slot_c  { that vbs.status == runing }
      require lost    { that os.build meets unsused and a }
      test "t" { given { cpu.core = 3 } expect fail cores_3, slot_d, cores_7 }
      set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolcy = 0
    }
    """

  private static let groups = """
    rules a { require tpm { that tpm.present } }
    rules b { include a  include a when boot.uefi  require uefi { that boot.uefi } }
    rules c { include b  include a  delete ./Device/Vendor/MSFT/WiFi/Profile/Office }
    policy groups version 1.0.0 { include c  include b when os.s_mode  include c when os.s_mode }
    """

  /// Two params of which either could fill `{ProviderID}`.
  private static let params = """
    policy params version 1.0.0 {
      param provider_id: string = "one"
      param providerid: string = "two"
      param provider-id: string = "three"
      require state { that attestation.recovery_status == finished }
      warn used { that device.model in [provider_id, providerid, provider-id] }
    }
    """

  private static let empty = """
    policy empty_scope version 1.0.0 {
      applies to windows 11 23H2
      applies when os.build < 10.0.22000
      require tpm { that tpm.present }
    }
    policy idle_rules version 1.0.0 {
      applies to windows 11
      require a { when os.product == windows_10 that tpm.present }
      require b { when os.build < 10.0.19045 that boot.uefi }
      require c { that boot.uefi or not boot.uefi }
    }
    """

  @Test("the shipped policies are built to the same bytes")
  func shipped() throws {
    let policies = Checkout.root.appendingPathComponent("Policies").path
    var first: [String: [UInt8]]?
    for _ in 0..<Self.runs {
      let folder = try Folder()
      let run = try Tool.run(["build", policies, "-o", "out"], in: folder)
      #expect(run.ending == .exit(0), "\(run)")
      let written = folder.contents(below: "out")
      first = first ?? written
      for (name, bytes) in first ?? [:] { #expect(written[name] == bytes, "\(name) differs") }
      #expect(written.count == first?.count)
    }
  }

  @Test(
    "policies with many findings give the same ones in the same order, and the sound ones the same bytes",
    arguments: tricky.keys.sorted())
  func policies(_ name: String) throws {
    let text = try #require(Self.tricky[name])
    var first: (output: String, status: Int32?, files: [String: [UInt8]])?
    for _ in 0..<Self.runs {
      let folder = try Folder()
      try folder.write(Array(text.utf8), to: "Policies/\(name)")
      let run = try Tool.run(["build", "Policies", "-o", "out", "--format", "json"], in: folder)
      let written = folder.contents(below: "out")
      guard let known = first else {
        first = (run.output + run.errors, run.status, written)
        continue
      }
      #expect(run.output + run.errors == known.output)
      #expect(run.status == known.status)
      #expect(written == known.files)
    }
    // Without a finding or a file there would be nothing to compare.
    #expect(first?.output.contains("AP") == true || first?.files.isEmpty == false)
  }
}

import Foundation
import Testing

@Suite("Names of outputs on Windows")
struct OutputNameTests {
  private func policy(_ name: String) -> String {
    """
    policy "\(name)" version 1.0.0 {
      applies to windows 11
      require tpm { that tpm.present }
      set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0
    }

    """
  }

  /// A policy with a payload for a guard.
  private func guarded(_ name: String) -> String {
    """
    policy "\(name)" version 1.0.0 {
      applies to windows 11
      require vbs { that vbs.hardware }
      set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0
      set ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess = 1 when os.build >= 10.0.22621
    }

    """
  }

  @Test(
    "policies whose outputs Windows takes for the same are refused, with both places",
    arguments: [("hello", "Hello"), ("a", "a"), ("a-B.c", "A-b.C")])
  func sameNames(first: String, second: String) throws {
    let folder = try Folder()
    try folder.write(policy(first), to: "policies/1.attpolicy")
    try folder.write(policy(second), to: "policies/2.attpolicy")
    let run = try Tool.run(["build", "policies", "-o", "out"], in: folder)
    #expect(run.status == 1 && run.errors.contains("AP2027"), "\(run)")
    #expect(
      run.errors.contains("policies/2.attpolicy:1:8") && run.errors.contains("policies/1.attpolicy:1:8"))
    #expect(folder.bytes("out/manifest.json") == nil)
  }

  @Test("the payload of a guard and that of another policy cannot share a name", arguments: ["a.1", "A.1"])
  func guards(name: String) throws {
    let folder = try Folder()
    try folder.write(guarded("a") + policy(name), to: "input.attpolicy")
    let run = try Tool.run(["build", "input.attpolicy", "-o", "out"], in: folder)
    #expect(run.status == 1 && run.errors.contains("AP2027"), "\(run)")
    #expect(run.errors.contains("input.attpolicy:7:8"), "\(run)")
    let sarif = try Tool.run(["build", "input.attpolicy", "-o", "out", "--format", "sarif"], in: folder)
    #expect(sarif.output.contains(#""startLine":7"#) && sarif.output.contains("relatedLocations"), "\(sarif)")
    #expect(folder.bytes("out/manifest.json") == nil)
    try folder.write(guarded("a") + policy("a.2"), to: "input.attpolicy")
    #expect(try Tool.run(["build", "input.attpolicy", "-o", "out"], in: folder).status == 0)
  }

  @Test(
    "names of devices, and those that begin with '-' or end with '.', are refused",
    arguments: [
      "CON", "con", "nul.v2", "Aux", "PRN", "COM1", "lpt9.x.y", "-rf", "--help", "a.", ".a", "com\u{B9}",
      "CONIN$",
      "a ", " a", "a:b",
    ])
  func devices(name: String) throws {
    let folder = try Folder()
    try folder.write(policy(name), to: "input.attpolicy")
    let run = try Tool.run(["build", "input.attpolicy", "-o", "out"], in: folder)
    #expect(run.status == 1 && run.errors.contains("AP2027"), "\(run)")
    #expect(run.errors.contains("input.attpolicy:1:8"), "\(run)")
    #expect(folder.bytes("out/manifest.json") == nil)
  }

  @Test(
    "names that only look like devices are allowed", arguments: ["console", "com", "com10", "x.con", "nul-1"])
  func noDevices(name: String) throws {
    let folder = try Folder()
    try folder.write(policy(name), to: "input.attpolicy")
    let run = try Tool.run(["build", "input.attpolicy", "-o", "out"], in: folder)
    #expect(run.status == 0, "\(run)")
  }
}

import Foundation
import Testing

/// What a clause of a policy is told by `build`, and the payload of it by `validate`.
@Suite("build and validate on the command line")
struct BuildAndValidateCommandTests {
  private static let password = "./Device/Vendor/MSFT/Policy/Config/DeviceLock"

  private func policy(_ waiver: String = "", scope: String = "windows 11", more: String = "") -> String {
    """
    policy password version 1.0.0 {
      applies to \(scope)
      require tpm { that tpm.present }
      set \(Self.password)/DevicePasswordEnabled = 1
      set \(Self.password)/MinDevicePasswordLength = 12 \(waiver)
      \(more)
    }

    """
  }

  private func built(_ source: String) throws -> (folder: Folder, run: Run) {
    let folder = try Folder()
    try folder.write(source, to: "password.attpolicy")
    return (folder, try Tool.run(["build", "password.attpolicy", "-o", "out"], in: folder))
  }

  private static let waiver = "allow SM1803 because \"only the length\""

  @Test("settings that contradict each other end the build at the clause")
  func contradiction() throws {
    let (folder, run) = try built(policy())
    #expect(run.status == 1 && run.errors.contains("error[SM1803]"), "\(run)")
    #expect(run.errors.contains("password.attpolicy:5:7") && !run.errors.contains("line 20"))
    #expect(folder.bytes("out/manifest.json") == nil)
  }

  @Test("what a waiver accepts is built, and validate shows it as waived")
  func waived() throws {
    let (folder, run) = try built(policy(Self.waiver))
    #expect(run.status == 0, "\(run)")
    let text = try Tool.run(["validate", "out/password.syncml.xml"], in: folder)
    #expect(text.status == 0 && text.errors.contains("note[SM1803]"), "\(text)")
    #expect(text.errors.contains("waived: only the length") && text.output.contains("1 note, 1 waived"))
    let json = try Tool.run(["validate", "out/password.syncml.xml", "--format", "json"], in: folder)
    #expect(json.output.contains(#""waived":"only the length""#) && json.output.contains(#""errors":0"#))
    let sarif = try Tool.run(["validate", "out/password.syncml.xml", "--format", "sarif"], in: folder)
    #expect(
      sarif.output.contains(
        #""suppressions":[{"kind":"external","justification":"only the length"}]"#), "\(sarif.output)")
  }

  @Test("a map of another payload waives nothing, and is said to")
  func anotherPayload() throws {
    let (folder, _) = try built(policy(Self.waiver))
    let payload = String(decoding: try #require(folder.bytes("out/password.syncml.xml")), as: UTF8.self)
    try folder.write(payload.replacing("12</Data>", with: "13</Data>"), to: "out/password.syncml.xml")
    let run = try Tool.run(["validate", "out/password.syncml.xml"], in: folder)
    #expect(run.status == 1 && run.errors.contains("warning[AP9013]"), "\(run)")
    #expect(run.errors.contains("error[SM1803]") && run.output.contains("1 error, 1 warning, 1 note"))
  }

  @Test(
    "a map that no build writes waives nothing, and is said to",
    arguments: ["{", "{\"schema\":1,\"payloads\":[]}", "\u{0}", "LINK", "FOLDER"])
  func hostile(map: String) throws {
    let (folder, _) = try built(policy(Self.waiver))
    let path = "\(folder.path)/out/password.map.json"
    try FileManager.default.removeItem(atPath: path)
    switch map {
    case "LINK": try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
    case "FOLDER": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    default: try folder.write(map, to: "out/password.map.json")
    }
    let run = try Tool.run(["validate", "out/password.syncml.xml"], in: folder)
    #expect(run.status == 1 && run.errors.contains("warning[AP9013]"), "\(run)")
    #expect(run.errors.contains("error[SM1803]"))
  }

  @Test("a payload is judged for the devices of its policy, unless the command line names others")
  func devices() throws {
    let node = "./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess"
    let (folder, run) = try built(
      policy(Self.waiver, scope: "windows 11 24H2", more: "set \(node) = 1"))
    #expect(run.status == 0, "\(run)")
    let own = try Tool.run(["validate", "out/password.syncml.xml"], in: folder)
    #expect(own.status == 0 && !own.errors.contains("SM190"), "\(own)")
    let other = try Tool.run(
      ["validate", "out/password.syncml.xml", "--targets", "windows 10 22H2"], in: folder)
    #expect(other.status == 1 && other.errors.contains("error[SM1901]"), "\(other)")
    #expect(other.errors.contains("waived: only the length"))
  }

  @Test("an address that no header may have is refused", arguments: ["--device", "--server"])
  func addresses(option: String) throws {
    let folder = try Folder()
    try folder.write(policy(Self.waiver), to: "password.attpolicy")
    let run = try Tool.run(["build", "password.attpolicy", "-o", "out", option, " "], in: folder)
    #expect(run.status == 2 && run.errors.contains("\(option) takes the LocURI"), "\(run)")
    #expect(folder.bytes("out/manifest.json") == nil)
  }

  @Test("each guard's payload is judged by itself, with the waivers of its clauses")
  func guards() throws {
    let guarded = """
      set \(Self.password)/DevicePasswordEnabled = 1 when vbs.hardware
        set \(Self.password)/MinDevicePasswordLength = 12 when vbs.hardware \(Self.waiver)
      """
    let source = """
      policy password version 1.0.0 {
        applies to windows 11
        require tpm { that tpm.present }
        \(guarded)
      }

      """
    let (folder, run) = try built(source)
    #expect(run.status == 0, "\(run)")
    let judged = try Tool.run(["validate", "out/password.1.syncml.xml"], in: folder)
    #expect(judged.status == 0 && judged.errors.contains("waived: only the length"), "\(judged)")
    let (_, refused) = try built(source.replacing(Self.waiver, with: ""))
    #expect(refused.status == 1 && refused.errors.contains("error[SM1803]"), "\(refused)")
  }
}

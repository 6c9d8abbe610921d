import Foundation
import Testing

/// Policies that ask nothing of a device, and devices that report themselves out of a policy: none of them passes.
@Suite("What says nothing of a device is no pass")
struct SilentPassTests {
  private func check(_ policy: String, _ snapshot: String, _ arguments: String = "") throws -> Run {
    let folder = try Folder()
    try folder.write(policy, to: "p.attpolicy")
    try folder.write(snapshot, to: "device.json")
    return try Tool.shell(
      "policyc build p.attpolicy -o out 2>build.txt && policyc check out/p.compiled.json --probe file:device.json \(arguments)",
      in: folder)
  }

  static let laptop =
    #"{"os.build": "10.0.22621.2791", "boot.secure_boot": "off", "boot.uefi": false, "tpm.present": false}"#

  @Test(
    "a policy that asks nothing of the device ends with 5, and never says that the device complies",
    arguments: [
      "policy p version 1.0 { }",
      "policy p version 1.0 { applies to windows 11 }",
      "policy p version 1.0 { applies to windows 11 set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0 }",
      "policy p version 1.0 { warn a { that boot.uefi } }",
      "policy p version 1.0 { require a { when boot.uefi that boot.secure_boot == on } }",
      "policy p version 1.0 { when boot.uefi { require a { that boot.secure_boot == on } } }",
    ])
  func nothingAsked(policy: String) throws {
    let run = try check(policy, Self.laptop)
    #expect(run.status == 5, "\(run)")
    #expect(run.output.hasPrefix("– asks nothing of this device   p 1.0"), "\(run)")
    #expect(!run.output.contains("complies"), "\(run)")
    #expect(try check(policy, Self.laptop, "--allow-not-applicable").status == 0)
    let json = try check(policy, Self.laptop, "--format json")
    #expect(json.output.contains(#""because":"nothing_asked""#), "\(json)")
    #expect(json.output.contains(#""exit_code":5"#), "\(json)")
  }

  @Test("a policy all of whose rules may be unknown is indeterminate on a device that tells nothing")
  func everythingMayBeUnknown() throws {
    let policy = "policy p version 1.0 { require a { that boot.uefi unknown allowed } }"
    #expect(try check(policy, "{}").status == 3)
    #expect(try check(policy, #"{"boot.uefi": true}"#).status == 0)
    #expect(try check(policy, #"{"boot.uefi": false}"#).status == 1)
  }

  @Test(
    "a device that reports itself out of a policy that asks for attested facts is told so in the first line",
    arguments: [
      (
        "", "– not applicable by the device's own report   p 1.0", "a device that lies reports the same",
        #""by_own_report":true"#
      ),
      ("--lang ja", "– デバイス自身の報告では対象外 (構成証明なし)   p 1.0", "偽りの報告でも同じ結果になります", #""by_own_report":true"#),
    ])
  func ownReport(arguments: String, headline: String, line: String, member: String) throws {
    let policy = """
      policy p version 1.0 {
        applies to windows 11
        require sb { that attested boot.secure_boot == on }
      }
      """
    let run = try check(policy, #"{"os.build": "10.0.19045.1"}"#, arguments)
    #expect(run.status == 5, "\(run)")
    #expect(run.output.hasPrefix(headline), "\(run)")
    #expect(run.output.contains(line))
    let json = try check(policy, #"{"os.build": "10.0.19045.1"}"#, "--format json \(arguments)")
    #expect(json.output.contains(member), "\(json)")
    let fleet = try Tool.shell(
      """
      printf '%s' "$POLICY" > p.attpolicy && policyc build p.attpolicy -o out 2>/dev/null &&
      printf '{"os.build": "10.0.19045.1"}' > devices.ndjson &&
      policyc report out/p.compiled.json --input devices.ndjson --format csv
      """, in: Folder(), environment: ["POLICY": policy])
    #expect(fleet.status == 0, "\(fleet)")
    #expect(
      fleet.errors.contains("note: 1 device reports itself out of the policy, which asks for attested facts"))
    // Without attested rules it is what every device says of itself.
    let plain = policy.replacingOccurrences(of: "attested ", with: "")
    let unasked = try check(plain, #"{"os.build": "10.0.19045.1"}"#)
    #expect(unasked.output.hasPrefix("– not applicable   p 1.0"), "\(unasked)")
  }

  @Test("a branch or product that contradicts the build excuses nobody, and the report says so")
  func contradiction() throws {
    let policy = """
      policy p version 1.0 {
        applies to windows 11
        require product { that os.product == windows_11 }
        require uefi { that boot.uefi }
      }
      """
    let run = try check(
      policy, #"{"os.build": "10.0.22631.1", "os.branch": 1, "os.product": "windows_10", "boot.uefi": false}"#
    )
    #expect(run.status == 1, "\(run)")
    #expect(run.output.contains("os.branch = 22631"), "\(run)")
    #expect(run.output.contains("not 1 (file:device.json, reported)"), "\(run)")
    #expect(run.output.contains("not windows_10 (file:device.json, reported)"), "\(run)")
  }
}

import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing
import XMLInput

@testable import DeviceProbes

@Suite("HealthReportProbe")
struct HealthReportProbeTests {
  static let early = [
    "AIKPresent": "true", "SecureBootEnabled": "true", "BootDebuggingEnabled": "false",
    "OSKernelDebuggingEnabled": "false", "CodeIntegrityEnabled": "true", "TestSigningEnabled": "false",
    "SafeMode": "false", "WinPE": "false", "ELAMDriverLoaded": "true", "VSMEnabled": "true",
    "TpmVersion": "2",
    "BitlockerStatus": "1", "PCR0": "0102",
  ]
  static let late = [
    "AIKPresent": "true", "SecureBootEnabled": "true", "BootDebuggingDisabled": "true",
    "OSKernelDebuggingDisabled": "true", "CodeIntegrityEnabled": "true", "TestSigningDisabled": "true",
    "FlightSigningNotEnabled": "true", "NotBootedIntoSafeMode": "true", "NotBootedIntoWinPE": "true",
    "ELAMDriverLoaded": "true", "VirtualizationBasedSecurityEnabled": "true",
    "CredentialGuardEnabled": "true",
    "TpmVersion": "2.0", "BitlockerEnabledAtBoot": "true",
  ]
  static let healthy: [String: Value] = [
    "boot.secure_boot": .symbol("on"), "boot.debugging": .bool(false), "boot.kernel_debugging": .bool(false),
    "boot.test_signing": .bool(false), "boot.code_integrity": .bool(true), "boot.safe_mode": .bool(false),
    "boot.winpe": .bool(false), "boot.elam": .bool(true), "vbs.running": .bool(true),
    "attestation.aik_public_key": .bool(true), "tpm.present": .bool(true),
  ]

  private func report(
    _ properties: [String: String], version: Int = 3, attributes: String = #"ErrorCode="0""#,
    extra: String = ""
  ) -> String {
    let elements = properties.sorted { $0.key < $1.key }.map { "<\($0)>\($1)</\($0)>" }.joined()
    return
      #"<?xml version="1.0"?><HealthCertificateValidationResponse \#(attributes) ProtocolVersion="\#(version)" "#
      + #"xmlns="http://schemas.microsoft.com/windows/security/healthcertificate/validation/response/v\#(version)">"#
      + "<HealthCertificateProperties>\(elements)</HealthCertificateProperties>\(extra)"
      + "</HealthCertificateValidationResponse>"
  }

  private func findings(_ text: String) throws -> [String: Observation.Content] {
    HealthReportFacts.findings(of: try HealthReport(Array(text.utf8))).contents
  }

  private func reason(_ name: String, _ text: String) throws -> String {
    guard case .unknown(let reason)? = try findings(text)[name] else { return "a value" }
    return reason
  }

  @Test("a healthy device gives every fact, of the fact's type and reported")
  func healthy() throws {
    let folder = try TemporaryFolder()
    let probe = HealthReportProbe(path: try folder.file("report.xml", report(Self.late, version: 4)))
    let facts = HealthReportFacts.names.compactMap { FactCatalog.embedded[$0]?.declaration }
    let found = try probe.observe(facts)
    var expected = Self.healthy
    expected["tpm.version"] = .version(try #require(Version("2.0")))
    expected["boot.flight_signing"] = .bool(false)
    expected["credential_guard.status"] = .symbol("running")
    #expect(found.mapValues(\.value) == expected)
    for fact in facts {
      #expect(found[fact.name]?.value?.isOf(fact.type) == true, "\(fact.name)")
      #expect(found[fact.name]?.level == .reported && found[fact.name]?.source == probe.name)
    }
  }

  @Test("the earlier versions tell the same, and are silent of what they have not", arguments: [1, 3])
  func earlier(version: Int) throws {
    let found = try findings(report(Self.early, version: version))
    for (name, value) in Self.healthy { #expect(found[name] == .value(value), "\(name)") }
    #expect(found["boot.flight_signing"] == .unknown(reason: "reports of version \(version) do not tell it"))
  }

  @Test("every property turned around turns its fact around")
  func turned() throws {
    for (version, properties) in [(3, Self.early), (4, Self.late)] {
      let turned = properties.mapValues { $0 == "true" ? "false" : $0 == "false" ? "true" : $0 }
      let found = try findings(report(turned, version: version))
      #expect(found["boot.secure_boot"] == .value(.symbol("off")))
      #expect(
        found["boot.elam"]
          == .unknown(
            reason: "the report says false for ELAMDriverLoaded, which tells of Microsoft's driver only"))
      for (name, value) in Self.healthy where name != "boot.elam" && name != "tpm.present" {
        if case .bool(let isTrue) = value { #expect(found[name] == .value(.bool(!isTrue)), "\(name)") }
      }
    }
  }

  @Test("BitLocker at boot is no fact about the volume now")
  func bitLocker() {
    #expect(!HealthReportFacts.names.contains { $0.hasPrefix("bitlocker") })
  }

  @Test(
    "a value that is not understood, a missing one and a repeated one are unknown",
    arguments: [
      (
        "<SecureBootEnabled>yes</SecureBootEnabled>",
        "says 'yes' for SecureBootEnabled, which is not understood"
      ),
      ("<SecureBootEnabled/>", "says '' for SecureBootEnabled, which is not understood"),
      ("<SecureBootEnabled>1</SecureBootEnabled>", "says '1' for SecureBootEnabled, which is not understood"),
      ("<Other>1</Other>", "has no SecureBootEnabled"),
      ("<Other><SecureBootEnabled>true</SecureBootEnabled></Other>", "has no SecureBootEnabled"),
      (#"<SecureBootEnabled xmlns="urn:x">true</SecureBootEnabled>"#, "has no SecureBootEnabled"),
      (
        "<SecureBootEnabled>true</SecureBootEnabled><SecureBootEnabled>true</SecureBootEnabled>",
        "has SecureBootEnabled more than once"
      ),
    ])
  func strange(elements: String, problem: String) throws {
    let text = report(["X": "1"]).replacing("<X>1</X>", with: elements)
    #expect(try reason("boot.secure_boot", text) == "the report \(problem)")
  }

  @Test("white space and capital letters do not matter, and no property is looked for elsewhere")
  func forms() throws {
    let text = report(["SecureBootEnabled": "\n  True\n  "])
    #expect(try findings(text)["boot.secure_boot"] == .value(.symbol("on")))
    let elsewhere = report(["X": "1"], extra: "<Else><SecureBootEnabled>true</SecureBootEnabled></Else>")
    #expect(try reason("boot.secure_boot", elsewhere) == "the report has no SecureBootEnabled")
    for (text, version) in [("1", "1.2"), ("2", "2.0"), ("1.2", "1.2"), ("2.0", "2.0")] {
      let found = try findings(report(["TpmVersion": text]))["tpm.version"]
      #expect(found == Version(version).map { .value(.version($0)) })
    }
    #expect(try reason("tpm.version", report(["TpmVersion": "3"])).contains("'3'"))
  }

  @Test(
    "an error of the service makes all of it unknown",
    arguments: [
      (
        #"ErrorCode="-2146889721" ErrorMessage=" It failed. ""#,
        "the service could not attest the device, error -2146889721: 'It failed.'"
      ),
      (#"ErrorCode="7""#, "the service could not attest the device, error 7"),
      (#"ErrorCode="0x1""#, "the report's ErrorCode is '0x1', which is no number"),
      ("", "the report has no ErrorCode"),
    ])
  func errors(attributes: String, problem: String) throws {
    let found = try findings(report(Self.early, attributes: attributes))
    #expect(found.count == HealthReportFacts.names.count)
    for (name, content) in found { #expect(content == .unknown(reason: problem), "\(name)") }
  }

  @Test("a state that does not match, no properties and another version make all of it unknown")
  func doubts() throws {
    let flags =
      "<HealthStatusMismatchFlags><ResumeCount>false</ResumeCount><RebootCount>true</RebootCount><PCR>true</PCR></HealthStatusMismatchFlags>"
    #expect(
      try reason("vbs.running", report(Self.early, extra: flags))
        == "the service found the device in another state than at boot: RebootCount, PCR")
    let even = flags.replacing("true", with: "false")
    #expect(try findings(report(Self.early, extra: even))["vbs.running"] == .value(.bool(true)))
    let without = report([:]).replacing(
      "<HealthCertificateProperties></HealthCertificateProperties>", with: "")
    #expect(try reason("vbs.running", without) == "the report has no HealthCertificateProperties")
    for version in [2, 5] {
      #expect(
        try reason("vbs.running", report(Self.early, version: version))
          == "the report is of version \(version), where 1, 3 and 4 are understood")
    }
  }

  @Test("what is no report is an error, and so is hostile XML")
  func refuses() throws {
    let folder = try TemporaryFolder()
    func message(_ text: String) throws -> String {
      let path = try folder.file("x.xml", text)
      do throws(ProbeError) {
        return "\(try HealthReportProbe(path: path).observe(declarations("vbs.running")))"
      } catch {
        return "\(error)".replacing(path, with: "x.xml")
      }
    }
    #expect(
      try message("<a/>").hasPrefix("x.xml: it is no health attestation report: the outermost element is 'a'")
    )
    #expect(try message("<HealthCertificateValidationResponse/>").contains("is no health attestation report"))
    #expect(try message("").hasPrefix("x.xml:"))
    let entity = #"<!DOCTYPE a [<!ENTITY e SYSTEM "/etc/passwd">]>"#
    #expect(
      try message(report(["SecureBootEnabled": "&e;"]).replacing(#"<?xml version="1.0"?>"#, with: entity))
        .hasPrefix("x.xml:1:"))
    #expect(try message(String(repeating: "<a>", count: 10_000)).hasPrefix("x.xml:1:"))
    let many = String(repeating: "<SafeMode>true</SafeMode>", count: 20_000)
    #expect(
      try message(report(["X": "1"]).replacing("<X>1</X>", with: many)).contains("report has no VSMEnabled"))
    #expect(try message(report(["X": String(repeating: "x", count: 2 << 20)])).contains("larger than 1 MiB"))
    #expect(try HealthReportProbe(path: "nowhere.xml").observe(declarations("tpm.enabled")) == [:])
  }

  @Test("the report of Microsoft's documentation is read")
  func documented() throws {
    let path = Checkout.root.deletingLastPathComponent().appendingPathComponent(
      "shared/data/windows/dha-report-example.xml")
    guard let data = try? Data(contentsOf: path) else {
      print("skipped: there is no file ../shared/data/windows/dha-report-example.xml beside the checkout")
      return
    }
    let found = HealthReportFacts.findings(of: try HealthReport(Array(data))).contents
    #expect(found["boot.secure_boot"] == .value(.symbol("off")))
    #expect(found["boot.test_signing"] == .value(.bool(true)))
    #expect(found["boot.elam"] == .value(.bool(true)))
    #expect(found["tpm.version"] == Version("2.0").map { .value(.version($0)) })
  }
}

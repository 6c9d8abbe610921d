import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import TestSupport
import Testing

@Suite("Versions in Infineon's notation, and makers' names")
struct FirmwareLiteralTests {
  private func compiled(_ rules: String) throws -> Compilation {
    try #require(
      TestCompiler.compile(
        "policy p version 1.0.0 {\n  applies to windows 11\n  require tpm { that tpm.present }\n  \(rules)\n}"
      ))
  }

  private func verdict(_ rules: String, _ maker: String, _ firmware: String) throws -> Verdict {
    let policy = try #require(compiled(rules).policies.first).compiled
    let facts = FactSnapshot(
      values: [
        "os.build": .build(OSBuild(branch: 26100, revision: 1)), "tpm.manufacturer": .string(maker),
        "tpm.present": .bool(true),
        "tpm.firmware": .version(try #require(Version(firmware))),
      ], source: "test")
    return try PolicyEvaluator(policy).verdict(on: facts)
  }

  @Test("a device is compared right whichever notation the policy and the device have")
  func eitherNotation() throws {
    for literal in ["5.63.3353.0", "5.63.13.6400"] {
      let rule = #"require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= \#(literal) }"#
      #expect(try verdict(rule, "IFX", "5.63.3353.0") == .pass)
      #expect(try verdict(rule, "IFX", "5.63.13.6400") == .pass)
      #expect(try verdict(rule, "IFX", "5.63.12.65535") == .fail)
      #expect(try verdict(rule, "IFX", "5.62.3126.0") == .fail)
      #expect(try verdict(rule, "IFX", "5.64") == .pass)
    }
  }

  @Test("within a guard of a group, and beside the maker inside a condition, the version is converted too")
  func places() throws {
    let group = #"when tpm.manufacturer in ["IFX"] { require r { that tpm.firmware == 5.63.3353.0 } }"#
    #expect(try verdict(group, "IFX", "5.63.13.6400") == .pass)
    let beside = #"require r { that not (tpm.manufacturer == "IFX" and tpm.firmware < 5.63.3353.0) }"#
    #expect(try verdict(beside, "IFX", "5.63.13.6400") == .pass)
    #expect(try verdict(beside, "IFX", "5.63.12.0") == .fail)
    #expect(try verdict(beside, "STM", "5.63.12.0") == .pass)
  }

  @Test("a version of any maker is compared as it is written, and so is one where Infineon is not spoken of")
  func untouched() throws {
    let any = #"require r { that tpm.firmware >= 5.63.3353.0 }"#
    #expect(try compiled(any).diagnostics.isEmpty)
    #expect(try verdict(any, "GOOG", "5.63.3353.0") == .pass)
    #expect(try verdict(any, "GOOG", "5.63.13.6400") == .fail)
    let either = #"require r { when tpm.manufacturer in ["IFX", "GOOG"]  that tpm.firmware >= 5.63.3353.0 }"#
    #expect(try compiled(either).diagnostics.map(\.code) == ["AP3014"])
    #expect(try verdict(either, "GOOG", "5.63.13.6400") == .fail)
    #expect(try verdict(either, "GOOG", "5.63.3353.0") == .pass)
  }

  @Test("the fix of each finding leaves nothing to find")
  func fixes() throws {
    for rule in [
      #"require r { when tpm.manufacturer == "Infineon"  that tpm.firmware >= 5.63 }"#,
      #"require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= 5.63.3353.0 }"#,
    ] {
      let source =
        "policy p version 1.0.0 {\n  applies to windows 11\n  require tpm { that tpm.present }\n  \(rule)\n}"
      let found = try #require(TestCompiler.compile(source)).diagnostics
      let fix = try #require(found.first?.fixIts.first)
      #expect(found.count == 1 && found.first?.severity == .warning)
      var bytes = Array(source.utf8)
      bytes.replaceSubrange(Int(fix.span.start)..<Int(fix.span.end), with: Array(fix.replacement.utf8))
      let fixed = try #require(TestCompiler.compile(String(decoding: bytes, as: UTF8.self)))
      #expect(fixed.diagnostics.isEmpty, "\(fixed.diagnostics)")
    }
  }

  @Test("a waiver of a rule, or of a group around it, accepts either finding")
  func waivers() throws {
    let inRule = #"require r { when tpm.manufacturer == "XYZ"  that tpm.ready  allow AP3013 because "ours" }"#
    #expect(try compiled(inRule).diagnostics.isEmpty)
    let version =
      #"require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= 5.63.3353.0  allow AP3014 because "as shown" }"#
    #expect(try compiled(version).diagnostics.isEmpty)
  }

  @Test("the shipped rule about weak keys asks for what the table has of ROCA, at the ends of each range")
  func shippedRule() throws {
    let files = try PolicyFolder().files
    let compiler = Compiler(CompilerOptions(catalog: .embedded, facts: .embedded))
    let result = try #require(compiler.compile("tpm-2.0-baseline.attpolicy") { files[$0] })
    let policy = try #require(result.policies.first).compiled
    let index = try #require(policy.rules.firstIndex { $0.name == "weak_infineon_keys" })
    let evaluator = try PolicyEvaluator(policy)
    let rows = VulnerableFirmware.embedded.rows.filter { $0.cve == "CVE-2017-15361" }
    #expect(rows.flatMap(\.affected).count == 6)
    for range in rows.flatMap(\.affected) {
      let end = range.upperBound
      let last = Version(end.major, end.minor - 1, 65535, 65535)
      for (firmware, outcome) in [(range.lowerBound, RuleOutcome.fail), (last, .fail), (end, .pass)] {
        let facts = FactSnapshot(
          values: ["tpm.manufacturer": .string("IFX"), "tpm.firmware": .version(firmware)], source: "test")
        #expect(evaluator.outcomes(on: facts).rules[index] == outcome, "\(firmware)")
      }
    }
  }
}

import Diagnostics
import PolicyCompiler
import Testing

@Suite("Waivers")
struct WaiverTests {
  static let path =
    "./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess"

  static func policy(_ body: String) -> String {
    "policy p version 1.0.0 {\n  applies to windows 10\n  \(body)\n}\n"
  }

  static let reason = "allow AP2104 because \"answered by our devices\""

  @Test("without one the finding stands")
  func unwaived() throws {
    let compiled = try #require(TestCompiler.compile(Self.policy("collect \(Self.path)")))
    #expect(compiled.diagnostics.map(\.code) == ["AP2104"])
  }

  @Test(
    "one on the clause, on a group around it, on an include or in the included group accepts the finding",
    arguments: [
      policy("collect \(path) \(reason)"),
      policy("when tpm.present {\n    collect \(path)\n    \(reason)\n  }"),
      policy("include g \(reason)\n  rules g { collect \(path) }"),
      policy("include g\n  rules g {\n    collect \(path)\n    \(reason)\n  }"),
    ])
  func waived(_ source: String) throws {
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.isEmpty, "\(compiled.diagnostics.map(\.message))")
    #expect(compiled.policies.first?.waived.map(\.code) == ["AP2104"])
    #expect(compiled.policies.first?.waived.map(\.reason) == ["answered by our devices"])
  }

  @Test(
    "findings of the rulebook are accepted by the code at the clause and by the one in a payload",
    arguments: ["AP3007", "SM1702"])
  func eitherCode(_ code: String) throws {
    let source = Self.policy(
      "require v { that vbs.hardware } set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 7 "
        + "when os.build >= 10.0.17763 allow \(code) because \"tried\"")
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.map(\.code) == [], "\(compiled.diagnostics.map(\.message))")
    #expect(compiled.policies.first?.waived.map(\.code) == ["AP3007"])
  }

  @Test("what is wrong with the form of a payload cannot be waived")
  func form() throws {
    let compiled = try #require(
      TestCompiler.compile(Self.policy("collect \(Self.path) allow SM1001 because \"x\"")))
    #expect(compiled.diagnostics.map(\.code).contains("AP2022"))
  }

  @Test("one of another code accepts nothing and is reported itself")
  func otherCode() throws {
    let source = Self.policy("collect \(Self.path) allow AP2105 because \"another\"")
    let compiled = try #require(TestCompiler.compile(source))
    #expect(Set(compiled.diagnostics.map(\.code)) == ["AP2104", "AP2021"])
  }
}

@Suite("Included groups")
struct IncludeTests {
  @Test("two groups may include a third; its rules are there once")
  func diamond() throws {
    let compiled = try #require(
      TestCompiler.compile(
        """
        rules base { require present { that tpm.present } }
        rules a { include base require ready { that tpm.ready } }
        rules b { include base require fresh { that tpm.version >= 2.0 } }
        policy p version 1.0.0 { include a include b }
        """))
    #expect(compiled.diagnostics.isEmpty, "\(compiled.diagnostics.map(\.message))")
    #expect(compiled.policies.first?.compiled.rules.map(\.name) == ["present", "ready", "fresh"])
  }

  @Test("one group under two guards is refused, because a rule has one guard")
  func twoGuards() throws {
    let compiled = try #require(
      TestCompiler.compile(
        """
        rules base { require present { that tpm.present } }
        policy p version 1.0.0 {
          include base
          include base when boot.uefi
        }
        """))
    #expect(compiled.diagnostics.map(\.code) == ["AP2003"])
  }
}

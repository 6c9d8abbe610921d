import Diagnostics
import PolicyCompiler
import Testing

@Suite("Policies that bind nobody")
struct VacuityTests {
  static func findings(_ body: String) throws -> [String] {
    let compiled = try #require(TestCompiler.compile("policy p version 1.0.0 {\n\(body)\n}\n"))
    return compiled.diagnostics.map { "\($0.severity) \($0.code)" }
  }

  @Test(
    "each of them is found",
    arguments: [
      ("", "AP2030"),
      ("applies to windows 11", "AP2030"),
      ("rules g { } include g", "AP2030"),
      ("applies when tpm.present applies when not tpm.present require t { that boot.uefi }", "AP2031"),
      ("applies to windows 11 applies when os.product == windows_10 require t { that boot.uefi }", "AP2031"),
      (
        "applies to windows 10 22H2 applies when os.branch in [22000, 22621] require t { that boot.uefi }",
        "AP2031"
      ),
      ("applies when cpu.cores > 4 applies when cpu.cores < 3 require t { that boot.uefi }", "AP2031"),
      ("applies editions pro applies when os.edition == home require t { that boot.uefi }", "AP2031"),
      ("applies when os.build < 10.0.10240 require t { that boot.uefi }", "AP2031"),
      ("param on: bool = false applies when on require t { that boot.uefi }", "AP2031"),
      ("applies to windows 10 require t { when os.build >= 10.0.22000 that boot.uefi }", "AP2032"),
      ("applies when boot.uefi require t { when not boot.uefi or false_guard that tpm.present }", "AP2032"),
      ("when cpu.cores >= 8 { require t { when cpu.cores < 8 that boot.uefi } }", "AP2032"),
      ("when os.branch == 22631 { require t { when os.build < 10.0.22631 that boot.uefi } }", "AP2032"),
      ("rules g { require t { when not boot.uefi that tpm.present } } include g when boot.uefi", "AP2032"),
      ("param on: bool = false require t { when on that boot.uefi }", "AP2032"),
      ("param kind: enum [a, b] = a require t { when kind == b that boot.uefi }", "AP2032"),
      ("warn t { when os.build < 10.0.10240 that boot.uefi }", "AP2032"),
      ("require t { that not (boot.uefi and not boot.uefi) }", "AP2033"),
      ("require t { that (boot.uefi or not boot.uefi) and (cpu.cores < 4 or cpu.cores >= 4) }", "AP2033"),
      ("when boot.uefi { require t { that boot.uefi or cpu.cores > 4 } }", "AP2033"),
      ("applies to windows 11 23H2 require t { that os.branch == 22631 }", "AP2033"),
      ("applies editions pro require t { that os.edition in [pro, home] }", "AP2033"),
      ("param on: bool = true require t { that on or boot.uefi }", "AP2033"),
      ("warn t { that os.product in [windows_10, windows_11] }", "AP2033"),
      ("require t { that boot.uefi unknown allowed } warn w { that cpu.cores > 4 }", "AP2034"),
    ])
  func found(_ body: String, _ code: String) throws {
    let body = body.replacing("false_guard", with: "boot.uefi and not boot.uefi")
    let found = try Self.findings(body).filter { $0 != "warning AP2014" }
    #expect(found == ["warning \(code)"])
  }

  @Test(
    "and what binds somebody is not",
    arguments: [
      "applies to windows 11 collect ./Device/Vendor/MSFT/DMClient/HWDevID",
      "warn w { that boot.uefi }",
      "require t { that boot.uefi unknown allowed } require u { that cpu.cores > 2 }",
      "applies when tpm.present or boot.uefi applies when not tpm.present require t { that cpu.cores > 2 }",
      "applies to windows 10 applies to windows 11 require t { when os.product == windows_10 that boot.uefi }",
      "applies to windows 10 22H2 applies when os.revision >= 3996 require t { that boot.uefi }",
      "applies editions pro applies editions home require t { when os.edition == home that boot.uefi }",
      "when os.branch == 22631 { require t { that os.revision >= 2792 } }",
      "when boot.uefi { require t { when cpu.cores > 2 that not tpm.present or cpu.cores > 4 } }",
      "require t { that cpu.cores < 4 or cpu.cores > 4 }",
      "require t { that os.product == windows_11 } ",
      "require t { that boot.secure_boot in [on, off] }",
      "require t { when os.build >= 10.0.40000 that boot.uefi }",
      "require t { that device.model != \"a\" or device.model != device.manufacturer }",
    ])
  func silent(_ body: String) throws {
    #expect(try Self.findings(body) == [])
  }

  @Test("a guard that params make true is worth a note, which nothing fails for")
  func alwaysTrue() throws {
    #expect(
      try Self.findings("param on: bool = true require t { when on that boot.uefi }") == ["note AP2015"])
  }

  @Test("a condition that the author wrote as a constant is told once")
  func constant() throws {
    #expect(try Self.findings("require t { when false that boot.uefi }") == ["warning AP2015"])
    #expect(try Self.findings("require t { that true }") == ["warning AP2015"])
    #expect(
      try Self.findings("applies when false require t { that boot.uefi }") == ["warning AP2015"])
  }

  @Test("clauses under one guard are told of once, with their number")
  func oneGuard() throws {
    let rules = (0..<50).map { "require r\($0) { that cpu.cores != \($0) }" }.joined(separator: "\n")
    let source =
      "policy p version 1.0.0 { applies to windows 11\nwhen os.product == windows_10 { \(rules) } }"
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.map(\.code) == ["AP2032"])
    #expect(compiled.diagnostics.first?.help.first?.hasSuffix("49 more clauses have the same guard") == true)
  }

  @Test(
    "a waiver on the clause accepts the finding",
    arguments: [
      "applies when tpm.present applies when not tpm.present WAIVER require t { that boot.uefi }",
      "param on: bool = false require t { when on that boot.uefi WAIVER }",
      "applies to windows 11 when os.product == windows_10 { require t { that boot.uefi } WAIVER }",
      "applies to windows 11 require t { that os.product == windows_11 WAIVER }",
      "require t { that boot.uefi unknown allowed } require u { that cpu.cores > 2 unknown allowed WAIVER }",
    ])
  func waived(_ body: String) throws {
    for code in ["AP2031", "AP2032", "AP2033", "AP2034"] {
      let waiver = "allow \(code) because \"it is meant so\""
      let found = try Self.findings(body.replacing("WAIVER", with: waiver))
      if found == [] { return }
    }
    Issue.record("no waiver accepts the finding of: \(body)")
  }
}

import Diagnostics
import PolicyCompiler
import PolicyModel
import Testing

@Suite("Rules that allow unknown")
struct UnknownAllowedTests {
  private func compile(_ body: String) throws -> Compilation {
    try #require(TestCompiler.compile("policy p version 1.0.0 {\n  applies to windows 11\n  \(body)\n}\n"))
  }

  private func codes(_ body: String) throws -> [DiagnosticCode] { try compile(body).diagnostics.map(\.code) }

  @Test("the clause stands anywhere in a rule, also in a group's")
  func compiled() throws {
    let compiled = try compile(
      """
      rules g { require a { unknown allowed that tpm.present } }
        include g
        require b { when tpm.present unknown allowed that tpm.ready status tpm_not_ready }
        require c { that tpm.present and os.s_mode }
      """)
    #expect(compiled.diagnostics.isEmpty, "\(compiled.diagnostics.map(\.message))")
    #expect(compiled.policies.first?.compiled.rules.map(\.allowsUnknown) == [true, true, false])
  }

  @Test("it does not prove that devices that comply have a TPM")
  func hardware() throws {
    #expect(try codes("require a { that tpm.present }  require b { that tpm.locked_out }") == [])
    #expect(
      try codes("require a { that tpm.present unknown allowed }  require b { that tpm.locked_out }")
        == ["AP2201"])
  }

  @Test("it does not prove which builds comply")
  func builds() throws {
    let path = "./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess"
    #expect(try codes("require a { that os.build >= 10.0.22621 }  collect \(path)") == ["AP2105"])
    #expect(
      try codes("require a { that os.build >= 10.0.22621 unknown allowed }  collect \(path)") == ["AP2104"])
  }

  @Test("a demand that allows unknown does not make a weaker one needless that does not")
  func weaker() throws {
    let weak = "require a { that cpu.cores >= 2 }"
    #expect(try codes("\(weak)  require b { that cpu.cores >= 4 }") == ["AP2203"])
    #expect(try codes("\(weak)  require b { that cpu.cores >= 4 unknown allowed }") == [])
    #expect(
      try codes("require a { that cpu.cores >= 2 unknown allowed }  require b { that cpu.cores >= 4 }")
        == ["AP2203"])
    #expect(
      try codes(
        "require a { that cpu.cores >= 2 unknown allowed }  require b { that cpu.cores >= 4 unknown allowed }"
          + "  require c { that boot.uefi }"
      )
        == ["AP2203"])
    // The strictest of those that do not allow unknown is asked, not the strictest of all.
    #expect(
      try codes(
        "\(weak)  require b { that cpu.cores >= 4 }  require c { that cpu.cores >= 8 unknown allowed }")
        == ["AP2203"])
  }

  @Test("demands that exclude one another are told, whatever they allow")
  func contradictions() throws {
    for (first, second) in [("", ""), ("unknown allowed", ""), ("", "unknown allowed")] {
      let found = try compile(
        "require a { that cpu.cores < 2 \(first) }  require b { that cpu.cores > 4 \(second) }"
      ).diagnostics
      #expect(found.map(\.code) == ["AP2202"])
      #expect(found.first?.help.first?.hasPrefix("every device fails one of them") == true)
    }
    let both = try compile(
      "require a { that cpu.cores < 2 unknown allowed }  require b { that cpu.cores > 4 unknown allowed }"
    ).diagnostics
    #expect(both.map(\.code) == ["AP2202"])
    #expect(both.first?.help.first?.hasPrefix("every device that tells cpu.cores fails one of them") == true)
  }

  @Test("the same condition asked strictly and not is no repetition")
  func repeated() throws {
    #expect(try codes("require a { that cpu.bits64 }  require b { that cpu.bits64 }") == ["AP2016"])
    #expect(
      try codes("require a { that cpu.bits64 unknown allowed }  require b { that cpu.bits64 }") == [])
  }

  @Test("a test that expects an indeterminate verdict names the rules that make it so, and no others")
  func expectations() throws {
    let body = """
      require a { that cpu.bits64 }
        require b { that boot.uefi unknown allowed }
        test "t" {
          given  { os.build = 10.0.22631.1 }
          expect indeterminate a
        }
      """
    let compiled = try compile(body)
    let policy = try #require(compiled.policies.first)
    #expect(compiled.diagnostics.isEmpty)
    #expect(TestRunner { _ in nil }.run(policy).results.map(\.hasPassed) == [true])
  }
}

import Diagnostics
import PolicyCompiler
import Testing

@Suite("What a policy says of Windows builds")
struct BuildAnalysisTests {
  static func codes(_ body: String) throws -> [String] {
    let compiled = try #require(TestCompiler.compile("policy p version 1.0.0 {\n\(body)\n}\n"))
    return compiled.diagnostics.map { "\($0.severity) \($0.code)" }
  }

  @Test(
    "a requirement that some build meets is no contradiction",
    arguments: [
      "applies to windows 11 require r { that os.revision in [2792, 3000] }",
      "applies to windows 11 require r { that os.revision == 5000 or os.branch == 10 }",
      "applies to windows 11 require r { that os.build in [10.0.22631.7] } require s { that os.revision == 7 }",
      "applies to windows 11 require r { that os.branch not in [22000, 22621] }",
      "require r { that os.branch == 20348 }",
      "require r { that os.branch == 25398 and os.revision >= 5 }",
      "applies when os.branch >= 40000 require r { that os.revision > 5 }",
    ])
  func met(_ body: String) throws {
    #expect(try Self.codes(body) == [])
  }

  @Test(
    "one that no build meets is an error, and one that only builds of the future or of nobody meet a warning",
    arguments: [
      ("applies to windows 11 require r { that os.branch == 19045 }", "error AP2109"),
      ("applies to windows 11 require r { that os.revision in [-1, 4294967296] }", "error AP2109"),
      ("require r { that os.branch in [22000] } require s { that os.product == windows_10 }", "error AP2109"),
      ("require r { that os.build < 10.0.10240 }", "error AP2109"),
      ("applies to windows 10 require r { that os.branch > 19045 }", "error AP2109"),
      ("applies to windows 11 require r { that os.branch == 22361 }", "warning AP2109"),
      ("applies to windows 11 require r { that os.build >= 10.0.40000 }", "warning AP2109"),
      ("require r { that os.branch == 20348 } require s { that os.product == windows_10 }", "error AP2109"),
    ])
  func unmet(_ body: String, _ expected: String) throws {
    #expect(try Self.codes(body) == [expected])
  }

  @Test("two lists of many builds that share one are met by it")
  func sharedBuild() throws {
    func list(_ start: Int) -> String {
      (0..<150).map { "10.0.22631.\(start + $0 * 3)" }.joined(separator: ", ")
    }
    let body = """
      applies to windows 11
      require a { that os.build in [\(list(1000))] }
      require b { that os.build in [\(list(1000 + 149 * 3))] }
      test "shared" { given { os.build = 10.0.22631.\(1000 + 149 * 3) } expect pass }
      """
    #expect(try Self.codes(body) == [])
  }

  static let node = "./Device/Vendor/MSFT/Policy/Config/Update/ProductVersion"

  @Test(
    "a node that a guard's builds lack is reported, however the guard names them",
    arguments: [
      "os.revision == 100", "os.revision in [100]", "os.build in [10.0.19045.100, 10.0.22631.1]",
      "not (os.revision != 100)", "os.revision >= 100 and os.revision <= 1201", "os.revision < 1202",
    ])
  func lacking(_ condition: String) throws {
    let body = """
      applies to windows 10 22H2
      require tpm { that tpm.present }
      set \(Self.node) = "Windows 11" when \(condition)
      """
    #expect(try Self.codes(body) == ["error AP2104"])
  }

  @Test("and one that they have is not", arguments: ["os.revision in [1202, 5000]", "os.revision > 1201"])
  func having(_ condition: String) throws {
    let body = """
      applies to windows 10 22H2
      require tpm { that tpm.present }
      set \(Self.node) = "Windows 11" when \(condition)
      """
    #expect(try Self.codes(body) == [])
  }

  @Test("a node is reported behind a thousand other guards as in front of them")
  func manyGuards() throws {
    let path = "./Device/Vendor/MSFT/WiFi/Profile/N"
    let others = (0..<1100).map { "delete \(path)\($0) when os.revision == \(20000 + $0 * 3)" }
    let lacking = "set \(Self.node) = \"Windows 11\" when os.revision == 100"
    for commands in [others + [lacking], [lacking] + others] {
      let body = """
        applies to windows 10 22H2
        require tpm { that tpm.present }
        \(commands.joined(separator: "\n"))
        """
      #expect(try Self.codes(body).filter { $0.hasPrefix("error") } == ["error AP2104"])
    }
  }

  @Test("a branch that never shipped counts where the policy names it")
  func namedBranch() throws {
    let path = "./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess"
    let body = "applies when os.branch in [22500, 22631] require t { that tpm.present } set \(path) = 1"
    let compiled = try #require(TestCompiler.compile("policy p version 1.0.0 { \(body) }"))
    #expect(compiled.diagnostics.map(\.code) == ["AP2104"])
    #expect(
      compiled.diagnostics.first?.primary?.text == "not on every build of branch 22500 (10.0.22500)")
  }

  @Test("a list is met above its minimum where the scope leaves out the minimum itself")
  func listAboveMinimum() throws {
    let body = """
      applies when os.build >= 10.0.22631.5000
      builds l { windows 11 23H2 10.0.22631.2792 }
      require r { that os.build meets l }
      """
    #expect(try Self.codes(body) == [])
  }
}

@Suite("Windows Server is neither Windows 10 nor Windows 11")
struct ServerScopeTests {
  @Test(
    "a scope of clients leaves out the branches of Windows Server alone, and keeps the one that both have",
    arguments: [
      ("windows 10", "10.0.20348.1", false), ("windows 11", "10.0.25398.1", false),
      ("windows 10 22H2 or newer", "10.0.20348.1", false),
      ("windows 11 22H2 or newer", "10.0.25398.5", false),
      ("windows 10, windows 11", "10.0.20348.1", false), ("windows 10, windows 11", "10.0.25398.1", false),
      ("windows 11", "10.0.26100.1", true), ("windows 10", "10.0.19045.1", true),
      ("windows 10 22H2 or newer", "10.0.20347.1", true), ("windows 11", "10.0.25399.1", true),
    ])
  func scope(_ windows: String, _ build: String, _ isMeant: Bool) throws {
    let source = """
      policy p version 1.0.0 {
        applies to \(windows)
        require t { that tpm.present }
        test "t" { given { os.build = \(build)  tpm.present = true } expect \(isMeant ? "pass" : "not_applicable") }
      }
      """
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.map(\.code) == [])
    let policy = try #require(compiled.policies.first)
    #expect(TestRunner { _ in nil }.run(policy).results.map(\.hasPassed) == [true])
    let branch = try #require(UInt32(build.split(separator: ".")[2]))
    #expect(policy.compiled.scope.branches.contains { $0.contains(branch) } == isMeant)
  }
}

@Suite("Editions of a scope")
struct EditionScopeTests {
  @Test("two clauses of editions add up, as two clauses of Windows versions do")
  func union() throws {
    let source = """
      policy p version 1.0.0 {
        applies to windows 10
        applies to windows 11
        applies editions enterprise
        applies when cpu.cores >= 2
        applies editions education, enterprise
        require t { that tpm.present }
        test "enterprise" {
          given { os.build = 10.0.22631.1  os.edition = enterprise  cpu.cores = 2  tpm.present = true }
          expect pass
        }
        test "education" {
          given { os.build = 10.0.19045.1  os.edition = education  cpu.cores = 2  tpm.present = true }
          expect pass
        }
        test "pro" {
          given { os.build = 10.0.19045.1  os.edition = pro  cpu.cores = 2  tpm.present = true }
          expect not_applicable
        }
      }
      """
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.map(\.code) == [])
    let policy = try #require(compiled.policies.first)
    #expect(policy.compiled.scope.editions == ["enterprise", "education"])
    #expect(TestRunner { _ in nil }.run(policy).results.map(\.hasPassed) == [true, true, true])
  }
}

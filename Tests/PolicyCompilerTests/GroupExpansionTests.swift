import Diagnostics
import PolicyCompiler
import Testing

@Suite("Groups that are included many times")
struct GroupExpansionTests {
  /// Groups each of which includes the one below twice.
  static func doubling(_ levels: Int, below: String, _ guards: (Int) -> (String, String) = { _ in ("", "") })
    -> String
  {
    let groups = (1...levels).map { level in
      let (first, second) = guards(level)
      return "rules g\(level) { include g\(level - 1) \(first) include g\(level - 1) \(second) }"
    }
    return """
      rules g0 { \(below) }
      \(groups.joined(separator: "\n"))
      policy p version 1.0.0 { applies to windows 11 require t { that tpm.present } include g\(levels) }
      """
  }

  static let command = "delete ./Device/Vendor/MSFT/WiFi/Profile/Office"

  @Test(
    "what is included again under the same guards adds nothing, however often",
    arguments: ["", "require r { that cpu.cores > 2 }", command])
  func same(_ below: String) throws {
    for guarded in ["", "when boot.uefi"] {
      let compiled = try #require(
        TestCompiler.compile(Self.doubling(40, below: below) { _ in (guarded, guarded) }))
      #expect(compiled.diagnostics.map(\.code) == [])
      #expect(compiled.policies.first?.commands.count == (below == Self.command ? 1 : 0))
    }
  }

  @Test(
    "under different guards a bound is met, and said once",
    arguments: ["", "require r { that cpu.cores > 2 }", command])
  func different(_ below: String) throws {
    let source = Self.doubling(40, below: below) { ("when os.revision >= \($0)", "when os.revision < \($0)") }
    let compiled = try #require(TestCompiler.compile(source))
    #expect(compiled.diagnostics.count { $0.code == "AP2029" } == 1)
    #expect(compiled.diagnostics.count { $0.severity == .error } <= 2)
    #expect(compiled.policies.first.map { $0.commands.count <= 10_001 } == true)
  }

  @Test("a group of commands may be taken in under some guards")
  func fewGuards() throws {
    let includes = (0..<100).map { "include g when cpu.cores == \($0)" }.joined(separator: "\n")
    let compiled = try #require(
      TestCompiler.compile(
        "rules g { \(Self.command) } policy p version 1.0.0 { applies to windows 11 require t { that tpm.present }\n\(includes) }"
      ))
    #expect(compiled.diagnostics.map(\.code) == [])
    #expect(compiled.policies.first?.commands.count == 100)
  }

  @Test("groups may include one another 64 deep, and one more is not called a circle")
  func depth() throws {
    func chain(_ length: Int) -> String {
      let groups = (1..<length).map { "rules g\($0) { include g\($0 - 1) }" }
      return "rules g0 { require t { that tpm.present } }\n\(groups.joined(separator: "\n"))\n"
        + "policy p version 1.0.0 { include g\(length - 1) }"
    }
    #expect(try #require(TestCompiler.compile(chain(64))).diagnostics.map(\.code) == [])
    #expect(try #require(TestCompiler.compile(chain(65))).diagnostics.map(\.code).contains("AP2029"))
  }

  @Test("a circle is told of, with a policy that takes in each of its groups")
  func circle() throws {
    let source = """
      rules a { include b }
      rules b { include a require t { that tpm.present } }
      policy p version 1.0.0 { include a include b }
      """
    #expect(try #require(TestCompiler.compile(source)).diagnostics.map(\.code) == ["AP2017"])
  }
}

@Suite("Suggestions")
struct SuggestionBudgetTests {
  @Test("the first slips among many names get a suggestion, and all get a message")
  func manyRules() throws {
    let rules = (0..<1500).map { "require rule_\($0) { that cpu.cores != \($0) }" }.joined(separator: "\n")
    let tests = (0..<900).map { "test \"\($0)\" { given { cpu.cores = 1 } expect fail rul_\($0) }" }
    let source = "policy p version 1.0.0 {\n\(rules)\n\(tests.joined(separator: "\n"))\n}"
    let found = try #require(TestCompiler.compile(source)).diagnostics.filter { $0.code == "AP4001" }
    #expect(found.count == 900)
    #expect(found.first?.help == ["did you mean 'rule_0'?"])
    #expect(found.last?.help == [])
  }
}

@Suite("Running tests")
struct TestRunnerTests {
  @Test("a policy is compiled again once for each other value of its params")
  func recompiles() throws {
    func test(_ name: String, _ params: String, _ cores: Int, _ outcome: String) -> String {
      "test \"\(name)\" { \(params) given { cpu.cores = \(cores) memory.size = 9 GiB } expect \(outcome) }"
    }
    let source = """
      policy p version 1.0.0 {
        param least: int = 4
        param memory: int GiB = 8 GiB
        require cores { that cpu.cores >= least }
        require enough { that memory.size >= memory }
        \(test("a", "", 4, "pass"))
        \(test("b", "param least = 4", 4, "pass"))
        \(test("c", "param memory = 8192 MiB", 3, "fail cores"))
        \(test("d", "param least = 8", 4, "fail cores"))
        \(test("e", "param least = 8 param memory = 16 GiB", 8, "fail enough"))
        \(test("f", "param memory = 16 GiB param least = 8", 8, "fail enough"))
        \(test("g", "param least = 8", 8, "pass"))
      }
      """
    let policy = try #require(TestCompiler.compile(source)?.policies.first)
    var asked: [[String]] = []
    let run = TestRunner { settings in
      asked.append(settings.map(\.name))
      return TestCompiler.compile(source, settings: settings)?.policies.first
    }.run(policy)
    #expect(run.results.map(\.test.name) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(run.results.map(\.hasPassed) == Array(repeating: true, count: 7))
    #expect(asked == [["least"], ["least", "memory"]])
    #expect(run.unexercised.isEmpty)
  }
}

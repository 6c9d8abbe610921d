import Diagnostics
import PolicyCompiler
import Testing

@Suite("Texts that look the same and are not")
struct EquivalentTextTests {
  static let composed = "\u{E9}"
  static let decomposed = "e\u{301}"

  @Test("are two names of tests")
  func tests() throws {
    let tests = [Self.composed, Self.decomposed].map {
      "test \"\($0)\" { given { boot.uefi = true } expect pass }"
    }
    let source = "policy p version 1.0.0 { require t { that boot.uefi } \(tests.joined(separator: " ")) }"
    #expect(try #require(TestCompiler.compile(source)).diagnostics.map(\.code) == [])
  }

  @Test("are two nodes, and two values of one")
  func commands() throws {
    func deletes(_ name: String) -> String { "delete \"./Device/Vendor/MSFT/WiFi/Profile/\(name)\"" }
    func sets(_ value: String) -> String {
      "set ./Device/Vendor/MSFT/Policy/Config/Update/ProductVersion = \"\(value)\" when os.revision >= 9999"
    }
    func codes(_ commands: String) throws -> [DiagnosticCode] {
      let source = """
        policy p version 1.0.0 { applies to windows 10 22H2 require t { that tpm.present } \(commands) }
        """
      return try #require(TestCompiler.compile(source)).diagnostics.map(\.code)
    }
    #expect(try codes(deletes(Self.composed) + " " + deletes(Self.decomposed)) == ["SM1406", "SM1406"])
    let found = try #require(
      TestCompiler.compile(
        """
        policy p version 1.0.0 {
          applies to windows 10 22H2
          require t { that tpm.present }
          \(sets(Self.composed))
          \(sets(Self.decomposed))
        }
        """))
    #expect(found.diagnostics.map(\.severity) == [.error])
    #expect(found.diagnostics.map(\.code) == ["AP3010"])
  }

  @Test("are two files")
  func imports() throws {
    let files: [(name: String, text: String)] = [
      (
        "p.attpolicy",
        "import \"\(Self.composed).attpolicy\" import \"\(Self.decomposed).attpolicy\" policy p version 1.0.0 { include a include b }"
      ),
      ("\(Self.composed).attpolicy", "rules a { require one { that boot.uefi } }"),
      ("\(Self.decomposed).attpolicy", "rules b { require two { that tpm.present } }"),
    ]
    let compiled = try #require(
      TestCompiler.compile("p.attpolicy") { name in
        files.first { $0.name.utf8.elementsEqual(name.utf8) }.map { Array($0.text.utf8) }
      })
    #expect(compiled.diagnostics.map(\.code) == [])
    #expect(compiled.policies.first?.compiled.rules.map(\.name) == ["one", "two"])
  }

  @Test("are two values of a param in tests")
  func params() throws {
    let tests = [Self.composed, Self.decomposed].enumerated().map { index, value in
      "test \"\(index)\" { param model = \"\(value)\" given { device.model = \"\(value)\" } expect pass }"
    }
    let source = """
      policy p version 1.0.0 {
        param model: string = "\(Self.composed)"
        require t { that device.model == model }
        \(tests.joined(separator: "\n"))
      }
      """
    let policy = try #require(TestCompiler.compile(source)?.policies.first)
    var asked: [[UInt8]] = []
    _ = TestRunner { settings in
      asked += settings.map { Array($0.text.utf8) }
      return TestCompiler.compile(source, settings: settings)?.policies.first
    }.run(policy)
    #expect(asked == [Array(Self.decomposed.utf8)])
  }
}

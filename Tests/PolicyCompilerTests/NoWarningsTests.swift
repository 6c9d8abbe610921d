import Diagnostics
import PolicyCompiler
import Testing

@Suite struct NoWarningsTests {
  private let policy = """
    policy p version 1 {
      require present { that tpm.present }
      warn firmware { that not tpm.vulnerable_firmware }
      test "a test" {
        given { tpm.present = true  tpm.vulnerable_firmware = VALUE }
        expect pass
        expect no_warnings
      }
    }
    """

  @Test(
    "'expect no_warnings' holds unless a warn rule is false",
    arguments: [
      ("false", true), ("true", false), ("unknown", true),
    ])
  func noWarnings(value: String, passes: Bool) throws {
    let source = policy.replacing("VALUE", with: value)
    let compilation = try #require(TestCompiler.compile(source))
    #expect(compilation.diagnostics.map(\.code.text) == [])
    let run = TestRunner { _ in nil }.run(try #require(compilation.policies.first))
    #expect(run.results.map(\.hasPassed) == [passes])
  }

  @Test("'expect no_warnings' names no rules")
  func names() throws {
    let source = policy.replacing("no_warnings", with: "no_warnings firmware")
      .replacing("VALUE", with: "true")
    #expect(TestCompiler.compile(source)?.hasErrors == true)
  }

  @Test("'expect warn' without a rule points to 'expect no_warnings'")
  func pointer() throws {
    let source = policy.replacing("no_warnings", with: "warn").replacing("VALUE", with: "true")
    let found = try #require(TestCompiler.compile(source)?.diagnostics.first)
    #expect(found.code == "AP4001")
    #expect(found.help == ["where none may fail, write: expect no_warnings"])
  }
}

import Diagnostics
import PolicyCompiler
import Testing

@Suite struct PolicyNameTests {
  @Test("a policy's name with a dot is told to stand in quotation marks")
  func dots() throws {
    let found = try #require(TestCompiler.compile("policy tpm-2.0-baseline version 1 { }")?.diagnostics.first)
    #expect(found.help == ["a name with dots stands in quotation marks: policy \"tpm-2.0-baseline\""])
    #expect(found.fixIts.map(\.replacement) == ["\"tpm-2.0-baseline\""])
  }
}

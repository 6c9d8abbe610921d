import Testing

@Suite struct SharedFileTests {
  @Test("a file without a policy may declare a group and another that includes it")
  func includedGroup() throws {
    let source = """
      rules has_tpm { require tpm_present { that tpm.present } }
      rules has_ready_tpm {
        include has_tpm
        require tpm_ready { that tpm.ready }
      }
      """
    #expect(try codes(of: source) == [])
  }

  @Test("groups of a file without a policy may use one rule name, since a policy need not take in both")
  func alternatives() throws {
    let source = """
      rules lenient { require memory { that memory.size >= 4 GiB } }
      rules strict { require memory { that memory.size >= 8 GiB } }
      """
    #expect(try codes(of: source) == [])
  }

  @Test("two rules of one name in one group are an error")
  func duplicate() throws {
    let source = """
      rules twice {
        require memory { that memory.size >= 4 GiB }
        require memory { that memory.size >= 8 GiB }
      }
      """
    #expect(try codes(of: source) == ["AP2003"])
  }

  private func codes(of source: String) throws -> [String] {
    try #require(TestCompiler.compile(source)).diagnostics.map(\.code.text)
  }
}

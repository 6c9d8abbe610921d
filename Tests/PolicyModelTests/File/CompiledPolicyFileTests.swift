import Diagnostics
import PolicyModel
import Testing

@Suite("CompiledPolicyFile")
struct CompiledPolicyFileTests {
  private static let catalogs = CompiledPolicyFile.CatalogVersions(csp: "2025-02", facts: "1")

  /// A small policy with one of everything that a reader of the file would look for.
  static let example = CompiledPolicy(
    name: "example", version: Version(1, 0, 0, written: 3),
    facts: [
      FactDeclaration(name: "os.build", type: .build), FactDeclaration(name: "tpm.present", type: .bool),
      FactDeclaration(name: "tpm.version", type: .version),
    ],
    buildLists: [
      BuildList(
        name: "supported", minimums: [OSBuild(branch: 22621, revision: 2792)], allowsNewerBranches: true)
    ],
    parameters: [CompiledPolicy.Parameter(name: "minimum_tpm", value: .version(Version(2, 0, written: 2)))],
    rules: [
      Rule(
        name: "tpm_2_0", kind: .require,
        that: Condition(steps: [
          .fact(FactReference(index: 1)),
          .compare(FactReference(index: 2), .greaterOrEqual, .version(Version(2, 0, written: 2))), .and(2),
        ]), status: "tpm_not_available",
        messages: [Rule.Message(language: "en", text: "Needs TPM {minimum_tpm}.")],
        source: "tpm.present and tpm.version >= minimum_tpm"),
      Rule(
        name: "build", kind: .warn,
        that: Condition(steps: [.meets(FactReference(index: 0, attested: true), list: 0)]),
        source: "attested os.build meets supported"),
    ])

  private func edited(_ from: String, _ to: String) -> [UInt8] {
    let text = String(
      decoding: CompiledPolicyFile.encode(Self.example, catalogs: Self.catalogs), as: UTF8.self)
    let parts = text.split(separator: from, maxSplits: 1, omittingEmptySubsequences: false)
    #expect(parts.count == 2, "\(from) is not in the file")
    return Array(parts.joined(separator: to).utf8)
  }

  /// The file with an edit and the digest that fits it, as whoever writes such a file by hand would make it.
  private func signed(_ from: String, _ to: String) throws -> [UInt8] {
    let bytes = edited(from, to)
    do {
      _ = try CompiledPolicyFile.decode(bytes)
      return bytes
    } catch CompiledPolicyError.damaged(let recorded, let computed) {
      let text = String(decoding: bytes, as: UTF8.self)
      return Array(text.split(separator: recorded).joined(separator: computed).utf8)
    }
  }

  @Test("the file reads as expected")
  func example() {
    let text = String(
      decoding: CompiledPolicyFile.encode(Self.example, catalogs: Self.catalogs), as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"{"catalogs":{"csp":"2025-02","facts":"1"},"language":"1.0","policy":{"builds":[{"minimums":"#
          + #"["10.0.22621.2792"],"name":"supported","newer_branches":true}],"facts":[{"name":"os.build","#))
    #expect(
      text.contains(
        #""that":{"args":[{"fact":"tpm.present"},{"compare":">=","fact":"tpm.version","value":{"version":"2.0"}}],"#
          + #""op":"and"}"#))
    #expect(text.contains(#"{"attested":true,"fact":"os.build","meets":"supported"}"#))
  }

  @Test("generated policies come back as they were, and the same policy gives the same bytes")
  func roundTrip() throws {
    var generator = PolicyGenerator(seed: 11)
    for _ in 0..<300 {
      let policy = generator.policy()
      #expect(policy.defect() == nil)
      let bytes = CompiledPolicyFile.encode(policy, catalogs: Self.catalogs)
      let file = try CompiledPolicyFile.decode(bytes)
      #expect(file.policy == policy)
      #expect(file.catalogs == Self.catalogs)
      #expect(CompiledPolicyFile.encode(file.policy, catalogs: file.catalogs) == bytes)
      #expect(try JSONValue(parsing: bytes, limits: JSONLimits(depth: 600)).document == bytes)
    }
  }

  @Test("a rule says that it allows unknown, and nothing where it does not")
  func unknownAllowed() throws {
    let plain = CompiledPolicyFile.encode(Self.example, catalogs: Self.catalogs)
    #expect(!String(decoding: plain, as: UTF8.self).contains("unknown_allowed"))
    #expect(try CompiledPolicyFile.decode(plain).policy.rules.allSatisfy { !$0.allowsUnknown })
    var policy = Self.example
    policy.rules[0].allowsUnknown = true
    let bytes = CompiledPolicyFile.encode(policy, catalogs: Self.catalogs)
    #expect(String(decoding: bytes, as: UTF8.self).contains(#""op":"and"},"unknown_allowed":true}"#))
    #expect(try CompiledPolicyFile.decode(bytes).policy == policy)
  }

  @Test(
    "what a policy asks of evidence is refused unless it is as the compiler writes it",
    arguments: [
      (#"{"banks":["sha3_256"]}"#, "expected one of sha1, sha256, sha384, sha512, sm3_256"),
      (#"{"banks":["sha384","sha256"]}"#, "expected each bank and digest once, in order"),
      (#"{"banks":["sha256","sha256"]}"#, "expected each bank and digest once, in order"),
      (#"{"banks":[]}"#, "no empty list"), (#"{}"#, "no empty list"),
      (#"{"banks":["sha256"],"nonce":"00"}"#, "expected only the members banks, references"),
      (#"{"references":["00"]}"#, "expected a SHA-256 digest"),
      (
        "{\"references\":[\"\(String(repeating: "A0", count: 32))\"]}",
        "expected a SHA-256 digest, 64 hexadecimal digits in lower case"
      ),
    ])
  func evidenceClause(_ clause: String, _ problem: String) throws {
    let bytes = try signed(
      #""facts":[{"name":"os.build""#, #""evidence":\#(clause),"facts":[{"name":"os.build""#)
    let error = #expect(throws: CompiledPolicyError.self) { try CompiledPolicyFile.decode(bytes) }
    #expect("\(try #require(error))".contains(problem), "\(String(describing: error))")
  }

  @Test("blanks and the order of members do not matter")
  func layout() throws {
    let file = try CompiledPolicyFile.decode(edited(#""language":"1.0","#, "\n  \"language\" : \"1.0\" ,\n"))
    #expect(file.policy == Self.example)
  }

  @Test("a changed content is found by its digest")
  func damaged() {
    for (from, to) in [(#""2.0""#, #""1.2""#), (#""warn""#, #""require""#), ("2025-02", "2025-03")] {
      do {
        _ = try CompiledPolicyFile.decode(edited(from, to))
        Issue.record("\(from) could be changed")
      } catch {
        guard case .damaged = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }

  @Test("a newer schema is refused before anything else of the file is looked at")
  func newerSchema() {
    let error = CompiledPolicyError.newerSchema(found: 2, known: 1)
    #expect(throws: error) { try CompiledPolicyFile.decode(edited(#""schema":1"#, #""schema":2,"more":[]"#)) }
    #expect(error.description == "was written by a newer policyc: it has schema 2, this one reads schema 1")
  }

  @Test("what is not JSON is refused with its place, and other JSON as such")
  func notJSON() {
    #expect(
      throws: CompiledPolicyError.notJSON(
        JSONError(
          "expected a member name in quotation marks, found the end of the input",
          at: SourcePosition(line: 1, column: 2, offset: 1)))
    ) { try CompiledPolicyFile.decode(Array("{".utf8)) }
    #expect(throws: CompiledPolicyError.notCompiledPolicy) { try CompiledPolicyFile.decode(Array("[]".utf8)) }
    #expect(throws: CompiledPolicyError.notCompiledPolicy) { try CompiledPolicyFile.decode(Array("{}".utf8)) }
  }

  @Test(
    "what the format does not know is refused with its path, though the digest fits",
    arguments: [
      (#""language":"1.0""#, #""language":"1.1""#, #"$.language: expected 1.0, found "1.1""#),
      (#""kind":"warn""#, #""kind":"warn","x":1"#, "$.policy.rules[1]: expected only the members"),
      (
        #""kind":"warn""#, #""kind":"forbid""#,
        #"$.policy.rules[1].kind: expected require or warn, found "forbid""#
      ),
      (
        #""severity":"medium""#, #""severity":3"#,
        "$.policy.rules[0].severity: expected a string, found an integer"
      ),
      (
        #""newer_branches":true"#, #""newer_branches":1"#,
        "$.policy.builds[0].newer_branches: expected true or false"
      ),
      (
        #"["10.0.22621.2792"]"#, #"["22621.2792"]"#,
        "$.policy.builds[0].minimums[0]: expected a build such as"
      ),
      (
        #"["10.0.22621.2792"]"#, #"["10.0.2.2","10.0.2.1"]"#,
        "$.policy.builds[0].minimums: expected each branch once, in ascending order"
      ),
      (
        #"{"fact":"tpm.present"}"#, #"{"fact":"tpm.absent"}"#,
        #"$.policy.rules[0].that.args[0]: expected fact to name an entry of facts, found "tpm.absent""#
      ),
      (
        #"{"version":"2.0"}}],"op":"and""#, #"{"version":2}}],"op":"and""#,
        "$.policy.rules[0].that.args[1].value.version: expected a string, found an integer"
      ),
      (
        #"{"version":"2.0"}}],"op":"and""#, #"{"float":"2.0"}}],"op":"and""#,
        "$.policy.rules[0].that.args[1].value: expected a value named bool, int, version, build, string or enum"
      ),
      (#""op":"and""#, #""op":"xor""#, "$.policy.rules[0].that: expected op to be not with 1 operand"),
      (#""op":"and""#, #""op":"not""#, "$.policy.rules[0].that: expected op to be not with 1 operand"),
      (
        #""compare":">=""#, #""compare":"=>""#,
        "$.policy.rules[0].that.args[1]: expected compare to be one of"
      ),
      (
        #""meets":"supported""#, #""meets":"other""#,
        "$.policy.rules[1].that: expected meets to name a list of builds"
      ),
      (
        #""attested":true"#, #""attested":false"#,
        "$.policy.rules[1].that.attested: expected true, or no such member"
      ),
      (#""type":"bool""#, #""type":"float""#, "$.policy.facts[1].type: expected bool, int"),
      (#""type":"bool""#, #""type":"enum""#, "$.policy.facts[1]: expected a member values, found none"),
      (
        #""type":"bool""#, #""type":"bool","values":[]"#,
        "$.policy.facts[1].values: expected values of an enum only"
      ),
      (
        #""type":"bool""#, #""type":"int""#,
        "holds a policy that cannot be evaluated: rule tpm_2_0, that: tpm.present stands alone"
      ),
      (
        #""name":"build""#, #""name":"tpm_2_0""#,
        "holds a policy that cannot be evaluated: rules: the name tpm_2_0"
      ),
    ])
  func refused(from: String, to: String, expected: String) throws {
    let bytes = try signed(from, to)
    do {
      _ = try CompiledPolicyFile.decode(bytes)
      Issue.record("accepted")
    } catch { #expect(error.description.hasPrefix(expected), "\(error)") }
  }

  @Test("an integer beyond 2^53 is kept as digits, and digits within are refused")
  func largeIntegers() throws {
    var policy = Self.example
    policy.parameters = [CompiledPolicy.Parameter(name: "p", value: .int(.min))]
    let bytes = CompiledPolicyFile.encode(policy, catalogs: Self.catalogs)
    #expect(String(decoding: bytes, as: UTF8.self).contains(#""value":{"int":"-9223372036854775808"}"#))
    #expect(try CompiledPolicyFile.decode(bytes).policy == policy)
    let small = try signed(
      #"{"name":"minimum_tpm","value":{"version":"2.0"}}"#, #"{"name":"p","value":{"int":"7"}}"#)
    #expect(throws: CompiledPolicyError.self) { try CompiledPolicyFile.decode(small) }
  }

  @Test("a condition as deep as allowed is kept, and a deeper file is refused without a trap")
  func depth() throws {
    var policy = Self.example
    let steps = [ConditionStep.fact(FactReference(index: 1))]
    policy.rules[0].that = Condition(steps: steps + Array(repeating: .not, count: Condition.maximumDepth))
    #expect(
      try CompiledPolicyFile.decode(CompiledPolicyFile.encode(policy, catalogs: Self.catalogs)).policy
        == policy)
    policy.rules[0].that = Condition(steps: steps + Array(repeating: .not, count: Condition.maximumDepth + 1))
    #expect(throws: CompiledPolicyError.self) {
      try CompiledPolicyFile.decode(CompiledPolicyFile.encode(policy, catalogs: Self.catalogs))
    }
    let levels = 100_000
    let hostile = String(repeating: #"{"op":"not","args":["#, count: levels)
    #expect(throws: CompiledPolicyError.self) { try CompiledPolicyFile.decode(Array(hostile.utf8)) }
  }

  @Test("random damage behind a fitting digest gives a policy or an error, never a trap")
  func hostileFiles() throws {
    var random = PolicyGenerator(seed: 12)
    let original = Array(
      String(decoding: CompiledPolicyFile.encode(Self.example, catalogs: Self.catalogs), as: UTF8.self).utf8)
    var reachedContent = 0
    for _ in 0..<5_000 {
      var bytes = original
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
      case 1: bytes.remove(at: place)
      default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
      }
      do { _ = try CompiledPolicyFile.decode(bytes) } catch CompiledPolicyError.damaged(
        let recorded, let computed)
      {
        guard recorded.count == 64 else { continue }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: recorded).joined(
          separator: computed)
        reachedContent += 1
        if let file = try? CompiledPolicyFile.decode(Array(text.utf8)) {
          _ = try PolicyEvaluator(file.policy).report(on: FactSnapshot())
        }
      } catch {}
    }
    #expect(reachedContent > 1000)
  }
}

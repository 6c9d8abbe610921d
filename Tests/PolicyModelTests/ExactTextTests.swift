import Testing

@testable import PolicyModel

/// Texts are compared by code points: `==` of the standard library takes each pair here for equal.
@Suite("Texts by their code points")
struct ExactTextTests {
  static let pairs = [("é", "e\u{301}"), ("K", "\u{212A}"), ("Å", "A\u{30A}"), ("가", "\u{1100}\u{1161}")]

  @Test("values of equivalent texts differ, and equal ones have one hash", arguments: pairs)
  func values(left: String, right: String) {
    #expect(left == right)
    #expect(Value.string(left) != .string(right) && Value.symbol(left) != .symbol(right))
    #expect(Value.string(left) == .string(left) && Value.string(left) != .symbol(left))
    #expect(Set([Value.string(left), .string(right), .string(left)]).count == 2)
    #expect(Set([ExactText(left), ExactText(right), ExactText(left)]).count == 2)
    #expect(!Value.symbol(right).isOf(.symbol([left])))
  }

  @Test("equivalent names of members are two names, each found by itself", arguments: pairs)
  func members(left: String, right: String) throws {
    let value = try JSONValue(parsing: Array("{\"\(left)\": 1, \"\(right)\": 2}".utf8))
    #expect(value[left] == .integer(1) && value[right] == .integer(2))
    #expect(JSONValue.string(left) != .string(right))
    let many = (0..<40).map { "\"\($0)\": 0" } + ["\"\(left)\": 1", "\"\(right)\": 2"]
    #expect(try JSONValue(parsing: Array("{\(many.joined(separator: ","))}".utf8))[right] == .integer(2))
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: Array("{\"\(left)\": 1, \"\(left)\": 2}".utf8))
    }
    #expect(try JSONValue(parsing: value.canonicalBytes())[left] == .integer(1))
  }

  @Test("a condition tells equivalent texts apart, alone, in a list and between facts", arguments: pairs)
  func conditions(left: String, right: String) throws {
    func fact(_ index: Int32) -> FactReference { FactReference(index: index) }
    let steps: [ConditionStep] = [
      .compare(fact(0), .equal, .string(left)), .member(fact(0), [.string("x"), .string(left)]),
      .compareFacts(fact(0), .equal, fact(1)),
    ]
    let policy = CompiledPolicy(
      name: "p", version: Version(1),
      facts: [FactDeclaration(name: "a", type: .string), FactDeclaration(name: "b", type: .string)],
      rules: steps.enumerated().map {
        Rule(name: "r\($0.offset)", kind: .require, that: Condition(steps: [$0.element]))
      })
    let evaluator = try PolicyEvaluator(policy)
    func outcomes(_ text: String) -> [RuleOutcome] {
      let values: [String: Value] = ["a": .string(text), "b": .string(left)]
      return evaluator.report(on: FactSnapshot(values: values, source: "test")).rules.map(\.outcome)
    }
    #expect(outcomes(left) == [.pass, .pass, .pass])
    #expect(outcomes(right) == [.fail, .fail, .fail])
  }

  @Test("probes that give equivalent texts contradict each other", arguments: pairs)
  func contradictions(left: String, right: String) {
    var snapshot = FactSnapshot(values: ["a": .string(left)], source: "first")
    snapshot.add(Observation(.value(.string(right)), source: "second"), for: "a")
    #expect(snapshot.contradictions.count == 1)
  }
}

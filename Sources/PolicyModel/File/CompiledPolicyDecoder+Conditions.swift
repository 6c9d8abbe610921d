import Diagnostics

/// Makes postfix steps of the nested form of conditions.
struct ConditionDecoder {
  let factIndices: [String: Int32]
  let listIndices: [String: Int32]

  func optional(_ json: JSONValue, _ name: String, at path: String) throws(CompiledPolicyError) -> Condition?
  {
    guard let value = json[name] else { return nil }
    return try condition(value, at: "\(path).\(name)")
  }

  /// Reads a condition without recursion: parts wait on a stack, operators behind their operands.
  func condition(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> Condition {
    enum Waiting {
      case part(JSONValue, place: Int)
      case step(ConditionStep)
    }
    var steps: [ConditionStep] = []
    var places: [Place] = [Place(parent: -1, index: 0)]
    var waiting: [Waiting] = [.part(json, place: 0)]
    while let next = waiting.popLast() {
      switch next {
      case .step(let step): steps.append(step)
      case .part(let part, let place):
        do {
          guard part["op"] != nil else {
            steps.append(try test(part, at: ""))
            continue
          }
          let (step, operands) = try operation(part, at: "")
          waiting.append(.step(step))
          for index in operands.indices.reversed() {
            places.append(Place(parent: place, index: index))
            waiting.append(.part(operands[index], place: places.count - 1))
          }
        } catch {
          throw error.under(path + Self.path(of: place, in: places))
        }
      }
    }
    return Condition(steps: steps)
  }

  /// Where an operand lies. Paths are put together only for an error: there may be many operands, nested deep.
  private struct Place {
    let parent: Int
    let index: Int
  }

  private static func path(of place: Int, in places: [Place]) -> String {
    var parts: [String] = []
    var place = place
    while place > 0 {
      parts.append(".args[\(places[place].index)]")
      place = places[place].parent
    }
    return parts.reversed().joined()
  }

  private func operation(
    _ json: JSONValue, at path: String
  ) throws(CompiledPolicyError) -> (ConditionStep, [JSONValue]) {
    try CompiledPolicyDecoder.members(json, at: path, required: ["op", "args"])
    guard case .array(let operands) = try CompiledPolicyDecoder.member(json, "args", at: path) else {
      throw .content(path: path, problem: "expected an array of operands in args")
    }
    let count = Int32(truncatingIfNeeded: operands.count)
    switch try CompiledPolicyDecoder.text(json, "op", at: path) {
    case "not" where count == 1: return (.not, operands)
    case "and" where count >= 2: return (.and(count), operands)
    case "or" where count >= 2: return (.or(count), operands)
    case let name:
      throw .content(
        path: path,
        problem: "expected op to be not with 1 operand, or and or or with at least 2, found "
          + "\(quoted(name)) with \(operands.count)")
    }
  }

  private func test(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> ConditionStep {
    if json["constant"] != nil {
      try CompiledPolicyDecoder.members(json, at: path, required: ["constant"])
      let name = try CompiledPolicyDecoder.text(json, "constant", at: path)
      guard let truth = Truth.allCases.first(where: { $0.name == name }) else {
        throw .content(
          path: path,
          problem:
            "expected constant to be true, false or unknown, found \(quoted(name))")
      }
      return .constant(truth)
    }
    if let values = json["in"] {
      let fact = try reference(json, at: path, with: ["in"])
      return .member(
        fact, try CompiledPolicyDecoder.elements(values, at: "\(path).in", CompiledPolicyDecoder.value))
    }
    if json["meets"] != nil {
      let fact = try reference(json, at: path, with: ["meets"])
      let name = try CompiledPolicyDecoder.text(json, "meets", at: path)
      guard let list = listIndices[name] else {
        throw .content(
          path: path,
          problem: "expected meets to name a list of builds, found \(quoted(name))")
      }
      return .meets(fact, list: list)
    }
    guard json["compare"] != nil else { return .fact(try reference(json, at: path, with: [])) }
    let sign = try CompiledPolicyDecoder.text(json, "compare", at: path)
    guard let comparison = Comparison(rawValue: sign) else {
      let known = Comparison.allCases.map(\.rawValue).joined(separator: " ")
      throw .content(
        path: path,
        problem: "expected compare to be one of \(known), found \(quoted(sign))")
    }
    if let other = json["other"] {
      let left = try reference(json, at: path, with: ["compare", "other"])
      return .compareFacts(left, comparison, try reference(other, at: "\(path).other", with: []))
    }
    let fact = try reference(json, at: path, with: ["compare", "value"])
    let value = try CompiledPolicyDecoder.member(json, "value", at: path)
    return .compare(fact, comparison, try CompiledPolicyDecoder.value(value, at: "\(path).value"))
  }

  private func reference(
    _ json: JSONValue, at path: String, with others: [String]
  ) throws(CompiledPolicyError) -> FactReference {
    try CompiledPolicyDecoder.members(json, at: path, required: ["fact"] + others, optional: ["attested"])
    let name = try CompiledPolicyDecoder.text(json, "fact", at: path)
    guard let index = factIndices[name] else {
      throw .content(
        path: path,
        problem: "expected fact to name an entry of facts, found \(quoted(name))")
    }
    switch json["attested"] {
    case nil: return FactReference(index: index)
    case .bool(true): return FactReference(index: index, attested: true)
    default: throw .content(path: "\(path).attested", problem: "expected true, or no such member")
    }
  }
}

extension CompiledPolicyError {
  /// The same error with a path that begins with the given one.
  fileprivate func under(_ path: String) -> CompiledPolicyError {
    guard case .content(let inner, let problem) = self else { return self }
    return .content(path: path + inner, problem: problem)
  }
}

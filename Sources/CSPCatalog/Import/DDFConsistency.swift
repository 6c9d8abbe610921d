/// What a node's description says against itself.
enum DDFConsistency {
  typealias Problem = (kind: DDFImport.Note.Kind, message: String)

  static func problems(of node: CSPNode) -> [Problem] {
    var problems: [Problem] = []
    if let value = node.defaultValue {
      if let problem = valuesProblem(of: value, in: node) { problems.append(problem) }
      if let problem = formatProblem(of: value, in: node) { problems.append(problem) }
    }
    if node.format == .bool, case .enumeration(let values) = node.allowedValues,
      values.contains(where: { $0 != "true" && $0 != "false" })
    {
      let listed = values.joined(separator: ", ")
      problems.append((.boolValues, "values \(listed) of format bool: expected true and false"))
    }
    return problems
  }

  private static func valuesProblem(of value: String, in node: CSPNode) -> Problem? {
    switch node.allowedValues {
    case .enumeration(let values) where node.listDelimiter == nil && !values.contains(value):
      let listed = values.joined(separator: ", ")
      return (.defaultNotInValues, "default '\(value)' is none of its values \(listed)")
    case .ranges(let ranges):
      guard let number = Int64(value) else {
        return (
          .defaultOutOfRange, "default '\(value)' is no number, but its values are \(node.allowedValues)"
        )
      }
      return ranges.contains { $0.contains(number) }
        ? nil : (.defaultOutOfRange, "default \(value) is outside of its range \(node.allowedValues)")
    default: return nil
    }
  }

  private static func formatProblem(of value: String, in node: CSPNode) -> Problem? {
    switch node.format {
    case .int where Int64(value) == nil: (.intDefault, "default '\(value)' of format int is no number")
    case .bool where value == "true" || value == "false": nil
    case .bool where value.lowercased() == "true" || value.lowercased() == "false":
      (
        .boolDefaultCase,
        "default '\(value)' of format bool: expected '\(value.lowercased())', in small letters"
      )
    case .bool: (.boolDefault, "default '\(value)' of format bool: expected true or false")
    default: nil
    }
  }
}

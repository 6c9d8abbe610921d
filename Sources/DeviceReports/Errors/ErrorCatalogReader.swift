import PolicyModel
import YAMLInput

/// Reads the entries of errors.yaml.
enum ErrorCatalogReader {
  static func read(_ root: YAMLNode) throws(YAMLError) -> [ErrorEntry] {
    let file = try YAMLMapping(root, subject: "the error catalogue", known: ["version", "errors"])
    _ = try file.requiredText("version")
    let list = try file.required("errors")
    guard case .sequence(let nodes) = list.content else {
      throw YAMLError(.content, "errors is \(list.kindName); it is a list", at: list.span.start)
    }
    var entries: [ErrorEntry] = []
    var seen: Set<ErrorNumber> = []
    for node in nodes {
      let entry = try entry(node)
      for number in entry.names.keys where !seen.insert(number).inserted {
        throw YAMLError(.content, "\(number.hexadecimal) has two entries", at: node.span.start)
      }
      entries.append(entry)
    }
    return entries
  }

  private static func entry(_ node: YAMLNode) throws(YAMLError) -> ErrorEntry {
    let map = try YAMLMapping(
      node, subject: "an error", known: ["codes", "meaning", "cause", "cure", "remedies"])
    var names: [ErrorNumber: String?] = [:]
    for code in try map.required("codes").entries("codes") {
      guard code.key.hasPrefix("0x"), code.key.utf8.count == 10, let number = ErrorNumber(code.key) else {
        throw YAMLError(
          .content, "'\(YAMLScalar.shortened(code.key))' is not 0x and eight hexadecimal digits",
          at: code.keySpan.start)
      }
      names[number] =
        code.value.scalar?.isNull == true ? .some(nil) : try code.value.text("the name of a code")
    }
    let list = try map.required("remedies")
    guard case .sequence(let nodes) = list.content else {
      throw YAMLError(.content, "remedies is \(list.kindName); it is a list", at: list.span.start)
    }
    var remedies: [KnownRemedy] = []
    for node in nodes {
      let name = try node.text("a remedy")
      guard let remedy = KnownRemedy(rawValue: name) else {
        throw YAMLError(.content, "there is no remedy '\(YAMLScalar.shortened(name))'", at: node.span.start)
      }
      remedies.append(remedy)
    }
    return ErrorEntry(
      names: names, meaning: try LocalizedText(map.required("meaning"), "meaning"),
      cause: try LocalizedText(map.required("cause"), "cause"),
      cure: try LocalizedText(map.required("cure"), "cure"), remedies: remedies)
  }
}

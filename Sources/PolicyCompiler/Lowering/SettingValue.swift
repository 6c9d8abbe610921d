import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// The data of a command.
struct SettingData {
  let text: String
  let format: NodeFormat
  var isXML = false
}

/// Values of `set`, `add` and `exec` against the node's format and allowed values.
extension PolicyChecker {
  mutating func setting(
    _ value: NodeIndex, for node: CSPNode?, path: String, clause: NodeIndex, context: GroupContext
  ) -> SettingData? {
    let tree = context.tree
    let span = tree.span(value)
    switch tree.kind(value) {
    case .admxEnabled, .admxDisabled: return admx(value, for: node, clause: clause, context)
    case .list:
      var texts: [String] = []
      for item in tree.children(of: value) {
        guard let data = scalar(item, for: node, clause: clause, context, isElement: true) else { return nil }
        texts.append(data.text)
      }
      guard let delimiter = node?.listDelimiter ?? (node == nil ? "\u{F000}" : nil) else {
        refuse(
          "AP3003", "\(path) takes a single value", at: span, "a list",
          help: ["write the value without brackets"],
          clause, context)
        return nil
      }
      if let bad = texts.first(where: { $0.contains(delimiter) }) {
        refuse(
          "AP3007", "'\(bad)' holds the character that separates the node's list", at: span,
          "cannot be told from two values", help: [], clause, context)
        return nil
      }
      return SettingData(text: texts.joined(separator: delimiter), format: node?.format ?? .chr)
    default: return scalar(value, for: node, clause: clause, context, isElement: false)
    }
  }

  private mutating func refuse(
    _ code: DiagnosticCode, _ message: String, at span: Span, _ label: String, help: [String],
    _ clause: NodeIndex,
    _ context: GroupContext
  ) {
    report(
      Diagnostic(code, .error, message, at: Label(span, label), help: help), on: clause, in: context.tree,
      within: context.owners)
  }

  private mutating func scalar(
    _ item: NodeIndex, for node: CSPNode?, clause: NodeIndex, _ context: GroupContext, isElement: Bool
  ) -> SettingData? {
    let tree = context.tree
    let span = tree.span(item)
    guard let literal = literal(item, in: tree) else { return nil }
    let value: Value
    switch literal {
    case .int(let number, let unit):
      if let unit {
        refuse(
          "AP3003", "a value in \(unit.rawValue) does not say what the node counts in", at: span,
          "write the number that the node takes", help: ["the number alone is \(number)"], clause, context)
        return nil
      }
      value = .int(number)
    case .version(let version): value = .version(version)
    case .string(let text): value = .string(text)
    case .word("true"): value = .bool(true)
    case .word("false"): value = .bool(false)
    case .word(let word):
      guard let symbol = lookUp(word, .param, at: span) else { return nil }
      guard let fixed = parameters[symbol.name]?.value else { return nil }
      value = fixed
    }
    guard let node else { return SettingData(text: value.description, format: value.guessedFormat) }
    let data = text(of: value, for: node)
    guard let data else {
      refuse(
        "AP3003", "\(node.locURI) takes \(node.format.phrase), but the value is \(value.kindPhrase)",
        at: span,
        "format \(node.format.rawValue) is needed", help: node.valueHint.map { [$0] } ?? [], clause, context)
      return nil
    }
    if case .admx = node.allowedValues {
      return SettingData(text: data, format: node.format, isXML: true)
    }
    return SettingData(text: data, format: node.format, isXML: node.format == .xml)
  }

  /// A value as the node's format spells it; nil when it does not fit.
  private func text(of value: Value, for node: CSPNode) -> String? {
    switch (node.format, value) {
    case (.int, .int(let number)): return "\(number)"
    case (.bool, .bool(let flag)): return flag ? "true" : "false"
    case (.bool, .int(let number)):
      if case .enumeration(let values) = node.allowedValues, values.contains("\(number)") {
        return "\(number)"
      }
      return nil
    case (.chr, .string(let text)), (.xml, .string(let text)), (.time, .string(let text)),
      (.date, .string(let text)), (.b64, .string(let text)), (.bin, .string(let text)),
      (.float, .string(let text)):
      return text
    case (.float, .int(let number)): return "\(number)"
    case (.chr, .int(let number)): return "\(number)"
    case (.chr, .version(let version)): return version.description
    case (.chr, .build(let build)): return build.description
    case (.chr, .bool(let flag)):
      let spelled = flag ? "true" : "false"
      if case .enumeration(let values) = node.allowedValues {
        return values.first { $0.lowercased() == spelled }
      }
      return nil
    case (.chr, .symbol(let symbol)): return symbol
    case (.node, .string(let text)), (.null, .string(let text)): return text.isEmpty ? "" : nil
    default: return nil
    }
  }

  /// `enabled { "id" = value }` and `disabled`
  private mutating func admx(
    _ value: NodeIndex, for node: CSPNode?, clause: NodeIndex, _ context: GroupContext
  ) -> SettingData? {
    let tree = context.tree
    if let node {
      guard case .admx = node.allowedValues else {
        refuse(
          "AP3003", "\(node.locURI) is not backed by a group policy", at: tree.span(value),
          "takes \(node.format.phrase)", help: node.valueHint.map { [$0] } ?? [], clause, context)
        return nil
      }
    }
    if tree.kind(value) == .admxDisabled {
      return SettingData(text: "<disabled/>", format: node?.format ?? .chr, isXML: true)
    }
    var xml = "<enabled/>"
    var ids: Set<ExactText> = []
    for element in tree.children(of: value) where tree.kind(element) == .admxElement {
      let parts = tree.children(of: element).map { $0 }
      guard parts.count == 2 else { continue }
      let id =
        tree.kind(parts[0]) == .text ? StringValue.unescaped(tree.stringValue(parts[0])) : tree.text(parts[0])
      if !ids.insert(ExactText(id)).inserted {
        refuse(
          "AP3010", "the ADMX element '\(id)' is given two values", at: tree.span(element),
          "given again here",
          help: ["keep one of the two"], clause, context)
      }
      var texts: [String] = []
      let values = tree.kind(parts[1]) == .list ? tree.children(of: parts[1]).map { $0 } : [parts[1]]
      for item in values {
        guard let data = scalar(item, for: nil, clause: clause, context, isElement: true) else { return nil }
        texts.append(data.text)
      }
      xml += "<data id=\"\(xmlEscaped(id, forbidden: nil))\""
      xml += " value=\"\(xmlEscaped(texts.joined(separator: "\u{F000}"), forbidden: nil))\"/>"
    }
    return SettingData(text: xml, format: node?.format ?? .chr, isXML: true)
  }
}

/// Allowed values in words.
enum DiagnosticHelp {
  static func allowed(_ values: AllowedValues) -> (label: String, lines: [String]) {
    switch values {
    case .enumeration(let values):
      let shown = values.prefix(12).joined(separator: ", ") + (values.count > 12 ? ", …" : "")
      return ("allowed: \(shown)", [])
    case .ranges(let ranges):
      let shown = ranges.map {
        $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
      }
      return ("allowed: \(shown.joined(separator: ", "))", [])
    case .flags(let flags):
      return ("allowed: any sum of \(flags.map { "\($0)" }.joined(separator: ", "))", [])
    default: return ("not allowed", [])
    }
  }
}

extension NodeFormat {
  /// The format in words, for messages.
  var phrase: String {
    switch self {
    case .int: "a whole number"
    case .bool: "true or false"
    case .chr: "a text"
    case .xml: "an XML text"
    case .b64, .bin: "a text in base64"
    case .node, .null: "no value"
    case .time: "a time"
    case .date: "a date"
    case .float: "a number"
    }
  }
}

extension CSPNode {
  /// What the node takes, as a help line.
  fileprivate var valueHint: String? {
    switch allowedValues {
    case .enumeration, .ranges, .flags: DiagnosticHelp.allowed(allowedValues).label
    case .admx: "the node is backed by a group policy: write enabled { … } or disabled"
    default: nil
    }
  }
}

extension Value {
  fileprivate var kindPhrase: String {
    switch self {
    case .bool: "true or false"
    case .int: "a number"
    case .version: "a version"
    case .build: "a Windows build"
    case .string: "a text"
    case .symbol: "a symbol"
    }
  }

  /// The format to send for a node that the catalogue does not know.
  fileprivate var guessedFormat: NodeFormat {
    switch self {
    case .bool: .bool
    case .int: .int
    default: .chr
    }
  }
}

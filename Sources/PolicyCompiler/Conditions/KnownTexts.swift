import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// Texts that a fact is compared with, or given, and does not have in practice.
extension PolicyChecker {
  /// Warns where a condition compares a fact with a text that is not one of those that it has.
  mutating func checkText(
    _ value: Value, of entry: FactEntry, at place: NodeIndex, _ lowering: ConditionLowering
  ) {
    guard case .string(let text) = value, !entry.isKnown(text) else { return }
    let tree = lowering.tree
    let finding = Self.unknownText(text, of: entry, at: tree.span(place), isWritten: tree.isText(place))
    let clause = ClauseID(file: tree.file, node: lowering.clause)
    if !report(finding, on: [clause] + groups) { acceptedTexts.insert("\(entry.name)=\(text)") }
  }

  /// Warns where a device of a test has such a text. What a rule's author has accepted is accepted in its tests too.
  mutating func checkGivenText(_ value: Value, of entry: FactEntry, at place: NodeIndex, in tree: SyntaxTree)
  {
    guard case .string(let text) = value, !entry.isKnown(text),
      !acceptedTexts.contains("\(entry.name)=\(text)")
    else { return }
    sink.add(Self.unknownText(text, of: entry, at: tree.span(place), isWritten: tree.isText(place)))
  }

  private static func unknownText(
    _ text: String, of entry: FactEntry, at span: Span, isWritten: Bool
  ) -> Diagnostic {
    let meant = entry.meant(by: text)
    var help: [String] = []
    if let meant {
      help.append(
        "did you mean \"\(meant.text)\"\(meant.names.first.map { $0 == meant.text ? "" : ", \($0)" } ?? "")?")
    }
    help.append("known: \(entry.known.map(\.text).joined(separator: ", "))")
    help.append("the list may grow: where the text is meant, waive this in the rule, with the reason")
    return Diagnostic(
      "AP3013", .warning, "no device is known whose '\(entry.name)' is \"\(shortened(text))\"",
      at: Label(span, "not one of the known texts"), help: help,
      fixIts: isWritten
        ? meant.map { [FixIt(title: "write \"\($0.text)\"", span: span, replacement: "\"\($0.text)\"")] }
          ?? []
        : [])
  }
}

extension SyntaxTree {
  /// Whether a text is written at a node, and not the name of a param.
  fileprivate func isText(_ node: NodeIndex) -> Bool {
    let token = nodes[node].firstToken
    return tokens.kinds[Int(token)] == .string
  }
}

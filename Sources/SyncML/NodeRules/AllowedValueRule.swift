import CSPCatalog
import Diagnostics

/// SM1702, SM1703, SM1704: a value is one of those that the node takes (`MSFT:AllowedValues`).
///
/// Patterns, ADMX, XSD, JSON and SDDL have rules of their own.
struct AllowedValueRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.writes, let value = use.judgeableValue else { return }
    for text in Self.values(in: value.trimmed, of: use.node) {
      guard let (code, expectation, help) = Self.objection(to: text, of: use.node) else { continue }
      report.report(
        PayloadFinding(
          code, "\(use.subject): the value '\(clipped(text))' is not allowed; the node takes \(expectation)",
          at: value.position, label: "allowed: \(expectation)", help: help, status: .commandFailed))
      return
    }
  }

  /// The single values of a list, or the one.
  private static func values(in text: Substring, of node: CSPNode) -> [Substring] {
    guard let delimiter = node.listDelimiter, !delimiter.isEmpty, !text.isEmpty else { return [text] }
    var values: [Substring] = []
    var rest = text
    while let cut = rest.firstRange(of: delimiter) {
      values.append(rest[..<cut.lowerBound])
      rest = rest[cut.upperBound...]
    }
    if !rest.isEmpty { values.append(rest) }
    return values.map { trimmedXML(String($0)) }
  }

  private static func objection(
    to text: Substring, of node: CSPNode
  ) -> (DiagnosticCode, expectation: String, help: [String])? {
    switch node.allowedValues {
    case .unstated, .any, .pattern, .admx, .xsd, .json, .sddl: return nil
    case .enumeration(let allowed):
      guard !allowed.isEmpty, !allowed.contains(where: { matches(text, $0, node.format) }) else { return nil }
      let near = node.format == .int ? nil : closest(to: String(text), in: allowed)
      return ("SM1702", listing(allowed), near.map { ["did you mean \($0)?"] } ?? [])
    case .ranges(let ranges):
      // A value that is no number is ValueSyntaxRule's.
      guard !ranges.isEmpty, let number = IntegerText.decimal(text),
        !ranges.contains(where: { $0.contains(number) })
      else { return nil }
      return ("SM1703", listing(ranges.map(spelled)), [])
    case .flags(let flags):
      guard !flags.isEmpty, let bits = number(text) else { return nil }
      let all = flags.reduce(0, |)
      guard bits & ~all != 0, !flags.contains(bits) else { return nil }
      return ("SM1704", "sums of \(listing(flags.map { String($0) }))", [])
    }
  }

  private static func matches(_ text: Substring, _ allowed: String, _ format: NodeFormat) -> Bool {
    if text == allowed { return true }
    switch format {
    case .int:
      guard let left = IntegerText.decimal(text) else { return false }
      return left == IntegerText.decimal(allowed)
    case .bool: return text.lowercased() == allowed.lowercased()
    default: return false
    }
  }

  private static func number(_ text: Substring) -> UInt64? {
    if let hexadecimal = IntegerText.hexadecimal(text) { return hexadecimal }
    return IntegerText.decimal(text).flatMap { UInt64(exactly: $0) ?? UInt64.max }
  }

  private static func spelled(_ range: ClosedRange<Int64>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  /// `0, 1, 2`; long lists are cut.
  private static func listing(_ values: [String]) -> String {
    let shown = values.prefix(12).map { clipped($0, limit: 40) }.joined(separator: ", ")
    return values.count > 12 ? "\(shown) and \(values.count - 12) more" : shown
  }
}

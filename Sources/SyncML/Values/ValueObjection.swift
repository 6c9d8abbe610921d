import CSPCatalog
import Diagnostics

/// Why a node does not take a value.
struct ValueObjection {
  let code: DiagnosticCode
  /// nil for that of the code.
  let severity: Severity?
  /// The end of a sentence that begins with the value: `is not allowed; the node takes 0, 1`.
  let message: String
  let label: String
  let help: [String]

  init(
    _ code: DiagnosticCode, _ severity: Severity?, _ message: String, label: String, help: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.label = label
    self.help = help
  }

  init(_ code: DiagnosticCode, _ message: String, label: String, help: [String] = []) {
    self.init(code, nil, message, label: label, help: help)
  }

  func finding(_ text: Substring, of use: NodeUse, at position: SourcePosition) -> PayloadFinding {
    if isDefault(text, of: use.node) {
      return PayloadFinding(
        "SM1722",
        "\(use.subject): the value '\(clipped(text))' is the node's default, though not among those that its DDF allows",
        at: position, label: "the default")
    }
    let isRefused = (severity ?? DiagnosticCatalog.rule(for: code)?.severity) == .error
    return PayloadFinding(
      code, severity, "\(use.subject): the value '\(clipped(text))' \(message)", at: position, label: label,
      help: help, status: isRefused ? .commandFailed : nil)
  }

  /// Whether a value is the one that the DDF says a node has by itself; several of them contradict its other facts.
  private func isDefault(_ text: Substring, of node: CSPNode) -> Bool {
    guard let value = node.defaultValue else { return false }
    return text == value || (node.format == .bool && text.lowercased() == value.lowercased())
  }
}

extension ValuePlan {
  /// Whether any text is taken.
  var isFree: Bool {
    guard case .anything = check, case .anyText = spelling else { return false }
    return true
  }

  /// What is wrong with a single value or an item of a list; nil when nothing is.
  func objection(to text: Substring) -> ValueObjection? {
    switch check {
    case .options(let options): return objection(to: text, options: options)
    case .ranges(let ranges): return objection(to: text, ranges: ranges)
    case .flags(let flags, let mask): return objection(to: text, flags: flags, mask: mask)
    case .pattern(let pattern): return objection(to: text, pattern)
    case .anything: return misspelling(of: text) ?? beyondRegister(text)
    case .admx, .document, .unread: return nil
    }
  }

  private func misspelling(of text: Substring) -> ValueObjection? {
    guard !spelling.accepts(text) else { return nil }
    return ValueObjection(
      "SM1701", "is not \(spelling.expectation), as the format \(format.rawValue) asks",
      label: "expected \(spelling.expectation)")
  }

  /// Windows keeps an int in 32 bits, with or without a sign.
  private func beyondRegister(_ text: Substring) -> ValueObjection? {
    guard spelling == .integer else { return nil }
    if case .number(let number) = IntegerText(decimal: text),
      (-0x8000_0000...0xFFFF_FFFF).contains(number)
    {
      return nil
    }
    return ValueObjection(
      "SM1723", "does not fit into 32 bits, in which Windows keeps an int",
      label: "from -2147483648 to 4294967295")
  }

  private func objection(to text: Substring, options: [String]) -> ValueObjection? {
    let length = text.utf8.count
    if options.contains(where: { $0.utf8.count == length && $0 == text }) { return nil }
    let listing = Self.listing(options)
    switch format {
    case .int:
      guard let number = IntegerText(decimal: text) else {
        let hasOther = options.contains { IntegerText(decimal: $0) == nil }
        guard hasOther else { return misspelling(of: text) }
        break
      }
      if options.contains(where: { IntegerText(decimal: $0) == number }) { return nil }
    case .bool:
      let lowered = text.lowercased()
      if options.contains(where: { $0.lowercased() == lowered }) { return nil }
      // A bool whose values are 0 and 1 is a bool all the same.
      if lowered == "false" && options.contains("0") || lowered == "true" && options.contains("1") {
        return nil
      }
    default:
      if let meant = options.first(where: { $0.lowercased() == text.lowercased() }) {
        return ValueObjection(
          "SM1702", .warning,
          "is spelled \(clipped(meant, limit: 40)) in the DDF; the case of letters may count",
          label: "in another case", help: ["write \(clipped(meant, limit: 40))"])
      }
    }
    let near = format == .int ? nil : closest(to: String(text), in: options)
    return ValueObjection(
      "SM1702", "is not allowed; the node takes \(listing)", label: "allowed: \(listing)",
      help: near.map { ["did you mean \($0)?"] } ?? [])
  }

  private func objection(to text: Substring, ranges: [ClosedRange<Int64>]) -> ValueObjection? {
    guard let number = IntegerText(decimal: text) else { return notANumber }
    if case .number(let number) = number, ranges.contains(where: { $0.contains(number) }) { return nil }
    let listing = Self.listing(
      ranges.map {
        $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
      })
    return ValueObjection(
      "SM1703", "is not allowed; the node takes \(listing)", label: "allowed: \(listing)")
  }

  private func objection(to text: Substring, flags: [UInt64], mask: UInt64) -> ValueObjection? {
    guard let bits = IntegerText.bits(text) else { return notANumber }
    guard bits & ~mask != 0 else { return nil }
    let listing = Self.listing(flags.map { String($0) })
    return ValueObjection(
      "SM1704", "is not allowed; the node takes sums of \(listing)", label: "allowed: sums of \(listing)")
  }

  private func objection(to text: Substring, _ pattern: ValuePattern) -> ValueObjection? {
    switch pattern.matches(text) {
    case true: return nil
    case false:
      return ValueObjection(
        "SM1707", "does not match the pattern of the node, \(clipped(pattern.source, limit: 160))",
        label: "does not match")
    case nil:
      return ValueObjection(
        "SM1708", "is too long to be matched against the pattern of the node", label: "not judged")
    }
  }

  private var notANumber: ValueObjection {
    ValueObjection("SM1701", "is not a whole number, as its node asks", label: "expected a whole number")
  }

  /// `0, 1, 2`; long lists are cut.
  private static func listing(_ values: [String]) -> String {
    let shown = values.prefix(12).map { clipped($0, limit: 40) }.joined(separator: ", ")
    return values.count > 12 ? "\(shown) and \(values.count - 12) more" : shown
  }
}

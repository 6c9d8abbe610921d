import Diagnostics
import PolicyModel
import PolicySyntax

/// A literal as written, before a type is asked of it.
enum Literal: Hashable {
  case int(Int64, Unit?)
  case version(Version)
  case string(String)
  /// `true`, `false`, a symbol, a param: a word whose meaning depends on where it stands.
  case word(String)

  /// What it is, in words.
  var kind: String {
    switch self {
    case .int: "a number"
    case .version: "a version"
    case .string: "a text"
    case .word(let word): word == "true" || word == "false" ? "true or false" : "a name"
    }
  }
}

extension SyntaxTree {
  /// The literal at a node of kind `literal`; nil for one that the lexer or the range of numbers refuses.
  func literal(_ node: NodeIndex) -> Literal? {
    let token = Int(nodes[node].firstToken)
    let bytes = source[tokens.start(of: token)..<tokens.end(of: token)]
    switch tokens.kinds[token] {
    case .integer:
      guard let value = Literal.integer(bytes) else { return nil }
      let last = Int(nodes[node].endToken) - 1
      guard last > token else { return .int(value, nil) }
      let word = String(decoding: source[tokens.start(of: last)..<tokens.end(of: last)], as: UTF8.self)
      guard let unit = Unit.named(word) else { return .int(value, nil) }
      let (product, overflow) = value.multipliedReportingOverflow(by: unit.factor)
      return overflow ? nil : .int(product, unit.base)
    case .version: return Version(utf8: bytes).map { .version($0) }
    case .string: return .string(StringValue.unescaped(stringValue(node)))
    default: return .word(String(decoding: bytes, as: UTF8.self))
    }
  }
}

/// Texts that are values, not message templates.
enum StringValue {
  /// A text with `\{` read as a plain brace.
  static func unescaped(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    var result = ""
    var previous: Character?
    for character in text {
      if character == "{", previous == "\\" { result.removeLast() }
      result.append(character)
      previous = character
    }
    return result
  }
}

extension Literal {
  /// A decimal or hexadecimal number of 64 bits with its sign.
  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var digits = bytes
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    var radix: Int64 = 10
    if digits.count > 2, digits.first == UInt8(ascii: "0"),
      digits[digits.startIndex + 1] | 0x20 == UInt8(ascii: "x")
    {
      radix = 16
      digits = digits.dropFirst(2)
    }
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        digit = (byte | 0x20) - UInt8(ascii: "a") + 10
      default: return nil
      }
      guard Int64(digit) < radix else { return nil }
      // Summing towards the sign keeps the least of all numbers in range.
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) =
        isNegative
        ? product.subtractingReportingOverflow(Int64(digit)) : product.addingReportingOverflow(Int64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}

/// Why a literal is not of a type.
struct LiteralMismatch: Error {
  let code: DiagnosticCode
  /// The message, with the subject left to the caller: it follows `SUBJECT is …`.
  let message: String
  let label: String
  var help: [String] = []
  /// What to write in place of the literal.
  var replacement: String?
}

extension Literal {
  /// Up to how many symbols of an enum a misspelt one is compared with; the language's own have fewer.
  private static let comparedSymbols = 200

  /// The symbols of an enum, as many as a reader takes in.
  static func listed(_ symbols: [String]) -> String {
    let limit = 40
    return symbols.prefix(limit).joined(separator: ", ")
      + (symbols.count > limit ? " and \(symbols.count - limit) more" : "")
  }

  /// The value of the literal as a type asks, for a subject with an optional unit.
  func value(of type: ValueType, unit: String?, subject: String) throws(LiteralMismatch) -> Value {
    switch (type, self) {
    case (.bool, .word("true")): return .bool(true)
    case (.bool, .word("false")): return .bool(false)
    case (.int, .int(let value, let written)):
      if let written, unit == nil {
        throw LiteralMismatch(
          code: "AP2008", message: "'\(subject)' has no unit, but the value is in \(written.rawValue)",
          label: "write the number alone")
      }
      if let unit, let written, written.rawValue != unit {
        throw LiteralMismatch(
          code: "AP2008",
          message: "'\(subject)' is measured in \(unit), but the value is in \(written.rawValue)",
          label: "a unit of \(unit) is needed")
      }
      if let unit, written == nil, value != 0 {
        throw LiteralMismatch(
          code: "AP2008", message: "'\(subject)' is measured in \(unit), but the value has no unit",
          label: "a unit is needed", help: ["write \(value) \(unit), or a larger unit"])
      }
      return .int(value)
    case (.version, .version(let version)): return .version(version)
    case (.version, .int(let value, nil)):
      throw LiteralMismatch(
        code: "AP2004", message: "'\(subject)' is a version, but \(value) is a number",
        label: "a version is needed",
        help: ["write \(value).0"], replacement: "\(value).0")
    case (.build, .version(let version)):
      if let build = OSBuild(version) { return .build(build) }
      throw LiteralMismatch(
        code: "AP2004",
        message: "'\(subject)' is a Windows build, but \(version) is not of the form 10.0.BRANCH.REVISION",
        label: "a build such as 10.0.22631.2792 is needed")
    case (.string, .string(let text)): return .string(text)
    case (.symbol(let symbols), .word(let word)):
      if symbols.contains(word) { return .symbol(word) }
      let close = symbols.count <= Self.comparedSymbols ? closest(to: word, in: symbols) : nil
      throw LiteralMismatch(
        code: "AP2005", message: "'\(subject)' is never '\(word)'", label: "not one of its values",
        help: (close.map { ["did you mean '\($0)'?"] } ?? []) + [
          "its values are \(Literal.listed(symbols))"
        ],
        replacement: close)
    case (.symbol(let symbols), .string(let text)) where symbols.contains(text):
      throw LiteralMismatch(
        code: "AP2004",
        message: "'\(subject)' is one of a set of symbols, which are written without quotation marks",
        label: "write \(text)", replacement: text)
    default:
      throw LiteralMismatch(
        code: "AP2004", message: "'\(subject)' is \(type.phrase), but the value is \(kind)",
        label: "\(type.phrase) is needed", help: type.hint.map { [$0] } ?? [])
    }
  }
}

extension ValueType {
  /// The type with its article, for messages.
  var phrase: String {
    switch self {
    case .bool: "true or false"
    case .int: "a number"
    case .version: "a version"
    case .build: "a Windows build"
    case .string: "a text"
    case .symbol: "one of a set of symbols"
    }
  }

  var hint: String? {
    switch self {
    case .bool: nil
    case .int: "a number is written 5 or 0x10"
    case .version: "a version is written 2.0"
    case .build: "a build is written 10.0.22631.2792"
    case .string: "a text stands in double quotation marks"
    case .symbol(let symbols): "its values are \(Literal.listed(symbols))"
    }
  }
}

extension PolicyChecker {
  /// Reports a literal that is not of the type asked for.
  mutating func report(_ mismatch: LiteralMismatch, at span: Span, secondary: [Label] = []) {
    sink.report(
      mismatch.code, .error, mismatch.message, at: span, mismatch.label, secondary: secondary,
      help: mismatch.help,
      fixIts: mismatch.replacement.map { [FixIt(title: "write \($0)", span: span, replacement: $0)] } ?? [])
  }

  /// The literal at a node, with a message when its number is out of range.
  mutating func literal(_ node: NodeIndex, in tree: SyntaxTree) -> Literal? {
    if let literal = tree.literal(node) { return literal }
    if !isBroken {
      sink.report(
        "AP1004", .error, "the number is beyond 64 bits", at: tree.span(node),
        "between -9223372036854775808 and 9223372036854775807")
    }
    return nil
  }
}

import CSPCatalog
import PolicyModel
import TestSupport

/// Settings for every node of the catalogue: values that it takes, values that it nearly takes, and values of every other
/// kind. The same seed gives the same settings.
struct GeneratedSettings {
  /// One clause of a policy, and the command that says what the author wrote when the compiler would refuse it.
  struct Setting {
    let clause: String
    let node: CSPNode
    let path: String
    let verb: String
    /// The value as a payload has it, with the format that its kind has in other places; nil for none.
    let value: (text: String, format: NodeFormat)?
  }

  /// A value as a policy writes it.
  private struct Literal {
    let source: String
    let text: String
    let format: NodeFormat

    static func string(_ text: String) -> Literal {
      var source = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": source += "\\" + String(scalar)
        case "\n": source += "\\n"
        case "\t": source += "\\t"
        case "\u{F000}": source += "\u{F000}"
        default: source.unicodeScalars.append(scalar)
        }
      }
      return Literal(source: source + "\"", text: text, format: .chr)
    }

    static func int(_ number: Int64) -> Literal {
      Literal(source: "\(number)", text: "\(number)", format: .int)
    }

    static func bool(_ flag: Bool) -> Literal { Literal(source: "\(flag)", text: "\(flag)", format: .bool) }
  }

  private static let names = ["Contoso", "1", "%7BD6886603-9D2F-4EB2-B667-1971041FA96B%7D", "a%20b", "443"]
  private static let texts = [
    "", " ", "zzz", "on", "0", "1", " 1", "1 ", "01", "+1", "1.5", "true", "TRUE", "YWJj", "YWJ", "=",
    "2024-01-01", "<a/>", "<a>", "<?xml version=\"1.0\"?><a/>", "&lt;a/&gt;", "<![CDATA[a", "a]]>b",
    "<RuleCollection Type=\"Exe\"/>", "{}", "{", "[1,2]", "{\"a\":1,}", "{x}", "$VALUE", "O:BAG:BAD:", "O:",
    "O:BAG:BAD:(A;;GA;;;BA)", "D:(A;;GA;;;BA", "a,b", "a;b", "a|b", "a;;b", "a\u{F000}b", "a0xF000b",
    "S-1-5-32-544,S-1-5-32-545", "https://a.example;https://b.example", "80,443", "10.0.0.1", "{D6886603",
    "<enabled/>", "<disabled/>", " <enabled/>", "<enabled/><data id=\"a\" value=\"1\"/>", "<enable/>",
    "<disabled/><data id=\"a\" value=\"1\"/>", "<Enabled/>", "line\nline", "tab\there", "日本",
    "{D6886603-9D2F-4EB2-B667-1971041FA96B}", "D6886603-9D2F-4EB2-B667-1971041FA96B",
  ]
  private static let numbers: [Int64] = [
    -1, 0, 1, 2, 3, 7, 255, 65_536, -0x8000_0000, -0x8000_0001, 0xFFFF_FFFF, 0x1_0000_0000, .max,
  ]

  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One setting for a node.
  mutating func next(for node: CSPNode) -> Setting {
    let path = path(of: node)
    let verb = verb(for: node)
    guard verb == "set" || random.below(2) == 0 && (verb == "add" || verb == "exec") else {
      return Setting(clause: "\(verb) \(path)", node: node, path: path, verb: verb, value: nil)
    }
    switch random.below(12) {
    case 0 where node.listDelimiter != nil, 1 where node.listDelimiter != nil:
      let delimiter = node.listDelimiter ?? ""
      let items = (0...random.below(3)).map { _ in self.literal(for: node) }.filter {
        !$0.text.contains(delimiter)
      }
      let text = items.map(\.text).joined(separator: delimiter)
      let format = items.first { $0.format == .bool }?.format ?? node.format
      return Setting(
        clause: "\(verb) \(path) = [\(items.map(\.source).joined(separator: ", "))]", node: node, path: path,
        verb: verb, value: (text, format))
    case 2, 3:
      guard case .admx = node.allowedValues else { break }
      let isOn = random.below(3) > 0
      let source = isOn ? "enabled { \"a\" = \(random.below(9)) }" : "disabled"
      let text = isOn ? "<enabled/><data id=\"a\" value=\"1\"/>" : "<disabled/>"
      return Setting(
        clause: "\(verb) \(path) = \(source)", node: node, path: path, verb: verb, value: (text, .chr))
    default: break
    }
    let literal = literal(for: node)
    return Setting(
      clause: "\(verb) \(path) = \(literal.source)", node: node, path: path, verb: verb,
      value: (literal.text, literal.format))
  }

  private mutating func path(of node: CSPNode) -> String {
    node.locURI.split(separator: "/").map { segment in
      segment.first == "{" ? random.one(of: Self.names) : String(segment)
    }.joined(separator: "/")
  }

  private mutating func verb(for node: CSPNode) -> String {
    switch random.below(12) {
    case 0: "add"
    case 1: "delete"
    case 2: "exec"
    case 3: "collect"
    default: node.access.contains(.exec) && !node.access.contains(.replace) ? "exec" : "set"
    }
  }

  private mutating func literal(for node: CSPNode) -> Literal {
    switch random.below(8) {
    case 0: return .string(random.one(of: Self.texts))
    case 1: return .int(random.one(of: Self.numbers))
    case 2: return .bool(random.below(2) == 0)
    case 3: if let value = node.defaultValue { return fitting(value, node) }
    case 4: return fitting(random.one(of: Self.texts), node)
    default: break
    }
    switch node.allowedValues {
    case .enumeration(let values) where !values.isEmpty:
      let value = random.one(of: values)
      switch random.below(5) {
      case 0: return fitting(value + "1", node)
      case 1: return fitting(value.uppercased(), node)
      case 2: return fitting(value.lowercased(), node)
      default: return fitting(value, node)
      }
    case .ranges(let ranges) where !ranges.isEmpty:
      let range = random.one(of: ranges)
      let number = random.below(2) == 0 ? range.lowerBound : range.upperBound
      return .int(number.addingReportingOverflow(Int64(random.below(3)) - 1).partialValue)
    case .flags(let flags) where !flags.isEmpty:
      let sum = flags.reduce(0, |)
      return .int(Int64(truncatingIfNeeded: random.below(2) == 0 ? sum : sum &+ 1))
    case .admx: return .string(random.below(2) == 0 ? "<enabled/>" : "<disabled/>")
    case .json: return .string("{\"a\":[1]}")
    case .sddl: return .string("O:BAG:BAD:(A;;GA;;;BA)")
    case .xsd: return .string("<a/>")
    default: return fitting(random.one(of: Self.texts), node)
    }
  }

  /// A text as the literal that the node's format asks for, where there is one.
  private func fitting(_ text: String, _ node: CSPNode) -> Literal {
    switch node.format {
    case .int: Int64(text).map { .int($0) } ?? .string(text)
    case .bool:
      switch text {
      case "true", "false": .bool(text == "true")
      default: Int64(text).map { .int($0) } ?? .string(text)
      }
    default: .string(text)
    }
  }
}

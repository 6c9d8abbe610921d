import CSPCatalog
import Diagnostics

/// What a payload last did to a node, in few bytes: a payload may write a great many.
struct WrittenSetting: Sendable {
  /// As much of a value as a String holds without memory of its own. The values that others depend on are short.
  private static let keptBytes = 15

  /// What stands in the node then.
  enum Content: Hashable, Sendable {
    /// The beginning of the value, and a fingerprint of the whole: equal values of a node have equal ones, however they are
    /// spelled.
    case value(String, isWhole: Bool, fingerprint: Int)
    /// A server fills the value in, or raw XML hides it.
    case unknown
    /// The node was deleted.
    case deleted
  }

  let position: SourcePosition
  let verb: SyncMLVerb
  let content: Content
  /// How many interior nodes were deleted before; what was written below one of them is gone.
  let deletions: Int
  /// Whether it was told that the node is written more than once.
  var isTold = false

  init(_ use: NodeUse, deletions: Int) {
    position = use.target.position
    verb = use.command.verb
    self.deletions = deletions
    content = use.writes ? Self.content(of: use.item.data, use.node.format) : .deleted
  }

  private static func content(of data: PayloadText?, _ format: NodeFormat) -> Content {
    guard let data else { return .value("", isWhole: true, fingerprint: 0) }
    guard !data.hasElements, !Placeholder.isIn(data.value) else { return .unknown }
    let text = data.trimmed
    let isWhole = text.utf8.count <= keptBytes
    let kept =
      isWhole ? String(text) : String(decoding: text.utf8.prefix(keptBytes), as: UTF8.self)
    return .value(kept, isWhole: isWhole, fingerprint: fingerprint(of: text, format))
  }

  private static func fingerprint(of text: Substring, _ format: NodeFormat) -> Int {
    switch format {
    case .int:
      if case .number(let number) = IntegerText(decimal: text) { return number.hashValue }
    case .bool:
      if let truth = SettingText.truth(text) { return truth.hashValue }
    default: break
    }
    return text.hashValue
  }

  /// The value as a message shows it.
  var shown: String {
    switch content {
    case .value("", _, _): "an empty value"
    case .value(let text, let isWhole, _): "'\(clipped(text))\(isWhole ? "" : "…")'"
    case .unknown: "a value that is not known yet"
    case .deleted: "nothing"
    }
  }
}

/// Reads values as the nodes of a dependency have them.
enum SettingText {
  /// A bool in any of its spellings.
  static func truth(_ text: some StringProtocol) -> Bool? {
    switch text.utf8.count {
    case 1: text == "1" ? true : text == "0" ? false : nil
    case 4: text.lowercased() == "true" ? true : nil
    case 5: text.lowercased() == "false" ? false : nil
    default: nil
    }
  }

  /// Whether a value, or the beginning of one, is among some; nil when that cannot be told.
  static func isAmong(_ values: AllowedValues, _ text: String, isWhole: Bool, _ format: NodeFormat) -> Bool? {
    switch values {
    case .any, .unstated: return true
    case .enumeration(let allowed):
      guard isWhole else { return nil }
      return allowed.contains { isSame($0, text, format) }
    case .ranges(let ranges):
      guard isWhole, case .number(let number)? = IntegerText(decimal: text) else { return nil }
      return ranges.contains { $0.contains(number) }
    case .admx:
      if text.hasPrefix("<enabled") { return true }
      return text.hasPrefix("<disabled") ? false : nil
    case .flags, .pattern, .xsd, .json, .sddl: return nil
    }
  }

  private static func isSame(_ left: String, _ right: String, _ format: NodeFormat) -> Bool {
    if left == right { return true }
    switch format {
    case .bool: return truth(left).map { $0 == truth(right) } ?? false
    case .int: return IntegerText(decimal: left).map { $0 == IntegerText(decimal: right) } ?? false
    default: return false
    }
  }

  /// The values as a sentence says them: `true`, `1 or 2`, `6 to 8`.
  static func wanted(_ values: AllowedValues, isNegated: Bool) -> String {
    let text =
      switch values {
      case .any, .unstated: "set"
      case .admx: "enabled"
      case .enumeration(let allowed) where allowed.count == 1: allowed[0]
      default: values.description
      }
    return isNegated ? "not \(text)" : text
  }
}

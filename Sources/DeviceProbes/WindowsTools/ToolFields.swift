/// The fields that a tool printed, a name and a value each, such as `TpmPresent : True`.
struct ToolFields: Sendable {
  /// One field.
  struct Field: Hashable, Sendable {
    /// The name as it was printed, without blanks around it.
    let name: String
    /// The value without blanks around it; empty when there is none.
    var value: String
    /// The line that it stands in, for messages.
    let line: String
    /// Whether the output ends within it, so that more of the value may be missing.
    var isCut: Bool
  }

  /// What there is under a name.
  enum Lookup: Sendable {
    case none
    case one(Field)
    /// Two that differ: the output holds two devices, two states, or damage.
    case several(Field, Field)

    /// The field, if there is one and no doubt about it.
    var field: Field? {
      if case .one(let field) = self { return field }
      return nil
    }

    /// Whether there is no value: no field, or an empty one.
    var isBlank: Bool {
      switch self {
      case .none: true
      case .one(let field): field.value.isEmpty
      case .several: false
      }
    }
  }

  private var lookups: [String: Lookup] = [:]

  /// Fields that stand in one line each, the value behind the first colon.
  init(lines: some Sequence<Field>) {
    for field in lines { add(field) }
  }

  /// Whether there is none at all.
  var isEmpty: Bool { lookups.isEmpty }

  /// What there is under a name. Case, the form of apostrophes and the number of blanks do not matter.
  subscript(name: String) -> Lookup { lookups[Self.key(name)] ?? .none }

  /// What there is under any of some names that mean the same.
  subscript(names: [String]) -> Lookup {
    for name in names {
      if case .none = self[name] { continue }
      return self[name]
    }
    return .none
  }

  /// Adds a field. One that says the same again changes nothing.
  mutating func add(_ field: Field) {
    let key = Self.key(field.name)
    guard case .one(let other)? = lookups[key] else {
      if lookups[key] == nil { lookups[key] = .one(field) }
      return
    }
    if other.value != field.value { lookups[key] = .several(other, field) }
  }

  /// A line as a field, or nil when it has no colon, nothing before it, or more than a name can be.
  static func field(in line: String, isCut: Bool) -> Field? {
    let scalars = line.unicodeScalars
    guard let colon = scalars.prefix(maximumNameLength).firstIndex(where: { $0 == ":" || $0 == "：" }) else {
      return nil
    }
    let name = trim(line[..<colon])
    guard !name.isEmpty else { return nil }
    return Field(name: name, value: trim(line[scalars.index(after: colon)...]), line: line, isCut: isCut)
  }

  /// The lines of an output as fields.
  static func fields(in text: ToolText) -> some Sequence<Field> {
    let last = text.endsWithinLine ? text.lines.count - 1 : text.lines.count
    return text.lines.enumerated().lazy.compactMap { place, line in field(in: line, isCut: place == last) }
  }

  /// Text without blanks of any kind at its ends.
  static func trim(_ text: some StringProtocol) -> String {
    let scalars = text.unicodeScalars.drop(while: \.properties.isWhitespace)
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(String.UnicodeScalarView(scalars[...last]))
  }

  /// Longer than any name of a field, blanks before it included.
  private static let maximumNameLength = 120

  private static func key(_ name: String) -> String {
    let words = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return String(String.UnicodeScalarView(words.unicodeScalars.map { $0 == "’" ? "'" : $0 }))
  }
}

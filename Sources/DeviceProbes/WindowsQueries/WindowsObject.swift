import PolicyModel
import TPMEvidence

/// One object that Windows answered, whichever form it came in: named values, the names without regard to case.
struct WindowsObject: Hashable, Sendable {
  /// What was asked, such as `Win32_Processor`; reasons name it.
  let question: String
  /// The values in their order.
  let members: [JSONMember]
  private let values: [String: JSONValue]

  /// An object of these members; of several with one name the first counts.
  init(question: String, members: [JSONMember]) {
    self.question = question
    self.members = members
    values = Dictionary(
      members.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// The value as it came, or nil when there is none of that name.
  subscript(name: String) -> JSONValue? { values[name.lowercased()] }

  /// A text that is not blank, without the blanks around it.
  func text(_ name: String) -> BootFinding<String> {
    switch self[name] {
    case .string(let text):
      let trimmed = trimmed(text)
      return trimmed.isEmpty ? .unknown("'\(name)' of \(question) is empty") : .known(String(trimmed))
    case .integer(let number): return .known("\(number)")
    case let other: return refusal(name, other, expected: "a text")
    }
  }

  /// A text as a sign has it: empty when it was read and is empty, nil when there is none.
  func sign(_ name: String) -> String? {
    switch self[name] {
    case .string(let text): String(trimmed(text))
    case .integer(let number): "\(number)"
    case .null: ""
    default: nil
    }
  }

  /// A number, in digits or in a text of digits.
  func integer(_ name: String) -> BootFinding<Int64> {
    switch self[name] {
    case .integer(let number): return .known(number)
    case .string(let text):
      if let number = Int64(trimmed(text)) { return .known(number) }
      return refusal(name, .string(text), expected: "a number")
    case let other: return refusal(name, other, expected: "a number")
    }
  }

  /// `true` or `false`; PowerShell writes `True` and `False` in every language.
  func bool(_ name: String) -> BootFinding<Bool> {
    switch self[name] {
    case .bool(let value): return .known(value)
    case .string(let text):
      switch trimmed(text).lowercased() {
      case "true": return .known(true)
      case "false": return .known(false)
      default: return refusal(name, .string(text), expected: "True or False")
      }
    case let other: return refusal(name, other, expected: "True or False")
    }
  }

  /// A list of numbers.
  func numbers(_ name: String) -> BootFinding<NumberList> {
    switch self[name] {
    case .integer(let number): return .known(NumberList(values: [number], isWhole: true))
    case .array(let items):
      var list = NumberList(values: [], isWhole: true)
      for item in items {
        switch item {
        case .integer(let number): list.values.append(number)
        case .string(ListText.ellipsis): list.isWhole = false
        default: return refusal(name, item, expected: "a list of numbers")
        }
      }
      return .known(list)
    case let other: return refusal(name, other, expected: "a list of numbers")
    }
  }

  private func refusal<Value>(_ name: String, _ value: JSONValue?, expected: String) -> BootFinding<Value> {
    switch value {
    case nil: .unknown("\(question) has no '\(name)'")
    case .null, .string(""): .unknown("'\(name)' of \(question) is empty")
    case .string(let text): .unknown("'\(name)' of \(question) is \(ToolText.quote(text)), not \(expected)")
    case .some(let other): .unknown("'\(name)' of \(question) is \(other.kind), not \(expected)")
    }
  }

  private func trimmed(_ text: String) -> Substring {
    let start = text.unicodeScalars.drop(while: \.properties.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return Substring(start[...last])
  }
}

/// Numbers of a list that `Format-List` may have cut.
struct NumberList: Hashable, Sendable {
  var values: [Int64]
  /// False when there were more than are here.
  var isWhole: Bool

  /// Whether a number is in the list; nil when only the rest that was cut could tell.
  func contains(_ number: Int64) -> Bool? {
    values.contains(number) ? true : isWhole ? false : nil
  }
}

extension FactFindings {
  /// Records a value of a kind that a finding has, or its reason.
  mutating func set<Content>(
    _ name: String, _ finding: BootFinding<Content>, _ value: (Content) -> Value
  ) {
    switch finding {
    case .known(let content): set(name, value(content))
    case .unknown(let reason): miss(name, reason)
    }
  }
}

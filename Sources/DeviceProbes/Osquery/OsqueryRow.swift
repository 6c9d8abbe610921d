import Diagnostics
import PolicyModel

/// One row of one of osquery's tables. osquery writes every value as a string; other tools that pass rows on write numbers.
struct OsqueryRow: Hashable, Sendable {
  let table: OsqueryTable
  private let members: [JSONMember]

  /// A row of a table; nil when the value is no object.
  init?(_ value: JSONValue, of table: OsqueryTable) {
    guard case .object(let members) = value else { return nil }
    self.table = table
    self.members = members
  }

  /// Whether the row has a column.
  func has(_ column: String) -> Bool { members.contains { $0.name == column } }

  /// A column without the blanks around it, which is not empty.
  func text(_ column: String) -> Result<String, Unread> {
    guard let value = members.first(where: { $0.name == column })?.value else {
      return .unread("the table '\(table.rawValue)' has no column '\(column)' in the file")
    }
    let text: String
    switch value {
    case .string(let string): text = MachineNames.trimmed(string)
    case .integer(let number): text = String(number)
    case .null: text = ""
    default: return .unread("the column '\(column)' of '\(table.rawValue)' holds \(value.kind), not a string")
    }
    return text.isEmpty ? .unread("the column '\(column)' of '\(table.rawValue)' is empty") : .success(text)
  }

  /// A column as a whole number that is not negative; osquery writes -1 for what it could not learn.
  func number(_ column: String) -> Result<Int64, Unread> {
    text(column).flatMap { text in
      guard let number = Int64(text), number >= 0 else { return .unread(strange(column, text)) }
      return .success(number)
    }
  }

  /// A column of a known few words.
  func choice<Choice>(_ column: String, _ choices: [String: Choice]) -> Result<Choice, Unread> {
    text(column).flatMap { text in
      choices[text].map { .success($0) } ?? .unread(strange(column, text))
    }
  }

  /// Why a value is not taken: it is quoted.
  func strange(_ column: String, _ text: String) -> String {
    "the column '\(column)' of '\(table.rawValue)' holds '\(shortened(text, limit: 64))', which does not tell"
  }
}

/// Why a message was not written.
package enum SyncMLWriteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A text holds a character that XML 1.0 cannot carry in any spelling. `field` names the element.
  case forbiddenCharacter(scalar: UInt32, field: String, command: [Int])
  /// A Get, Status, Results or a group stands inside an Atomic, which Windows answers with 500.
  case notAllowedInAtomic(SyncMLVerb, command: [Int])
  /// An Exec acts on exactly one node.
  case execNeedsOneItem(found: Int, command: [Int])
  /// A command has no item, a group no command, or an Alert or Status no code.
  case emptyCommand(SyncMLVerb, command: [Int])
  /// A command belongs to responses, which this writer does not make.
  case notWritable(SyncMLVerb, command: [Int])
  /// The message has no command; a device would report success for nothing.
  case noCommand

  /// One plain sentence.
  package var description: String {
    switch self {
    case .forbiddenCharacter(let scalar, let field, let command):
      "\(field) of command \(Self.name(command)) holds U+\(Self.hex(scalar)), which XML 1.0 cannot carry"
    case .notAllowedInAtomic(let verb, let command):
      "command \(Self.name(command)) is \(verb.rawValue) inside an Atomic, which Windows answers with 500"
    case .execNeedsOneItem(let found, let command):
      "Exec command \(Self.name(command)) has \(found) items; it takes exactly one"
    case .emptyCommand(let verb, let command):
      "\(verb.rawValue) command \(Self.name(command)) is empty"
    case .notWritable(let verb, let command):
      "command \(Self.name(command)) is \(verb.rawValue), which a server's message to a device does not hold here"
    case .noCommand:
      "the message has no command"
    }
  }

  /// A path of indices as people count: `[1, 0]` is `2.1`.
  private static func name(_ command: [Int]) -> String {
    command.isEmpty ? "(header)" : command.map { String($0 + 1) }.joined(separator: ".")
  }

  private static func hex(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

import CSPCatalog
import Diagnostics
import PolicyModel
import YAMLInput

/// What a snapshot holds, from YAML or JSON alike.
enum SnapshotNode {
  case null
  case bool(Bool)
  case int(Int64)
  /// Text in quotation marks.
  case text(String)
  /// A YAML scalar without quotation marks, whose meaning the fact's type decides.
  case plain(String)
  case list
  case mapping([SnapshotEntry])

  /// What it is, for messages.
  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .text(let text): "the text '\(shortened(text))'"
    case .plain(let text): "'\(shortened(text))'"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A key of a snapshot with its value, and where both stand; JSON is read without places.
struct SnapshotEntry {
  let key: String
  let keyPlace: SourcePosition?
  let value: SnapshotNode
  let valuePlace: SourcePosition?
}

extension SnapshotNode {
  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar):
      if scalar.isNull {
        self = .null
      } else {
        self = scalar.isPlain ? .plain(scalar.text) : .text(scalar.text)
      }
    case .sequence: self = .list
    case .mapping(let entries):
      self = .mapping(
        entries.map {
          SnapshotEntry(
            key: $0.key, keyPlace: $0.keySpan.start, value: SnapshotNode($0.value),
            valuePlace: $0.value.span.start)
        })
    }
  }

  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .string(let text): self = .text(text)
    case .array: self = .list
    case .object(let members):
      self = .mapping(
        members.map {
          SnapshotEntry(key: $0.name, keyPlace: nil, value: SnapshotNode($0.value), valuePlace: nil)
        })
    }
  }

  /// The text, however it is written, or nil.
  var text: String? {
    switch self {
    case .text(let text), .plain(let text): text
    default: nil
    }
  }

  /// The value of the type that the node spells, or nil.
  func value(of type: ValueType) -> Value? {
    switch (self, type) {
    case (.bool(let value), .bool): return .bool(value)
    case (.int(let value), .int): return .int(value)
    // A version of one component looks like a number in JSON.
    case (.int(let value), .version): return UInt32(exactly: value).map { .version(Version($0, written: 1)) }
    case (.plain(let text), .bool):
      return YAMLScalar(text: text, isPlain: true).boolean.map(Value.bool)
    case (.plain(let text), _): return type.value(spelled: text)
    case (.text(let text), .version), (.text(let text), .build), (.text(let text), .string),
      (.text(let text), .symbol):
      return type.value(spelled: text)
    default: return nil
    }
  }
}

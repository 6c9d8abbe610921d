import CSPCatalog
import Diagnostics
import PolicyModel
import YAMLInput

/// Reads a tree of facts, `os.build: …` or nested `os: {build: …}`, by the types that the facts are declared with.
struct SnapshotReader {
  private let types: [String: ValueType]
  private let source: String
  private(set) var observations: [String: Observation] = [:]

  init(_ facts: [FactDeclaration], source: String) {
    var types: [String: ValueType] = [:]
    for fact in facts { types[fact.name] = fact.type }
    // Others derive from it, so it is read even when no condition names it.
    if types["os.build"] == nil { types["os.build"] = .build }
    self.types = types
    self.source = source
  }

  /// Reads the facts of a whole snapshot.
  mutating func read(_ root: SnapshotNode, at place: SourcePosition?) throws(SnapshotError) {
    guard case .mapping(let entries) = root else {
      throw SnapshotError(
        "the snapshot is \(root.description); it is a mapping of facts to values", at: place)
    }
    // A stack of its own, so that nesting costs no stack of the thread; depth is bounded by the readers.
    var pending: [(prefix: String, entries: [SnapshotEntry], next: Int)] = [("", entries, 0)]
    while let level = pending.last {
      guard level.next < level.entries.count else {
        pending.removeLast()
        continue
      }
      pending[pending.count - 1].next += 1
      let entry = level.entries[level.next]
      let name = level.prefix + entry.key
      if let type = types[name] {
        try take(entry, as: name, of: type)
      } else if case .mapping(let inner) = entry.value, !FactCatalog.embeddedNames.contains(name) {
        pending.append((name + ".", inner, 0))
      } else {
        try refuseUnknown(name, at: entry.keyPlace)
      }
    }
  }

  private mutating func take(_ entry: SnapshotEntry, as name: String, of type: ValueType)
    throws(SnapshotError)
  {
    guard observations[name] == nil else {
      throw SnapshotError("the fact \(name) is given twice", at: entry.keyPlace)
    }
    switch entry.value {
    case .null:
      observations[name] = Observation(.unknown(reason: "given as null"), source: source)
    case .mapping(let inner):
      observations[name] = try observation(inner, as: name, of: type, at: entry.valuePlace)
    default:
      observations[name] = Observation(.value(try value(entry, as: name, of: type)), source: source)
    }
  }

  private func value(_ entry: SnapshotEntry, as name: String, of type: ValueType) throws(SnapshotError)
    -> Value
  {
    guard let value = entry.value.value(of: type) else {
      throw SnapshotError(
        "\(name) is \(entry.value.description); it is \(type.expectation)", at: entry.valuePlace)
    }
    return value
  }

  /// The long form, which `policyc probe` prints: a value or the reason why there is none, and who said so. The level is read and does not
  /// count: a file carries no evidence.
  private func observation(
    _ members: [SnapshotEntry], as name: String, of type: ValueType, at place: SourcePosition?
  ) throws(SnapshotError) -> Observation {
    var content: Observation.Content?
    var teller: String?
    for member in members {
      switch member.key {
      case "value" where content == nil: content = .value(try value(member, as: name, of: type))
      case "unknown" where content == nil: content = .unknown(reason: member.value.text ?? "given as unknown")
      case "source": teller = member.value.text
      case "level" where member.value.text.map { ["reported", "attested"].contains($0) } == true: continue
      default:
        throw SnapshotError(
          "\(name) is a mapping with '\(shortened(member.key))'; "
            + "it is \(type.expectation), null, {unknown: reason}, or {value: …, source: …, level: …}",
          at: member.keyPlace ?? place)
      }
    }
    guard let content else {
      throw SnapshotError(
        "\(name) is a mapping; it is \(type.expectation), null, or {unknown: reason}", at: place)
    }
    return Observation(content, source: teller.map { "\(source) (\($0))" } ?? source)
  }

  /// A fact that exists may be given though the policy does not read it; any other name is a mistake.
  private func refuseUnknown(_ name: String, at place: SourcePosition?) throws(SnapshotError) {
    guard !FactCatalog.embeddedNames.contains(name) else { return }
    let names = FactCatalog.embeddedNames.union(types.keys)
    let guess = closest(to: name, in: names).map { "; did you mean \($0)?" } ?? ""
    throw SnapshotError("there is no fact '\(shortened(name))'\(guess)", at: place)
  }
}

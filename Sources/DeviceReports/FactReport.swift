import Diagnostics
import PolicyModel

/// What probes found out about a device: every fact with its value, level and source, or why it is unknown.
///
/// In JSON and YAML the report is a snapshot that the probe `file:` reads.
package struct FactReport: Sendable {
  private let readings: [FactReading]
  private let contradictions: [Contradiction]
  private let language: ReportLanguage

  package init(_ facts: [FactDeclaration], in snapshot: FactSnapshot, language: ReportLanguage) {
    readings = facts.map { FactReading($0, in: snapshot) }
    contradictions = snapshot.contradictions
    self.language = language
  }

  /// One line for each two probes that differ.
  package var warnings: [String] { contradictions.map { $0.text(in: language) } }

  /// A table for people.
  package func text(style: TerminalStyle = TerminalStyle()) -> String {
    var lines: [String] = []
    let known = readings.filter { $0.value != nil }
    let width = readings.map(\.declaration.name.count).max() ?? 0
    let values = known.map { style.line($0.value?.shown(unit: $0.declaration.unit) ?? "") }
    let valueWidth = min(values.map { displayWidth(of: $0) }.max() ?? 0, 40)
    for (reading, value) in zip(known, values) {
      let origin = reading.observation.map { style.line($0.provenance(in: language)) } ?? ""
      lines.append(
        "\(padded(reading.declaration.name, to: width))  \(padded(value, to: valueWidth))  \(style.paint(origin, .secondary))"
      )
    }
    let unread = readings.filter { $0.value == nil && $0.observation != nil }
    if !unread.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines.append(style.paint(style.line(language.choose("unknown", "不明")), .emphasis))
      for reading in unread {
        let source =
          reading.observation.map { "\(language.choose(" (", "（"))\($0.source)\(language.choose(")", "）"))" }
          ?? ""
        lines.append(
          "\(padded(reading.declaration.name, to: width))  \(style.line(reason(reading)))\(style.paint(style.line(source), .secondary))"
        )
      }
    }
    var notes: [String] = []
    for note in known.compactMap({ $0.observation?.note }) where !notes.contains(note) { notes.append(note) }
    if !notes.isEmpty { lines += [""] + notes.map { style.paint(style.line($0), .secondary) } }
    let silent = readings.filter { $0.observation == nil }.map(\.declaration.name)
    if !silent.isEmpty {
      if !lines.isEmpty { lines.append("") }
      lines.append(
        style.paint(
          style.line(language.choose("no probe that was asked gives", "どのプローブからも得られないファクト")), .emphasis))
      lines += listed(silent, indent: "  ", columns: style.columns)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The snapshot as a value.
  package var snapshot: JSONValue {
    .object(readings.map { JSONMember($0.declaration.name, entry($0)) })
  }

  /// A snapshot in JSON: canonical, one line.
  package func json() -> [UInt8] { snapshot.line }

  /// A snapshot in YAML, one line a fact.
  package func yaml() -> String {
    readings.map { reading in
      "\(reading.declaration.name): \(Self.yaml(entry(reading)))\n"
    }.joined()
  }

  private func entry(_ reading: FactReading) -> JSONValue {
    var members: [JSONMember] = []
    if let value = reading.value {
      // The reader of snapshots takes integers of 64 bits as they are, and no text for one.
      if case .int(let number) = value {
        members.append(JSONMember("value", .integer(number)))
      } else {
        members.append(JSONMember("value", value.json))
      }
      members.append(JSONMember("level", .string(reading.level.name)))
    } else {
      members.append(JSONMember("unknown", .string(reason(reading))))
    }
    if let source = reading.observation?.source { members.append(JSONMember("source", .string(source))) }
    return .object(members)
  }

  private func reason(_ reading: FactReading) -> String {
    ReadingText(reading: reading, language: language).unknownReason(attested: false) ?? ""
  }

  /// A flow mapping. Strings are quoted as in JSON, which YAML reads the same, but for characters that YAML has only as escapes.
  private static func yaml(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      return "{\(members.map { "\($0.name): \(yaml($0.value))" }.joined(separator: ", "))}"
    case .string(let text): return yamlQuoted(text)
    default: return String(decoding: value.document, as: UTF8.self)
    }
  }
}

import Diagnostics
import PolicyModel

/// Words for a fact as it was read.
struct ReadingText {
  let reading: FactReading
  let language: ReportLanguage

  /// `tpm.present = true`, with a question mark where the fact is unknown.
  var observed: String {
    "\(reading.declaration.name) = \(reading.value.map { $0.shown(unit: reading.declaration.unit) } ?? "?")"
  }

  /// `file:laptop.yaml, reported`, or nil when no probe spoke of the fact.
  var source: String? {
    guard let observation = reading.observation else { return nil }
    return observation.value == nil ? observation.source : observation.provenance(in: language)
  }

  /// Why a test sees no value that asks for the given evidence, or nil when it sees one.
  func unknownReason(attested: Bool) -> String? {
    switch reading.state {
    case .known:
      guard attested, reading.level != .attested else { return nil }
      let lack = language.choose(
        "only reported, but the rule asks for attested evidence", "報告値のみで、ルールは構成証明済みの値を求めています")
      return reading.observation?.note.map { "\(lack): \($0)" } ?? lack
    case .notObserved: return language.choose("no probe gave it", "どのプローブからも得られませんでした")
    case .unreadable(let reason): return reason
    case .wrongType(let value):
      let type = Self.expectation(of: reading.declaration.type, in: language)
      let found = value.shown(unit: nil)
      return language.choose("expected \(type), found \(found)", "\(type)であるべきところ、\(found) でした")
    }
  }

  private static func expectation(of type: ValueType, in language: ReportLanguage) -> String {
    switch type {
    case .bool: language.choose("true or false", "true または false ")
    case .int: language.choose("an integer", "整数")
    case .version: language.choose("a version such as 2.0", "2.0 のようなバージョン")
    case .build: language.choose("a build such as 10.0.22631.2792", "10.0.22631.2792 のようなビルド")
    case .string: language.choose("a string", "文字列")
    case .symbol(let symbols):
      language.choose(
        "one of \(symbols.joined(separator: ", "))", "\(symbols.joined(separator: ", ")) のいずれか")
    }
  }
}

extension Observation {
  /// `file:laptop.yaml, reported`.
  func provenance(in language: ReportLanguage) -> String {
    let level =
      level == .attested
      ? language.choose("attested", "構成証明済み") : language.choose("reported", "報告値")
    return "\(source), \(level)"
  }
}

extension Contradiction {
  /// `boot.secure_boot = on (tpm:…, reported), not off (file:…, reported)`.
  func text(in language: ReportLanguage) -> String {
    let values = [kept, setAside].map { observation in
      "\(observation.value.map { $0.shown(unit: nil) } ?? "?") (\(observation.provenance(in: language)))"
    }
    return "\(fact) = " + values.joined(separator: language.choose(", not ", " ≠ "))
  }
}

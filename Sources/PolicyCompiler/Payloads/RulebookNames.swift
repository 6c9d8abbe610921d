import Diagnostics
import SyncML

/// What findings of the rulebook are called at a clause.
///
/// Where the language had a code for an answer before, the finding keeps it there: policies waive it by that.
enum RulebookNames {
  /// The code of a finding at a clause.
  static func name(of code: DiagnosticCode, _ severity: Severity) -> DiagnosticCode {
    let name: DiagnosticCode? =
      switch code.text {
      case "SM1605": "AP3002"
      case "SM1608": "AP3008"
      case "SM1701", "SM1712": "AP3003"
      case "SM1702", "SM1703", "SM1704": "AP3007"
      default: nil
      }
    guard let name, DiagnosticCatalog.rule(for: name)?.severity == severity else { return code }
    return name
  }

  /// The codes under which the compiler gives the same answer by itself, from what a payload does not have: the text of
  /// a path, requirements, commands under other guards.
  static func equivalents(of code: DiagnosticCode) -> [DiagnosticCode] {
    switch code.text {
    case "SM1309": ["AP3009"]
    case "SM1310", "SM1311", "SM1801", "SM1802": ["AP3010"]
    case "SM1601", "SM1602": ["AP3001"]
    case "SM1603": ["AP3004"]
    case "SM1901", "SM1902", "SM1903", "SM1904": ["AP2104", "AP2105"]
    case "SM1905": ["AP2107"]
    default: []
    }
  }

  /// What to do about a finding at a clause: in the words of the language, where a payload's would be SyncML.
  static func help(for finding: PayloadFinding) -> [String] {
    let own: String? =
      switch finding.code.text {
      case "SM1505": "write a value: = …"
      case "SM1608": "put the settings of this node into: atomic { … }"
      case "SM1705": "leave the value out"
      case "SM1712": "write enabled { … } or disabled, for example: enabled { \"ElementId\" = 5 }"
      default: nil
      }
    return own.map { [$0] + finding.advice.dropFirst(finding.help.count) } ?? finding.advice
  }

  /// Whether a finding is that something is missing, and means nothing where not all commands are there.
  static func isOfMissing(_ code: DiagnosticCode) -> Bool { code == "SM1804" }
}

/// The table of every diagnostic. `policyc explain`, SARIF and the documentation are made from it.
///
/// A family of codes has a file of its own (`Rules+Names.swift`) whose rows are in order of code; a new
/// diagnostic is one row there.
public enum DiagnosticCatalog {
  /// Every rule, in order of code.
  public static let all: [DiagnosticRule] =
    syntax + names + emptiness + evidence + builds + tpm + csp + tests + input + payloads

  /// SM1xxx: payloads.
  private static let payloads: [DiagnosticRule] =
    payloadForm + payloadNodes + payloadValues + payloadMeaning + payloadTargets

  /// The rule of a code, or nil for a code that there is not.
  public static func rule(for code: DiagnosticCode) -> DiagnosticRule? {
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].code < code { low = middle + 1 } else { high = middle }
    }
    return low < all.count && all[low].code == code ? all[low] : nil
  }

  /// The code that a mistyped one most likely means.
  public static func closestCode(to code: DiagnosticCode) -> DiagnosticCode? {
    closest(to: code.text, in: all.lazy.map(\.code.text), limit: 1).map { DiagnosticCode($0) }
  }
}

extension Diagnostic {
  /// A finding with the severity that the catalogue gives to its code; an error for a code without a row.
  public init(
    _ code: DiagnosticCode, _ message: String, at primary: Label?, secondary: [Label] = [],
    help: [String] = [],
    fixIts: [FixIt] = []
  ) {
    self.init(
      code, DiagnosticCatalog.rule(for: code)?.severity ?? .error, message, at: primary, secondary: secondary,
      help: help, fixIts: fixIts)
  }
}

import PolicyModel

/// What a tool printed instead of an answer.
enum ToolRefusal {
  /// Findings for an output in which nothing was recognized: the facts are unknown, with its first line quoted, or the one that
  /// the parser thinks would have told.
  static func findings(
    _ names: [String], tool: String, in text: ToolText, quoting line: String? = nil
  ) -> FactFindings {
    let isAbsent = saysThatThereIsNoTPM(text)
    let reason = isAbsent ? "\(tool) finds no TPM" : reason(tool: tool, in: text, quoting: line)
    var findings = FactFindings()
    for name in names { findings.miss(name, reason) }
    if isAbsent, names.contains("tpm.present") { findings.set("tpm.present", .bool(false)) }
    return findings
  }

  /// Why a tool gave no answer.
  static func reason(tool: String, in text: ToolText, quoting line: String? = nil) -> String {
    guard let first = text.firstLine else { return "\(tool) printed nothing" }
    if let line = text.lines.prefix(linesLookedAt).first(where: isDenial) {
      return "\(tool) needs administrator rights, it says \(ToolText.quote(line))"
    }
    let errors = text.lines.prefix(linesLookedAt).first(where: isError)
    return "what \(tool) printed is not understood: \(ToolText.quote(line ?? errors ?? first))"
  }

  /// Whether an output says by TBS_E_TPM_NOT_FOUND that there is no TPM; that is an answer and no failure.
  private static func saysThatThereIsNoTPM(_ text: ToolText) -> Bool {
    text.lines.prefix(linesLookedAt).contains { $0.prefix(400).lowercased().contains("0x8028400f") }
  }

  /// An error stands at the beginning, or behind a banner.
  private static let linesLookedAt = 40

  private static func isDenial(_ line: String) -> Bool {
    let text = line.prefix(400).lowercased()
    return denials.contains { text.contains($0) }
  }

  private static func isError(_ line: String) -> Bool {
    let text = ToolFields.trim(line.prefix(400)).lowercased()
    return errors.contains { text.hasPrefix($0) }
  }

  /// Words by which tools say that they were refused, and its HRESULTs; they choose among reasons, and never give a fact.
  private static let denials = [
    "administrator privilege", "administrative rights", "access is denied", "access denied",
    "resource was denied", "requires elevation", "0x80070005", "0x80041003", "管理者特権", "管理者権限", "アクセスが拒否",
    "administratorrechte",
    "zugriff verweigert", "accès refusé", "droits d'administrat", "droits d’administrat", "accesso negato",
  ]

  private static let errors = ["error:", "エラー:", "fehler:", "erreur :", "erreur:", "errore:"]
}

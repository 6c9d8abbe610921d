import PolicyModel

/// What `manage-bde -status` prints of volumes.
///
/// It speaks the language of Windows: English, Japanese, German, French and Spanish are known. Which volume Windows is on is said by a mark below its
/// name; volumes without BitLocker are listed too. A suspended volume is encrypted, unprotected, and its key lies in clear on it.
enum ManageBdeStatus: ToolParser {
  static let names = ["bitlocker.os_volume", "disk.os_volume_encrypted"]

  private static let fact = "bitlocker.os_volume"
  private static let tool = "manage-bde"

  static func findings(in text: ToolText) -> FactFindings {
    let volumes = Volume.all(in: text)
    guard !volumes.isEmpty else {
      let mark = text.lines.first { ToolFields.trim($0.prefix(400)).hasPrefix("[") }
      return ToolRefusal.findings(names, tool: tool, in: text, quoting: mark)
    }
    var facts = FieldFacts(tool: tool)
    let ofWindows = volumes.filter { $0.kind == .ofWindows }
    let unmarked = volumes.filter { $0.kind == .unknown && $0.hasTPMProtector }
    // Only the volume of the running Windows can have a TPM protector, so that a part of an output tells as much by that.
    let candidates = ofWindows.isEmpty && volumes.count == 1 ? unmarked : ofWindows
    guard let first = candidates.first else {
      for name in names { facts.findings.miss(name, reasonForNone(volumes)) }
      return facts.findings
    }
    var state = first.state(facts)
    for other in candidates.dropFirst() where other.state(facts) != state {
      state = .unknown(reason: "manage-bde says two different things of a volume of Windows")
    }
    facts.findings[fact] = state
    if case .value(let protection) = state { state = .value(.bool(protection != .symbol("off"))) }
    facts.findings["disk.os_volume_encrypted"] = state
    return facts.findings
  }

  private static func reasonForNone(_ volumes: [Volume]) -> String {
    if let volume = volumes.first(where: { $0.kind == .unknown && !$0.mark.isEmpty }) {
      return "manage-bde marks a volume with \(ToolText.quote(volume.mark)), which is not understood"
    }
    if volumes.contains(where: { $0.kind == .unknown }) {
      return "manage-bde does not say which volume is that of Windows"
    }
    return "manage-bde does not speak of the volume of Windows"
  }
}

/// One volume of the list.
private struct Volume {
  enum Kind { case ofWindows, ofData, unknown }

  var kind: Kind = .unknown
  /// The line that tells the kind, such as `[OS Volume]`.
  var mark = ""
  var hasTPMProtector = false
  var fields = ToolFields(lines: [])

  /// The volumes of an output, one for each name or mark.
  static func all(in text: ToolText) -> [Volume] {
    var volumes: [Volume] = []
    var current = Volume()
    func close() {
      if !current.fields.isEmpty { volumes.append(current) }
      current = Volume()
    }
    let last = text.endsWithinLine ? text.lines.count - 1 : text.lines.count
    for (place, line) in text.lines.enumerated() {
      let start = ToolFields.trim(line.prefix(400))
      if start.hasPrefix("["), start.hasSuffix("]") {
        if !current.fields.isEmpty || !current.mark.isEmpty { close() }
        current.mark = start
        current.kind = BitLockerWords.kinds[BitLockerWords.plain(start)] ?? .unknown
        continue
      }
      guard let field = ToolFields.field(in: line, isCut: place == last) else {
        if start.hasPrefix("TPM") { current.hasTPMProtector = true }
        continue
      }
      if BitLockerWords.volumes.contains(where: { field.name.lowercased().hasPrefix($0) }) {
        close()
      } else if BitLockerWords.isLine(field.name) {
        current.fields.add(field)
      }
    }
    close()
    return volumes
  }

  /// Whether it is protected, by the status of the protection and by how much is encrypted.
  func state(_ facts: FieldFacts) -> Observation.Content {
    let protection = fields[BitLockerWords.protection]
    guard case .one(let field) = protection else {
      if case .several(let first, let second) = protection {
        return .unknown(reason: facts.contradiction(first, second))
      }
      return .unknown(reason: facts.missing("Protection Status"))
    }
    guard let isProtected = BitLockerWords.isProtected(field.value) else {
      return .unknown(reason: facts.notUnderstood(field))
    }
    switch (isProtected, encryption(facts)) {
    case (_, .unknown(let reason)): return .unknown(reason: reason)
    case (true, .whole): return .value(.symbol("on"))
    case (true, _):
      return .unknown(
        reason: "manage-bde says \(ToolText.quote(field.line)) of a volume that is not encrypted")
    case (false, .whole): return .value(.symbol("suspended"))
    case (false, .partial), (false, .none): return .value(.symbol("off"))
    }
  }

  private enum Encryption {
    case whole, partial, none
    case unknown(String)
  }

  /// By its percentage, which is a number in every language, and by the status of the conversion where that is known.
  private func encryption(_ facts: FieldFacts) -> Encryption {
    let conversion = fields[BitLockerWords.conversion].field
    let said = conversion.flatMap { BitLockerWords.conversions[BitLockerWords.plain($0.value)] }
    switch fields[BitLockerWords.percentage] {
    case .several(let first, let second): return .unknown(facts.contradiction(first, second))
    case .none:
      guard let said else {
        return .unknown(conversion.map(facts.notUnderstood) ?? facts.missing("Percentage Encrypted"))
      }
      return said ? .whole : .none
    case .one(let field):
      guard let percentage = BitLockerWords.percentage(field.value) else {
        return .unknown(facts.notUnderstood(field))
      }
      if let said, let conversion, said ? percentage == 0 : percentage > 0 {
        return .unknown(facts.contradiction(conversion, field))
      }
      return percentage == 0 ? .none : percentage == 1000 ? .whole : .partial
    }
  }
}

/// The words of `manage-bde` in the languages that are known, as its outputs have them.
private enum BitLockerWords {
  /// How the line with a volume's name begins.
  static let volumes = ["volume ", "ボリューム ", "volumen "]

  static let kinds: [String: Volume.Kind] = [
    "[os volume]": .ofWindows, "[os ボリューム]": .ofWindows, "[betriebssystemvolume]": .ofWindows,
    "[volume du système d'exploitation]": .ofWindows, "[volumen del sistema operativo]": .ofWindows,
    "[data volume]": .ofData, "[データ ボリューム]": .ofData,
    "[datenvolume]": .ofData, "[volume de données]": .ofData, "[volumen de datos]": .ofData,
  ]

  static let protection = [
    "Protection Status", "保護状態", "Schutzstatus", "État de la protection", "Estado de protección",
  ]
  static let percentage = [
    "Percentage Encrypted", "暗号化された割合", "Verschlüsselt (Prozent)", "Pourcentage chiffré",
    "Porcentaje cifrado",
  ]
  static let conversion = [
    "Conversion Status", "変換状態", "Konvertierungsstatus", "État de la conversion", "Estado de conversión",
  ]

  private static let lines = Set((protection + percentage + conversion).map(plain))

  /// Whether it is the name of a line that is read.
  static func isLine(_ name: String) -> Bool { lines.contains(plain(name)) }

  /// Statuses of the conversion that say whether the volume is encrypted.
  static let conversions: [String: Bool] = [
    "fully encrypted": true, "used space only encrypted": true, "fully decrypted": false,
    "暗号化は完全に解除されています": false, "vollständig entschlüsselt": false,
    "nur verwendeter speicherplatz ist verschlüsselt": true, "espace utilisé uniquement chiffré": true,
    "intégralement déchiffré": false, "cifrado solo de espacio usado": true,
  ]

  private static let protections: [(words: String, isProtected: Bool)] = [
    ("protection on", true), ("protection off", false), ("保護はオンです", true), ("保護はオフです", false),
    ("der schutz ist aktiviert", true), ("der schutz ist deaktiviert", false), ("protection activée", true),
    ("protection désactivée", false), ("protección activada", true), ("protección desactivada", false),
  ]

  /// The status of the protection; in parentheses may follow how many restarts it is suspended for.
  static func isProtected(_ value: String) -> Bool? {
    let text = plain(value)
    for (words, isProtected) in protections where text.hasPrefix(words) {
      let rest = ToolFields.trim(text.dropFirst(words.count))
      if rest.isEmpty || rest == "." { return isProtected }
      if !isProtected, rest.hasPrefix("(") || rest.hasPrefix(". (") { return false }
    }
    return nil
  }

  /// A percentage in tenths, such as `100.0%`, `37,4 %`.
  static func percentage(_ value: String) -> Int? {
    guard value.utf8.count < 12, value.last == "%" || value.last == "％" else { return nil }
    let parts = ToolFields.trim(value.dropLast()).split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "," })
    guard let whole = parts.first.flatMap({ FieldValue.count(String($0)) }), whole <= 100 else { return nil }
    guard parts.count == 2 else { return Int(whole) * 10 }
    guard parts[1].utf8.count == 1, let tenths = FieldValue.count(String(parts[1])) else { return nil }
    let total = Int(whole) * 10 + Int(tenths)
    return total <= 1000 ? total : nil
  }

  /// Text without regard to case, the form of apostrophes and the number of blanks.
  static func plain(_ text: String) -> String {
    let words = text.prefix(120).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return String(String.UnicodeScalarView(words.unicodeScalars.map { $0 == "’" ? "'" : $0 }))
  }
}

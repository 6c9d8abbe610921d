import PolicyModel

/// Takes facts from the fields that a tool printed. What is missing or not understood becomes a reason.
struct FieldFacts {
  /// The tool as messages name it.
  let tool: String
  /// What was found so far.
  var findings = FactFindings()

  init(tool: String) { self.tool = tool }

  /// Takes a fact from a field that is true or false.
  mutating func takeBool(_ fact: String, _ lookup: ToolFields.Lookup, named name: String) {
    take(fact, lookup, named: name, isWhole: true) { FieldValue.bool($0).map { .bool($0) } }
  }

  /// Takes a fact from a field with a version.
  mutating func takeVersion(_ fact: String, _ lookup: ToolFields.Lookup, named name: String) {
    take(fact, lookup, named: name) { Version($0).map { .version($0) } }
  }

  /// Takes a fact from a field with a number of 32 bits.
  mutating func takeCount(_ fact: String, _ lookup: ToolFields.Lookup, named name: String) {
    take(fact, lookup, named: name) { FieldValue.count($0).map { .int(Int64($0)) } }
  }

  /// Takes a fact from a field.
  ///
  /// - Parameter isWhole: Whether a value that is understood cannot be the beginning of another one, as a number can.
  mutating func take(
    _ fact: String, _ lookup: ToolFields.Lookup, named name: String, isWhole: Bool = false,
    _ read: (String) -> Value?
  ) {
    switch lookup {
    case .none: findings.miss(fact, missing(name))
    case .several(let first, let second): findings.miss(fact, contradiction(first, second))
    case .one(let field) where field.value.isEmpty: findings.miss(fact, "\(tool) leaves '\(name)' empty")
    case .one(let field) where field.isCut && !isWhole:
      findings.miss(fact, "the output of \(tool) ends within the line \(ToolText.quote(field.line))")
    case .one(let field):
      if let value = read(field.value) {
        findings.set(fact, value)
      } else {
        findings.miss(fact, notUnderstood(field))
      }
    }
  }

  /// Takes `tpm.firmware` from a field that shows Infineon's other notation; false, and nothing is taken, where it is another maker's or may be
  /// in the form of the fact. The maker has been taken before.
  mutating func takeInfineonFirmware(_ field: ToolFields.Field) -> Bool {
    guard !field.isCut, findings["tpm.manufacturer"] == .value(.string(InfineonFirmware.manufacturer)),
      let shown = Version(field.value), shown.written == 4, let version = InfineonFirmware.converted(shown)
    else { return false }
    findings.set("tpm.firmware", .version(version), remark: "shown as \(shown)")
    return true
  }

  /// Gives the same reason for several facts.
  mutating func miss(_ facts: [String], _ reason: String) {
    for fact in facts { findings.miss(fact, reason) }
  }

  /// That there is no such field.
  func missing(_ name: String) -> String { "the output of \(tool) has no line '\(name)'" }

  /// That a field has no value that a parser knows.
  func notUnderstood(_ field: ToolFields.Field) -> String {
    "the line \(ToolText.quote(field.line)) of \(tool) is not understood"
  }

  /// That two fields cannot both be right.
  func contradiction(_ first: ToolFields.Field, _ second: ToolFields.Field) -> String {
    "\(tool) says both \(ToolText.quote(first.line)) and \(ToolText.quote(second.line))"
  }
}

/// Values of fields that several tools print alike.
enum FieldValue {
  /// `True` or `False`.
  static func bool(_ text: String) -> Bool? {
    guard text.utf8.count <= 5 else { return nil }
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: return nil
    }
  }

  /// A decimal number of 32 bits, without sign.
  static func count(_ text: String) -> UInt32? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt32(text)
  }

  /// A manufacturer by its registered id: one to four capital letters and digits (TCG Vendor ID Registry).
  static func manufacturer(_ text: String) -> String? {
    guard (1...4).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) })
    else { return nil }
    return text
  }
}

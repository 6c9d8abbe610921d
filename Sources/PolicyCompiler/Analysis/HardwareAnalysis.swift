import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// Hardware: facts and nodes that need a TPM or VBS may be used where the rules exclude devices without one.
///
/// Devices fall into classes by their TPM and their VBS hardware. A class is admitted unless some rule is false for
/// every device of it; a rule that is merely unknown there would leave the device without an answer. A rule that
/// allows unknown excludes nothing: a device of the class complies as long as it does not say what it is.
extension PolicyChecker {
  private struct Hardware {
    enum TPM: CaseIterable { case none, version12, notReady, ready }

    let tpm: TPM
    let hasVBS: Bool

    static let all = TPM.allCases.flatMap { tpm in
      [Hardware(tpm: tpm, hasVBS: false), Hardware(tpm: tpm, hasVBS: true)]
    }

    func satisfies(_ need: HardwareNeed) -> Bool {
      switch need {
      case .tpm: tpm != .none
      case .tpm20: tpm == .notReady || tpm == .ready
      case .tpmReady: tpm == .ready
      case .vbsHardware: hasVBS
      }
    }
  }

  private struct Use {
    let need: HardwareNeed
    let subject: String
    let span: Span
    let clause: NodeIndex
    let owners: [ClauseID]
    let file: FileID
  }

  mutating func analyseHardware() {
    guard !isBroken else { return }
    reportUnattestable()
    let needs = Set(
      factTable.entries.compactMap(\.needs) + commands.compactMap { $0.target.flatMap(options.catalog.needs) }
    )
    // Only classes that lack something that is needed can be at fault.
    let admitted = Hardware.all.filter { hardware in
      guard needs.contains(where: { !hardware.satisfies($0) }) else { return false }
      let devices = deviceClass(hardware)
      return isInScope(devices)
        && !rules.indices.contains { rules[$0].rule.counts(.unknown) && rejects($0, devices) }
    }
    var uses: [Use] = []
    for command in commands {
      guard let target = command.target, let need = options.catalog.needs(of: target) else { continue }
      let isMissing = admitted.contains {
        !$0.satisfies(need) && canApply(command.guardCondition, to: deviceClass($0))
      }
      if isMissing {
        uses.append(
          Use(
            need: need, subject: target.locURI, span: command.pathSpan, clause: command.node,
            owners: command.owners,
            file: command.file))
      }
    }
    let needed = factTable.entries.contains { $0.needs != nil }
    if needed, !admitted.isEmpty { uses += ruleUses(admitted) }
    report(uses)
  }

  /// Rules that are unknown on an admitted device because a fact needs hardware that it lacks.
  private func ruleUses(_ admitted: [Hardware]) -> [Use] {
    var uses: [Use] = []
    let classes = admitted.map { ($0, deviceClass($0)) }
    let needy = Set(factTable.entries.indices.filter { factTable.entries[$0].needs != nil }.map { Int32($0) })
    for index in rules.indices {
      guard rules[index].rule.that.reads(needy) || (rules[index].rule.when?.reads(needy) ?? false) else {
        continue
      }
      for (hardware, devices) in classes {
        let when = rules[index].rule.when.map { devices.truth(of: $0, lists: buildLists) } ?? .yes
        if when == .no { continue }
        let that = devices.truth(of: rules[index].rule.that, lists: buildLists)
        guard when.contains(.unknown) || that.contains(.unknown) else { continue }
        let lowered = rules[index]
        let rule = lowered.rule
        let references = (rule.when?.steps ?? []) + rule.that.steps
        let fact = references.lazy.flatMap(\.references).map { factTable[$0] }.first { entry in
          entry.needs.map { !hardware.satisfies($0) } ?? false
        }
        guard let fact, let need = fact.needs else { continue }
        uses.append(
          Use(
            need: need, subject: fact.name, span: lowered.thatSpan, clause: lowered.node,
            owners: lowered.owners,
            file: lowered.file))
        break
      }
      if uses.count > 100 { return uses }
    }
    return uses
  }

  private func deviceClass(_ hardware: Hardware) -> DeviceClass {
    var devices = anyDevice()
    for (index, entry) in factTable.entries.enumerated() {
      if let need = entry.needs, !hardware.satisfies(need) { devices.facts[index] = .unreadable }
    }
    func know(_ name: String, _ value: Value) {
      if let index = factTable.index(of: name) { devices.facts[Int(index)] = .value(value) }
    }
    know("tpm.present", .bool(hardware.tpm != .none))
    switch hardware.tpm {
    case .none: know("tpm.ready", .bool(false))
    case .version12: know("tpm.version", .version(Version(1, 2, written: 2)))
    case .notReady:
      know("tpm.version", .version(Version(2, 0, written: 2)))
      know("tpm.ready", .bool(false))
    case .ready:
      know("tpm.version", .version(Version(2, 0, written: 2)))
      know("tpm.ready", .bool(true))
    }
    know("vbs.hardware", .bool(hardware.hasVBS))
    return devices
  }

  /// One finding for each need: its first use, the others beside it, and the clause that would mend all.
  private mutating func report(_ uses: [Use]) {
    for need in HardwareNeed.allCases {
      var open: [Use] = []
      for use in uses where use.need == need {
        let diagnostic = Diagnostic(
          "AP2201", .error, "\(use.subject) needs \(need.phrase)", at: Label(use.span, "needs \(need.phrase)")
        )
        let clauses = [ClauseID(file: use.file, node: use.clause)] + use.owners
        if !isAccepted(diagnostic, on: clauses) { open.append(use) }
      }
      guard let first = open.first else { continue }
      let rule = need.rule(avoiding: ruleIndex)
      var fixIts: [FixIt] = []
      if first.file == file {
        let place = tree.span(first.clause)
        fixIts = [
          FixIt(
            title: "require \(need.phrase)",
            span: Span(file: place.file, start: place.start, end: place.start),
            replacement: rule + "\n  ")
        ]
      }
      sink.report(
        "AP2201", .error, "\(first.subject) needs \(need.phrase), but the policy admits devices without one",
        at: first.span, "needs \(need.phrase)",
        secondary: open.dropFirst().prefix(3).map { Label($0.span, "needs it too") },
        help: [
          "no rule is false on a device without \(need.phrase), so such a device gets no clear answer",
          "add: \(rule)",
        ], fixIts: fixIts)
    }
  }

  private func isUnattestable(_ reference: FactReference) -> Bool {
    reference.attested && !factTable[reference].canBeAttested
  }

  /// `attested` on a fact for which no source gives more than the word of the operating system.
  private mutating func reportUnattestable() {
    for index in rules.indices {
      guard
        let reference = rules[index].rule.that.firstReference(where: { isUnattestable($0) })
          ?? rules[index].rule.when?.firstReference(where: { isUnattestable($0) })
      else { continue }
      let lowered = rules[index]
      report(
        Diagnostic(
          "AP2026", .error, "nothing can attest '\(factTable[reference].name)'",
          at: Label(lowered.thatSpan, "'attested' can never hold here"),
          help: ["leave out 'attested', or use a fact that a boot log proves, such as boot.secure_boot"]),
        on: lowered.node, in: tree(of: lowered.file), within: lowered.owners)
    }
  }
}

extension HardwareNeed {
  /// The need in words.
  var phrase: String {
    switch self {
    case .tpm: "a TPM"
    case .tpm20: "a TPM 2.0"
    case .tpmReady: "a TPM 2.0 that is ready"
    case .vbsHardware: "hardware for virtualization-based security"
    }
  }

  /// The rule that excludes devices without it.
  func rule(avoiding names: [String: Int]) -> String {
    let (name, condition) =
      switch self {
      case .tpm: ("tpm_present", "tpm.present")
      case .tpm20: ("tpm_2_0", "tpm.present and tpm.version >= 2.0")
      case .tpmReady: ("tpm_ready", "tpm.present and tpm.version >= 2.0 and tpm.ready")
      case .vbsHardware: ("vbs_hardware", "vbs.hardware")
      }
    var free = name
    while names[free] != nil { free += "_too" }
    return "require \(free) { that \(condition) }"
  }
}

extension Condition {
  /// The first fact of the condition, in source order, of which something is true.
  func firstReference(where matches: (FactReference) -> Bool) -> FactReference? {
    for step in steps {
      if let fact = step.references.first(where: matches) { return fact }
    }
    return nil
  }
}

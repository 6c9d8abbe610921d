/// A boot log beside the PCR values that a quote vouches for. Rule 11 of docs/boot-evidence.md: whoever judges names the banks that
/// count, and each of them has to be quoted and to be explained by the log.
package struct QuotedLog: Sendable {
  /// The log whole; nothing of it counts by itself.
  package let log: EventLog
  /// The values whose digest was quoted.
  package let values: PCRValues
  /// The banks that count.
  package let banks: [HashAlgorithm]
  /// Where the log leads to other values, in every bank that was quoted.
  package let divergences: [PCRDivergence]
  /// What the log says by the banks that count, which is read once for all registers that are asked for.
  private let counted: BootEvidence

  private let logs: EvidenceLogs?

  /// Compares a log with values.
  ///
  /// - Parameter logs: The logs of the evidence, of which those of earlier starts are not compared with the values.
  init(_ log: EventLog, _ values: PCRValues, banks: [HashAlgorithm], after logs: EvidenceLogs? = nil) {
    self.log = log
    self.values = values
    self.banks = banks
    self.logs = logs
    divergences = log.divergences(from: values)
    counted = BootEvidence(Self.counted(log, banks))
  }

  private static func counted(_ log: EventLog, _ banks: [HashAlgorithm]) -> EventLog {
    log.keeping(log.banks.indices.filter { banks.contains(log.banks[$0].algorithm) })
  }

  /// The start of the kernel that runs by the earlier logs, read by the banks that count; nil where there are none, or where the quoted boot
  /// resumed no kernel.
  package func kernelStart() -> BootFinding<KernelStart>? {
    guard let logs, counted.windows.isResume else { return nil }
    if let damage = logs.damage { return .unknown(damage) }
    guard !logs.earlier.isEmpty else { return nil }
    var earlier: [KernelStart.Log] = []
    for log in logs.earlier {
      if let missing = banks.first(where: { bank in !log.banks.contains { $0.algorithm == bank } }) {
        return .unknown("one of the earlier logs has no \(missing.name)\(Self.help)")
      }
      let log = Self.counted(log, banks)
      earlier.append(KernelStart.Log(log, BootEvidence(log)))
    }
    return KernelStart.find(resumedBy: KernelStart.Log(Self.counted(log, banks), counted), among: earlier)
  }

  /// What the log says by the banks that count, or why there is nothing that these PCRs vouch for.
  package func evidence(of registers: [Int]) -> BootFinding<BootEvidence> {
    defect(of: registers).map { .unknown($0) } ?? .known(counted)
  }

  /// Why the banks that count do not vouch for what the log says by these PCRs, as a plain sentence without a full stop; nil when they do.
  package func defect(of registers: [Int]) -> String? {
    guard log.registers == .pcrs else {
      return "the boot log is one of a confidential virtual machine, whose registers are not PCRs"
    }
    guard !banks.isEmpty else { return "no bank counts" }
    for bank in banks {
      guard let quoted = values.banks[bank], !quoted.isEmpty else {
        return "the quote has no \(bank.name)\(Self.help)"
      }
      if let missing = registers.first(where: { quoted[$0] == nil }) {
        return "PCR \(missing) was not quoted in \(bank.name)"
      }
      guard log.banks.contains(where: { $0.algorithm == bank }) else {
        return "the log has no \(bank.name)\(Self.help)"
      }
      if let divergence = divergence(bank, of: registers) {
        return "the log does not lead to the quoted values of \(bank.name): \(divergence)"
      }
    }
    return nil
  }

  private func divergence(_ bank: HashAlgorithm, of registers: [Int]) -> PCRDivergence? {
    divergences.first { $0.algorithm == bank && registers.contains($0.register) }
  }

  /// Where the log does not explain banks that were quoted and do not count, as a plain sentence without a full stop; nil when it explains
  /// them, as far as these PCRs were quoted.
  package func disagreement(of registers: [Int]) -> String? {
    let parts = values.banks.keys.filter { !banks.contains($0) }.sorted { $0.rawValue < $1.rawValue }
      .compactMap { bank -> String? in
        guard registers.contains(where: { values.banks[bank]?[$0] != nil }) else { return nil }
        guard log.banks.contains(where: { $0.algorithm == bank }) else {
          return "the log has no \(bank.name), which was quoted"
        }
        let others = divergences.filter { $0.algorithm == bank && registers.contains($0.register) }
        guard !others.isEmpty else { return nil }
        return "the log leads to other values of \(bank.name) than were quoted in "
          + Self.names(of: others.map(\.register))
      }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static let help = "; --banks names the banks that count"

  private static func names(of registers: [Int]) -> String {
    let numbers = registers.map { String($0) }
    guard let last = numbers.last, numbers.count > 1 else { return "PCR \(numbers.joined())" }
    return "the PCRs \(numbers.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension TPMAttest {
  /// The values that were quoted, picked from a source; nil when it lacks one.
  func selected(from value: (HashAlgorithm, Int) -> [UInt8]?) -> (values: PCRValues, joined: [UInt8])? {
    var values = PCRValues()
    var joined: [UInt8] = []
    for selection in selections {
      for register in selection.registers {
        // Values of another length could share out the same bytes otherwise.
        guard let value = value(selection.bank, register), value.count == selection.bank.byteCount else {
          return nil
        }
        values.banks[selection.bank, default: [:]][register] = value
        joined += value
      }
    }
    return (values, joined)
  }

  /// The PCR values whose digest was quoted: those given, or else those that a log leads to; or why neither are.
  ///
  /// - Parameter hash: The hash of the signature's scheme.
  func quotedValues(given: PCRValues, log: EventLog?, by hash: HashAlgorithm) -> BootFinding<PCRValues> {
    guard selections.contains(where: { !$0.registers.isEmpty }) else {
      return .unknown("the quote covers no PCR")
    }
    let stated = selected { bank, register in given.banks[bank]?[register] }
    if let stated, hash.digest(of: stated.joined) == pcrDigest { return .known(stated.values) }
    var replays: [HashAlgorithm: PCRReplay] = [:]
    if let log, log.registers == .pcrs {
      for selection in selections where replays[selection.bank] == nil {
        replays[selection.bank] = log.replay(selection.bank)
      }
    }
    let replayed = selected { bank, register in replays[bank]?[register] }
    if let replayed, hash.digest(of: replayed.joined) == pcrDigest { return .known(replayed.values) }
    let banks = selections.map(\.bank).filter { replays[$0] == nil }.map(\.name)
    switch (stated, replayed, log) {
    case (.some, .some, _):
      return .unknown(
        "neither the PCR values of the evidence nor those that the boot log leads to are the quoted ones")
    case (.some, nil, _): return .unknown("the PCR values of the evidence are not the quoted ones")
    case (nil, .some, _):
      return .unknown(
        "the boot log does not lead to the quoted PCR values; the evidence has no values that would tell which PCR diverges"
      )
    case (nil, nil, nil):
      return .unknown("the evidence has neither a boot log nor the PCR values that were quoted")
    case (nil, nil, _):
      return .unknown(
        "the PCRs were quoted in \(banks.isEmpty ? "banks" : banks.joined(separator: " and ")) and the boot log does not lead "
          + "to a value for each; the evidence does not have them either")
    }
  }
}

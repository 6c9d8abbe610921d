/// A boot log beside the PCR values that a quote vouches for. Rule 11 of docs/boot-evidence.md: a quote vouches for a log in a bank that
/// the log has, and for the PCRs that were quoted.
public struct QuotedLog: Sendable {
  /// The log whole; nothing of it counts by itself.
  public let log: EventLog
  /// The values whose digest was quoted.
  public let values: PCRValues
  /// Where the log leads to other values.
  public let divergences: [PCRDivergence]

  /// Compares a log with values.
  init(_ log: EventLog, _ values: PCRValues) {
    self.log = log
    self.values = values
    divergences = log.divergences(from: values)
  }

  /// What the log says, by the banks in which all of these PCRs were quoted and the log leads to their values; or why there is none.
  public func evidence(of registers: [Int]) -> BootFinding<BootEvidence> {
    supportingBanks(of: registers).map { BootEvidence(log.keeping($0)) }
  }

  /// The positions of those banks.
  func supportingBanks(of registers: [Int]) -> BootFinding<[Int]> {
    guard log.registers == .pcrs else {
      return .unknown("the boot log is one of a confidential virtual machine, whose registers are not PCRs")
    }
    if let divergence = divergences.first(where: { registers.contains($0.register) }) {
      return .unknown("the boot log does not lead to the quoted values: \(divergence)")
    }
    let known = log.banks.indices.filter { values.banks[log.banks[$0].algorithm] != nil }
    guard !known.isEmpty else {
      let names = values.banks.keys.map(\.name).sorted().joined(separator: " and ")
      return .unknown("the PCRs were quoted in \(names), of which the boot log has no digests")
    }
    let supporting = known.filter { bank in
      let quoted = values.banks[log.banks[bank].algorithm] ?? [:]
      return registers.allSatisfy { quoted[$0] != nil }
    }
    guard !supporting.isEmpty else {
      let quoted = values.banks[log.banks[known[0]].algorithm] ?? [:]
      let missing = registers.first { quoted[$0] == nil } ?? 0
      return .unknown("PCR \(missing) was not quoted")
    }
    return .known(supporting)
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

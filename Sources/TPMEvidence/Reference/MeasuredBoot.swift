import Diagnostics

/// What a device measured of what reference values list, by the banks that count.
struct MeasuredBoot {
  /// An event that was measured.
  struct Event: Hashable {
    /// Its number in the log.
    let number: Int
    /// Where it stands.
    let slot: ReferenceValues.Slot
    /// Its digests in ``MeasuredBoot/banks``, in their order.
    let digests: [[UInt8]]
  }

  /// A register of which it is not known what it measured.
  struct Doubt: Hashable {
    let register: Int
    /// A plain sentence without a full stop.
    let reason: String
  }

  /// The banks that count, in the order of the log.
  let banks: [HashAlgorithm]
  /// What the PCRs 0, 2 and 4 measured, their separators and the call of an application left out, in the order of the log.
  let events: [Event]
  /// Why more may have been measured.
  let doubts: [Doubt]
  /// PCR 7.
  let secureBoot: SecureBootEvidence
  /// Whether the boot manager returned to the firmware, which then starts something else.
  let hasReturned: Bool
  private let log: EventLog

  /// Reads a log that leads to quoted values.
  init(_ quoted: QuotedLog) {
    let kept = quoted.log.banks.indices.filter { quoted.banks.contains(quoted.log.banks[$0].algorithm) }
    let log = quoted.log.keeping(kept)
    self.log = log
    banks = log.banks.map(\.algorithm)
    secureBoot = quoted.evidence(of: [7]).value?.secureBoot ?? SecureBootEvidence(log)
    let call = KnownContent("Calling EFI Application from Boot Option", in: log)
    let failure = KnownContent("Returning from EFI Application from Boot Option", in: log)
    var slots: [Int: ReferenceValues.Slot] = [:]
    var doubts: [Doubt] = []
    for register in [0, 2] as [UInt32] {
      let measured = MeasuredRegister(register, of: log, closedBy: MeasuredRegister.firmwareClosings)
      for event in measured.early + measured.late { slots[event] = .firmware(Int(register)) }
      if let reason = measured.doubt {
        doubts.append(Doubt(register: Int(register), reason: reason))
      } else if register == 0, measured.early.isEmpty {
        doubts.append(Doubt(register: 0, reason: "PCR 0 has no measurement of the firmware"))
      }
    }
    let images = MeasuredRegister(4, of: log, closedBy: MeasuredRegister.firmwareClosings)
    let late = images.late.filter { !call.isMeasured(by: $0, in: log) }
    for event in images.early where !call.isMeasured(by: event, in: log) {
      slots[event] = .image(.beforeSeparator)
    }
    for event in late { slots[event] = .image(event == late.last ? .bootManager : .beforeBootManager) }
    hasReturned = (images.early + images.late).contains { failure.isMeasured(by: $0, in: log) }
    if let reason = images.doubt {
      doubts.append(Doubt(register: 4, reason: reason))
    } else if late.isEmpty {
      doubts.append(
        Doubt(register: 4, reason: "PCR 4 has no measurement of an image behind its separator"))
    }
    for register in [0, 2, 4] {
      if let reason = quoted.defect(of: [register]) {
        doubts.append(Doubt(register: register, reason: reason))
      }
    }
    self.doubts = doubts
    events = slots.sorted { $0.key < $1.key }.map { number, slot in
      Event(
        number: number, slot: slot,
        digests: log.banks.indices.map { log.digest(of: number, bank: $0).map { Array($0) } ?? [] })
    }
  }

  /// The variable with keys of Secure Boot.
  func keys(_ list: ReferenceValues.KeyList) -> BootFinding<[SignatureEntry]> {
    switch list {
    case .platformKey: secureBoot.platformKey
    case .keyExchangeKeys: secureBoot.keyExchangeKeys
    case .allowed: secureBoot.allowed
    case .forbidden: secureBoot.forbidden
    }
  }

  /// What the log calls an event, which was not measured.
  func comment(on event: Event) -> String {
    let summary = log.summary(of: event.number)
    switch event.slot {
    case .firmware: return shortened("\(log.events[event.number].type.name): \(summary)", limit: 120)
    case .image: return shortened(summary, limit: 512)
    }
  }

  /// What differs, for people.
  func name(of subject: ReferenceDifference.Subject) -> String {
    switch subject {
    case .event(let event): name(of: event)
    case .authority(let authority):
      "event \(authority.event) in PCR 7 (\(authority.entry?.shownAuthority ?? "an authority that is not understood"))"
    case .text(let text): text
    }
  }

  /// `event 45 in PCR 4 ('\EFI\x.efi' by the log, sha256 94…)`
  func name(of event: Event) -> String {
    let digests = zip(banks, event.digests).map { "\($0.name) \(hexadecimal($1))" }.joined(separator: ", ")
    return
      "event \(event.number) in PCR \(event.slot.register) ('\(comment(on: event))' by the log, \(digests))"
  }
}

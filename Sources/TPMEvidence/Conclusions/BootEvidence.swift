/// All that is read from one boot log.
package struct BootEvidence: Hashable, Sendable {
  /// PCR 7.
  package let secureBoot: SecureBootEvidence
  /// The PCRs 12, 13 and 20.
  package let windows: WindowsBootEvidence
  /// Whether the former were written by Windows.
  package let loader: WindowsLoaderEvidence
  /// Whether the firmware started the operating system by way of UEFI, and not as a BIOS does.
  package let isUEFI: BootFinding<Bool>
  /// What was started.
  package let images: [BootImage]
  /// What in the log cannot be true.
  package let contradictions: [Contradiction]

  /// A sign that a log, or what it is of, was tampered with: events that cannot all be true.
  package struct Contradiction: Hashable, Sendable {
    /// The register that it lies in, by whose quoted value it is known.
    package let register: Int
    /// What is wrong, one plain sentence without a full stop.
    package let reason: String
  }

  /// Judges a log.
  package init(_ log: EventLog) {
    secureBoot = SecureBootEvidence(log)
    windows = WindowsBootEvidence(log)
    loader = WindowsLoaderEvidence(log, secureBoot)
    images = BootImage.images(in: log, secureBoot.authorities)
    isUEFI = secureBoot.isOn.value == true ? .known(true) : Self.start(log)
    contradictions = Self.contradictions(in: log, secureBoot) + windows.contradictions
  }

  /// Those in what firmware measures. Descriptions of partitions and images in the PCRs 4 and 5 may be other than what was measured.
  private static func contradictions(in log: EventLog, _ secureBoot: SecureBootEvidence) -> [Contradiction] {
    guard log.registers == .pcrs else { return [] }
    var found = secureBoot.contradiction.map { [Contradiction(register: 7, reason: $0)] } ?? []
    for number in [4, 5] as [UInt32] {
      let register = MeasuredRegister(number, of: log, closedBy: MeasuredRegister.firmwareClosings)
      if let reason = register.repetition {
        found.append(Contradiction(register: Int(number), reason: reason))
      }
    }
    return found
  }

  /// Firmware says in PCR 4 or 5, before it closes them, that it calls an application of UEFI. Silence proves nothing: firmware need not
  /// say it. Secure Boot, when it is on, allows no other way.
  private static func start(_ log: EventLog) -> BootFinding<Bool> {
    guard log.registers == .pcrs else {
      return .unknown("the log is one of a confidential virtual machine, whose registers are not PCRs")
    }
    let call = KnownContent("Calling EFI Application from Boot Option", in: log)
    let failure = KnownContent("Returning from EFI Application from Boot Option", in: log)
    var isCalled = false
    for number in [4, 5] as [UInt32] {
      let register = MeasuredRegister(number, of: log, closedBy: MeasuredRegister.firmwareClosings)
      if let event = (register.early + register.late).first(where: { failure.isMeasured(by: $0, in: log) }) {
        return .unknown(
          "event \(event) in PCR \(number) says that an application of UEFI returned, so that another followed"
        )
      }
      guard register.doubt == nil else { continue }
      isCalled = isCalled || register.early.contains { call.isMeasured(by: $0, in: log) }
    }
    return isCalled
      ? .known(true) : .unknown("the firmware did not measure that it called an application of UEFI")
  }
}

import Diagnostics

/// What Windows' boot manager and loader measured of how Windows was started (PCR 12), and of what they loaded (PCR 13).
///
/// Each finding rests on that register alone. Whether it was Windows that wrote it is another matter: see ``WindowsLoaderEvidence``.
package struct WindowsBootEvidence: Hashable, Sendable {
  /// Whether the log is of the start of the kernel that runs, and not of a resume from hibernation: then the kernel was started at
  /// another boot, and its PCRs are gone. Known to be so, or unknown with the reason.
  package let startedKernel: BootFinding<Bool>
  /// Whether the boot manager handed over to the program that resumes a kernel from hibernation.
  package let isResume: Bool
  /// Which start of the machine it was. Where there is a TPM 2.0, this is how often it was reset (TPMS_CLOCK_INFO.resetCount).
  package let bootCounter: BootFinding<UInt64>
  /// The value of a counter in the TPM that goes on with each start of Windows and each resume; older TPMs and some newer ones have none.
  package let eventCounter: BootFinding<UInt64>
  /// Which counter that is. It is a number of the TPM's index, and so the same in many TPMs.
  package let counterID: BootFinding<UInt64>
  /// What in the PCRs 12 to 14 cannot be true.
  let contradictions: [BootEvidence.Contradiction]
  /// Whether a boot application was being debugged at any stage.
  package let isBootDebugged: BootFinding<Bool>
  /// Whether the kernel was open to a debugger.
  package let isKernelDebugged: BootFinding<Bool>
  /// Whether test signatures were accepted at any stage.
  package let acceptsTestSignatures: BootFinding<Bool>
  /// Whether flight signatures were accepted at any stage.
  package let acceptsFlightSignatures: BootFinding<Bool>
  /// Whether code integrity was on at every stage.
  package let hasCodeIntegrity: BootFinding<Bool>
  /// Whether Windows started in safe mode.
  package let isSafeMode: BootFinding<Bool>
  /// Whether Windows PE started.
  package let isWinPE: BootFinding<Bool>
  /// The early-launch antimalware drivers that were measured, by their registry keys; unknown when there is none.
  package let antimalwareDrivers: BootFinding<[String]>
  /// How the Windows volume was unlocked at each stage, as FVEB_UNLOCK_FLAG_…: 0 is none, 1 cached, 4 TPM, 0x10 PIN, 0x40 recovery.
  package let bitlockerUnlocks: BootFinding<[UInt32]>
  /// How the hypervisor was launched; 0 is not.
  package let hypervisorLaunchType: BootFinding<UInt64>
  /// How the secure kernel (VSM) was launched; 0 is not.
  package let vsmLaunchType: BootFinding<UInt64>
  /// The policy of hypervisor-enforced code integrity; bit 0 is on.
  package let hvciPolicy: BootFinding<UInt64>
  /// Whether memory was guarded against devices while the hypervisor started.
  package let hasBootDMAProtection: BootFinding<Bool>
  /// The security version numbers of the boot applications, in order: the boot manager's first.
  package let applicationSVNs: BootFinding<[UInt32]>
  /// The list of revoked boot applications.
  package let bootRevocationList: BootFinding<RevocationList>
  /// The list of revoked drivers.
  package let osRevocationList: BootFinding<RevocationList>
  /// The modules that were loaded, drivers included.
  package let modules: BootFinding<[LoadedModule]>
  /// How far System Management Mode is isolated, after a dynamic launch (PCR 20).
  package let smmLevel: BootFinding<UInt8>

  /// A revocation list as it was measured.
  package struct RevocationList: Hashable, Sendable {
    /// When it was made, in 100 ns since 1601 (FILETIME).
    package let created: UInt64
    /// The algorithm of ``digest``.
    package let algorithm: HashAlgorithm
    /// The digest of the list.
    package let digest: [UInt8]

    init?(_ data: ArraySlice<UInt8>) {
      var cursor = ByteCursor(data)
      guard let created = cursor.uint64(), let size = cursor.uint32(), let number = cursor.uint16(),
        let digest = cursor.take(UInt64(size)), cursor.left == 0
      else { return nil }
      self.created = created
      algorithm = HashAlgorithm(rawValue: number)
      self.digest = Array(digest)
    }
  }

  /// A module as it was measured.
  package struct LoadedModule: Hashable, Sendable {
    /// Its path.
    package let path: String?
    /// The Authenticode digest of its image.
    package let digest: [UInt8]?
    /// Who signed it.
    package let publisher: String?
    /// Who issued the signer's certificate.
    package let issuer: String?
    /// The SHA-1 digest of the signer's certificate.
    package let thumbprint: [UInt8]?
    /// Whether its signature was found good; nil when nothing is said of it.
    package let isValidated: Bool?
    /// Its security version number.
    package let svn: UInt32?
  }

  /// Reads the PCRs 12, 13 and 20.
  package init(_ log: EventLog) {
    let boot = WindowsRegister(12, of: log)
    isResume =
      boot.values(SIPATag.transferControl, "transfer of control", Self.number32).value?.contains(2) == true
    startedKernel = Self.startedKernel(boot, isResume: isResume)
    bootCounter = boot.number(SIPATag.bootCounter, "boot counter", sizes: [8])
    eventCounter = boot.number(SIPATag.eventCounter, "event counter", sizes: [8])
    counterID = boot.number(SIPATag.counterID, "counter id", sizes: [8])
    isBootDebugged = boot.everTrue(SIPATag.bootDebugging, "boot debugging")
    isKernelDebugged = boot.everTrue(SIPATag.osKernelDebug, "kernel debugging")
    acceptsTestSignatures = boot.everTrue(SIPATag.testSigning, "test signing")
    acceptsFlightSignatures = boot.everTrue(SIPATag.flightSigning, "flight signing")
    hasCodeIntegrity = boot.alwaysTrue(SIPATag.codeIntegrity, "code integrity")
    isSafeMode = boot.everTrue(SIPATag.safeMode, "safe mode")
    isWinPE = boot.everTrue(SIPATag.winPE, "Windows PE")
    hasBootDMAProtection = boot.alwaysTrue(SIPATag.bootDMAProtection, "boot DMA protection")
    bitlockerUnlocks = boot.values(SIPATag.bitlockerUnlock, "BitLocker unlock", Self.number32)
    applicationSVNs = boot.values(SIPATag.applicationSVN, "application SVN", Self.number32)
    hypervisorLaunchType = boot.number(SIPATag.hypervisorLaunchType, "hypervisor launch type", sizes: [8])
    vsmLaunchType = boot.number(SIPATag.vsmLaunchType, "VSM launch type", sizes: [8])
    hvciPolicy = boot.number(SIPATag.hvciPolicy, "HVCI policy", sizes: [4, 8])
    antimalwareDrivers = boot.containers(SIPATag.elamAggregation) { member in
      member(SIPATag.elamMeasured) == nil
        ? nil : member(SIPATag.elamKeyName).map { shortened(textOfUTF16($0), limit: 200) }
    }.flatMap { names in
      let names = names.compactMap { $0 }
      return names.isEmpty
        ? .unknown("the log does not have an early-launch antimalware driver") : .known(names)
    }

    let loaded = WindowsRegister(13, of: log)
    bootRevocationList = Self.list(
      loaded.values(SIPATag.bootRevocationList, "boot revocation list", RevocationList.init))
    osRevocationList = Self.list(
      loaded.values(SIPATag.osRevocationList, "OS revocation list", RevocationList.init))
    modules = loaded.containers(SIPATag.loadedModule) { member in
      func text(_ tag: UInt32) -> String? { member(tag).map { shortened(textOfUTF16($0), limit: 512) } }
      return LoadedModule(
        path: text(SIPATag.filePath), digest: member(SIPATag.authenticodeHash).map { Array($0) },
        publisher: text(SIPATag.authorityPublisher), issuer: text(SIPATag.authorityIssuer),
        thumbprint: member(SIPATag.authorityThumbprint).map { Array($0) },
        isValidated: member(SIPATag.imageValidated)?.first.map { $0 == 1 },
        svn: member(SIPATag.moduleSVN).flatMap(Self.number32))
    }
    smmLevel = Self.smmLevel(log)
    let registers = [(12, boot), (13, loaded), (14, WindowsRegister(14, of: log))]
    contradictions = registers.compactMap { number, register in
      register.contradiction.map { BootEvidence.Contradiction(register: number, reason: $0) }
    }
  }

  /// The boot manager says to what it hands over: 1 is Windows' loader, 2 its counterpart for resuming. The loader alone says whether the
  /// kernel is open to a debugger.
  private static func startedKernel(_ boot: WindowsRegister, isResume: Bool) -> BootFinding<Bool> {
    if isResume {
      return .unknown(
        "the log is of a resume from hibernation; the log of the start before it has the answer")
    }
    if let doubt = boot.doubt { return .unknown(doubt) }
    return boot.says(SIPATag.osKernelDebug)
      ? .known(true)
      : .unknown(
        "the log has no stage of Windows' loader, so that it says nothing of the kernel that runs; the log of the start before it has "
          + "the answer")
  }

  private static func number32(_ data: ArraySlice<UInt8>) -> UInt32? {
    data.count == 4 ? UInt32(littleEndian: data) : nil
  }

  /// The list that all stages name; stages that name different ones leave it open.
  private static func list(_ lists: BootFinding<[RevocationList]>) -> BootFinding<RevocationList> {
    lists.flatMap { lists in
      guard let first = lists.first, lists.allSatisfy({ $0 == first }) else {
        return .unknown("stages of the boot name different revocation lists")
      }
      return .known(first)
    }
  }

  /// PCR 20 has no separator: after a dynamic launch it is closed to the operating system by its locality.
  private static func smmLevel(_ log: EventLog) -> BootFinding<UInt8> {
    let register = MeasuredRegister(20, of: log, closedBy: [])
    guard log.registers == .pcrs, !register.early.isEmpty else {
      return .unknown("the log has no event of PCR 20, as a dynamic launch leaves them")
    }
    if let doubt = register.unverified(in: log) { return .unknown(doubt) }
    var elements = SIPAElements()
    for event in register.early {
      guard elements.add(event, of: log) else {
        return .unknown("event \(event) in PCR 20 is not a list of Windows' tagged elements")
      }
    }
    let levels = elements.general(SIPATag.drtmSMMLevel).map { log.bytes[$0.data] }
    guard levels.count == 1, levels[0].count == 1, let level = levels[0].first else {
      return .unknown("PCR 20 does not have one measurement of the SMM level")
    }
    return .known(level)
  }
}

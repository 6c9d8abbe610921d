import Diagnostics

/// What a boot log says of UEFI Secure Boot: PCR 7.
package struct SecureBootEvidence: Hashable, Sendable {
  /// Whether the firmware verified what it started.
  package let isOn: BootFinding<Bool>
  /// The platform key.
  package let platformKey: BootFinding<[SignatureEntry]>
  /// The keys that may change the databases.
  package let keyExchangeKeys: BootFinding<[SignatureEntry]>
  /// What may be started: `db`.
  package let allowed: BootFinding<[SignatureEntry]>
  /// What may not be started: `dbx`.
  package let forbidden: BootFinding<[SignatureEntry]>
  /// The event by which firmware said that it left memory open to devices (TCG PFP, section 3.3.4.8). Real firmware says it behind the separator, where
  /// anybody else could have added it; nobody can take it away. Unknown without one: firmware that knows no such protection is silent as well.
  package let openMemory: BootFinding<Int>
  /// What verified the images that were started, in the order in which each was first used, before the separator and behind it. The
  /// operating system can add to these after boot, and cannot take any away.
  package let authorities: [Authority]
  /// The first event behind the separator of which is not known what it measured.
  let unreadable: Int?
  /// The first event that measured something which is neither an authority nor known to be measured into PCR 7.
  let unexplained: Int?
  /// Why not all that PCR 7 says can be true, so that nothing in the log can be believed; nil when it can.
  package let contradiction: String?

  /// An entry of a database that verified an image (EV_EFI_VARIABLE_AUTHORITY).
  package struct Authority: Hashable, Sendable {
    /// The number of its event.
    package let event: Int
    /// The database: `db`, `Shim`, `MokList`, …
    package let variable: String
    /// The certificate or digest; nil for anything else, and when the event's data is not what was measured.
    package let entry: SignatureEntry?
    /// Whether it was measured to be of the firmware's own database.
    package let isFirmware: Bool
  }

  /// Reads PCR 7.
  package init(_ log: EventLog) {
    let register = MeasuredRegister(7, of: log, closedBy: MeasuredRegister.firmwareClosings)
    let unverified = register.unverified(in: log)
    let doubt =
      if log.registers != .pcrs {
        "the log is one of a confidential virtual machine, whose registers are not PCRs"
      } else if register.isEmpty {
        "the log has no event of PCR 7"
      } else {
        register.doubt ?? unverified
      }
    var variables: [(event: Int, variable: UEFIVariable)] = []
    var authorities: [Authority] = []
    var others: [Int] = []
    for event in log.registers == .pcrs ? register.early : [] {
      guard let variable = UEFIVariable(log.data(of: event)) else {
        others.append(event)
        continue
      }
      if Self.isConfiguration(variable) {
        variables.append((event, variable))
      } else if variable.vendor == .securityDatabase {
        authorities.append(Self.authority(event, variable, in: log))
      } else {
        others.append(event)
      }
    }
    for event in log.registers == .pcrs ? register.late : [] {
      if let variable = UEFIVariable(log.data(of: event)) {
        authorities.append(Self.authority(event, variable, in: log))
      } else {
        others.append(event)
      }
    }
    self.authorities = authorities
    func value(_ vendor: GUID, _ name: String) -> BootFinding<ArraySlice<UInt8>> {
      if let doubt { return .unknown(doubt) }
      let found = variables.filter { $0.variable.vendor == vendor && $0.variable.name == name }
      switch found.count {
      case 0: return .unknown("PCR 7 has no measurement of the variable '\(name)'")
      case 1: return .known(found[0].variable.value)
      default:
        return .unknown(
          "the variable '\(name)' was measured \(found.count) times, by the events \(found[0].event) and "
            + "\(found[1].event) among them, where there can be one")
      }
    }
    func entries(_ vendor: GUID, _ name: String) -> BootFinding<[SignatureEntry]> {
      switch value(vendor, name) {
      case .unknown(let reason): return .unknown(reason)
      case .known(let value):
        return SignatureList.entries(of: value).map { .known($0) }
          ?? .unknown("the variable '\(name)' is not a list of signatures")
      }
    }
    platformKey = entries(.globalVariable, "PK")
    keyExchangeKeys = entries(.globalVariable, "KEK")
    allowed = entries(.securityDatabase, "db")
    forbidden = entries(.securityDatabase, "dbx")
    unreadable = register.late.first { !log.isMeasured($0) }
    let dma = KnownContent("DMA Protection Disabled", in: log)
    unexplained = others.first { !dma.isMeasured(by: $0, in: log) }
    openMemory =
      if log.registers == .pcrs, let event = others.first(where: { dma.isMeasured(by: $0, in: log) }) {
        .known(event)
      } else {
        .unknown(doubt ?? "PCR 7 does not have 'DMA Protection Disabled', and silence is no answer")
      }
    let debugging = KnownContent("UEFI Debug Mode", in: log)
    let debug = register.early.first { debugging.isMeasured(by: $0, in: log) }.map {
      "event \($0) in PCR 7 says that the firmware was open to a debugger, which can change all else"
    }
    let state = Self.state(value(.globalVariable, "SecureBoot"), platformKey)
    isOn = debug.map { .unknown($0) } ?? state.finding
    let states = variables.filter {
      $0.variable.vendor == .globalVariable && $0.variable.name == "SecureBoot"
    }
    let repetition = Set(states.map(\.variable.value)).count > 1 ? state.finding.reason : nil
    contradiction =
      log.registers == .pcrs
      ? register.repetition ?? unverified ?? debug ?? repetition ?? state.contradiction
        ?? Self.stranger(among: authorities, allowed, forbidden) : nil
  }

  /// Whether a variable is one of those that firmware measures because of what they say, before it starts anything (TCG PFP, section
  /// 3.3.4.8). An authority has the name of its database too; it is one entry, and the database a list of them.
  private static func isConfiguration(_ variable: UEFIVariable) -> Bool {
    guard variable.vendor == .securityDatabase else { return variable.vendor == .globalVariable }
    return ["dbx", "dbt", "dbr"].contains(variable.name)
      || variable.name == "db" && SignatureList.entries(of: variable.value) != nil
  }

  /// Why an authority cannot have verified an image: the firmware's databases, as they were measured, do not allow it. Whoever runs after
  /// boot can extend PCR 7 with any authority.
  private static func stranger(
    among authorities: [Authority], _ allowed: BootFinding<[SignatureEntry]>,
    _ forbidden: BootFinding<[SignatureEntry]>
  ) -> String? {
    let known = allowed.value.map(Set.init)
    let revoked = Set(forbidden.value ?? [])
    for authority in authorities where authority.isFirmware {
      guard let entry = authority.entry else { continue }
      let text =
        "event \(authority.event) in PCR 7 says that \(entry.shownAuthority) verified an image, and the firmware's "
      if let known, !known.contains(entry) {
        return text + "database of what may be started, as it was measured, does not have it"
      }
      if revoked.contains(entry) {
        return text + "database of what may not be started, as it was measured, has it"
      }
    }
    return nil
  }

  /// The variable `SecureBoot`: one byte, 1 or 0 (UEFI 2.10, section 3.3). It cannot be 1 without a platform key.
  private static func state(
    _ value: BootFinding<ArraySlice<UInt8>>, _ platformKey: BootFinding<[SignatureEntry]>
  ) -> (finding: BootFinding<Bool>, contradiction: String?) {
    guard case .known(let bytes) = value else { return (.unknown(value.reason ?? ""), nil) }
    guard bytes.count == 1, let byte = bytes.first, byte <= 1 else {
      return (
        .unknown(
          bytes.isEmpty
            ? "the variable 'SecureBoot' was measured empty, which is neither on nor off"
            : "the variable 'SecureBoot' was measured with a value that is neither 0 nor 1"), nil
      )
    }
    if byte == 1, platformKey.value?.isEmpty == true {
      let reason = "the variable 'SecureBoot' says on, and the platform key is empty; both cannot be"
      return (.unknown(reason), reason)
    }
    return (.known(byte == 1), nil)
  }

  private static func authority(_ event: Int, _ variable: UEFIVariable, in log: EventLog) -> Authority {
    let isMeasured = log.isMeasured(event)
    return Authority(
      event: event, variable: shortened(variable.name, limit: 64),
      entry: isMeasured ? Self.entry(variable.value) : nil,
      isFirmware: isMeasured && variable.vendor == .securityDatabase && variable.name == "db")
  }

  /// Firmware measures an EFI_SIGNATURE_DATA, an owner before the certificate or digest; shim measures the certificate alone.
  private static func entry(_ value: ArraySlice<UInt8>) -> SignatureEntry? {
    let data = value.dropFirst(16)
    for candidate in [value, data] {
      var reader = DERReader(candidate)
      if reader.next(DERElement.sequence) != nil, reader.isAtEnd {
        return .certificate(Certificate(candidate))
      }
    }
    return data.count == 32 ? .sha256(Array(data)) : nil
  }
}

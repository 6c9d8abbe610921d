/// What a boot log says of UEFI Secure Boot: PCR 7.
public struct SecureBootEvidence: Hashable, Sendable {
  /// Whether the firmware verified what it started.
  public let isOn: BootFinding<Bool>
  /// The platform key.
  public let platformKey: BootFinding<[SignatureEntry]>
  /// The keys that may change the databases.
  public let keyExchangeKeys: BootFinding<[SignatureEntry]>
  /// What may be started: `db`.
  public let allowed: BootFinding<[SignatureEntry]>
  /// What may not be started: `dbx`.
  public let forbidden: BootFinding<[SignatureEntry]>
  /// What verified the images that were started, in the order in which each was first used. The operating system can add to these after
  /// boot, and cannot take any away.
  public let authorities: [Authority]
  /// The first event behind the separator of which is not known what it measured.
  let unreadable: Int?

  /// An entry of a database that verified an image (EV_EFI_VARIABLE_AUTHORITY).
  public struct Authority: Hashable, Sendable {
    /// The number of its event.
    public let event: Int
    /// The database: `db`, `Shim`, `MokList`, …
    public let variable: String
    /// The certificate or digest; nil for anything else, and when the event's data is not what was measured.
    public let entry: SignatureEntry?
    /// Whether it was measured to be of the firmware's own database.
    public let isFirmware: Bool
  }

  /// Reads PCR 7.
  public init(_ log: EventLog) {
    let register = MeasuredRegister(7, of: log, closedBy: MeasuredRegister.firmwareClosings)
    let doubt =
      if log.registers != .pcrs {
        "the log is one of a confidential virtual machine, whose registers are not PCRs"
      } else if register.isEmpty {
        "the log has no event of PCR 7"
      } else {
        register.doubt ?? register.unverified(in: log)
      }
    let variables = register.early.compactMap { event in
      UEFIVariable(log.data(of: event)).map { (event: event, variable: $0) }
    }
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
    authorities = log.registers == .pcrs ? register.late.compactMap { Self.authority($0, in: log) } : []
    unreadable = register.late.first { !log.isMeasured($0) }
    let debugging = KnownContent("UEFI Debug Mode", in: log)
    isOn =
      if let event = register.early.first(where: { debugging.isMeasured(by: $0, in: log) }) {
        .unknown(
          "event \(event) in PCR 7 says that the firmware was open to a debugger, which can change all else")
      } else {
        Self.state(value(.globalVariable, "SecureBoot"), platformKey)
      }
  }

  /// The variable `SecureBoot`: one byte, 1 or 0 (UEFI 2.10, section 3.3). It cannot be 1 without a platform key.
  private static func state(
    _ value: BootFinding<ArraySlice<UInt8>>, _ platformKey: BootFinding<[SignatureEntry]>
  ) -> BootFinding<Bool> {
    guard case .known(let bytes) = value else { return .unknown(value.reason ?? "") }
    guard bytes.count == 1, let byte = bytes.first, byte <= 1 else {
      return .unknown(
        bytes.isEmpty
          ? "the variable 'SecureBoot' was measured empty, which is neither on nor off"
          : "the variable 'SecureBoot' was measured with a value that is neither 0 nor 1")
    }
    if byte == 1, platformKey.value?.isEmpty == true {
      return .unknown("the variable 'SecureBoot' says on, and the platform key is empty; both cannot be")
    }
    return .known(byte == 1)
  }

  private static func authority(_ event: Int, in log: EventLog) -> Authority? {
    guard let variable = UEFIVariable(log.data(of: event)) else { return nil }
    let isMeasured = log.isMeasured(event)
    return Authority(
      event: event, variable: printable(variable.name, limit: 64),
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

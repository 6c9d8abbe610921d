import PolicyModel
import TPMEvidence

/// What protects the device, and who manages it.
enum SecurityQuestions {
  static let all = [deviceGuard, defender, endorsementKey, volume, enrollments]

  /// Win32_DeviceGuard (Microsoft, "Validate enabled VBS and memory integrity features").
  static let deviceGuard = WindowsQuestion(
    "Win32_DeviceGuard",
    facts: [
      "vbs.hardware", "vbs.running", "vbs.status", "hvci.status", "credential_guard.status",
      "system_guard.status",
    ],
    needsAdministrator: true,
    expression: """
      Get-CimInstance Win32_DeviceGuard -Namespace root/Microsoft/Windows/DeviceGuard |
        Select-Object AvailableSecurityProperties, RequiredSecurityProperties, SecurityServicesConfigured,
          SecurityServicesRunning, VirtualizationBasedSecurityStatus
      """
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    let status = object.integer("VirtualizationBasedSecurityStatus")
    virtualization(status, &findings)
    findings["vbs.hardware"] = hardware(object, isRunning: status == .known(2))
    for (fact, service) in [("hvci.status", 2), ("credential_guard.status", 1), ("system_guard.status", 3)] {
      findings[fact] = SecurityQuestions.status(of: Int64(service), fact, object, status)
    }
    return findings
  }.recognizing { objects, signs in
    // Windows may have a hypervisor of its own without VBS too, for Hyper-V.
    if objects.first?.integer("VirtualizationBasedSecurityStatus") == .known(2) {
      signs.usesOwnHypervisor = true
    }
  }

  private static func virtualization(_ status: BootFinding<Int64>, _ findings: inout FactFindings) {
    switch status {
    case .known(0):
      findings.set("vbs.running", .bool(false))
      findings.set("vbs.status", .symbol("not_configured"))
    case .known(1):
      findings.set("vbs.running", .bool(false))
      findings.miss("vbs.status", "VBS is enabled and does not run; Win32_DeviceGuard does not say why")
    case .known(2):
      findings.set("vbs.running", .bool(true))
      findings.set("vbs.status", .symbol("running"))
    case .known(let other):
      for fact in ["vbs.running", "vbs.status"] {
        findings.miss(
          fact, "'VirtualizationBasedSecurityStatus' is \(other), where 0, 1 and 2 are understood")
      }
    case .unknown(let reason):
      for fact in ["vbs.running", "vbs.status"] { findings.miss(fact, reason) }
    }
  }

  /// Hypervisor support is property 1; what the configuration requires beyond it has to be available too.
  private static func hardware(_ object: WindowsObject, isRunning: Bool) -> Observation.Content {
    if isRunning { return .value(.bool(true)) }
    let required: NumberList
    switch object.numbers("RequiredSecurityProperties") {
    case .known(let list): required = list
    case .unknown: required = NumberList(values: [], isWhole: true)
    }
    switch object.numbers("AvailableSecurityProperties") {
    case .unknown(let reason): return .unknown(reason: reason)
    case .known(let available):
      let needed = [1] + required.values.filter { $0 > 1 }
      let verdicts = needed.map(available.contains)
      if verdicts.contains(false) { return .value(.bool(false)) }
      if verdicts.contains(nil) || !required.isWhole {
        return .unknown(reason: "the lists of Win32_DeviceGuard were cut; save its answer as JSON")
      }
      return .value(.bool(true))
    }
  }

  private static func status(
    of service: Int64, _ fact: String, _ object: WindowsObject, _ virtualization: BootFinding<Int64>
  ) -> Observation.Content {
    let running = object.numbers("SecurityServicesRunning")
    let configured = object.numbers("SecurityServicesConfigured")
    if case .known(let list) = running, list.contains(service) == true { return .value(.symbol("running")) }
    // Not so of System Guard, which is launched before Windows and has no such state.
    if fact != "system_guard.status", [.known(0), .known(1)].contains(virtualization) {
      return .value(.symbol("vbs_not_running"))
    }
    switch (running.map { $0.contains(service) }, configured.map { $0.contains(service) }) {
    case (.known(false), .known(false)): return .value(.symbol("not_configured"))
    case (.known(false), .known(true)):
      return .unknown(reason: "it is configured and does not run; Win32_DeviceGuard does not say why")
    case (.unknown(let reason), _), (_, .unknown(let reason)): return .unknown(reason: reason)
    default: return .unknown(reason: "the lists of Win32_DeviceGuard were cut; save its answer as JSON")
    }
  }

  static let defender = WindowsQuestion(
    "Get-MpComputerStatus", facts: defenderFacts.map(\.fact),
    expression: """
      Get-MpComputerStatus | Select-Object AMServiceEnabled, RealTimeProtectionEnabled, IsTamperProtected,
        DefenderSignaturesOutOfDate, IsVirtualMachine
      """
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    for (fact, property) in defenderFacts { findings.set(fact, object.bool(property)) { .bool($0) } }
    return findings
  }

  private static let defenderFacts: [(fact: String, property: String)] = [
    ("defender.enabled", "AMServiceEnabled"), ("defender.realtime_protection", "RealTimeProtectionEnabled"),
    ("defender.tamper_protection", "IsTamperProtected"),
    ("defender.signatures_out_of_date", "DefenderSignaturesOutOfDate"),
    ("device.virtual_machine", "IsVirtualMachine"),
  ]

  /// ManufacturerCertificates are those of the NV memory; AdditionalCertificates were fetched and are no matter here.
  static let endorsementKey = WindowsQuestion(
    "Get-TpmEndorsementKeyInfo", facts: ["tpm.ek_certificate"], needsAdministrator: true,
    expression: """
      $key = Get-TpmEndorsementKeyInfo;
      @{ ManufacturerCertificates = @($key.ManufacturerCertificates | Where-Object { $_ }).Count }
      """
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    switch object["ManufacturerCertificates"] {
    case .integer(let count): findings.set("tpm.ek_certificate", .bool(count > 0))
    case .array(let items): findings.set("tpm.ek_certificate", .bool(!items.isEmpty))
    case nil:
      findings.miss("tpm.ek_certificate", "Get-TpmEndorsementKeyInfo has no 'ManufacturerCertificates'")
    case .some(let other):
      findings.miss("tpm.ek_certificate", "'ManufacturerCertificates' is \(other.kind), not a list")
    }
    return findings
  }.printing(EndorsementKeyInformation.self)

  /// The names of protectors and not what they protect with: a recovery password is never asked for. 783 and 784 are the events of
  /// a backup to Active Directory, 845 that of one to Entra ID.
  static let volume = WindowsQuestion(
    "Win32_EncryptableVolume",
    facts: ["bitlocker.os_volume", "bitlocker.recovery_key_escrowed", "disk.os_volume_encrypted"],
    needsAdministrator: true,
    expression: """
      $volume = Get-CimInstance Win32_EncryptableVolume -Namespace root/cimv2/Security/MicrosoftVolumeEncryption |
        Where-Object { $_.DriveLetter -eq $env:SystemDrive };
      $protectors = Invoke-CimMethod $volume GetKeyProtectors -Arguments @{ KeyProtectorType = [uint32]3 };
      $state = Invoke-CimMethod $volume GetConversionStatus;
      $log = @{ LogName = 'Microsoft-Windows-BitLocker/BitLocker Management'; Id = 783, 784, 845 };
      $events = Get-WinEvent -FilterHashtable $log -MaxEvents 256 -ErrorAction SilentlyContinue;
      @{ ProtectionStatus = $volume.ProtectionStatus; VolumeStatus = $state.ConversionStatus;
        RecoveryProtectors = @($protectors.VolumeKeyProtectorID | Where-Object { $_ });
        BackedUpProtectors = @($events | ForEach-Object { ([xml]$_.ToXml()).Event.EventData.Data } |
          Where-Object { $_.Name -eq 'ProtectorGUID' } | ForEach-Object { $_.'#text' }) }
      """
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else {
      for fact in ["bitlocker.os_volume", "bitlocker.recovery_key_escrowed", "disk.os_volume_encrypted"] {
        findings.miss(fact, "Windows names no volume of its drive that could be encrypted")
      }
      return findings
    }
    findings["bitlocker.os_volume"] = protection(object)
    findings["bitlocker.recovery_key_escrowed"] = escrow(object)
    findings["disk.os_volume_encrypted"] = encryption(object)
    return findings
  }

  /// ProtectionStatus: 0 off, 1 on. ConversionStatus: 0 decrypted, 1 encrypted, 2 to 5 in part.
  private static func protection(_ object: WindowsObject) -> Observation.Content {
    switch (object.integer("ProtectionStatus"), object.integer("VolumeStatus")) {
    case (.known(1), _): .value(.symbol("on"))
    case (.known(0), .known(1)): .value(.symbol("suspended"))
    case (.known(0), .known(0)), (.known(0), .known(2...5)): .value(.symbol("off"))
    case (.known(let protection), .known(let state)):
      .unknown(
        reason:
          "the ProtectionStatus \(protection) and the ConversionStatus \(state) are not understood together")
    case (.unknown(let reason), _), (_, .unknown(let reason)): .unknown(reason: reason)
    }
  }

  private static func encryption(_ object: WindowsObject) -> Observation.Content {
    switch object.integer("VolumeStatus") {
    case .known(1): .value(.bool(true))
    case .known(0), .known(2...5): .value(.bool(false))
    case .known(let state): .unknown(reason: "the ConversionStatus \(state) is not understood")
    case .unknown(let reason): .unknown(reason: reason)
    }
  }

  private static func escrow(_ object: WindowsObject) -> Observation.Content {
    guard case .array(let protectors)? = object["RecoveryProtectors"],
      case .array(let backups)? = object["BackedUpProtectors"]
    else { return .unknown(reason: "Win32_EncryptableVolume does not say which recovery keys there are") }
    if protectors.isEmpty { return .unknown(reason: "the Windows volume has no recovery password") }
    let known = Set(backups.compactMap(identifier))
    // A log forgets, and a key can be stored by other means: no event is no proof that there is no copy.
    return protectors.compactMap(identifier).contains(where: known.contains)
      ? .value(.bool(true))
      : .unknown(
        reason: "the event log has no event of a backup of the recovery password that the volume has now")
  }

  private static func identifier(_ value: JSONValue) -> String? {
    guard case .string(let text) = value else { return nil }
    let digits = text.uppercased().filter { $0.isHexDigit }
    return digits.count == 32 ? digits : nil
  }

  /// An enrollment in device management has a provider; ones of other kinds have none. 1 means enrolled.
  static let enrollments = WindowsQuestion(
    "Enrollments", facts: ["device.enrolled", "attestation.mdm_key_in_tpm"],
    expression: #"""
      @(Get-ChildItem 'HKLM:\SOFTWARE\Microsoft\Enrollments' | ForEach-Object { Get-ItemProperty $_.PSPath } |
        Where-Object { $_.ProviderID } | Select-Object ProviderID, EnrollmentState, CurCryptoProvider)
      """#
  ) { objects in
    var findings = FactFindings()
    let providers = objects.filter { $0.text("ProviderID").value != nil }
    let states = providers.map { $0.integer("EnrollmentState") }
    let enrolled = providers.filter { $0.integer("EnrollmentState") == .known(1) }
    if enrolled.isEmpty, let reason = states.compactMap(\.reason).first {
      findings.miss("device.enrolled", reason)
    } else {
      findings.set("device.enrolled", .bool(!enrolled.isEmpty))
    }
    findings["attestation.mdm_key_in_tpm"] = keyProvider(enrolled)
    return findings
  }

  private static func keyProvider(_ enrolled: [WindowsObject]) -> Observation.Content {
    guard let first = enrolled.first else {
      return .unknown(reason: "the device has no enrollment in device management, and so no MDM certificate")
    }
    let answers = Set(enrolled.map(keyIsInTPM))
    guard answers.count == 1 else {
      return .unknown(
        reason: "the device has \(enrolled.count) enrollments, whose keys are kept in different ways")
    }
    return keyIsInTPM(first)
  }

  private static func keyIsInTPM(_ enrollment: WindowsObject) -> Observation.Content {
    switch enrollment.text("CurCryptoProvider") {
    case .known("Microsoft Platform Crypto Provider"): .value(.bool(true))
    case .known("Microsoft Software Key Storage Provider"): .value(.bool(false))
    case .known(let other): .unknown(reason: "the key provider \(ToolText.quote(other)) is not known")
    case .unknown(let reason): .unknown(reason: reason)
    }
  }
}

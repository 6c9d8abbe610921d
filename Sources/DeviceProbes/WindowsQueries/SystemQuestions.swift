import PolicyModel
import TPMEvidence

/// Windows itself, how it booted, and the machine that it runs on.
enum SystemQuestions {
  static let all = [
    version, sMode, control, safeMode, windowsPE, secureBoot, secureBootState, system, firmware, enclosure,
    sessionHost,
  ]

  static let version = WindowsQuestion(
    "CurrentVersion", facts: ["os.build", "os.edition"],
    expression: #"""
      Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' |
        Select-Object CurrentBuildNumber, UBR, EditionID
      """#
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    findings["os.build"] = build(object)
    findings["os.edition"] = edition(object)
    return findings
  }

  private static func build(_ object: WindowsObject) -> Observation.Content {
    switch (object.integer("CurrentBuildNumber"), object.integer("UBR")) {
    case (.known(let branch), .known(let revision)):
      guard let branch = UInt32(exactly: branch), let revision = UInt32(exactly: revision), branch > 0 else {
        return .unknown(reason: "the build \(branch).\(revision) of CurrentVersion is out of range")
      }
      return .value(.build(OSBuild(branch: branch, revision: revision)))
    case (.unknown(let reason), _), (_, .unknown(let reason)): return .unknown(reason: reason)
    }
  }

  /// EditionID, as Windows writes the names of its editions (Microsoft, Windows edition IDs).
  static let editions: [String: String] = [
    "core": "home", "coren": "home_n", "corecountryspecific": "home_country_specific",
    "coresinglelanguage": "home_single_language", "professional": "pro", "professionaln": "pro_n",
    "professionaleducation": "pro_education", "professionaleducationn": "pro_education_n",
    "professionalworkstation": "pro_workstation", "professionalworkstationn": "pro_workstation_n",
    "education": "education", "educationn": "education_n", "enterprise": "enterprise",
    "enterprisen": "enterprise_n",
    "enterpriseeval": "enterprise_evaluation", "enterpriseneval": "enterprise_evaluation",
    "enterprises": "enterprise_ltsc", "enterprisesn": "enterprise_n_ltsc",
    "enterpriseseval": "enterprise_ltsc_evaluation", "enterprisesneval": "enterprise_ltsc_evaluation",
    "serverrdsh": "enterprise_multi_session", "iotenterprise": "iot_enterprise",
    "iotenterprises": "iot_enterprise_ltsc", "cloudedition": "se", "cloudeditionn": "se_n",
    "ppipro": "surface_hub",
    "holographic": "holographic", "holographicforbusiness": "holographic_business",
  ]

  private static func edition(_ object: WindowsObject) -> Observation.Content {
    switch object.text("EditionID") {
    case .known(let text):
      editions[text.lowercased()].map { .value(.symbol($0)) }
        ?? .unknown(reason: "the EditionID \(ToolText.quote(text)) names no edition that policies know")
    case .unknown(let reason): .unknown(reason: reason)
    }
  }

  /// The policy that S mode is made of; setup writes it from the setting of the same name (Microsoft-Windows-CodeIntegrity).
  static let sMode = WindowsQuestion(
    "CodeIntegrityPolicy", facts: ["os.s_mode"],
    expression: #"""
      Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy' |
        Select-Object SkuPolicyRequired
      """#
  ) { objects in
    var findings = FactFindings()
    switch objects.first?.integer("SkuPolicyRequired") {
    case .known(0): findings.set("os.s_mode", .bool(false))
    case .known(1): findings.set("os.s_mode", .bool(true))
    case .known(let other):
      findings.miss("os.s_mode", "'SkuPolicyRequired' is \(other), where 0 and 1 are understood")
    case .unknown(let reason): findings.miss("os.s_mode", reason)
    case nil: break
    }
    return findings
  }

  /// PEFirmwareType is what GetFirmwareType gives: 1 BIOS, 2 UEFI. SystemStartOptions is what the loader handed to the kernel that runs.
  static let control = WindowsQuestion(
    "Control", facts: ["boot.uefi", "boot.kernel_debugging", "boot.test_signing"],
    expression: #"""
      Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control' |
        Select-Object PEFirmwareType, SystemStartOptions
      """#
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    switch object.integer("PEFirmwareType") {
    case .known(1): findings.set("boot.uefi", .bool(false))
    case .known(2): findings.set("boot.uefi", .bool(true))
    case .known(let other):
      findings.miss("boot.uefi", "'PEFirmwareType' is \(other), where 1 and 2 are understood")
    case .unknown(let reason): findings.miss("boot.uefi", reason)
    }
    let options = object.text("SystemStartOptions").map { text in
      text.uppercased().split(whereSeparator: \.isWhitespace).map { $0.prefix { $0 != "=" } }
    }
    findings.set("boot.kernel_debugging", options) { .bool($0.contains("DEBUG")) }
    findings.set("boot.test_signing", options) { .bool($0.contains("TESTSIGNING")) }
    return findings
  }

  static let safeMode = WindowsQuestion(
    "SafeBootOption", facts: ["boot.safe_mode"],
    expression: #"""
      $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\SafeBoot\Option';
      if (Test-Path $key) { Get-ItemProperty $key | Select-Object OptionValue } else { @{ Absent = $true } }
      """#
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    if object["Absent"] == .bool(true) {
      findings.set("boot.safe_mode", .bool(false))
    } else {
      // 1 minimal, 2 with network, 3 repair of a domain controller; the key is there in safe mode only.
      switch object.integer("OptionValue") {
      case .known(1...3): findings.set("boot.safe_mode", .bool(true))
      case .known(let other):
        findings.miss("boot.safe_mode", "'OptionValue' is \(other), where 1 to 3 are understood")
      case .unknown(let reason): findings.miss("boot.safe_mode", reason)
      }
    }
    return findings
  }

  static let windowsPE = WindowsQuestion(
    "MiniNT", facts: ["boot.winpe"],
    expression: #"@{ Present = Test-Path 'HKLM:\SYSTEM\CurrentControlSet\Control\MiniNT' }"#
  ) { objects in
    var findings = FactFindings()
    if let object = objects.first { findings.set("boot.winpe", object.bool("Present")) { .bool($0) } }
    return findings
  }

  static let secureBoot = WindowsQuestion(
    "Confirm-SecureBootUEFI", facts: ["boot.secure_boot"], needsAdministrator: true,
    expression: "@{ Enabled = Confirm-SecureBootUEFI }",
    whenUnsupported: ["boot.secure_boot": .symbol("unsupported")], bareValue: "Enabled"
  ) { objects in
    var findings = FactFindings()
    if let object = objects.first {
      findings.set("boot.secure_boot", object.bool("Enabled")) { .symbol($0 ? "on" : "off") }
    }
    return findings
  }

  /// The same for accounts without rights.
  static let secureBootState = WindowsQuestion(
    "SecureBootState", facts: ["boot.secure_boot"],
    expression: #"""
      Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\State' |
        Select-Object UEFISecureBootEnabled
      """#
  ) { objects in
    var findings = FactFindings()
    switch objects.first?.integer("UEFISecureBootEnabled") {
    case .known(0): findings.set("boot.secure_boot", .symbol("off"))
    case .known(1): findings.set("boot.secure_boot", .symbol("on"))
    case .known(let other):
      findings.miss("boot.secure_boot", "'UEFISecureBootEnabled' is \(other), where 0 and 1 are understood")
    case .unknown(let reason): findings.miss("boot.secure_boot", reason)
    case nil: break
    }
    return findings
  }

  static let system = WindowsQuestion(
    "Win32_ComputerSystem", facts: ["device.manufacturer", "device.model"],
    expression: "Get-CimInstance Win32_ComputerSystem | Select-Object Manufacturer, Model, HypervisorPresent"
  ) { objects in
    var findings = FactFindings()
    guard let object = objects.first else { return findings }
    findings.set("device.manufacturer", object.text("Manufacturer")) { .string($0) }
    findings.set("device.model", object.text("Model")) { .string($0) }
    return findings
  }.recognizing { objects, signs in
    guard let object = objects.first else { return }
    signs.systemManufacturer = object.sign("Manufacturer")
    signs.systemModel = object.sign("Model")
    signs.hypervisor = object.bool("HypervisorPresent").value
  }

  static let firmware = WindowsQuestion(
    "Win32_BIOS", facts: [], expression: "Get-CimInstance Win32_BIOS | Select-Object Manufacturer"
  ).recognizing { objects, signs in signs.firmwareVendor = objects.first?.sign("Manufacturer") }

  static let enclosure = WindowsQuestion(
    "Win32_SystemEnclosure", facts: [],
    expression: "Get-CimInstance Win32_SystemEnclosure | Select-Object SMBIOSAssetTag"
  ).recognizing { objects, signs in signs.chassisAssetTag = objects.first?.sign("SMBIOSAssetTag") }

  /// The agent of Azure Virtual Desktop, which session hosts have and Windows 365 too.
  static let sessionHost = WindowsQuestion(
    "RDInfraAgent", facts: [],
    expression: #"""
      $key = 'HKLM:\SOFTWARE\Microsoft\RDInfraAgent';
      if (Test-Path $key) { Get-ItemProperty $key | Select-Object IsRegistered } else { @{ IsRegistered = 0 } }
      """#
  ).recognizing { objects, signs in
    if let state = objects.first?.integer("IsRegistered").value { signs.isVirtualDesktop = state == 1 }
  }
}

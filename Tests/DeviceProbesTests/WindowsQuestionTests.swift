import CSPCatalog
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

/// Findings as `fact=value` and `fact?reason`, sorted.
func spelled(_ observations: [String: Observation]) -> String {
  observations.sorted { $0.key < $1.key }.map { name, observation in
    switch observation.content {
    case .value(let value): "\(name)=\(value)"
    case .unknown(let reason): "\(name)?\(reason)"
    }
  }.joined(separator: "; ")
}

@Suite("WindowsQuestion")
struct WindowsQuestionTests {
  /// What the file of a question says.
  private func reading(_ name: String, _ text: String) -> String {
    spelled(RecordingProbe.observations(inFile: "\(name).txt", Array(text.utf8)) ?? [:])
  }

  @Test("the questions have names and rows of their own, change nothing and ask for no secret")
  func table() {
    let names = WindowsScript.questions.map(\.name)
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
    let script = WindowsScript.source(WindowsScript.questions)
    #expect(!script.contains("\""))
    #expect(script.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    // A command line of Windows has room for 32,767 characters.
    #expect(WindowsScript.commandLine(WindowsScript.questions).utf8.count < 16_000)
    for word in [
      "Set-", "New-", "Remove-", "Invoke-Expression", "Start-", "OwnerAuth",
      "GetKeyProtectorNumericalPassword", "RecoveryPassword", "UPN",
    ] {
      #expect(!script.contains(word), "\(word)")
    }
    for question in WindowsScript.questions {
      #expect(!question.facts.isEmpty || question.recognize != nil, "\(question.name)")
      for fact in question.facts { #expect(FactCatalog.embedded[fact] != nil, "\(fact)") }
    }
  }

  @Test("a script has only the questions for the wanted facts")
  func selection() {
    #expect(WindowsScript.selection(for: ["os.build"]).map(\.name) == ["CurrentVersion"])
    #expect(WindowsScript.selection(for: ["graphics.wddm"]).isEmpty)
    let signs = WindowsScript.selection(for: ["device.platform"]).map(\.name)
    #expect(
      Set(signs).isSuperset(of: [
        "Win32_ComputerSystem", "Win32_BIOS", "Win32_SystemEnclosure", "RDInfraAgent",
      ]))
  }

  @Test(
    "the version of Windows, as JSON, as a list and from the registry",
    arguments: [
      #"{"CurrentBuildNumber":"22631","UBR":4317,"EditionID":"Professional"}"#,
      "\u{FEFF}{\"CurrentBuildNumber\": \"22631\",\r\n \"UBR\": 4317, \"EditionID\": \"Professional\"}",
      "\nCurrentBuildNumber : 22631\nUBR                : 4317\nEditionID          : Professional\n\n",
      "PS C:\\> Get-ItemProperty $key | fl\n\nEditionID          : Professional\nUBR                : 4317\nCurrentBuildNumber : 22631\n",
      """

      HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion
          (既定)    REG_SZ    x
          CurrentBuildNumber    REG_SZ    22631
          EditionID    REG_SZ    Professional
          UBR    REG_DWORD    0x10dd

      """,
    ])
  func version(text: String) {
    #expect(reading("CurrentVersion", text) == "os.build=10.0.22631.4317; os.edition=pro")
  }

  @Test(
    "a version that is damaged or unknown is unknown with the reason",
    arguments: [
      (
        #"{"CurrentBuildNumber":"22631","EditionID":"Toaster"}"#,
        "os.build?CurrentVersion has no 'UBR'; os.edition?the EditionID 'Toaster' names no edition that policies know"
      ),
      (
        "CurrentBuildNumber : many\nUBR : 1\nEditionID :\n",
        "os.build?'CurrentBuildNumber' of CurrentVersion is 'many', not a number; os.edition?'EditionID' of CurrentVersion is empty"
      ),
      (
        #"{"CurrentBuildNumber":"-3","UBR":99999999999,"EditionID":["Core"]}"#,
        "os.build?the build -3.99999999999 of CurrentVersion is out of range; os.edition?'EditionID' of CurrentVersion is an array, not a text"
      ),
      ("", "os.build?the output is empty; os.edition?the output is empty"),
      (
        "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。",
        "os.build?the output has no values; it begins with 'エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。'; os.edition?the output has no values; it begins with 'エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。'"
      ),
      (
        "null",
        "os.build?the output has no values; it begins with 'null'; os.edition?the output has no values; it begins with 'null'"
      ),
      (
        "[]",
        "os.build?Windows answered CurrentVersion with nothing; os.edition?Windows answered CurrentVersion with nothing"
      ),
    ])
  func damagedVersion(text: String, expected: String) {
    #expect(reading("CurrentVersion", text) == expected)
  }

  @Test("every edition of the table is a symbol of the fact")
  func editions() {
    let type = FactCatalog.embedded["os.edition"]?.type
    for symbol in SystemQuestions.editions.values {
      #expect(type.map { Value.symbol(symbol).isOf($0) } == true, "\(symbol)")
    }
  }

  @Test(
    "how Windows booted",
    arguments: [
      (
        "Control", #"{"PEFirmwareType":2,"SystemStartOptions":" NOEXECUTE=OPTIN  NOVGA"}"#,
        "boot.kernel_debugging=false; boot.test_signing=false; boot.uefi=true"
      ),
      (
        "Control", "SystemStartOptions :  TESTSIGNING  DEBUG=NET  NOEXECUTE=OPTIN\nPEFirmwareType : 1",
        "boot.kernel_debugging=true; boot.test_signing=true; boot.uefi=false"
      ),
      (
        "Control", #"{"PEFirmwareType":3,"SystemStartOptions":null}"#,
        "boot.kernel_debugging?'SystemStartOptions' of Control is empty; boot.test_signing?'SystemStartOptions' of Control is empty; boot.uefi?'PEFirmwareType' is 3, where 1 and 2 are understood"
      ),
      // The debugger is asked for by a word, and not by a word that it is a part of.
      (
        "Control", #"{"PEFirmwareType":2,"SystemStartOptions":"NODEBUG /DEBUGPORT=COM1"}"#,
        "boot.kernel_debugging=false; boot.test_signing=false; boot.uefi=true"
      ),
      ("SafeBootOption", #"{"Absent":true}"#, "boot.safe_mode=false"),
      ("SafeBootOption", #"{"OptionValue":2}"#, "boot.safe_mode=true"),
      (
        "SafeBootOption", "HKEY_LOCAL_MACHINE\\SYSTEM\\x\\Option\n    OptionValue    REG_DWORD    0x1\n",
        "boot.safe_mode=true"
      ),
      (
        "SafeBootOption", #"{"OptionValue":0}"#,
        "boot.safe_mode?'OptionValue' is 0, where 1 to 3 are understood"
      ),
      ("MiniNT", #"{"Present":true}"#, "boot.winpe=true"),
      ("Confirm-SecureBootUEFI", "True\r\n", "boot.secure_boot=on"),
      (
        "Confirm-SecureBootUEFI", "PS C:\\> Confirm-SecureBootUEFI",
        "boot.secure_boot?the output has no values; it begins with 'PS C:\\> Confirm-SecureBootUEFI'"
      ),
      ("Confirm-SecureBootUEFI", #"{"Enabled":false}"#, "boot.secure_boot=off"),
      (
        "Confirm-SecureBootUEFI",
        #"{"error":"このプラットフォームではサポートされていないコマンドレットです: 0xC0000002","kind":"PlatformNotSupportedException","hresult":-2146233031}"#,
        "boot.secure_boot=unsupported"
      ),
      (
        "Confirm-SecureBootUEFI",
        #"{"error":"Access was denied.","kind":"UnauthorizedAccessException","hresult":-2147024891}"#,
        "boot.secure_boot?Windows refused Confirm-SecureBootUEFI to this account, which needs administrator rights: 'Access was denied.'"
      ),
      ("SecureBootState", #"{"UEFISecureBootEnabled":0}"#, "boot.secure_boot=off"),
      ("CodeIntegrityPolicy", #"{"SkuPolicyRequired":1}"#, "os.s_mode=true"),
      (
        "CodeIntegrityPolicy", #"{"SkuPolicyRequired":null}"#,
        "os.s_mode?'SkuPolicyRequired' of CodeIntegrityPolicy is empty"
      ),
    ])
  func boot(question: String, text: String, expected: String) {
    #expect(reading(question, text) == expected)
  }

  private static let cutList = """
    AvailableSecurityProperties              : {1, 2, 3, 5...}
    RequiredSecurityProperties               : {1, 2, 5, 6...}
    SecurityServicesConfigured               : {2, 5, 6, 7...}
    SecurityServicesRunning                  : {0}
    VirtualizationBasedSecurityStatus        : 1
    """

  @Test("virtualization-based security runs, is off, or is configured and does not run")
  func virtualization() {
    #expect(
      reading(
        "Win32_DeviceGuard",
        """
        AvailableSecurityProperties                  : {1, 2, 3, 4…}
        RequiredSecurityProperties                   : {1}
        SecurityServicesConfigured                   : {1, 2}
        SecurityServicesRunning                      : {2}
        VirtualizationBasedSecurityStatus            : 2
        """)
        == "credential_guard.status?it is configured and does not run; Win32_DeviceGuard does not say why; hvci.status=running; system_guard.status=not_configured; vbs.hardware=true; vbs.running=true; vbs.status=running"
    )
    #expect(
      reading(
        "Win32_DeviceGuard",
        #"{"AvailableSecurityProperties":[0],"RequiredSecurityProperties":[0],"SecurityServicesConfigured":[0],"SecurityServicesRunning":[0],"VirtualizationBasedSecurityStatus":0}"#
      )
        == "credential_guard.status=vbs_not_running; hvci.status=vbs_not_running; system_guard.status=not_configured; vbs.hardware=false; vbs.running=false; vbs.status=not_configured"
    )
    let cut = "the lists of Win32_DeviceGuard were cut; save its answer as JSON"
    #expect(
      reading("Win32_DeviceGuard", Self.cutList)
        == "credential_guard.status=vbs_not_running; hvci.status=vbs_not_running; system_guard.status?\(cut); vbs.hardware?\(cut); vbs.running=false; vbs.status?VBS is enabled and does not run; Win32_DeviceGuard does not say why"
    )
    let denied =
      "Windows refused Win32_DeviceGuard to this account, which needs administrator rights: 'アクセスが拒否されました'"
    let answer = reading(
      "Win32_DeviceGuard", #"{"error":"アクセスが拒否されました ","kind":"CimException","hresult":-2147217405}"#)
    #expect(
      answer
        == [
          "credential_guard.status", "hvci.status", "system_guard.status", "vbs.hardware", "vbs.running",
          "vbs.status",
        ]
        .map { "\($0)?\(denied)" }.joined(separator: "; "))
  }

  @Test("PowerShell 5 may write a list as an object with its count")
  func countedList() {
    #expect(
      reading(
        "Win32_DeviceGuard",
        #"{"AvailableSecurityProperties":{"value":[1,2],"Count":2},"RequiredSecurityProperties":{"value":[],"Count":0},"SecurityServicesConfigured":{"value":[2],"Count":1},"SecurityServicesRunning":{"value":[2],"Count":1},"VirtualizationBasedSecurityStatus":2}"#
      ).contains("hvci.status=running"))
    #expect(
      reading("Win32_PhysicalMemory", #"{"value":[{"Capacity":1},{"Capacity":2}],"Count":2}"#)
        == "memory.size=3")
  }

  @Test("Defender's properties, of which none is guessed")
  func defender() {
    #expect(
      reading(
        "Get-MpComputerStatus",
        "AMServiceEnabled : True\nRealTimeProtectionEnabled : False\nIsTamperProtected : Vrai\nDefenderSignaturesOutOfDate : True\n"
      )
        == "defender.enabled=true; defender.realtime_protection=false; defender.signatures_out_of_date=true; defender.tamper_protection?'IsTamperProtected' of Get-MpComputerStatus is 'Vrai', not True or False; device.virtual_machine?Get-MpComputerStatus has no 'IsVirtualMachine'"
    )
  }

  @Test(
    "BitLocker's volume: a key counts as stored only when an event names the protector that there is now",
    arguments: [
      (
        1, 1, #"["{5a0b7c11-2d3e-4f50-8192-a3b4c5d6e7f8}"]"#,
        "bitlocker.os_volume=on; bitlocker.recovery_key_escrowed=true; disk.os_volume_encrypted=true"
      ),
      (
        0, 1, #"["{00000000-2d3e-4f50-8192-a3b4c5d6e7f8}"]"#,
        "bitlocker.os_volume=suspended; bitlocker.recovery_key_escrowed?the event log has no event of a backup of the recovery password that the volume has now; disk.os_volume_encrypted=true"
      ),
      (
        0, 0, "[]",
        "bitlocker.os_volume=off; bitlocker.recovery_key_escrowed?the event log has no event of a backup of the recovery password that the volume has now; disk.os_volume_encrypted=false"
      ),
      (
        0, 2, "[]",
        "bitlocker.os_volume=off; bitlocker.recovery_key_escrowed?the event log has no event of a backup of the recovery password that the volume has now; disk.os_volume_encrypted=false"
      ),
      (
        2, 1, "7",
        "bitlocker.os_volume?the ProtectionStatus 2 and the ConversionStatus 1 are not understood together; bitlocker.recovery_key_escrowed?Win32_EncryptableVolume does not say which recovery keys there are; disk.os_volume_encrypted=true"
      ),
    ])
  func volume(protection: Int, state: Int, backups: String, expected: String) {
    let text =
      #"{"ProtectionStatus":\#(protection),"VolumeStatus":\#(state),"RecoveryProtectors":["{5A0B7C11-2D3E-4F50-8192-A3B4C5D6E7F8}"],"BackedUpProtectors":\#(backups)}"#
    #expect(reading("Win32_EncryptableVolume", text) == expected)
  }

  @Test("an enrollment has a provider and the state 1, and its key is where its provider keeps it")
  func enrollments() {
    #expect(
      reading(
        "Enrollments",
        """
        HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\0B6E2C44-0000-4000-8000-000000000001
            EnrollmentState    REG_DWORD    0x1
        HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\0B6E2C44-0000-4000-8000-000000000002
            EnrollmentState    REG_DWORD    0x1
            ProviderID    REG_SZ    MS DM Server
            CurCryptoProvider    REG_SZ    Microsoft Software Key Storage Provider
        """) == "attestation.mdm_key_in_tpm=false; device.enrolled=true")
    #expect(
      reading("Enrollments", "[]")
        == "attestation.mdm_key_in_tpm?the device has no enrollment in device management, and so no MDM certificate; device.enrolled=false"
    )
    #expect(
      reading("Enrollments", #"[{"ProviderID":"Kinoko MDM","EnrollmentState":"?"}]"#)
        == "attestation.mdm_key_in_tpm?the device has no enrollment in device management, and so no MDM certificate; device.enrolled?'EnrollmentState' of Enrollments is '?', not a number"
    )
    #expect(
      reading(
        "Enrollments",
        #"[{"ProviderID":"A","EnrollmentState":1,"CurCryptoProvider":"Microsoft Platform Crypto Provider"},{"ProviderID":"B","EnrollmentState":1}]"#
      )
        == "attestation.mdm_key_in_tpm?the device has 2 enrollments, whose keys are kept in different ways; device.enrolled=true"
    )
  }

  @Test(
    "hardware is counted, and out-of-range numbers are no value",
    arguments: [
      (
        "Win32_Processor",
        "Architecture : 12\nDataWidth : 64\nNumberOfCores : 8\nMaxClockSpeed : 3000\n\nArchitecture : 12\nDataWidth : 64\nNumberOfCores : 8\nMaxClockSpeed : 3100\n",
        "cpu.bits64=true; cpu.cores=16; cpu.speed=3100; os.architecture=arm64"
      ),
      (
        "Win32_Processor", #"{"Architecture":6,"DataWidth":32,"NumberOfCores":0,"MaxClockSpeed":-1}"#,
        "cpu.bits64=false; cpu.cores?'NumberOfCores' is 0, which is out of range; cpu.speed?'MaxClockSpeed' is out of range; os.architecture?'Architecture' of Win32_Processor is 6, which Windows 10 has not"
      ),
      (
        "Win32_PhysicalMemory", #"[{"Capacity":9223372036854775807},{"Capacity":1}]"#,
        "memory.size?'Capacity' is out of range"
      ),
      (
        "Win32_PhysicalMemory", #"[{"Capacity":8589934592},{}]"#,
        "memory.size?Win32_PhysicalMemory has no 'Capacity'"
      ),
      (
        "MSFT_Disk", #"[{"IsBoot":true,"Size":1},{"IsBoot":true,"Size":2}]"#,
        "storage.size?2 disks hold Windows, where one was expected"
      ),
      ("MSFT_Disk", "IsBoot : True\nSize   : 256060514304\n", "storage.size=256060514304"),
      (
        "Win32_VideoController", #"[{"CurrentVerticalResolution":1080},{"CurrentVerticalResolution":null}]"#,
        "display.height=1080"
      ),
      (
        "Win32_VideoController", #"[{"CurrentVerticalResolution":null}]"#,
        "display.height?no adapter has a resolution"
      ),
      (
        "WmiMonitorBasicDisplayParams",
        #"{"Active":true,"MaxHorizontalImageSize":31,"MaxVerticalImageSize":17}"#, "display.diagonal=354"
      ),
      (
        "WmiMonitorBasicDisplayParams",
        #"[{"Active":true,"MaxHorizontalImageSize":31,"MaxVerticalImageSize":17},{"Active":true,"MaxHorizontalImageSize":60,"MaxVerticalImageSize":34},{"Active":false,"MaxHorizontalImageSize":1,"MaxVerticalImageSize":1}]"#,
        "display.diagonal?the displays have different sizes: 354, 690"
      ),
    ])
  func hardware(question: String, text: String, expected: String) {
    #expect(reading(question, text) == expected)
  }

  @Test("an endorsement certificate is one that the TPM's memory holds")
  func endorsementKey() {
    #expect(
      reading("Get-TpmEndorsementKeyInfo", #"{"ManufacturerCertificates":0}"#) == "tpm.ek_certificate=false")
    #expect(
      reading(
        "Get-TpmEndorsementKeyInfo",
        """
        IsPresent                : True
        PublicKey                : System.Security.Cryptography.AsnEncodedData
        ManufacturerCertificates : {[Subject]
                                     TPMModel=K-7, TPMManufacturer=id:4B495443

                                   [Issuer]
                                     CN=Kumo TPM CA
                                   }
        AdditionalCertificates   : {}
        """) == "tpm.ek_certificate=true")
  }

  @Test("of an answer that is longer than is read nothing counts, since its end could say something else")
  func tooLong() {
    let many = "the output has more than 1024 objects, the most that are read"
    let key =
      "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Enrollments\\A\n    EnrollmentState    REG_DWORD    0x0\n"
    for text in [
      String(repeating: key, count: 1025), String(repeating: "ProviderID : A\n", count: 1026),
      "[" + String(repeating: "{},", count: 1024) + "{}]",
    ] {
      #expect(reading("Enrollments", text) == "attestation.mdm_key_in_tpm?\(many); device.enrolled?\(many)")
    }
    let lines = String(repeating: "\n", count: 1 << 16) + "Architecture : 9\n"
    #expect(
      reading("Win32_Processor", lines).hasPrefix(
        "cpu.bits64?the output has more lines or bytes than are read;"))
  }

  @Test("a question for administrators that fails says so, whatever the error is")
  func rights() {
    let text = #"{"error":"このコマンドを実行するには管理者特権が必要です。","kind":"TpmWmiException","hresult":-2146233088}"#
    let found = RecordingProbe.observations(inFile: "Get-Tpm.json", Array(text.utf8))
    #expect(
      found?["tpm.ready"]?.content
        == .unknown(
          reason: "Get-Tpm failed: 'このコマンドを実行するには管理者特権が必要です。'; it needs administrator rights"))
    #expect(found?.count == GetTpm.names.count)
  }

  @Test("one question that fails leaves the others, whatever else the output has")
  func wholeScript() {
    let text = """
      {"Later":{"x":1},"CurrentVersion":{"error":"not found","kind":"ItemNotFoundException","hresult":-2146233087},
       "Control":{"PEFirmwareType":2,"SystemStartOptions":"x"},"MiniNT":"yes"}
      """
    #expect(
      spelled(RecordingProbe.observations(inFile: "windows.json", Array(text.utf8)) ?? [:])
        == "boot.kernel_debugging=false; boot.test_signing=false; boot.uefi=true; boot.winpe?the answer to MiniNT is a string, not an object; os.build?CurrentVersion failed: 'not found'; os.edition?CurrentVersion failed: 'not found'"
    )
    for (text, reason) in [
      (
        "{\"CurrentVersion\":",
        "os.build?the output is not the JSON of the script: 1:19: expected a value, found the end of the input; the output begins with '{\"CurrentVersion\":'"
      ),
      ("{\"a\":1}", "os.build?the JSON has no member that is the name of a question"),
    ] {
      let found = RecordingProbe.observations(inFile: "Windows.JSON", Array(text.utf8)) ?? [:]
      #expect(spelled(found.filter { $0.key == "os.build" }) == reason)
      #expect(found.count == WindowsScript.facts.count && found.values.allSatisfy { $0.value == nil })
    }
  }
}

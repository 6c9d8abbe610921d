import CSPCatalog
import PolicyModel
import Testing

@testable import DeviceProbes

extension MachineSigns {
  /// What a machine without any mark of a virtual one tells.
  fileprivate static let laptop = MachineSigns(
    tpmManufacturer: "IFX", systemManufacturer: "Dell Inc.", systemModel: "Latitude 7440",
    firmwareVendor: "Dell Inc.",
    chassisAssetTag: "", hypervisor: false, usesOwnHypervisor: false, isVirtualDesktop: false)
  /// A guest of Hyper-V.
  fileprivate static let guest = MachineSigns(
    tpmManufacturer: "MSFT", systemManufacturer: "Microsoft Corporation", systemModel: "Virtual Machine",
    firmwareVendor: "Microsoft Corporation", chassisAssetTag: "5148-1023-9917-0462-7711-2840-33",
    hypervisor: true,
    usesOwnHypervisor: false, isVirtualDesktop: false)
  fileprivate static let azureTag = "7783-7084-3265-9085-8269-3286-77"

  fileprivate func with(_ change: (inout MachineSigns) -> Void) -> MachineSigns {
    var copy = self
    change(&copy)
    return copy
  }

  fileprivate var named: String? {
    guard case .value(.symbol(let name))? = platform()["device.platform"] else { return nil }
    return name
  }

  fileprivate var reason: String {
    guard case .unknown(let reason)? = platform()["device.platform"] else { return "" }
    return reason
  }
}

@Suite("MachineSigns")
struct MachineSignsTests {
  @Test(
    "a platform is known when all its signs are there",
    arguments: [
      ("physical", MachineSigns.laptop),
      ("hyper_v", .guest),
      ("azure_vm", .guest.with { $0.chassisAssetTag = MachineSigns.azureTag }),
      ("azure_virtual_desktop", .guest.with { $0.isVirtualDesktop = true }),
      (
        "azure_virtual_desktop",
        .guest.with {
          $0.chassisAssetTag = MachineSigns.azureTag
          $0.isVirtualDesktop = true
        }
      ),
      (
        "windows_365",
        .guest.with {
          $0.systemModel = "Cloud PC Enterprise 2vCPU/8GB/128GB"
          $0.chassisAssetTag = MachineSigns.azureTag
          $0.isVirtualDesktop = true
        }
      ),
      (
        "dev_box",
        .guest.with {
          $0.systemModel = "Microsoft Dev Box Enterprise 8vCPU"
          $0.chassisAssetTag = nil
        }
      ),
      (
        "other_vm",
        .laptop.with {
          $0.tpmManufacturer = "IBM"
          $0.systemManufacturer = "QEMU"
          $0.systemModel = "Standard PC (Q35 + ICH9, 2009)"
          $0.firmwareVendor = "SeaBIOS"
          $0.hypervisor = true
        }
      ),
    ])
  func platforms(name: String, signs: MachineSigns) {
    #expect(signs.named == name, "\(signs.platform())")
  }

  @Test("the fact of Microsoft Defender is left to Microsoft Defender")
  func defender() {
    #expect(MachineSigns.guest.platform()["device.virtual_machine"] == nil)
  }

  @Test("every row of systems says what it is for", arguments: MachineNames.systems)
  func systems(row: MachineNames.System) {
    let signs = MachineSigns(
      systemManufacturer: row.manufacturer.isEmpty ? "Some Maker" : row.manufacturer + " Inc.",
      systemModel: row.model.isEmpty ? "ZX 9000" : row.model + " 7")
    #expect(signs.systemSign?.allows == row.allows, "\(row)")
    let upper = signs.with {
      $0.systemManufacturer = $0.systemManufacturer?.uppercased()
      $0.systemModel = " \($0.systemModel?.lowercased() ?? "")\n"
    }
    #expect(upper.systemSign?.allows == row.allows, "\(row)")
    if row.allows == [.other] { #expect(signs.named == "other_vm") }
    if row.allows == [.physical] { #expect(signs.named == "physical") }
  }

  @Test("every vendor of firmware for virtual machines is a sign", arguments: MachineNames.firmwares)
  func firmwares(vendor: String) {
    #expect(MachineSigns(firmwareVendor: vendor).named == "other_vm")
  }

  @Test("firmware that a distribution packs is for virtual machines")
  func packedFirmware() {
    #expect(MachineSigns(firmwareVendor: "Somix distribution of EDK II").named == "other_vm")
    #expect(MachineSigns(firmwareVendor: "EDK II").named == nil)
  }

  /// The ids of the TCG's registry and those found beside it.
  static let registry = [
    "AMD", "ATML", "BRCM", "CSCO", "FLYS", "ROCC", "GOOG", "HPE", "HISI", "IBM", "IFX", "INTC", "LEN", "MSFT",
    "NSM",
    "NTZ", "NTC", "QCOM", "SMSN", "SNS", "SMSC", "STM", "TXN", "WEC", "VMW",
  ]

  @Test("every manufacturer of TPMs is virtual, of hardware, or both", arguments: registry)
  func tpms(id: String) {
    let laptop = MachineSigns.laptop.with { $0.tpmManufacturer = id + " " }
    let guest = MachineSigns(
      tpmManufacturer: id, systemManufacturer: "QEMU", systemModel: "Standard PC (i440FX + PIIX, 1996)")
    switch id {
    case "IBM", "VMW", "GOOG":
      #expect(
        laptop.reason.contains("'\(id)' and the system's name 'Dell Inc. Latitude 7440'"), "\(laptop.reason)")
      #expect(guest.named == "other_vm")
    case "MSFT":
      #expect(laptop.named == "physical")
      #expect(guest.named == "other_vm")
      #expect(MachineSigns(tpmManufacturer: id).named == nil)
    default:
      #expect(laptop.named == "physical")
      #expect(guest.reason.contains("contradict"), "\(guest.reason)")
      #expect(guest.reason.contains("'\(id)'"))
      #expect(MachineSigns(tpmManufacturer: id).named == nil)
    }
  }

  @Test("a chip of Google is in its laptops and in its virtual machines")
  func google() {
    let machine = MachineSigns(
      tpmManufacturer: "GOOG", systemManufacturer: "Google", systemModel: "Google Compute Engine")
    #expect(machine.named == "other_vm")
    #expect(machine.with { $0.systemModel = "Eve" }.named == nil)
    #expect(MachineSigns(tpmManufacturer: "GOOG").named == nil)
  }

  /// For each platform pairs of signs that cannot both be true of one machine.
  static let contradictions: [(String, String, MachineSigns)] = [
    ("'IBM'", "'Dell Inc. Latitude 7440'", .laptop.with { $0.tpmManufacturer = "IBM" }),
    ("'IFX'", "'SeaBIOS'", .laptop.with { $0.firmwareVendor = "SeaBIOS" }),
    (
      "'IFX'", "'\(MachineSigns.azureTag)'",
      .laptop.with { $0.chassisAssetTag = MachineSigns.azureTag }
    ),
    (
      "'IFX'", "a hypervisor that is not the system's own",
      .laptop.with { $0.hypervisor = true }
    ),
    (
      "'Lenovo 21XX'", "a hypervisor that is not the system's own",
      MachineSigns(
        systemManufacturer: "Lenovo", systemModel: "21XX", hypervisor: true, usesOwnHypervisor: false)
    ),
    (
      "'Lenovo 21XX'", "an agent of Azure Virtual Desktop",
      MachineSigns(systemManufacturer: "Lenovo", systemModel: "21XX", isVirtualDesktop: true)
    ),
    (
      "'Microsoft Corporation Virtual Machine'", "no hypervisor as the processor says",
      .guest.with { $0.hypervisor = false }
    ),
    ("'IBM'", "'Microsoft Corporation Virtual Machine'", .guest.with { $0.tpmManufacturer = "IBM" }),
    ("'STM'", "'Microsoft Corporation Virtual Machine'", .guest.with { $0.tpmManufacturer = "STM" }),
    ("'Microsoft Corporation Virtual Machine'", "'SeaBIOS'", .guest.with { $0.firmwareVendor = "SeaBIOS" }),
    (
      "'Microsoft Corporation Cloud PC Enterprise'", "'5148-1023-9917-0462-7711-2840-33'",
      .guest.with { $0.systemModel = "Cloud PC Enterprise" }
    ),
    (
      "'VMware, Inc. VMware20,1'", "an agent of Azure Virtual Desktop",
      MachineSigns(systemManufacturer: "VMware, Inc.", systemModel: "VMware20,1", isVirtualDesktop: true)
    ),
  ]

  @Test(
    "signs that contradict each other make the platform unknown, and both are named",
    arguments: contradictions)
  func contradictory(first: String, second: String, signs: MachineSigns) {
    #expect(signs.named == nil)
    #expect(signs.reason.hasPrefix("two signs contradict each other: "))
    #expect(signs.reason.contains(first) && signs.reason.contains(second), "\(signs.reason)")
  }

  @Test(
    "too few signs make the platform unknown, and what is missing is named",
    arguments: [
      ("nothing tells the platform", MachineSigns()),
      ("not known: the system's manufacturer and model", MachineSigns(tpmManufacturer: "INTC")),
      ("not known: the system's manufacturer and model", MachineSigns(hypervisor: false)),
      (
        "the system's manufacturer and model",
        MachineSigns(systemManufacturer: "Dell Inc.", hypervisor: false)
      ),
      (
        "the system's manufacturer and model",
        .laptop.with {
          $0.systemManufacturer = "To Be Filled By O.E.M."
          $0.systemModel = "Default string"
        }
      ),
      ("the chassis asset tag", .guest.with { $0.chassisAssetTag = nil }),
      ("whether there is an agent of Azure Virtual Desktop", .guest.with { $0.isVirtualDesktop = nil }),
      (
        "the system's manufacturer and model",
        MachineSigns(chassisAssetTag: MachineSigns.azureTag, isVirtualDesktop: true)
      ),
      (
        "whether it is the system's own is not known",
        .laptop.with {
          $0.hypervisor = true
          $0.usesOwnHypervisor = nil
          $0.tpmManufacturer = "MSFT"
        }
      ),
      (
        "of a maker not known here",
        MachineSigns(systemManufacturer: "Fabrikam Metal", systemModel: "FM-1", chassisAssetTag: "")
      ),
      (
        "the manufacturer of the TPM",
        MachineSigns(systemManufacturer: "Microsoft Corporation", systemModel: "X-1")
      ),
    ])
  func tooFew(part: String, signs: MachineSigns) {
    #expect(signs.named == nil)
    #expect(signs.reason.contains(part), "\(signs.reason)")
  }

  @Test("under a hypervisor of its own a physical machine stays one")
  func ownHypervisor() {
    let signs = MachineSigns.laptop.with {
      $0.hypervisor = true
      $0.usesOwnHypervisor = true
      $0.tpmManufacturer = "MSFT"
    }
    #expect(signs.named == "physical")
  }

  @Test("a maker that is not known here needs one sign more")
  func unknownMaker() {
    let signs = MachineSigns(systemManufacturer: "Fabrikam Metal", systemModel: "FM-1")
    #expect(signs.with { $0.tpmManufacturer = "NTC" }.named == "physical")
    #expect(signs.with { $0.hypervisor = false }.named == "physical")
    #expect(
      signs.with {
        $0.hypervisor = true
        $0.usesOwnHypervisor = false
      }.reason.contains("cannot tell") == false)
  }

  @Test("the thin client for Windows 365 is no Cloud PC")
  func thinClient() {
    #expect(
      MachineSigns(systemManufacturer: "Microsoft Corporation", systemModel: "Windows 365 Link").named
        == "physical")
  }

  @Test("names of strangers are quoted as they are, and cut")
  func longNames() {
    let long = String(repeating: "A", count: 100_000)
    let signs = MachineSigns(systemManufacturer: "Evil\u{1B}[2J", systemModel: long, chassisAssetTag: long)
    #expect(signs.reason.contains("'Evil\u{1B}[2J AAA"))
    #expect(signs.reason.count < 1000)
  }

  @Test("every maker of TPMs that tells a platform is one that policies may name")
  func makersAreKnown() throws {
    let entry = try #require(FactCatalog.embedded["tpm.manufacturer"])
    for id in MachineNames.tpms.keys.sorted() { #expect(entry.isKnown(id), "\(id)") }
  }
}

import Diagnostics

/// The values of the fact `device.platform`.
enum MachinePlatform: String, Hashable, Sendable, CaseIterable {
  case physical
  case hyperV = "hyper_v"
  case azure = "azure_vm"
  case virtualDesktop = "azure_virtual_desktop"
  case cloudPC = "windows_365"
  case devBox = "dev_box"
  case other = "other_vm"

  /// All but a physical machine.
  static let virtual = Set(allCases).subtracting([.physical])
  /// What Azure hosts. A Cloud PC and a Dev Box are session hosts of Azure Virtual Desktop inside.
  static let hosted: Set<MachinePlatform> = [.azure, .virtualDesktop, .cloudPC, .devBox]
}

/// One sign: something read from the machine, and the platforms on which it may be read.
struct MachineSign: Hashable, Sendable {
  /// Where it was read and what, fit for a report.
  let text: String
  /// The platforms that show it.
  let allows: Set<MachinePlatform>

  init(_ name: String, _ value: String, allows: Set<MachinePlatform>) {
    text = "\(name) '\(shortened(value, limit: 64))'"
    self.allows = allows
  }

  init(_ text: String, allows: Set<MachinePlatform>) {
    self.text = text
    self.allows = allows
  }
}

extension MachineSigns {
  /// The signs that exclude at least one platform.
  var signs: [MachineSign] {
    [tpmSign, systemSign, firmwareSign, assetTagSign, hypervisorSign, virtualDesktopSign].compactMap { $0 }
  }

  /// What the maker of the TPM says.
  var tpmSign: MachineSign? {
    guard let manufacturer = tpmManufacturer.map(MachineNames.trimmed), !manufacturer.isEmpty else {
      return nil
    }
    // Google's chips sit in Chromebooks, its virtual TPMs in machines of Google Compute Engine; both call the system's maker Google.
    if manufacturer == "GOOG", systemManufacturer.map({ MachineNames.begins($0, "Google") }) ?? true {
      return nil
    }
    return MachineNames.tpms[manufacturer].map {
      MachineSign("the TPM's manufacturer", manufacturer, allows: $0)
    }
  }

  /// What the names of the system's maker and model say.
  var systemSign: MachineSign? {
    let manufacturer = systemManufacturer.map(MachineNames.trimmed) ?? ""
    let model = systemModel.map(MachineNames.trimmed) ?? ""
    let text = "the system's name '\(shortened("\(manufacturer) \(model)", limit: 96))'"
    if let row = MachineNames.systems.first(where: {
      MachineNames.begins(manufacturer, $0.manufacturer) && MachineNames.begins(model, $0.model)
    }) {
      // A missing model has not been compared with the beginnings that say which machine of a maker it is.
      if row.manufacturer.isEmpty || !row.model.isEmpty || !model.isEmpty
        || row.allows.isDisjoint(with: [.physical])
      {
        return MachineSign(text, allows: row.allows)
      }
      return nil
    }
    guard !manufacturer.isEmpty, !model.isEmpty, !MachineNames.isPlaceholder(manufacturer),
      !MachineNames.isPlaceholder(model), !MachineNames.begins(manufacturer, "Microsoft")
    else { return nil }
    return MachineSign("\(text), of a maker not known here,", allows: [.physical, .other])
  }

  private var firmwareSign: MachineSign? {
    guard let vendor = firmwareVendor.map(MachineNames.trimmed),
      MachineNames.firmwares.contains(where: { MachineNames.begins(vendor, $0) })
        || vendor.hasSuffix("distribution of EDK II")
    else { return nil }
    return MachineSign("the firmware's vendor", vendor, allows: [.other])
  }

  private var assetTagSign: MachineSign? {
    guard let tag = chassisAssetTag.map(MachineNames.trimmed) else { return nil }
    // The digits are "MSFT AZURE VM" in decimal codes, two or three of them to a group.
    return tag == "7783-7084-3265-9085-8269-3286-77"
      ? MachineSign("the chassis asset tag of Azure '\(tag)'", allows: MachinePlatform.hosted)
      : MachineSign(
        tag.isEmpty ? "the empty chassis asset tag" : "the chassis asset tag '\(shortened(tag, limit: 64))'",
        allows: [.physical, .hyperV, .virtualDesktop, .other])
  }

  private var hypervisorSign: MachineSign? {
    switch (hypervisor, usesOwnHypervisor) {
    case (false, _): MachineSign("no hypervisor as the processor says", allows: [.physical])
    case (true, false):
      MachineSign("a hypervisor that is not the system's own", allows: MachinePlatform.virtual)
    default: nil
    }
  }

  private var virtualDesktopSign: MachineSign? {
    isVirtualDesktop.map { isHost in
      isHost
        ? MachineSign("an agent of Azure Virtual Desktop", allows: [.virtualDesktop, .cloudPC, .devBox])
        : MachineSign(
          "no agent of Azure Virtual Desktop",
          allows: Set(MachinePlatform.allCases).subtracting([.virtualDesktop]))
    }
  }
}

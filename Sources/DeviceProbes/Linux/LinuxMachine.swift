import PolicyModel
import TPMEvidence

/// Who made the machine, and whether it is one: SMBIOS, the device tree, the processor and Xen.
struct LinuxMachine {
  let files: LinuxFiles
  let machine: String

  func findings() -> FactFindings {
    let manufacturer = dmi("sys_vendor")
    let model = dmi("product_name")
    var findings = FactFindings()
    findings.set("device.manufacturer", manufacturer.flatMap { named($0, "sys_vendor") })
    findings.set("device.model", model.flatMap { named($0, "product_name") })
    // Boards without SMBIOS have a device tree, whose model is the firmware's name for them.
    if case .failure = model, case .success(let name) = files.line("/sys/firmware/devicetree/base/model"),
      !name.isEmpty
    {
      findings.set("device.model", .string(name))
    }
    findings.add(signs(manufacturer, model).platform())
    return findings
  }

  private func dmi(_ name: String) -> Result<String, Unread> {
    files.line("/sys/class/dmi/id/\(name)")
  }

  private func named(_ text: String, _ file: String) -> Result<Value, Unread> {
    text.isEmpty
      ? .failure(Unread(reason: "'/sys/class/dmi/id/\(file)' is empty")) : .success(.string(text))
  }

  private func signs(
    _ manufacturer: Result<String, Unread>, _ model: Result<String, Unread>
  ) -> MachineSigns {
    let isHost = isHostOfXen
    return MachineSigns(
      systemManufacturer: try? manufacturer.get(), systemModel: (try? model.get()) ?? treeModel,
      firmwareVendor: try? dmi("bios_vendor").get(), chassisAssetTag: try? dmi("chassis_asset_tag").get(),
      hypervisor: hypervisor(isHost), usesOwnHypervisor: isHost,
      // Session hosts of Azure Virtual Desktop run Windows.
      isVirtualDesktop: false)
  }

  /// The model of a virtual machine's device tree; that of a board says nothing, since its maker is not told apart.
  private var treeModel: String? {
    guard case .success(let name) = files.line("/sys/firmware/devicetree/base/model") else { return nil }
    return name == "linux,dummy-virt" ? "QEMU \(name)" : nil
  }

  private var isHostOfXen: Bool {
    guard case .success(let text) = files.line("/proc/xen/capabilities") else { return false }
    return text.contains("control_d")
  }

  private func hypervisor(_ isHostOfXen: Bool) -> Bool? {
    if files.exists("/sys/firmware/devicetree/base/hypervisor") { return true }
    if case .success(let kind) = files.line("/sys/hypervisor/type"), !kind.isEmpty { return true }
    guard case .success(let flags?) = LinuxProcessor(files: files, machine: machine).flags() else {
      return nil
    }
    return flags.contains("hypervisor")
  }
}

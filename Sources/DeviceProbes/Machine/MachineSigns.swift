import PolicyModel

/// What tells a virtual machine from a physical one, gathered by a probe from several places that do not depend on each other.
///
/// A nil says that the place was not read or did not tell; an empty text, that it was read and is empty.
struct MachineSigns: Hashable, Sendable {
  /// TPM_PT_MANUFACTURER, such as `MSFT`.
  var tpmManufacturer: String?
  /// SMBIOS type 1, such as `Microsoft Corporation`.
  var systemManufacturer: String?
  /// SMBIOS type 1, such as `Virtual Machine`.
  var systemModel: String?
  /// SMBIOS type 0.
  var firmwareVendor: String?
  /// SMBIOS type 3; Azure has a fixed one.
  var chassisAssetTag: String?
  /// Whether the processor says that a hypervisor runs (CPUID leaf 1, ECX bit 31). On Windows it is also set under VBS.
  var hypervisor: Bool?
  /// Whether the system runs under a hypervisor of its own, for VBS or to host machines, so that ``hypervisor`` says nothing.
  var usesOwnHypervisor: Bool?
  /// Whether it is an Azure Virtual Desktop session host, from its agent's marks.
  var isVirtualDesktop: Bool?
}

extension MachineSigns {
  /// `device.platform`: the one platform that all signs allow.
  ///
  /// It is unknown when two signs exclude each other, which the reason names, and when the signs that there are allow several. A
  /// physical machine has to have the names of a maker and a model. The fact `device.virtual_machine` is not given: it is what
  /// Microsoft Defender makes of the device.
  func platform() -> FactFindings {
    var findings = FactFindings()
    let fact = "device.platform"
    let signs = signs
    let left = MachinePlatform.allCases.filter { platform in signs.allSatisfy { $0.allows.contains(platform) }
    }
    if left == [.physical], hypervisor == true, usesOwnHypervisor == nil {
      findings.miss(
        fact,
        "a hypervisor runs, and whether it is the system's own is not known, so that \(Self.list(signs)) may be a copy of the host's"
      )
    } else if let platform = left.first, left.count == 1, platform != .physical || systemSign != nil {
      findings.set(fact, .symbol(platform.rawValue))
    } else if left.isEmpty {
      findings.miss(fact, Self.contradiction(in: signs))
    } else {
      findings.miss(fact, tooFew(signs, left))
    }
    return findings
  }

  private static func contradiction(in signs: [MachineSign]) -> String {
    for (index, first) in signs.enumerated() {
      if let second = signs[(index + 1)...].first(where: { first.allows.isDisjoint(with: $0.allows) }) {
        return "two signs contradict each other: \(first.text) and \(second.text)"
      }
    }
    return "the signs contradict each other: \(list(signs))"
  }

  private func tooFew(_ signs: [MachineSign], _ left: [MachinePlatform]) -> String {
    var missing: [String] = []
    if systemSign == nil { missing.append("the system's manufacturer and model") }
    if left.contains(.azure), chassisAssetTag == nil { missing.append("the chassis asset tag") }
    if left.contains(.virtualDesktop), isVirtualDesktop == nil {
      missing.append("whether there is an agent of Azure Virtual Desktop")
    }
    if left.contains(.physical), tpmManufacturer == nil { missing.append("the manufacturer of the TPM") }
    if left.contains(.physical), hypervisor == nil { missing.append("whether a hypervisor runs") }
    let told =
      signs.isEmpty ? "nothing tells the platform" : "\(Self.list(signs)) cannot tell the platform alone"
    return missing.isEmpty ? told : "\(told); not known: \(missing.joined(separator: ", "))"
  }

  private static func list(_ signs: [MachineSign]) -> String {
    signs.map(\.text).joined(separator: ", ")
  }
}

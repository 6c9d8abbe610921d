import PolicyModel

/// What tells a virtual machine from a physical one, gathered by a probe from several places that do not depend on each other.
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
  /// Whether Windows runs under its own hypervisor for VBS, so that ``hypervisor`` says nothing.
  var usesOwnHypervisor: Bool?
  /// Whether it is an Azure Virtual Desktop session host, from its agent's marks.
  var isVirtualDesktop: Bool?
}

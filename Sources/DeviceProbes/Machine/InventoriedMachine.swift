import PolicyModel

/// What an inventory of devices knows of a machine: names, and nothing that was measured on it.
package struct InventoriedMachine {
  private let manufacturer: String?
  private let model: String
  private let tpmManufacturer: String?

  /// A machine of these names; a nil where the inventory has none.
  package init(manufacturer: String?, model: String, tpmManufacturer: String?) {
    self.manufacturer = manufacturer
    self.model = model
    self.tpmManufacturer = tpmManufacturer
  }

  /// `device.platform`, or why the names do not tell it.
  ///
  /// Beside what the names of makers tell: a Cloud PC says so in its model. A virtual machine of Microsoft's is taken for one of Hyper-V; those of
  /// Azure run on it and have the same names. A model whose maker is not named is that of a physical machine when a chip that no virtual
  /// machine has is its TPM.
  package func platform() -> Observation.Content {
    let fact = "device.platform"
    let isCloudPC =
      MachineNames.begins(model, "Cloud PC ") || MachineNames.begins(model, "Windows 365 Cloud PC")
    let signs = MachineSigns(
      tpmManufacturer: tpmManufacturer,
      systemManufacturer: manufacturer ?? (isCloudPC ? "Microsoft Corporation" : "a maker that is not named"),
      systemModel: model)
    let isOfMicrosoft =
      manufacturer.map { MachineNames.begins($0, "Microsoft") } ?? (tpmManufacturer == "MSFT")
    if isOfMicrosoft, MachineNames.trimmed(model).lowercased() == "virtual machine",
      signs.tpmSign.map({ $0.allows.contains(.hyperV) }) ?? true
    {
      return .value(.symbol(MachinePlatform.hyperV.rawValue))
    }
    return signs.platform()[fact] ?? .unknown(reason: "the names do not tell the platform")
  }
}

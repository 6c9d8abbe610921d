import PolicyModel

/// `tpm.vulnerable_firmware` by the table of vulnerable firmware, and the facts that other facts of firmware need.
package enum FirmwareJudgement {
  private static let manufacturer = FactDeclaration(name: "tpm.manufacturer", type: .string)
  private static let firmware = FactDeclaration(name: "tpm.firmware", type: .version)
  private static let family = FactDeclaration(name: "tpm.version", type: .version)
  private static let fact = "tpm.vulnerable_firmware"

  /// The facts to ask for besides the wanted ones: whose firmware it is, and for the table its version and the TPM's family.
  package static func facts(besides wanted: [FactDeclaration]) -> [FactDeclaration] {
    let names = Set(wanted.map(\.name))
    let needed =
      names.contains(fact)
      ? [manufacturer, firmware, family] : names.contains(firmware.name) ? [manufacturer] : []
    return needed.filter { !names.contains($0.name) }
  }

  /// What the table says of a device's TPM: that its firmware is vulnerable, or nil.
  static func observation(
    in snapshot: FactSnapshot, by table: @autoclosure () -> VulnerableFirmware
  ) -> Observation? {
    guard let maker = snapshot[manufacturer.name], case .string(let id)? = maker.value,
      var version = snapshot[firmware.name]
    else { return nil }
    version = InfineonFirmware.converted(version, maker: maker) ?? version
    guard case .version(let number)? = version.value else { return nil }
    var known: Version?
    if case .version(let family)? = snapshot[family.name]?.value { known = family }
    let rows = table().rows(
      manufacturer: InfineonFirmware.trimmed(id), firmware: number, family: known)
    guard !rows.isEmpty else { return nil }
    let names = rows.map { "\($0.cve) (\($0.advisory))" }.joined(separator: ", ")
    return Observation(
      .value(.bool(true)), level: min(maker.level, version.level),
      source: "\(names), by tpm.firmware = \(number) from \(version.source)")
  }
}

extension FactSnapshot {
  /// Adds what the table of vulnerable firmware says of `tpm.vulnerable_firmware`.
  ///
  /// The table only says true. It takes the place of a tool's false, as Windows knows of one vulnerability alone (ADV170012), and nothing that has
  /// been said changes where no row is of the firmware.
  package mutating func judgeFirmware(by table: @autoclosure () -> VulnerableFirmware = .embedded) {
    let fact = "tpm.vulnerable_firmware"
    if case .bool(true)? = self[fact]?.value { return }
    guard let found = FirmwareJudgement.observation(in: self, by: table()) else { return }
    self[fact] = found
  }

  /// The snapshot with what the table says of a fact that it does not speak of: what a test gives stays as it is given.
  package func withFirmwareJudged() -> FactSnapshot {
    guard self["tpm.vulnerable_firmware"] == nil else { return self }
    var result = self
    result.judgeFirmware()
    return result
  }
}

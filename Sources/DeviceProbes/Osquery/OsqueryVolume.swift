import PolicyModel

/// The encryption of the volume that the system runs from.
struct OsqueryVolume {
  let file: OsqueryFile

  func findings() -> FactFindings {
    var findings = FactFindings()
    let volume = windowsVolume()
    findings.set("bitlocker.os_volume", volume.flatMap(Self.protection).map { .symbol($0) })
    let isEncrypted = file.rows[.bitLocker] == nil ? rootVolume() : volume.flatMap(Self.isEncrypted)
    findings.set("disk.os_volume_encrypted", isEncrypted.map { .bool($0) })
    return findings
  }

  /// The row of the volume that Windows booted from, or the only one.
  private func windowsVolume() -> Result<OsqueryRow, Unread> {
    guard let volumes = file.rows[.bitLocker], Set(volumes).count > 1 else { return file.row(.bitLocker) }
    let letters = Set(
      (file.rows[.logicalDrives] ?? []).filter { (try? $0.text("boot_partition").get()) == "1" }
        .compactMap { try? $0.text("device_id").get() })
    guard let letter = letters.first, letters.count == 1 else {
      return .unread(
        "the table 'bitlocker_info' has \(volumes.count) rows, and no table 'logical_drives' tells which drive Windows booted from"
      )
    }
    let found = Set(volumes.filter { (try? $0.text("drive_letter").get()) == letter })
    guard let volume = found.first, found.count == 1 else {
      return .unread(
        "the table 'bitlocker_info' has \(found.count) rows for the drive that Windows booted from")
    }
    return .success(volume)
  }

  /// Win32_EncryptableVolume: GetProtectionStatus 0 and 1, with the ConversionStatus.
  private static func protection(_ row: OsqueryRow) -> Result<String, Unread> {
    isEncrypted(row).flatMap { isEncrypted in
      row.choice("protection_status", ["0": false, "1": true]).flatMap { isProtected in
        switch (isEncrypted, isProtected) {
        case (true, true): .success("on")
        case (true, false): .success("suspended")
        case (false, false): .success("off")
        case (false, true): .unread("'bitlocker_info' calls the volume protected and not encrypted")
        }
      }
    }
  }

  /// Whether all of the volume is encrypted: ConversionStatus 0 is decrypted, 1 encrypted, 2 to 5 are on the way. A 0 is also that of a
  /// failure, which has no method `None`.
  private static func isEncrypted(_ row: OsqueryRow) -> Result<Bool, Unread> {
    row.choice("conversion_status", ["0": 0, "1": 1, "2": 2, "3": 2, "4": 2, "5": 2]).flatMap { status in
      row.text("encryption_method").flatMap { method in
        (method == "None") == (status == 0)
          ? .success(status == 1) : .unread(row.strange("encryption_method", method))
      }
    }
  }

  /// The row of the device that is mounted at `/`.
  private func rootVolume() -> Result<Bool, Unread> {
    guard let devices = file.rows[.diskEncryption], !devices.isEmpty else {
      return file.row(.diskEncryption).map { _ in false }
    }
    guard let root = file.rows[.mounts]?.last(where: { (try? $0.text("path").get()) == "/" }) else {
      return .unread("no table 'mounts' tells which device is mounted at '/'")
    }
    let names = ["device", "device_alias"].compactMap { try? root.text($0).get() }
    let found = Set(
      devices.filter { device in (try? device.text("name").get()).map(names.contains) ?? false })
    guard let device = found.first, found.count == 1 else {
      return .unread(
        "the table 'disk_encryption' has \(found.count) rows for the device that is mounted at '/'")
    }
    return device.choice("encryption_status", ["encrypted": true, "not encrypted": false])
  }
}

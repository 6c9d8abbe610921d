import Diagnostics
import PolicyModel

/// What osquery's tables say of the facts.
struct OsqueryFacts {
  private let file: OsqueryFile
  /// Whether the rows are of a Windows device; nil when nothing tells.
  private let isWindows: Bool?

  init(_ file: OsqueryFile) {
    self.file = file
    let platform = (file.rows[.osVersion] ?? []).lazy.compactMap { try? $0.text("platform").get() }.first
    // A table that is asked for where it does not exist has no rows.
    let hasTableOfWindows = file.rows.contains { $0.key.isOfWindows && !$0.value.isEmpty }
    isWindows = platform.map { $0 == "windows" } ?? (hasTableOfWindows ? true : nil)
  }

  func findings() -> FactFindings {
    var findings = FactFindings()
    system(&findings)
    findings.add(OsqueryTPM(rows: file.rows[.tpmInfo]).findings())
    machine(&findings)
    boot(&findings)
    deviceGuard(&findings)
    securityCenter(&findings)
    findings.add(OsqueryVolume(file: file).findings())
    hardware(&findings)
    return findings
  }

  /// The row of a table that has one for a device.
  private func row(_ table: OsqueryTable) -> Result<OsqueryRow, Unread> { file.row(table) }

  /// The row of a table, when what it says holds for Windows alone.
  private func rowOfWindows(_ table: OsqueryTable, or reason: String) -> Result<OsqueryRow, Unread> {
    isWindows == true
      ? row(table)
      : .unread(isWindows == false ? reason : "\(reason), and no table in the file tells that it is Windows")
  }

  private func system(_ findings: inout FactFindings) {
    findings.set("os.build", row(.osVersion).flatMap(build))
    findings.set("os.architecture", row(.systemInfo).flatMap(architecture))
  }

  private func build(_ row: OsqueryRow) -> Result<Value, Unread> {
    guard row.has("platform"), isWindows == true else {
      let name = (try? row.text("name").get()).map { shortened($0, limit: 64) } ?? "another system"
      return .unread("the device runs \(name), not Windows")
    }
    return row.number("build").flatMap { branch in
      row.number("revision").flatMap { revision in
        guard let branch = UInt32(exactly: branch), let revision = UInt32(exactly: revision), branch > 0
        else {
          return .unread(row.strange("build", "\(branch)"))
        }
        return .success(.build(OSBuild(branch: branch, revision: revision)))
      }
    }
  }

  /// On Windows, `x86` is also what a 32-bit osquery sees of a 64-bit Windows, and `ARM` stands for ARM64 too.
  private func architecture(_ row: OsqueryRow) -> Result<Value, Unread> {
    let width = (file.rows[.osVersion] ?? []).lazy.compactMap { try? $0.text("arch").get() }.first ?? ""
    return row.text("cpu_type").flatMap { type in
      switch type {
      case "x86_64", "x86_64h": return .success(.symbol("x64"))
      case "aarch64", "arm64", "arm64e": return .success(.symbol("arm64"))
      case "i386", "i586", "i686": return .success(.symbol("x86"))
      case "armv6l", "armv7l", "armv8l": return .success(.symbol("arm"))
      case "x86" where width.hasPrefix("32"): return .success(.symbol("x86"))
      case "ARM" where width.contains("64") || (try? row.text("emulated_cpu_type").get()) != nil:
        return .success(.symbol("arm64"))
      default: return .unread(row.strange("cpu_type", type))
      }
    }
  }

  private func machine(_ findings: inout FactFindings) {
    findings.set("device.manufacturer", row(.systemInfo).flatMap(manufacturer).map { .string($0) })
    findings.set("device.model", row(.systemInfo).flatMap(model).map { .string($0) })
    findings.add(signs.platform())
  }

  private func manufacturer(_ row: OsqueryRow) -> Result<String, Unread> { named("hardware_vendor", row) }

  /// Lenovo has the type of a machine where others have its name. Since 5.16 osquery exchanges the two; a type has no blanks.
  private func model(_ row: OsqueryRow) -> Result<String, Unread> {
    guard case .success(let vendor) = manufacturer(row), MachineNames.begins(vendor, "Lenovo") else {
      return named("hardware_model", row)
    }
    let names = ["hardware_model", "hardware_version"].compactMap { try? named($0, row).get() }
    let types = names.filter { !$0.contains(" ") }
    guard let type = types.first, types.count == 1 else {
      return .unread(
        "which of 'hardware_model' and 'hardware_version' has the type of a Lenovo does not show in "
          + "'\(shortened(names.joined(separator: "', '"), limit: 96))'")
    }
    return .success(type)
  }

  private func named(_ column: String, _ row: OsqueryRow) -> Result<String, Unread> {
    row.text(column).flatMap { $0 == "-1" ? .unread(row.strange(column, $0)) : .success($0) }
  }

  private var signs: MachineSigns {
    let system = try? row(.systemInfo).get()
    let services = file.rows[.services] ?? []
    let hasAgent = services.contains { (try? $0.text("name").get()) == "RDAgentBootLoader" }
    return MachineSigns(
      tpmManufacturer: try? row(.tpmInfo).flatMap { $0.text("manufacturer_name") }.get(),
      systemManufacturer: system.flatMap { try? manufacturer($0).get() },
      systemModel: system.flatMap { try? model($0).get() },
      firmwareVendor: try? row(.platformInfo).flatMap { $0.text("vendor") }.get(),
      chassisAssetTag: (try? row(.chassisInfo).get()).flatMap { chassis in
        chassis.has("smbios_tag") ? (try? chassis.text("smbios_tag").get()) ?? "" : nil
      },
      isVirtualDesktop: isWindows == false ? false : services.isEmpty ? nil : hasAgent)
  }

  private func boot(_ findings: inout FactFindings) {
    findings.set(
      "boot.uefi",
      row(.platformInfo).flatMap { $0.choice("firmware_type", ["uefi": true, "bios": false]) }.map {
        .bool($0)
      })
    findings.set(
      "boot.secure_boot",
      row(.secureBoot).flatMap { row in
        row.choice("secure_boot", ["0": false, "1": true]).flatMap { isOn in
          guard isOn, row.has("setup_mode") else { return .success(isOn) }
          // In setup mode there is no platform key, and nothing is verified.
          return row.choice("setup_mode", ["0": true, "1": false])
        }
      }.map { .symbol($0 ? "on" : "off") })
  }

  private func deviceGuard(_ findings: inout FactFindings) {
    let row = row(.deviceGuard)
    findings.set(
      "vbs.running",
      row.flatMap {
        $0.choice(
          "vbs_status",
          ["VBS_NOT_ENABLED": false, "VBS_ENABLED_AND_NOT_RUNNING": false, "VBS_ENABLED_AND_RUNNING": true])
      }.map { .bool($0) })
    let services = [
      "credential_guard.status": "CREDENTIAL_GUARD", "hvci.status": "MEMORY_INTEGRITY",
      "system_guard.status": "SYSTEM_GUARD_SECURE_LAUNCH",
    ]
    for (fact, service) in services { findings.set(fact, row.flatMap { Self.status(of: service, $0) }) }
  }

  /// A service that runs, or that nobody asked for; why one that is configured does not run is not told.
  private static func status(of service: String, _ row: OsqueryRow) -> Result<Value, Unread> {
    func list(_ column: String) -> Result<[Substring], Unread> {
      row.text(column).map { $0.split(separator: ",") }
    }
    return list("running_security_services").flatMap { running in
      if running.contains(where: { $0 == service }) { return .success(.symbol("running")) }
      return list("configured_security_services").flatMap { configured in
        guard running.allSatisfy({ $0 != "UNKNOWN" }), configured.allSatisfy({ $0 != "UNKNOWN" }) else {
          return .unread("'deviceguard_status' lists a service as UNKNOWN, which may be \(service)")
        }
        return configured.contains { $0 == service }
          ? .unread("'deviceguard_status' lists \(service) as configured and not as running, and not why")
          : .success(.symbol("not_configured"))
      }
    }
  }

  private func securityCenter(_ findings: inout FactFindings) {
    for (fact, column) in ["antivirus.status": "antivirus", "firewall.status": "firewall"] {
      findings.set(fact, row(.securityCenter).flatMap { $0.choice(column, ["Good": .symbol("on")]) })
    }
  }

  private func hardware(_ findings: inout FactFindings) {
    findings.set("cpu.cores", cores().map { .int($0) })
    findings.set("cpu.speed", speed().map { .int($0) })
    findings.set("cpu.bits64", is64Bit())
    // Elsewhere it is the memory that the kernel can use.
    findings.set(
      "memory.size",
      rowOfWindows(.systemInfo, or: "'physical_memory' is the memory that is installed on Windows alone")
        .flatMap {
          $0.number("physical_memory").map { .int($0) }
        })
    // A device with one disk runs from it; which of several does, no table tells.
    findings.set("storage.size", row(.diskInfo).flatMap { $0.number("disk_size").map { .int($0) } })
  }

  private func cores() -> Result<Int64, Unread> {
    let sockets = file.rows[.cpuInfo] ?? []
    var sum: Int64 = 0
    for socket in sockets {
      guard case .success(let count) = socket.number("number_of_cores"), 1...65536 ~= count else {
        sum = 0
        break
      }
      sum += count
    }
    if 1...65536 ~= sum { return .success(sum) }
    // The column counts those of the first processor on Windows.
    return row(.systemInfo).flatMap { row in
      row.number("cpu_sockets").flatMap { sockets in
        sockets == 1
          ? row.number("cpu_physical_cores").flatMap {
            1...65536 ~= $0 ? .success($0) : .unread(row.strange("cpu_physical_cores", "\($0)"))
          } : .unread(row.strange("cpu_sockets", "\(sockets)"))
      }
    }
  }

  private func speed() -> Result<Int64, Unread> {
    guard isWindows == true else {
      return .unread("'max_clock_speed' is the processor's on Windows alone; elsewhere it is its socket's")
    }
    guard let processors = file.rows[.cpuInfo], !processors.isEmpty else {
      return row(.cpuInfo).flatMap { $0.number("max_clock_speed") }
    }
    var highest: Int64 = 0
    for processor in processors {
      switch processor.number("max_clock_speed") {
      case .success(let speed) where 1...1_000_000 ~= speed: highest = max(highest, speed)
      case .success(let speed): return .unread(processor.strange("max_clock_speed", "\(speed)"))
      case .failure(let unread): return .failure(unread)
      }
    }
    return .success(highest)
  }

  /// A 64-bit system runs on a 64-bit processor; a 32-bit one says nothing of it.
  private func is64Bit() -> Result<Value, Unread> {
    if case .success(let row) = row(.systemInfo), case .success(let value) = architecture(row),
      [.symbol("x64"), .symbol("arm64")].contains(value)
    {
      return .success(.bool(true))
    }
    guard let processor = file.rows[.cpuInfo]?.first else { return row(.cpuInfo).map { _ in .bool(true) } }
    return processor.choice("address_width", ["64": .bool(true)])
  }
}

extension OsqueryFile {
  /// The row of a table that has one for a device. Equal rows are one.
  func row(_ table: OsqueryTable) -> Result<OsqueryRow, Unread> {
    guard let rows = rows[table] else {
      return .unread("the file has no rows of the table '\(table.rawValue)'")
    }
    guard let first = rows.first else { return .unread("the table '\(table.rawValue)' is empty") }
    guard rows.allSatisfy({ $0 == first }) else {
      return .unread("the table '\(table.rawValue)' has \(rows.count) rows, and which one counts is not told")
    }
    return .success(first)
  }
}

import Diagnostics
import PolicyModel
import TPMEvidence

/// How the machine booted, and what the kernel keeps from whoever is root.
struct LinuxBoot {
  let files: LinuxFiles

  private static let efi = "/sys/firmware/efi"
  private static let variables = "/sys/firmware/efi/efivars"
  /// EFI_GLOBAL_VARIABLE, UEFI 2.10 section 3.3.
  private static let global = "8be4df61-93ca-11d2-aa0d-00e098032b8c"

  func findings() -> FactFindings {
    var findings = FactFindings()
    let uefi = isUEFI()
    findings.set("boot.uefi", uefi.map { .bool($0) })
    findings.set("boot.secure_boot", uefi.flatMap { $0 ? secureBoot() : .success(.symbol("unsupported")) })
    findings.set("boot.kernel_lockdown", lockdown())
    findings.set("dma.kernel_protection", protection())
    return findings
  }

  private func isUEFI() -> Result<Bool, Unread> {
    if files.exists(Self.efi) { return .success(true) }
    guard let names = files.names("/sys/firmware"), !names.isEmpty else {
      return .unread("'/sys/firmware' shows nothing; containers hide it")
    }
    guard case .success(let words) = files.line("/proc/cmdline") else {
      return .unread(
        "there is no \(Self.efi), and '/proc/cmdline' does not say whether the kernel was told to leave it out"
      )
    }
    if words.split(separator: " ").contains("noefi") {
      return .unread("there is no \(Self.efi), since the kernel was started with 'noefi'")
    }
    return .success(false)
  }

  private func secureBoot() -> Result<Value, Unread> {
    guard let names = files.names(Self.variables), !names.isEmpty else {
      return .unread(
        "'\(Self.variables)' shows no variables; it is not mounted, or the kernel does not use them")
    }
    let name = "SecureBoot-\(Self.global)"
    guard names.contains(name) else { return .success(.symbol("unsupported")) }
    return flag(name).flatMap { isOn in
      guard isOn else { return .success(.symbol("off")) }
      let setup = "SetupMode-\(Self.global)"
      guard names.contains(setup) else { return .success(.symbol("on")) }
      // In setup mode there is no platform key, and nothing is verified.
      return flag(setup).map { .symbol($0 ? "off" : "on") }
    }
  }

  /// A variable of one byte behind its four bytes of attributes, as efivarfs shows it.
  private func flag(_ name: String) -> Result<Bool, Unread> {
    let path = "\(Self.variables)/\(name)"
    return files.bytes(path, limit: 4096).flatMap { bytes in
      guard bytes.count == 5, let value = bytes.last, value <= 1 else {
        return .unread(
          "'\(path)' holds \(hexadecimal(bytes.prefix(16))), not four bytes of attributes and 00 or 01")
      }
      return .success(value == 1)
    }
  }

  /// The file lists the levels, with the one in force in brackets.
  private func lockdown() -> Result<Value, Unread> {
    let path = "/sys/kernel/security/lockdown"
    return files.line(path).flatMap { text in
      let chosen = text.split(separator: " ").filter { $0.hasPrefix("[") && $0.hasSuffix("]") }
      guard chosen.count == 1, let level = chosen.first?.dropFirst().dropLast(),
        ["none", "integrity", "confidentiality"].contains(level)
      else {
        return .unread(
          "'\(path)' holds '\(shortened(text, limit: 64))', which is no list of levels with one in brackets")
      }
      return .success(.symbol(String(level)))
    }
  }

  /// The ports for external devices that the kernel knows are those of Thunderbolt and USB4.
  private func protection() -> Result<Value, Unread> {
    let folder = "/sys/bus/thunderbolt/devices"
    let domains = (files.names(folder) ?? []).filter { $0.hasPrefix("domain") }
    guard !domains.isEmpty else {
      return .unread("there is no '\(folder)/domain0' that would say whether external ports are guarded")
    }
    var isGuarded = true
    for domain in domains {
      let path = "\(folder)/\(domain)/iommu_dma_protection"
      switch files.number(path) {
      case .success(0): isGuarded = false
      case .success(1): continue
      case .success(let other): return .unread("'\(path)' holds \(other), not 0 or 1")
      case .failure(let unread): return .failure(unread)
      }
    }
    return .success(.bool(isGuarded))
  }

}

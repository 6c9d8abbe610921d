import Diagnostics
import PolicyModel

/// Which Linux runs, and how much memory is installed.
struct LinuxSystem {
  let files: LinuxFiles

  /// Why facts of Windows are unknown, with the name that os-release(5) gives.
  func notWindows(_ facts: [String]) -> FactFindings {
    let name = ["/etc/os-release", "/usr/lib/os-release"].lazy.compactMap { path -> String? in
      guard case .success(let lines) = files.lines(path, limit: 1 << 16) else { return nil }
      return Self.prettyName(lines)
    }.first
    var findings = FactFindings()
    for fact in facts {
      findings.miss(fact, "the device runs \(name.map { shortened($0, limit: 64) } ?? "Linux"), not Windows")
    }
    return findings
  }

  /// The value of `PRETTY_NAME`, or else of `NAME`.
  static func prettyName(_ lines: [Substring]) -> String? {
    for key in ["PRETTY_NAME=", "NAME="] {
      guard let line = lines.first(where: { $0.hasPrefix(key) }) else { continue }
      var value = MachineNames.trimmed(String(line.dropFirst(key.count)))
      if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
        value = String(value.dropFirst().dropLast())
      }
      if !value.isEmpty { return value }
    }
    return nil
  }

  /// `memory.size`: the sum of the memory devices of SMBIOS, which only root may read.
  ///
  /// MemTotal is no answer: it is what firmware, graphics and the kernel itself have left.
  func memory() -> FactFindings {
    var findings = FactFindings()
    let fact = "memory.size"
    let path = "/sys/firmware/dmi/tables/DMI"
    switch files.bytes(path, limit: 1 << 20) {
    case .failure(let unread): findings.miss(fact, unread.reason + usableMemory())
    case .success(let bytes):
      switch SMBIOSTable(bytes).installedMemory() {
      case .known(let size): findings.set(fact, .int(size))
      case .unknown(let reason): findings.miss(fact, "'\(path)': \(reason)" + usableMemory())
      }
    }
    return findings
  }

  private func usableMemory() -> String {
    guard case .success(let lines) = files.lines("/proc/meminfo", limit: 1 << 16),
      let line = lines.first(where: { $0.hasPrefix("MemTotal:") })
    else { return "" }
    let size = MachineNames.trimmed(String(line.dropFirst("MemTotal:".count)))
    return "; the kernel can use \(shortened(size, limit: 32)), and no less is installed"
  }
}

import Diagnostics
import PolicyModel

/// Whether the kernel encrypts the volume that `/` is on: LUKS or another target of dm-crypt somewhere below it.
///
/// A volume that lies on several devices is encrypted when all of them are. Encryption by a drive itself is not seen.
struct LinuxVolume {
  let files: LinuxFiles

  /// How many layers and how many devices in all are looked at.
  private static let depth = 16
  private static let devices = 256

  func findings() -> FactFindings {
    var findings = FactFindings()
    let found = root().flatMap { mount in
      devices(of: mount).flatMap { paths -> Result<Bool, Unread> in
        var budget = Self.devices
        return all(paths, depth: 0, &budget)
      }
    }
    findings.set("disk.os_volume_encrypted", found.map { .bool($0) })
    return findings
  }

  /// A line of mountinfo, proc_pid_mountinfo(5).
  struct Mount: Hashable {
    /// The numbers of the device, such as `253:1`; of a file system without one, its first is 0.
    let device: String
    let type: String
    let source: String

    /// A line whose mount point is `/`; nil for any other.
    init?(line: Substring) {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      guard fields.count >= 10, fields[4] == "/", let dash = fields[6...].firstIndex(of: "-"),
        dash + 2 < fields.count
      else { return nil }
      device = String(fields[2])
      type = String(fields[dash + 1])
      source = String(fields[dash + 2])
    }

    /// Whether the numbers are those of a block device.
    var isOnBlockDevice: Bool {
      let numbers = device.split(separator: ":", omittingEmptySubsequences: false).map { UInt32($0) }
      guard numbers.count == 2, let major = numbers[0], numbers[1] != nil else { return false }
      return major != 0
    }
  }

  /// The mount that is seen at `/`: the last of those there.
  private func root() -> Result<Mount, Unread> {
    let path = "/proc/self/mountinfo"
    return files.lines(path, limit: 4 << 20).flatMap { lines in
      guard let mount = lines.reversed().lazy.compactMap({ Mount(line: $0) }).first else {
        return .unread("'\(path)' has no line for '/'")
      }
      return .success(mount)
    }
  }

  /// The folders of the block devices that a mount lies on.
  private func devices(of mount: Mount) -> Result<[String], Unread> {
    if mount.isOnBlockDevice {
      let folder = "/sys/dev/block/\(mount.device)"
      return files.names(folder) == nil ? .unread("there is no '\(folder)'") : .success([folder])
    }
    let what = "'/' is \(shortened(mount.type, limit: 32)) on '\(shortened(mount.source, limit: 64))'"
    guard mount.type == "btrfs" else {
      return .unread("\(what), which is not on one block device of this machine")
    }
    guard let name = blockName(of: mount.source) else {
      return .unread("\(what), whose block device is not found")
    }
    for system in files.names("/sys/fs/btrfs") ?? [] {
      let names = files.names("/sys/fs/btrfs/\(system)/devices") ?? []
      if names.contains(name) { return .success(names.map { "/sys/class/block/\($0)" }) }
    }
    return .unread("\(what), whose devices /sys/fs/btrfs does not list")
  }

  /// The kernel's name of a device file: `dm-0` for `/dev/mapper/root`, `sda2` for `/dev/sda2`.
  private func blockName(of source: String) -> String? {
    let mapper = "/dev/mapper/"
    if source.hasPrefix(mapper) {
      return (files.names("/sys/class/block") ?? []).lazy.filter { $0.hasPrefix("dm-") }.first {
        files.line("/sys/class/block/\($0)/dm/name") == .success(String(source.dropFirst(mapper.count)))
      }
    }
    guard source.hasPrefix("/dev/") else { return nil }
    let name = String(source.dropFirst("/dev/".count)).split(separator: "/", omittingEmptySubsequences: false)
      .joined(separator: "!")
    return files.exists("/sys/class/block/\(name)") ? name : nil
  }

  private func isEncrypted(_ folder: String, depth: Int, _ budget: inout Int) -> Result<Bool, Unread> {
    budget -= 1
    guard depth <= Self.depth, budget >= 0 else {
      return .unread("'/' lies on more layers of devices than are looked at")
    }
    var isMapped = false
    if case .success(let identity) = files.line("\(folder)/dm/uuid") {
      if Self.isCrypt(identity) { return .success(true) }
      isMapped = true
    }
    if let below = files.names("\(folder)/slaves"), !below.isEmpty {
      return all(below.map { "/sys/class/block/\($0)" }, depth: depth + 1, &budget)
    }
    if isMapped { return .unread("'\(folder)' is mapped, and its slaves are not shown") }
    // The link leads to the folder of the partition, which lies in that of its disk.
    if files.exists("\(folder)/partition") { return isEncrypted("\(folder)/..", depth: depth + 1, &budget) }
    guard files.exists("\(folder)/device") else {
      return .unread("'\(folder)' is a block device that no hardware and no other device is shown to hold")
    }
    return .success(false)
  }

  private func all(_ folders: [String], depth: Int, _ budget: inout Int) -> Result<Bool, Unread> {
    var result = Result<Bool, Unread>.success(true)
    for folder in folders {
      switch isEncrypted(folder, depth: depth, &budget) {
      case .success(true): continue
      case .success(false): return .success(false)
      case .failure(let unread): result = .failure(unread)
      }
    }
    return result
  }

  /// Whether a mapped device is one of dm-crypt, from the beginning that libcryptsetup gives its identity.
  static func isCrypt(_ identity: String) -> Bool {
    ["LUKS1", "LUKS2", "PLAIN", "LOOPAES", "TCRYPT", "BITLK", "FVAULT2"].contains {
      identity.hasPrefix("CRYPT-\($0)-")
    }
  }

}

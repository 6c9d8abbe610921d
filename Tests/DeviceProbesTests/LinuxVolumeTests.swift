import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes

@Suite("LinuxVolume")
struct LinuxVolumeTests {
  private static let fact = "disk.os_volume_encrypted"

  private func found(_ tree: LinuxTree) throws -> Observation.Content? { try tree.answers()[Self.fact] }

  private func reason(_ tree: LinuxTree) throws -> String {
    guard case .unknown(let reason)? = try found(tree) else { return "" }
    return reason
  }

  @Test("a partition and a whole disk without a mapping are not encrypted")
  func plain() throws {
    let tree = try LinuxTree()
    try tree.block("sda", number: "8:0")
    try tree.block("sda2", number: "8:2", in: "sda")
    try tree.mount("8:2")
    #expect(try found(tree) == .value(.bool(false)))
    try tree.mount("8:0")
    #expect(try found(tree) == .value(.bool(false)))
  }

  @Test(
    "only targets of dm-crypt that encrypt count",
    arguments: [
      ("CRYPT-LUKS1-aa-root", true), ("CRYPT-LUKS2-aa-root", true), ("CRYPT-PLAIN-root", true),
      ("CRYPT-BITLK-aa-root", true),
      ("CRYPT-VERITY-aa-root", false), ("CRYPT-INTEGRITY-root", false), ("LVM-aa", false),
      ("mpath-aa", false),
      ("LUKS2-aa", false), ("xCRYPT-LUKS2-aa", false), ("", false),
    ])
  func mappings(identity: String, isEncrypted: Bool) throws {
    let tree = try LinuxTree()
    try tree.block("sda", number: "8:0")
    try tree.block("dm-0", number: "253:0", slaves: ["sda"], mapped: ("root", identity))
    try tree.mount("253:0")
    #expect(try found(tree) == .value(.bool(isEncrypted)))
  }

  @Test("a volume on several devices is encrypted when all of them are")
  func several() throws {
    for secondIsEncrypted in [true, false] {
      let tree = try LinuxTree()
      try tree.block("sda", number: "8:0")
      try tree.block("sdb", number: "8:16")
      try tree.block("dm-0", number: "253:0", slaves: ["sda"], mapped: ("a", "CRYPT-LUKS2-aa-a"))
      try tree.block(
        "dm-1", number: "253:1", slaves: ["sdb"],
        mapped: ("b", secondIsEncrypted ? "CRYPT-LUKS2-bb-b" : "LVM-b"))
      try tree.block("md0", number: "9:0", slaves: ["dm-0", "dm-1"])
      try tree.block("md0p1", number: "259:7", in: "md0")
      try tree.mount("259:7")
      #expect(try found(tree) == .value(.bool(secondIsEncrypted)))
    }
  }

  @Test("btrfs has no number of its own, and is looked for by its device")
  func btrfs() throws {
    let tree = try LinuxTree()
    try tree.block("sda", number: "8:0")
    try tree.block("sdb", number: "8:16")
    try tree.block(
      "dm-3", number: "253:3", slaves: ["sda"], mapped: ("luks-root", "CRYPT-LUKS2-aa-luks-root"))
    try tree.mount("0:31", type: "btrfs", source: "/dev/mapper/luks-root")
    #expect(try reason(tree).contains("/sys/fs/btrfs"))
    try tree.link("/sys/fs/btrfs/0000-11/devices/dm-3", to: "../../../../class/block/dm-3")
    #expect(try found(tree) == .value(.bool(true)))
    try tree.link("/sys/fs/btrfs/0000-11/devices/sdb", to: "../../../../class/block/sdb")
    #expect(try found(tree) == .value(.bool(false)))
    try tree.mount("0:31", type: "btrfs", source: "/dev/sdq")
    #expect(try reason(tree).contains("'/dev/sdq', whose block device is not found"))
  }

  @Test("what is on no block device is unknown, and so is one that nothing holds")
  func elsewhere() throws {
    let tree = try LinuxTree()
    try tree.mount("0:45", type: "overlay", source: "overlay")
    #expect(
      try reason(tree) == "'/' is overlay on 'overlay', which is not on one block device of this machine")
    try tree.mount("7:0", type: "squashfs", source: "/dev/loop0")
    #expect(try reason(tree) == "there is no '/sys/dev/block/7:0'")
    try tree.folder("/sys/dev/block/7:0/slaves")
    #expect(try reason(tree).contains("no hardware and no other device"))
    try tree.add("/proc/self/mountinfo", "21 1 0:19 / /proc rw - proc proc rw\n")
    #expect(try reason(tree).contains("has no line for '/'"))
  }

  @Test("the last mount at / is the one that is seen")
  func covered() throws {
    let tree = try LinuxTree()
    try tree.block("sda", number: "8:0")
    try tree.add(
      "/proc/self/mountinfo", "1 1 0:2 / / rw - rootfs none rw\n2 1 8:0 / / rw master:1 - ext4 /dev/sda rw\n")
    #expect(try found(tree) == .value(.bool(false)))
  }

  @Test("devices that lie on each other end")
  func circles() throws {
    let tree = try LinuxTree()
    try tree.block("dm-0", number: "253:0", slaves: ["dm-1", "dm-2"], mapped: ("a", "LVM-a"))
    try tree.block("dm-1", number: "253:1", slaves: ["dm-0", "dm-2"], mapped: ("b", "LVM-b"))
    try tree.block("dm-2", number: "253:2", slaves: ["dm-0", "dm-1"], mapped: ("c", "LVM-c"))
    try tree.mount("253:0")
    #expect(try reason(tree).contains("more layers of devices"))
  }
}

/// Which names of policies can be the names of files, on Linux and on Windows.
package enum OutputName {
  private static let devices: Set<String> =
    Set(["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"])
    .union(
      ["com", "lpt"].flatMap { port in ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"].map { port + $0 } })

  /// Why a policy's name cannot name its outputs; nil where it can.
  static func problem(ofPolicy name: String) -> String? {
    let isPlain =
      !name.isEmpty && name.utf8.count <= 100 && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.allSatisfy { byte in
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
          || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
      }
    guard isPlain else {
      return "use a-z, A-Z, 0-9, '-', '_' and '.', at most 100 characters, not beginning with '.'"
    }
    if name.utf8.first == UInt8(ascii: "-") { return "it begins with '-', as the options of commands do" }
    if name.utf8.last == UInt8(ascii: ".") { return "it ends with '.', which Windows leaves out" }
    let stem = folded(String(name.prefix { $0 != "." }))
    return devices.contains(stem) ? "'\(stem)' is a device on Windows, whatever follows it" : nil
  }

  /// A name as file systems compare it that take 'A' for 'a'. Outputs have ASCII names only.
  package static func folded(_ name: String) -> String { name.lowercased() }
}

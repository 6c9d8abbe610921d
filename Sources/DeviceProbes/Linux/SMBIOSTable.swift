import TPMEvidence

/// The structure table of SMBIOS (DSP0134), as firmware left it.
struct SMBIOSTable {
  private let bytes: [UInt8]

  /// A table of these bytes; nothing is read yet.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The formatted parts of the structures of a type, in order; nil when the table is cut off or damaged, so that no structure of
  /// type 127 ends it.
  func structures(ofType type: UInt8) -> [ArraySlice<UInt8>]? {
    var found: [ArraySlice<UInt8>] = []
    var index = 0
    while index + 4 <= bytes.count {
      let length = Int(bytes[index + 1])
      guard length >= 4, index + length <= bytes.count else { return nil }
      if bytes[index] == type { found.append(bytes[index..<index + length]) }
      if bytes[index] == 127 { return found }
      var end = index + length
      while end + 1 < bytes.count, bytes[end] != 0 || bytes[end + 1] != 0 { end += 1 }
      guard end + 1 < bytes.count else { return nil }
      index = end + 2
    }
    return nil
  }

  /// The sum of the sizes of the memory devices (type 17), in bytes.
  func installedMemory() -> BootFinding<Int64> {
    guard let devices = structures(ofType: 17) else {
      return .unknown("the SMBIOS table is damaged or cut off")
    }
    guard !devices.isEmpty else { return .unknown("the SMBIOS table lists no memory devices") }
    var sum: Int64 = 0
    for (number, device) in devices.enumerated() {
      guard let size = Self.size(of: device) else {
        return .unknown("the size of memory device \(number) is not known")
      }
      let (next, overflow) = sum.addingReportingOverflow(size)
      if overflow { return .unknown("the memory devices have more bytes than can be counted") }
      sum = next
    }
    return sum > 0 ? .known(sum) : .unknown("all memory devices are empty")
  }

  /// Size at 0Ch: 0 for an empty socket, FFFFh for an unknown size, 7FFFh for one at 1Ch; bit 15 says KiB instead of MiB.
  private static func size(of device: ArraySlice<UInt8>) -> Int64? {
    let base = device.startIndex
    guard device.count >= 0x0E else { return nil }
    let word = UInt16(device[base + 0x0C]) | UInt16(device[base + 0x0D]) << 8
    switch word {
    case 0xFFFF: return nil
    case 0x7FFF:
      guard device.count >= 0x20 else { return nil }
      let mebibytes = (0..<4).reduce(Int64(0)) { $0 | Int64(device[base + 0x1C + $1]) << (8 * Int64($1)) }
      return (mebibytes & 0x7FFF_FFFF) << 20
    default: return Int64(word & 0x7FFF) << (word & 0x8000 != 0 ? 10 : 20)
    }
  }
}

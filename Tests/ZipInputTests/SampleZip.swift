/// Archives for tests, made byte by byte.
struct SampleZip {
  struct Entry {
    var name: String
    var content: [UInt8]
    var packed: [UInt8]?
    var flags: UInt16 = 0
    var checksum: UInt32?
    var size: UInt32?
    var method: UInt16?
  }

  var entries: [Entry]
  var comment: [UInt8] = []
  /// Counts instead of the true one.
  var count: UInt16?
  var disk: UInt16 = 0
  var directoryStart: UInt32?

  init(_ entries: Entry...) { self.entries = entries }

  var bytes: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = UInt32(result.count)
      let packed = entry.packed ?? entry.content
      let method = entry.method ?? (entry.packed == nil ? 0 : 8)
      let facts =
        two(entry.flags) + two(method) + four(0) + four(entry.checksum ?? crc32(entry.content))
        + four(UInt32(packed.count)) + four(entry.size ?? UInt32(entry.content.count))
        + two(UInt16(entry.name.utf8.count)) + two(0)
      result += [0x50, 0x4B, 3, 4] + two(20) + facts + Array(entry.name.utf8) + packed
      directory +=
        [0x50, 0x4B, 1, 2] + two(20) + two(20) + facts + two(0) + two(0) + two(0) + four(0) + four(offset)
        + Array(entry.name.utf8)
    }
    let start = UInt32(result.count)
    let number = count ?? UInt16(entries.count)
    result += directory
    result += [0x50, 0x4B, 5, 6] + two(disk) + two(disk) + two(number) + two(number)
    result +=
      four(UInt32(directory.count)) + four(directoryStart ?? start) + two(UInt16(comment.count)) + comment
    return result
  }

  private func two(_ number: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)] }

  private func four(_ number: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
  }
}

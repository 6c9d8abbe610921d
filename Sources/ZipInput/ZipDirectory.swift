/// The list of entries at the end of an archive (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16).
struct ZipDirectory {
  private static let endSize = 22
  private let bytes: ZipBytes
  private let count: Int
  private let start: Int
  private let size: Int

  init(_ bytes: ZipBytes) throws(ZipError) {
    self.bytes = bytes
    let end = try Self.end(of: bytes)
    let (disk, first) = (bytes.number16(at: end + 4), bytes.number16(at: end + 6))
    guard let here = bytes.number16(at: end + 8), let all = bytes.number16(at: end + 10),
      let size = bytes.number32(at: end + 12), let start = bytes.number32(at: end + 16)
    else { throw ZipError("the archive is cut off inside its last record") }
    let hasWideNumbers = all == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF
    if hasWideNumbers || bytes.number32(at: end - 20) == 0x0706_4B50 {
      throw ZipError("the archive uses zip64, which is not read: expected less than 65,535 entries and 4 GB")
    }
    guard disk == 0, first == 0, here == all else {
      throw ZipError("the archive is one of several parts, which are not read")
    }
    guard Int(start) + Int(size) <= end else {
      throw ZipError("the list of entries lies outside of the archive: it is damaged or cut off")
    }
    (self.count, self.start, self.size) = (Int(all), Int(start), Int(size))
  }

  /// Where the last record begins; a comment of up to 64 KB may follow it.
  private static func end(of bytes: ZipBytes) throws(ZipError) -> Int {
    var offset = bytes.count - endSize
    while offset >= max(0, bytes.count - endSize - 0xFFFF) {
      if bytes.number32(at: offset) == 0x0605_4B50, let comment = bytes.number16(at: offset + 20),
        offset + endSize + Int(comment) == bytes.count
      {
        return offset
      }
      offset -= 1
    }
    throw ZipError("not a zip archive, or one that is cut off: expected the record that ends one")
  }

  func entries(_ limits: ZipLimits) throws(ZipError) -> [ZipArchive.Entry] {
    guard count <= limits.entries else {
      throw ZipError("the archive has \(count) entries: expected \(limits.entries) at most")
    }
    var entries: [ZipArchive.Entry] = []
    var total = 0
    var offset = start
    for number in 1...max(count, 1) where number <= count {
      let (entry, next) = try entry(number, at: offset)
      guard next <= start + size else { throw ZipError("the list of entries is damaged at entry \(number)") }
      offset = next
      guard entry.size <= limits.entryBytes else {
        throw ZipError(
          "the entry has \(entry.size) bytes: expected \(limits.entryBytes) at most", in: entry.name)
      }
      guard entry.size <= max(entry.packedSize, 1024) * limits.ratio else {
        let message = "the entry grows from \(entry.packedSize) bytes to \(entry.size)"
        throw ZipError("\(message): expected \(limits.ratio) times as many at most", in: entry.name)
      }
      total += entry.size
      guard total <= limits.totalBytes else {
        throw ZipError("the entries have more than \(limits.totalBytes) bytes together")
      }
      entries.append(entry)
    }
    return entries
  }

  private func entry(_ number: Int, at offset: Int) throws(ZipError) -> (ZipArchive.Entry, next: Int) {
    guard bytes.number32(at: offset) == 0x0201_4B50, let flags = bytes.number16(at: offset + 8),
      let method = bytes.number16(at: offset + 10), let crc = bytes.number32(at: offset + 16),
      let packed = bytes.number32(at: offset + 20), let size = bytes.number32(at: offset + 24),
      let nameSize = bytes.number16(at: offset + 28), let extra = bytes.number16(at: offset + 30),
      let comment = bytes.number16(at: offset + 32), let local = bytes.number32(at: offset + 42),
      let name = bytes.slice(offset + 46, count: Int(nameSize))
    else { throw ZipError("the list of entries is damaged at entry \(number)") }
    guard packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, local != 0xFFFF_FFFF else {
      throw ZipError("entry \(number) uses zip64, which is not read")
    }
    let entry = ZipArchive.Entry(
      name: String(decoding: name, as: UTF8.self), size: Int(size), flags: flags, method: method, crc: crc,
      packedSize: Int(packed), offset: Int(local))
    return (entry, offset + 46 + Int(nameSize) + Int(extra) + Int(comment))
  }
}

/// A zip archive in memory, of which single entries are read. Nothing is ever written under a name of the archive's.
///
/// Entries may be stored or deflated. Archives in several parts, with zip64 or with encryption are refused.
package struct ZipArchive: Sendable {
  /// One file of an archive, as the list at the archive's end describes it.
  package struct Entry: Hashable, Sendable {
    /// Its path in the archive, with slashes.
    package let name: String
    /// How many bytes it has when it is unpacked.
    package let size: Int
    let flags: UInt16
    let method: UInt16
    let crc: UInt32
    let packedSize: Int
    let offset: Int
  }

  /// The entries in the order of the list.
  package let entries: [Entry]
  private let bytes: ZipBytes
  private let limits: ZipLimits

  /// Whether bytes begin as an archive does.
  package static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// Reads the list of an archive's entries.
  ///
  /// - Throws: ``ZipError`` when the bytes are no archive, are cut off, or ask for more than `limits` allows.
  package init(_ bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(ZipError) {
    self.bytes = ZipBytes(bytes)
    self.limits = limits
    entries = try ZipDirectory(self.bytes).entries(limits)
  }

  /// The bytes of one entry, whose length and checksum are as the list says.
  package func read(_ entry: Entry) throws(ZipError) -> [UInt8] {
    guard entry.flags & 1 == 0 else {
      throw ZipError("the entry is encrypted, which is not read", in: entry.name)
    }
    guard let zlib = Zlib.installed else {
      throw ZipError("zlib (libz.so.1) is not installed; on Debian and Ubuntu it comes with zlib1g")
    }
    let packed = try packedBytes(of: entry)
    let content: [UInt8]
    switch entry.method {
    case 0:
      guard entry.size == entry.packedSize else {
        throw ZipError("a stored entry has \(entry.packedSize) bytes: expected \(entry.size)", in: entry.name)
      }
      content = Array(packed)
    case 8:
      guard let inflated = zlib.inflated(packed, count: entry.size) else {
        throw ZipError("the packed bytes are damaged: expected \(entry.size) bytes in them", in: entry.name)
      }
      content = inflated
    default:
      throw ZipError("packing method \(entry.method) is not read: expected 0 or 8", in: entry.name)
    }
    guard zlib.crc32(content) == entry.crc else {
      throw ZipError("the checksum does not match: the entry is damaged", in: entry.name)
    }
    return content
  }

  private func packedBytes(of entry: Entry) throws(ZipError) -> ArraySlice<UInt8> {
    guard bytes.number32(at: entry.offset) == 0x0403_4B50, let name = bytes.number16(at: entry.offset + 26),
      let extra = bytes.number16(at: entry.offset + 28)
    else { throw ZipError("the entry is not where the list of entries says", in: entry.name) }
    let start = entry.offset + 30 + Int(name) + Int(extra)
    guard let packed = bytes.slice(start, count: entry.packedSize) else {
      throw ZipError("the archive ends inside the entry", in: entry.name)
    }
    return packed
  }
}

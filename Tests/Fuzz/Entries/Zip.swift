import ZipInput

/// What an archive gives is as long as its list says, and never more than the limits allow.
func fuzzZip(_ bytes: [UInt8]) {
  let limits = ZipLimits(entries: 100, entryBytes: 1 << 20, totalBytes: 4 << 20)
  guard let archive = try? ZipArchive(bytes, limits: limits) else { return }
  require(archive.entries.count <= limits.entries, "\(archive.entries.count) entries are listed")
  require(
    archive.entries.reduce(0) { $0 + $1.size } <= limits.totalBytes, "the entries are larger than allowed")
  for entry in archive.entries {
    guard let content = try? archive.read(entry) else { continue }
    require(content.count == entry.size, "\(entry.name) has \(content.count) bytes, not \(entry.size)")
  }
}

/// What an archive may ask of the reader.
package struct ZipLimits: Hashable, Sendable {
  /// How many entries it may list.
  package var entries: Int
  /// How many bytes an entry may have when it is unpacked.
  package var entryBytes: Int
  /// How many bytes all entries that are read may have together.
  package var totalBytes: Int
  /// How many times larger than packed an entry may be; XML of one kind reaches 40.
  package var ratio: Int

  /// Limits that no archive of text meets.
  package init(
    entries: Int = 10_000, entryBytes: Int = 64 << 20, totalBytes: Int = 512 << 20, ratio: Int = 250
  ) {
    self.entries = entries
    self.entryBytes = entryBytes
    self.totalBytes = totalBytes
    self.ratio = ratio
  }
}

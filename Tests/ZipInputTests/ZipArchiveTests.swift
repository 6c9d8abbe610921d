import Testing

@testable import ZipInput

@Suite("ZipArchive") struct ZipArchiveTests {
  /// "policyc " forty times, deflated with zlib.
  static let text = Array(String(repeating: "policyc ", count: 40).utf8)
  static let deflated: [UInt8] = [43, 200, 207, 201, 76, 174, 76, 86, 40, 24, 165, 201, 162, 1]

  static func entry(_ name: String = "a.xml") -> SampleZip.Entry {
    SampleZip.Entry(name: name, content: text, packed: deflated)
  }

  private func read(_ zip: SampleZip, limits: ZipLimits = ZipLimits()) throws(ZipError) -> [[UInt8]] {
    let archive = try ZipArchive(zip.bytes, limits: limits)
    var contents: [[UInt8]] = []
    for entry in archive.entries { contents.append(try archive.read(entry)) }
    return contents
  }

  @Test("stored and deflated entries are read, in the order of the list")
  func contents() throws {
    let stored = SampleZip.Entry(name: "b/ü.xml", content: Array("x".utf8))
    let empty = SampleZip.Entry(name: "empty", content: [])
    let zip = SampleZip(Self.entry(), stored, empty)
    #expect(try read(zip) == [Self.text, Array("x".utf8), []])
    #expect(try ZipArchive(zip.bytes).entries.map(\.name) == ["a.xml", "b/ü.xml", "empty"])
    #expect(ZipArchive.isArchive(zip.bytes) && !ZipArchive.isArchive(Self.text))
  }

  @Test("a comment may follow, even one that looks like the end of an archive")
  func comments() throws {
    var zip = SampleZip(Self.entry())
    zip.comment = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 300)
    #expect(try read(zip) == [Self.text])
    #expect(try ZipArchive(SampleZip().bytes).entries.isEmpty)
  }

  static let refusals: [(String, @Sendable (inout SampleZip) -> Void)] = [
    ("a.xml: the entry is encrypted", { $0.entries[0].flags = 1 }),
    ("a.xml: packing method 12 is not read", { $0.entries[0].method = 12 }),
    ("a.xml: the checksum does not match", { $0.entries[0].checksum = 7 }),
    ("a.xml: the packed bytes are damaged", { $0.entries[0].size = 319 }),
    ("a.xml: the packed bytes are damaged", { $0.entries[0].size = 321 }),
    ("a.xml: the packed bytes are damaged", { $0.entries[0].packed?.removeLast() }),
    ("a.xml: the packed bytes are damaged", { $0.entries[0].packed = [0xFF, 0xFF] }),
    (
      "a.xml: a stored entry has 320 bytes: expected 5",
      { zip in
        zip.entries[0].packed = nil
        zip.entries[0].size = 5
      }
    ),
    ("a.xml: the entry has 4294967294 bytes", { $0.entries[0].size = 0xFFFF_FFFE }),
    ("a.xml: the entry grows from", { $0.entries[0].size = 60 << 20 }),
    ("entry 1 uses zip64", { $0.entries[0].size = 0xFFFF_FFFF }),
    ("the archive uses zip64", { $0.count = 0xFFFF }),
    ("the archive uses zip64", { $0.directoryStart = 0xFFFF_FFFF }),
    ("the archive is one of several parts", { $0.disk = 1 }),
    ("the list of entries is damaged at entry 2", { $0.count = 2 }),
    ("the list of entries is damaged at entry 1", { $0.directoryStart = 3 }),
    ("the list of entries lies outside", { $0.directoryStart = 100_000 }),
  ]

  @Test("what cannot be read or asks for too much is refused", arguments: refusals.indices)
  func refused(index: Int) {
    let (message, change) = Self.refusals[index]
    var zip = SampleZip(Self.entry())
    change(&zip)
    do throws(ZipError) {
      _ = try read(zip)
      Issue.record("accepted: \(message)")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }

  @Test("the number of entries and their sizes together are limited")
  func limits() throws {
    let zip = SampleZip(Self.entry("a"), Self.entry("b"))
    #expect(throws: ZipError.self) { try read(zip, limits: ZipLimits(entries: 1)) }
    #expect(throws: ZipError.self) { try read(zip, limits: ZipLimits(entryBytes: 319)) }
    #expect(throws: ZipError.self) { try read(zip, limits: ZipLimits(totalBytes: 639)) }
    #expect(try read(zip, limits: ZipLimits(entries: 2, entryBytes: 320, totalBytes: 640)).count == 2)
  }

  @Test("an archive that is cut off anywhere is refused, and no damage traps")
  func damage() {
    let original = SampleZip(Self.entry("a"), Self.entry("b")).bytes
    for length in 0..<original.count {
      #expect(throws: ZipError.self, "\(length)") { try ZipArchive(Array(original[..<length])) }
    }
    for index in original.indices {
      for bit in 0..<8 {
        var bytes = original
        bytes[index] ^= 1 << bit
        guard let archive = try? ZipArchive(bytes) else { continue }
        for entry in archive.entries { _ = try? archive.read(entry) }
      }
    }
  }

  @Test("a library that is not there is none")
  func missing() { #expect(Zlib("libz-that-is-not-there.so.1") == nil) }
}

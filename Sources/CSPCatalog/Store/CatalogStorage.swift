#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a catalogue: a header, an empty line and one line a node, ascending by the bytes of their paths.
///
/// They are searched as they are; nothing is parsed before it is asked for.
final class CatalogStorage: @unchecked Sendable {
  /// Never written after `init`, so that threads may share it.
  let bytes: UnsafeBufferPointer<UInt8>
  private let isOwned: Bool

  /// Bytes that live as long as the program.
  init(static bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    isOwned = false
  }

  init(copying bytes: [UInt8]) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = copy.initialize(from: bytes)
    self.bytes = UnsafeBufferPointer(copy)
    isOwned = true
  }

  deinit {
    if isOwned { bytes.deallocate() }
  }

  /// The line that begins at an offset, without its line feed.
  func line(at start: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[start..<endOfLine(from: start)])
  }

  /// The offset behind the line feed of the line that begins at an offset.
  func next(after start: Int) -> Int { min(endOfLine(from: start) + 1, bytes.count) }

  /// The path of the line that begins at an offset: what stands before its first tab.
  func path(at start: Int) -> UnsafeBufferPointer<UInt8> {
    let end = place(of: UInt8(ascii: "\t"), from: start, before: endOfLine(from: start))
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// The value of a field of the line that begins at an offset; `key` is the tab, the name and the equals sign before it.
  func field(_ key: StaticString, ofLine start: Int) -> String? {
    guard let rest = rest(after: key, ofLine: start) else { return nil }
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
  }

  /// Whether the line that begins at an offset has a field without a value; `key` is the tab and the name.
  func hasFlag(_ key: StaticString, ofLine start: Int) -> Bool {
    guard let rest = rest(after: key, ofLine: start) else { return false }
    return rest.isEmpty || rest.first == UInt8(ascii: "\t")
  }

  private func rest(after key: StaticString, ofLine start: Int) -> Slice<UnsafeBufferPointer<UInt8>>? {
    let line = line(at: start)
    let key = UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    var index = 0
    while index + key.count <= line.count {
      if line[index] == key[0], line[index...].starts(with: key) { return line[(index + key.count)...] }
      index += 1
    }
    return nil
  }

  /// The first line from `start` on, which begins a line, whose path is not below the key; the end when there is none.
  func lowerBound(_ key: [UInt8], from start: Int) -> Int {
    var low = start
    var high = bytes.count
    while low < high {
      var line = low + (high - low) / 2
      while line > low, bytes[line - 1] != UInt8(ascii: "\n") { line -= 1 }
      if isBelow(path(at: line), key) {
        low = next(after: line)
      } else {
        high = line
      }
    }
    return low
  }

  private func endOfLine(from start: Int) -> Int {
    place(of: UInt8(ascii: "\n"), from: start, before: bytes.count)
  }

  /// The first offset of a byte, or the end of the search.
  private func place(of byte: UInt8, from start: Int, before end: Int) -> Int {
    guard start < end, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), end - start)
    else { return end }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private func isBelow(_ path: UnsafeBufferPointer<UInt8>, _ key: [UInt8]) -> Bool {
    for index in 0..<min(path.count, key.count) where path[index] != key[index] {
      return path[index] < key[index]
    }
    return path.count < key.count
  }
}

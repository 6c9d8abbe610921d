/// The last paths of a payload, each as one string with a number.
///
/// Payloads name the same nodes again and again. A path that was there lately is the same string, and its number tells
/// rules that they have looked at it before.
struct PathStrings {
  /// Entries are found by hash, one for each; the later path takes the place of the former.
  static let capacity = 4096
  private static let longest = 512

  private struct Entry {
    var hash: UInt64
    var number: UInt32
    var value: String
  }

  private var entries = [Entry?](repeating: nil, count: capacity)
  private var last: UInt32 = 0
  private let seed = UInt64.random(in: 0...UInt64.max)

  /// The text of some bytes, and its number; 0 for one that is too long to be kept.
  mutating func path(_ bytes: UnsafeBufferPointer<UInt8>) -> (value: String, number: UInt32) {
    guard bytes.count <= Self.longest else { return (String(decoding: bytes, as: UTF8.self), 0) }
    let hash = ByteHash.hash(bytes, seed: seed)
    let index = Int(truncatingIfNeeded: hash >> 32) & (Self.capacity - 1)
    if let entry = entries[index], entry.hash == hash, Self.isSame(entry.value, bytes) {
      return (entry.value, entry.number)
    }
    guard last < .max else { return (String(decoding: bytes, as: UTF8.self), 0) }
    last += 1
    let value = String(decoding: bytes, as: UTF8.self)
    entries[index] = Entry(hash: hash, number: last, value: value)
    return (value, last)
  }

  private static func isSame(_ value: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    value.utf8.withContiguousStorageIfAvailable { ByteHash.isSame($0, bytes) }
      ?? value.utf8.elementsEqual(bytes)
  }
}

/// A form of the report that is written piece by piece, so that its size does not matter.
package protocol FleetRendering {
  /// Gives the bytes of the report to `take`, in order; an error of `take` ends it.
  func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E)
}

extension FleetRendering {
  /// The whole report.
  package func bytes() -> [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return bytes
  }
}

/// Gathers small pieces into larger ones.
struct PieceBuffer {
  /// From so many bytes on a piece is passed on.
  private static let size = 1 << 16
  private var bytes: [UInt8] = []

  mutating func append(_ text: String) { bytes += text.utf8 }

  mutating func append(_ more: [UInt8]) { bytes += more }

  /// Passes on what is there once it is large enough.
  mutating func flushIfLarge<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    if bytes.count >= Self.size { try flush(take) }
  }

  /// Passes on what is there.
  mutating func flush<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    if !bytes.isEmpty { try take(bytes) }
    bytes.removeAll(keepingCapacity: true)
  }
}

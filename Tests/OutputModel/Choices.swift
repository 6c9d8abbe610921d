/// Where a run of the model takes its decisions from: a seeded generator, or the bytes of a fuzzer.
package struct Choices {
  private var bytes: ArraySlice<UInt8>?
  private var state: UInt64

  /// The same decisions for the same seed.
  package init(seed: UInt64) {
    state = seed &+ 0x9E37_79B9_7F4A_7C15
    bytes = nil
  }

  /// One decision a byte; when they are used up, the first of each.
  package init(bytes: [UInt8]) {
    state = 0
    self.bytes = bytes[...]
  }

  /// Whether there is anything left to decide.
  package var isOver: Bool { bytes?.isEmpty ?? false }

  /// A number below a bound.
  package mutating func below(_ bound: Int) -> Int {
    if bytes != nil { return Int(bytes?.popFirst() ?? 0) % bound }
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}

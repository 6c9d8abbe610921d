/// The hash function SM3 (GB/T 32905-2016, ISO/IEC 10118-3:2018), which TPMs sold in China have as a PCR bank and
/// swift-crypto does not have.
struct SM3 {
  private var state: [UInt32] = [
    0x7380_166F, 0x4914_B2B9, 0x1724_42D7, 0xDA8A_0600, 0xA96F_30BC, 0x1631_38AA, 0xE38D_EE4D, 0xB0FB_0E4E,
  ]
  private var block = [UInt8](repeating: 0, count: 64)
  private var filled = 0
  private var byteCount: UInt64 = 0
  private var words = [UInt32](repeating: 0, count: 68)

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount &+= UInt64(bytes.count)
    for byte in bytes { append(byte) }
  }

  mutating func finalize() -> [UInt8] {
    let bits = byteCount &* 8
    append(0x80)
    while filled != 56 { append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private mutating func append(_ byte: UInt8) {
    block[filled] = byte
    filled += 1
    if filled == 64 {
      compress()
      filled = 0
    }
  }

  private mutating func compress() {
    for index in 0..<16 {
      let at = index * 4
      words[index] =
        UInt32(block[at]) << 24 | UInt32(block[at + 1]) << 16 | UInt32(block[at + 2]) << 8
        | UInt32(block[at + 3])
    }
    for index in 16..<68 {
      let mixed = words[index - 16] ^ words[index - 9] ^ Self.rotate(words[index - 3], 15)
      let permuted = mixed ^ Self.rotate(mixed, 15) ^ Self.rotate(mixed, 23)
      words[index] = permuted ^ Self.rotate(words[index - 13], 7) ^ words[index - 6]
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let isEarly = index < 16
      let constant: UInt32 = isEarly ? 0x79CC_4519 : 0x7A87_9D8A
      let turned = Self.rotate(a, 12)
      let ss1 = Self.rotate(turned &+ e &+ Self.rotate(constant, UInt32(index % 32)), 7)
      let ff = isEarly ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
      let gg = isEarly ? e ^ f ^ g : (e & f) | (~e & g)
      let tt1 = ff &+ d &+ (ss1 ^ turned) &+ (words[index] ^ words[index + 4])
      let tt2 = gg &+ h &+ ss1 &+ words[index]
      (d, c, b, a) = (c, Self.rotate(b, 9), a, tt1)
      (h, g, f, e) = (g, Self.rotate(f, 19), e, tt2 ^ Self.rotate(tt2, 9) ^ Self.rotate(tt2, 17))
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] ^= word }
  }

  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    let count = count & 31
    return count == 0 ? word : word << count | word >> (32 - count)
  }
}

/// An RSA public key and its one operation, m^e mod n (RFC 8017, 5.2.2 RSAVP1 and 5.1.1 RSAEP).
///
/// swift-crypto offers RSA with paddings of its choice only; the TPM's signatures have salts of any length, and its secrets a label.
/// Everything here is public, so nothing takes care to run in constant time.
public struct RSAPublicKey: Hashable, Sendable {
  /// The modulus, most significant byte first, without leading zeros.
  public let modulus: [UInt8]
  /// The public exponent.
  public let exponent: UInt64

  /// The modulus as limbs, least significant first.
  private let limbs: [UInt64]
  /// -n^-1 mod 2^64, for Montgomery's reduction.
  private let negativeInverse: UInt64

  /// The longest modulus that is computed with, in bits.
  public static let greatestBitCount = 4096

  /// A key of a modulus, most significant byte first; leading zeros are left out. Nil for what is no RSA key: a modulus that is even, shorter
  /// than 512 bits or longer than ``greatestBitCount``, or an exponent that is even or 1.
  public init?(modulus: some Collection<UInt8>, exponent: UInt64) {
    let bytes = Array(modulus.drop { $0 == 0 })
    guard let last = bytes.last, last & 1 == 1, (64...Self.greatestBitCount / 8).contains(bytes.count),
      exponent > 1, exponent & 1 == 1
    else { return nil }
    self.modulus = bytes
    self.exponent = exponent
    limbs = Self.limbs(of: bytes, count: (bytes.count + 7) / 8)
    // Newton's iteration doubles the bits that are right: 3 of an odd number's inverse are its own.
    var inverse = limbs[0]
    for _ in 0..<5 { inverse = inverse &* (2 &- limbs[0] &* inverse) }
    negativeInverse = 0 &- inverse
  }

  /// How many bytes a message and a signature have.
  public var byteCount: Int { modulus.count }

  /// The length of the modulus in bits.
  public var bitCount: Int { modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0) }

  /// m^e mod n with ``byteCount`` bytes, most significant first; nil unless the message is below the modulus.
  public func raise(_ message: [UInt8]) -> [UInt8]? {
    let significant = Array(message.drop { $0 == 0 })
    guard significant.count <= modulus.count else { return nil }
    let value = Self.limbs(of: significant, count: limbs.count)
    guard !isAtLeastModulus(value) else { return nil }
    let base = product(value, squareOfRadix())
    var power = base
    for bit in (0..<(63 - exponent.leadingZeroBitCount)).reversed() {
      power = product(power, power)
      if exponent >> UInt64(bit) & 1 == 1 { power = product(power, base) }
    }
    var one = [UInt64](repeating: 0, count: limbs.count)
    one[0] = 1
    return bytes(of: product(power, one))
  }

  /// a * b / 2^(64 * limbs) mod n: Montgomery's multiplication, limb by limb.
  private func product(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    let count = limbs.count
    var sum = [UInt64](repeating: 0, count: count + 2)
    for limb in a {
      var carry: UInt64 = 0
      for index in 0..<count {
        (carry, sum[index]) = Self.multiplyAdd(limb, b[index], sum[index], carry)
      }
      var overflow: Bool
      (sum[count], overflow) = sum[count].addingReportingOverflow(carry)
      sum[count + 1] = overflow ? 1 : 0

      let factor = sum[0] &* negativeInverse
      (carry, _) = Self.multiplyAdd(factor, limbs[0], sum[0], 0)
      for index in 1..<count {
        (carry, sum[index - 1]) = Self.multiplyAdd(factor, limbs[index], sum[index], carry)
      }
      (sum[count - 1], overflow) = sum[count].addingReportingOverflow(carry)
      sum[count] = sum[count + 1] + (overflow ? 1 : 0)
    }
    var result = Array(sum[..<count])
    if sum[count] != 0 || isAtLeastModulus(result) { subtractModulus(from: &result) }
    return result
  }

  /// x * y + z + carry, which has room in two limbs.
  private static func multiplyAdd(
    _ x: UInt64, _ y: UInt64, _ z: UInt64, _ carry: UInt64
  ) -> (high: UInt64, low: UInt64) {
    let full = x.multipliedFullWidth(by: y)
    let (first, firstCarry) = full.low.addingReportingOverflow(z)
    let (second, secondCarry) = first.addingReportingOverflow(carry)
    return (full.high + (firstCarry ? 1 : 0) + (secondCarry ? 1 : 0), second)
  }

  /// 2^(2 * 64 * limbs) mod n, by doubling.
  private func squareOfRadix() -> [UInt64] {
    var value = [UInt64](repeating: 0, count: limbs.count)
    value[0] = 1
    for _ in 0..<2 * 64 * limbs.count {
      var carry: UInt64 = 0
      for index in value.indices {
        (value[index], carry) = (value[index] << 1 | carry, value[index] >> 63)
      }
      if carry != 0 || isAtLeastModulus(value) { subtractModulus(from: &value) }
    }
    return value
  }

  private func isAtLeastModulus(_ value: [UInt64]) -> Bool {
    for index in limbs.indices.reversed() where value[index] != limbs[index] {
      return value[index] > limbs[index]
    }
    return true
  }

  private func subtractModulus(from value: inout [UInt64]) {
    var borrow: UInt64 = 0
    for index in limbs.indices {
      let (first, firstBorrow) = value[index].subtractingReportingOverflow(limbs[index])
      let (second, secondBorrow) = first.subtractingReportingOverflow(borrow)
      value[index] = second
      borrow = firstBorrow || secondBorrow ? 1 : 0
    }
  }

  private static func limbs(of bytes: [UInt8], count: Int) -> [UInt64] {
    var limbs = [UInt64](repeating: 0, count: count)
    for (place, byte) in bytes.reversed().enumerated() {
      limbs[place / 8] |= UInt64(byte) << UInt64(place % 8 * 8)
    }
    return limbs
  }

  private func bytes(of limbs: [UInt64]) -> [UInt8] {
    (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: limbs[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }
}

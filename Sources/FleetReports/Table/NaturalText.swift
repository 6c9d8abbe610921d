/// A text whose runs of digits compare as numbers, and whose letters compare without case.
struct NaturalText: Comparable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.lowercased().utf8) }

  static func < (left: NaturalText, right: NaturalText) -> Bool {
    let (first, second) = (left.bytes, right.bytes)
    var (index, other) = (0, 0)
    while index < first.count, other < second.count {
      if isDigit(first[index]), isDigit(second[other]) {
        let (number, otherNumber) = (popNumber(first, &index), popNumber(second, &other))
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
      } else {
        if first[index] != second[other] { return first[index] < second[other] }
        index += 1
        other += 1
      }
    }
    if index < first.count || other < second.count { return other < second.count }
    // Only zeros before numbers can differ now.
    return first.lexicographicallyPrecedes(second)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// The digits from an index on, without leading zeros; the index moves behind them.
  private static func popNumber(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
    while index < bytes.count, bytes[index] == 0x30 { index += 1 }
    let start = index
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    return bytes[start..<index]
  }
}

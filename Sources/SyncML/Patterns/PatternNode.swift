/// The syntax tree of a pattern.
indirect enum PatternNode: Sendable {
  case empty
  case unit(UnitSet)
  case start, end
  /// `\b`, or `\B` when it is false.
  case boundary(Bool)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// `most` is nil for no bound.
  case repeated(PatternNode, least: Int, most: Int?)
}

/// A set of UTF-16 units, the alphabet in which Windows matches.
struct UnitSet: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var others: [ClosedRange<UInt16>] = []
  private(set) var isNegated = false

  /// `[0-9]`
  static let digits = UnitSet(["0"..."9"])
  /// `[0-9A-Za-z_]`
  static let word = UnitSet(["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
  static let space = UnitSet(["\t"..."\r", " "..." ", "\u{A0}"..."\u{A0}"])
  /// `.`
  static let anyButLineEnds = UnitSet(["\n"..."\n", "\r"..."\r", "\u{2028}"..."\u{2029}"]).negated

  init(_ ranges: [ClosedRange<Unicode.Scalar>] = []) {
    for range in ranges {
      insert(UInt16(clamping: range.lowerBound.value)...UInt16(clamping: range.upperBound.value))
    }
  }

  init(_ unit: UInt16, ignoringCase: Bool) {
    insert(unit...unit)
    if ignoringCase { foldCase() }
  }

  /// All that is not in the set.
  var negated: UnitSet {
    var copy = self
    copy.isNegated.toggle()
    return copy
  }

  func contains(_ unit: UInt16) -> Bool {
    let isIn: Bool
    if unit < 64 {
      isIn = low & (1 << UInt64(unit)) != 0
    } else if unit < 128 {
      isIn = high & (1 << UInt64(unit - 64)) != 0
    } else {
      isIn = others.contains { $0.contains(unit) }
    }
    return isIn != isNegated
  }

  mutating func insert(_ range: ClosedRange<UInt16>) {
    if range.upperBound >= 128 { others.append(max(range.lowerBound, 128)...range.upperBound) }
    guard range.lowerBound < 128 else { return }
    for unit in range.lowerBound...min(range.upperBound, 127) {
      if unit < 64 { low |= 1 << UInt64(unit) } else { high |= 1 << UInt64(unit - 64) }
    }
  }

  /// Adds the units of another set, which may be negated.
  mutating func insert(_ other: UnitSet) {
    guard other.isNegated else {
      low |= other.low
      high |= other.high
      others += other.others
      return
    }
    low |= ~other.low
    high |= ~other.high
    var next: UInt16 = 128
    for range in other.others.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { others.append(next...(range.lowerBound - 1)) }
      guard range.upperBound < .max else { return }
      next = max(next, range.upperBound + 1)
    }
    others.append(next...(.max))
  }

  /// Adds the other case of every ASCII letter: letters are 64 to 127, and their cases 32 apart.
  mutating func foldCase() {
    let capitals: UInt64 = 0x7FF_FFFE
    high |= (high & capitals) << 32 | (high >> 32) & capitals
  }
}

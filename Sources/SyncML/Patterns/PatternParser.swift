/// Reads the dialect that DDF files use: what .NET, ECMAScript and ICU have in common, with `(?i)` in the middle and
/// `/…/` around the whole.
struct PatternParser {
  private static let depthLimit = 32
  private static let countLimit = 1000

  private let units: [UInt16]
  private var index = 0
  private var ignoresCase = false
  private var depth = 0

  /// The tree of a pattern.
  static func parse(_ pattern: String) throws(PatternProblem) -> PatternNode {
    guard !pattern.isEmpty else { throw .isEmpty }
    let isPlain = !pattern.utf8.contains { "\\[](){}*+?|^$.".utf8.contains($0) }
    if isPlain, pattern.utf8.contains(UInt8(ascii: " ")) { throw .isProse }
    var parser = try PatternParser(pattern)
    let node = try parser.choice()
    guard parser.index == parser.units.count else { throw .unsupported("an unmatched ')'") }
    return node
  }

  private init(_ pattern: String) throws(PatternProblem) {
    var units = Array(pattern.utf16)
    let slash = code("/")
    if units.first == slash, let last = units.lastIndex(of: slash), last > 0 {
      let flags = units[(last + 1)...]
      guard flags.allSatisfy({ $0 == code("i") || $0 == code("g") || $0 == code("u") }) else {
        throw .unsupported("flags behind its last '/'")
      }
      ignoresCase = flags.contains(code("i"))
      units = Array(units[1..<last])
    }
    self.units = units
  }

  private var next: UInt16? { index < units.count ? units[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == code(scalar) else { return false }
    index += 1
    return true
  }

  private mutating func choice() throws(PatternProblem) -> PatternNode {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternProblem) -> PatternNode {
    var parts: [PatternNode] = []
    while let unit = next, unit != code("|"), unit != code(")") {
      guard let atom = try atom() else { continue }
      parts.append(try repeated(atom))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  /// One atom, or nil when a flag was read.
  private mutating func atom() throws(PatternProblem) -> PatternNode? {
    let unit = units[index]
    index += 1
    switch Unicode.Scalar(unit) {
    case "(": return try group()
    case "[": return .unit(try characterClass())
    case ".": return .unit(.anyButLineEnds)
    case "^": return .start
    case "$": return .end
    case "\\": return try escape()
    case "*", "+", "?": throw .unsupported("a quantifier behind nothing")
    case "{":
      // Engines differ on a brace that could be a quantifier and has nothing before it.
      if count(at: index) != nil { throw .unsupported("a quantifier behind nothing") }
      return .unit(UnitSet(unit, ignoringCase: false))
    default: return .unit(UnitSet(unit, ignoringCase: ignoresCase))
    }
  }

  /// What stands behind `(`; a flag in parentheses holds to the end of the group around it.
  private mutating func group() throws(PatternProblem) -> PatternNode? {
    let outer = ignoresCase
    if take("?") {
      if take("i") {
        ignoresCase = true
        if take(")") { return nil }
      }
      guard take(":") else { throw .unsupported("a look-around or another special group") }
    }
    depth += 1
    guard depth <= Self.depthLimit else { throw .isTooLarge }
    let node = try choice()
    guard take(")") else { throw .incomplete("a ')'") }
    depth -= 1
    ignoresCase = outer
    return node
  }

  private mutating func repeated(_ atom: PatternNode) throws(PatternProblem) -> PatternNode {
    let least: Int
    let most: Int?
    switch next.flatMap(Unicode.Scalar.init) {
    case "*": (least, most) = (0, nil)
    case "+": (least, most) = (1, nil)
    case "?": (least, most) = (0, 1)
    case "{":
      guard let bounds = count(at: index + 1) else { return atom }
      index = bounds.end - 1
      (least, most) = (bounds.least, bounds.most)
    default: return atom
    }
    index += 1
    guard least <= Self.countLimit, most ?? 0 <= Self.countLimit else { throw .isTooLarge }
    guard least <= most ?? .max else { throw .unsupported("a count whose bounds are exchanged") }
    // A lazy quantifier matches the same texts; a possessive one does not.
    if !take("?"),
      next == code("+") || next == code("*") || (next == code("{") && count(at: index + 1) != nil)
    {
      throw .unsupported("a quantifier behind a quantifier")
    }
    return .repeated(atom, least: least, most: most)
  }

  /// The bounds of `{n}`, `{n,}` or `{n,m}` behind its opening brace; nil when the brace stands for itself.
  private func count(at start: Int) -> (least: Int, most: Int?, end: Int)? {
    var at = start
    func number() -> Int? {
      let first = at
      var value = 0
      while at < units.count, (0x30...0x39).contains(units[at]) {
        value = min(value * 10 + Int(units[at] - 0x30), 1_000_000)
        at += 1
      }
      return at == first ? nil : value
    }
    guard let least = number(), at < units.count else { return nil }
    var most: Int? = least
    if units[at] == code(",") {
      at += 1
      most = number()
    }
    guard at < units.count, units[at] == code("}") else { return nil }
    return (least, most, at + 1)
  }

  /// What stands behind `\` outside of a class.
  private mutating func escape() throws(PatternProblem) -> PatternNode {
    switch next.flatMap(Unicode.Scalar.init) {
    case "b": index += 1; return .boundary(true)
    case "B": index += 1; return .boundary(false)
    case "A": index += 1; return .start
    case "z": index += 1; return .end
    default: return .unit(try escapedSet())
    }
  }

  /// What `\` and the letter behind it stand for, in a class and outside.
  private mutating func escapedSet() throws(PatternProblem) -> UnitSet {
    guard let unit = next else { throw .incomplete("a character behind '\\'") }
    index += 1
    switch Unicode.Scalar(unit) {
    case "d": return .digits
    case "D": return UnitSet.digits.negated
    case "w": return .word
    case "W": return UnitSet.word.negated
    case "s": return .space
    case "S": return UnitSet.space.negated
    case "t": return UnitSet(9, ignoringCase: false)
    case "n": return UnitSet(10, ignoringCase: false)
    case "v": return UnitSet(11, ignoringCase: false)
    case "f": return UnitSet(12, ignoringCase: false)
    case "r": return UnitSet(13, ignoringCase: false)
    case "x": return UnitSet(try hexadecimal(2), ignoringCase: ignoresCase)
    case "u": return UnitSet(try hexadecimal(4), ignoringCase: ignoresCase)
    default:
      guard !UnitSet.word.contains(unit) else {
        throw .unsupported("the escape '\\\(String(decoding: [unit], as: UTF16.self))'")
      }
      return UnitSet(unit, ignoringCase: false)
    }
  }

  private mutating func hexadecimal(_ digits: Int) throws(PatternProblem) -> UInt16 {
    guard index + digits <= units.count,
      let value = UInt16(String(decoding: units[index..<(index + digits)], as: UTF16.self), radix: 16)
    else { throw .incomplete("\(digits) hexadecimal digits") }
    index += digits
    return value
  }

  /// What stands behind `[`.
  private mutating func characterClass() throws(PatternProblem) -> UnitSet {
    let isNegated = take("^")
    // An empty class in one engine, a literal bracket in another.
    guard next != code("]") else { throw .unsupported("']' at the beginning of a class") }
    var set = UnitSet()
    while !take("]") {
      guard let unit = next else { throw .incomplete("a ']'") }
      if unit == code("["), index + 1 < units.count,
        [code(":"), code("="), code(".")].contains(units[index + 1])
      {
        throw .unsupported("a named class")
      }
      guard let low = try member(&set) else { continue }
      guard next == code("-"), index + 1 < units.count, units[index + 1] != code("]") else {
        set.insert(low...low)
        continue
      }
      index += 1
      guard let high = try member(&set) else {
        // `[a-\d]`: the hyphen stands for itself.
        set.insert(low...low)
        set.insert(code("-")...code("-"))
        continue
      }
      guard low <= high else { throw .unsupported("a range whose ends are exchanged") }
      set.insert(low...high)
    }
    if ignoresCase { set.foldCase() }
    return isNegated ? set.negated : set
  }

  /// A single member of a class; nil when it was a set, which is inserted.
  private mutating func member(_ set: inout UnitSet) throws(PatternProblem) -> UInt16? {
    guard let unit = next else { throw .incomplete("a ']'") }
    index += 1
    guard unit == code("\\") else { return unit }
    guard let escaped = next else { throw .incomplete("a character behind '\\'") }
    if escaped == code("b") {
      index += 1
      return 8
    }
    if "dDwWsS".utf16.contains(escaped) {
      set.insert(try escapedSet())
      return nil
    }
    if escaped == code("x") || escaped == code("u") {
      index += 1
      return try hexadecimal(escaped == code("x") ? 2 : 4)
    }
    if let control = [code("t"): 9, code("n"): 10, code("v"): 11, code("f"): 12, code("r"): 13][escaped] {
      index += 1
      return UInt16(control)
    }
    guard !UnitSet.word.contains(escaped) else {
      throw .unsupported("the escape '\\\(String(decoding: [escaped], as: UTF16.self))'")
    }
    index += 1
    return escaped
  }
}

/// The unit of an ASCII character.
private func code(_ scalar: Unicode.Scalar) -> UInt16 { UInt16(clamping: scalar.value) }

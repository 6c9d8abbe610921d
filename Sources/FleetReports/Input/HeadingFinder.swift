/// Finds the heading of a table and the separator of its fields.
///
/// A first line `sep=;`, as spreadsheets write and read it, tells the separator. Otherwise it is the one of comma, semicolon and tab that
/// the heading has most of, outside quotation marks.
struct HeadingFinder {
  /// The bytes of the heading, with the end of its line.
  private(set) var record: [UInt8] = []
  /// The line on which it begins.
  private(set) var line = 1
  /// The line behind it.
  private(set) var nextLine = 1
  private var declared: UInt8?
  private var isInQuotes = false
  private var follows13 = false
  private var isFound = false
  private let limits: FleetLimits

  init(limits: FleetLimits) { self.limits = limits }

  /// The separator, once the heading is found.
  var separator: UInt8 {
    if let declared { return declared }
    var counts: [UInt8: Int] = [:]
    var isInQuotes = false
    for byte in record {
      if byte == UInt8(ascii: "\"") {
        isInQuotes.toggle()
      } else if !isInQuotes {
        counts[byte, default: 0] += 1
      }
    }
    let comma = UInt8(ascii: ",")
    var best = comma
    for candidate in [UInt8(ascii: ";"), 0x09] where counts[candidate, default: 0] > counts[best, default: 0]
    {
      best = candidate
    }
    return best
  }

  /// Takes bytes up to the end of the heading off a text; whether that was reached.
  mutating func take(_ text: inout ArraySlice<UInt8>) -> Bool {
    while let byte = text.first {
      if follows13 {
        follows13 = false
        if byte == 0x0A {
          text.removeFirst()
          if isInQuotes { record.append(byte) }
          continue
        }
      }
      if isFound { return true }
      text.removeFirst()
      record.append(byte)
      if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
      if record.count > limits.rowBytes {
        // The scanner finds that it is too long.
        isFound = true
        return true
      }
      guard byte == 0x0A || byte == 0x0D else { continue }
      follows13 = byte == 0x0D
      nextLine += 1
      if !isInQuotes { endRecord() }
    }
    return isFound && !follows13
  }

  private mutating func endRecord() {
    if record.allSatisfy({ $0 <= 0x20 }) {
      drop()
    } else if line == 1, let separator = declaration {
      declared = separator
      drop()
    } else {
      isFound = true
    }
  }

  private mutating func drop() {
    record = []
    line = nextLine
  }

  /// The separator of a line `sep=;`, in quotation marks or not.
  private var declaration: UInt8? {
    let text = record.filter { $0 != 0x0A && $0 != 0x0D && $0 != UInt8(ascii: "\"") }
    guard text.count == 5, text.starts(with: "sep=".utf8), text[4] < 0x80 else { return nil }
    return text[4]
  }
}

/// Cuts a table into rows and fields, byte by byte (RFC 4180).
///
/// Beyond the standard: lines end in CRLF, LF or CR; the separator is any byte of ASCII; a quotation mark within a field that has none
/// at its beginning is text. A row that breaks the rules is still given, with what is wrong with it.
struct CSVScanner {
  /// A row of a table.
  struct Row {
    /// The line on which it begins.
    var line: Int
    /// The texts of the fields, each followed by a zero.
    var bytes: [UInt8] = []
    /// Where in `bytes` each field ends.
    var ends: [Int] = []
    /// Whether any field stood in quotation marks.
    var hasQuotes = false
    /// The first thing that is wrong with it.
    var fault: Fault?

    /// Whether it is an empty line, or one of blanks.
    var isBlank: Bool {
      ends.count <= 1 && !hasQuotes && fault == nil
        && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0 }
    }
  }

  /// What can be wrong with a row.
  enum Fault: Equatable {
    case tooLong
    case tooManyFields
    case zero
    case textBehindQuotationMark(field: Int)
    /// The field's quotation mark is never closed; the row swallowed all lines up to this one.
    case openQuotationMark(field: Int, lastLine: Int)
  }

  private enum State { case fieldStart, plain, quoted, quotationMark }

  private let separator: UInt8
  private let limits: FleetLimits
  private var state = State.fieldStart
  private var line: Int
  private var row: Row
  private var size = 0
  private var follows13 = false

  /// A scanner that is at the beginning of a line.
  init(separator: UInt8, line: Int, limits: FleetLimits) {
    self.separator = separator
    self.line = line
    self.limits = limits
    row = Row(line: line)
  }

  /// Takes the next bytes and gives each row that they complete. Blank lines are left out.
  mutating func scan(_ bytes: some Sequence<UInt8>, emit: (Row) throws(FleetInputError) -> Void)
    throws(FleetInputError)
  {
    for byte in bytes { try take(byte, emit) }
  }

  /// Gives the row that the end of the input completes.
  mutating func finish(emit: (Row) throws(FleetInputError) -> Void) throws(FleetInputError) {
    guard size > 0 else { return }
    if state == .quoted, row.fault == nil {
      row.fault = .openQuotationMark(field: row.ends.count + 1, lastLine: line)
    }
    endField()
    try endRow(emit)
  }

  private mutating func take(
    _ byte: UInt8, _ emit: (Row) throws(FleetInputError) -> Void
  ) throws(FleetInputError) {
    if byte == 0x0A, follows13 {
      follows13 = false
      if state == .quoted { append(byte) }
      return
    }
    follows13 = byte == 0x0D
    let endsLine = byte == 0x0A || byte == 0x0D
    if !endsLine || state == .quoted { size += 1 }
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") {
        state = .quotationMark
        return
      }
      append(byte)
      guard endsLine else { return }
      line += 1
      // A row of this length lacks a quotation mark somewhere; the next line is as good a place as any to go on.
      if row.fault == .tooLong { try endRow(emit, lineIsCounted: true) }
    case .quotationMark where byte == UInt8(ascii: "\""):
      append(byte)
      state = .quoted
    case .fieldStart where byte == UInt8(ascii: "\""):
      row.hasQuotes = true
      state = .quoted
    case .quotationMark, .fieldStart, .plain:
      if byte == separator {
        endField()
        state = .fieldStart
      } else if endsLine {
        endField()
        try endRow(emit)
      } else {
        if state == .quotationMark { fail(.textBehindQuotationMark(field: row.ends.count + 1)) }
        append(byte)
        state = .plain
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard size <= limits.rowBytes else {
      fail(.tooLong)
      return
    }
    if byte == 0 { fail(.zero) }
    row.bytes.append(byte)
  }

  private mutating func endField() {
    guard row.ends.count < limits.columns else {
      fail(.tooManyFields)
      return
    }
    row.ends.append(row.bytes.count)
    row.bytes.append(0)
  }

  private mutating func fail(_ fault: Fault) {
    // How long the row is matters most: it decides where reading goes on.
    if row.fault == nil || fault == .tooLong { row.fault = fault }
  }

  private mutating func endRow(
    _ emit: (Row) throws(FleetInputError) -> Void, lineIsCounted: Bool = false
  ) throws(FleetInputError) {
    if !lineIsCounted { line += 1 }
    state = .fieldStart
    size = 0
    if !row.isBlank { try emit(row) }
    row.line = line
    row.bytes.removeAll(keepingCapacity: true)
    row.ends.removeAll(keepingCapacity: true)
    row.hasQuotes = false
    row.fault = nil
  }
}

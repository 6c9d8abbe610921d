import DeviceProbes
import Diagnostics
import PolicyModel

/// Reads a table: its separator, its heading, and the rows below.
struct TableInput {
  private enum Stage {
    /// The lines up to the end of the heading.
    case heading(HeadingFinder)
    case rows(CSVScanner, Heading)
  }

  private struct Heading {
    let fields: [FleetField]
    /// The places of the fields that the mapping knows.
    let mapped: [Int]
  }

  private let devices: FleetDeviceReader
  private let limits: FleetLimits
  private var book: FleetFieldBook
  private var stage: Stage
  private var encoding = RowEncoding()
  private var hasRows = false

  init(devices: FleetDeviceReader, limits: FleetLimits) {
    self.devices = devices
    self.limits = limits
    book = FleetFieldBook(mapping: devices.mapping)
    stage = .heading(HeadingFinder(limits: limits))
  }

  var notes: [String] {
    guard case .rows = stage else { return [] }
    return [FleetNotes.unmapped(book), hasRows ? nil : "the input has a heading and no rows"].compactMap {
      $0
    }
  }

  mutating func read(
    _ text: [UInt8], isMarked: Bool, _ emit: (FleetEntry) -> Void
  ) throws(FleetInputError) {
    if isMarked { encoding.isUTF8 = true }
    var text = text[...]
    if case .heading(var finder) = stage {
      let isFound = finder.take(&text)
      stage = .heading(finder)
      guard isFound else { return }
      try beginRows(finder)
    }
    guard case .rows(var scanner, let heading) = stage else { return }
    // The scanner's buffers have one owner while it runs.
    stage = .heading(HeadingFinder(limits: limits))
    defer { stage = .rows(scanner, heading) }
    try scanner.scan(text) { row throws(FleetInputError) in emit(entry(of: row, heading)) }
  }

  mutating func finish(_ emit: (FleetEntry) -> Void) throws(FleetInputError) {
    if case .heading(let finder) = stage { try beginRows(finder) }
    guard case .rows(var scanner, let heading) = stage else { return }
    try scanner.finish { row throws(FleetInputError) in emit(entry(of: row, heading)) }
    stage = .rows(scanner, heading)
  }

  private mutating func beginRows(_ finder: HeadingFinder) throws(FleetInputError) {
    var scanner = CSVScanner(separator: finder.separator, line: finder.line, limits: limits)
    var found: CSVScanner.Row?
    try scanner.scan(finder.record) { row throws(FleetInputError) in found = row }
    try scanner.finish { row throws(FleetInputError) in found = row }
    guard let row = found else {
      throw FleetInputError(
        line: 1, message: "the input is empty; a table has a heading and a row for each device")
    }
    if let fault = row.fault {
      throw FleetInputError(line: row.line, message: "in the heading, \(reason(fault))")
    }
    let fields: [FleetField]
    switch encoding.decode(row) {
    case .texts(let texts): fields = try self.fields(texts, line: row.line)
    case .fault(let reason): throw FleetInputError(line: row.line, message: "in the heading, \(reason)")
    }
    stage = .rows(
      CSVScanner(separator: finder.separator, line: finder.nextLine, limits: limits),
      Heading(fields: fields, mapped: fields.indices.filter { fields[$0].isMapped }))
  }

  private mutating func fields(_ names: [String], line: Int) throws(FleetInputError) -> [FleetField] {
    var fields: [FleetField] = []
    var seen: Set<String> = []
    for name in names {
      let field = book.field(named: withoutBlanks(name))
      if !field.folded.isEmpty, !seen.insert(field.folded).inserted {
        throw FleetInputError(
          line: line, message: "the heading has the column '\(shortened(field.name))' twice")
      }
      fields.append(field)
    }
    guard fields.contains(where: \.isMapped) else {
      throw FleetInputError(line: line, message: FleetNotes.nothingKnown(fields.map(\.name), book.mapping))
    }
    return fields
  }

  private mutating func entry(of row: CSVScanner.Row, _ heading: Heading) -> FleetEntry {
    hasRows = true
    func problem(_ reason: String) -> FleetEntry {
      .problem(FleetProblem(line: row.line, reason: reason))
    }
    if let fault = row.fault { return problem(reason(fault)) }
    guard row.ends.count == heading.fields.count else {
      return problem("the row has \(counted(row.ends.count)), and the heading has \(heading.fields.count)")
    }
    guard row.bytes.contains(where: { $0 > 0x20 }) else { return problem("every field of the row is empty") }
    switch encoding.decode(row, only: heading.mapped) {
    case .fault(let reason): return problem(reason)
    case .texts(let texts):
      var cells: [(field: FleetField, cell: FleetCell)] = []
      cells.reserveCapacity(texts.count)
      for (place, text) in zip(heading.mapped, texts) { cells.append((heading.fields[place], .text(text))) }
      return .device(devices.device(line: row.line, cells: cells))
    }
  }

  private func counted(_ fields: Int) -> String { fields == 1 ? "1 field" : "\(fields) fields" }

  private func reason(_ fault: CSVScanner.Fault) -> String {
    switch fault {
    case .tooLong:
      "the row has more than \(limits.rowBytes) bytes; a quotation mark may be missing in it"
    case .tooManyFields: "the row has more than \(limits.columns) fields"
    case .zero: "the row holds zero bytes; save the file as UTF-8"
    case .textBehindQuotationMark(let field):
      "in field \(field), text stands behind the closing quotation mark; a quotation mark within a field is written twice"
    case .openQuotationMark(let field, let lastLine):
      "the quotation mark that opens field \(field) is never closed"
        + (lastLine > 0 ? ", so that nothing is read up to the end, line \(lastLine)" : "")
    }
  }
}

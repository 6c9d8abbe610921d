import CSPCatalog
import Diagnostics
import PolicyModel

/// Reads devices from JSON.
struct JSONInput {
  /// How deep arrays and objects of a device may nest.
  private static let depth = 32
  /// How long the name of an object may be whose members are looked at.
  private static let longestPrefix = 256

  private let devices: FleetDeviceReader?
  private let limits: FleetLimits
  private var book: FleetFieldBook?
  private var scanner: JSONScanner
  private var hasEntries = false

  /// Nothing to read.
  static let none = JSONInput()

  private init() {
    devices = nil
    limits = FleetLimits()
    scanner = JSONScanner(limits: limits)
  }

  init(devices: FleetDeviceReader, limits: FleetLimits) {
    self.devices = devices
    self.limits = limits
    book = FleetFieldBook(mapping: devices.mapping)
    scanner = JSONScanner(limits: limits)
  }

  var notes: [String] {
    var notes: [String] = []
    if let book, let note = FleetNotes.unmapped(book) { notes.append(note) }
    if !hasEntries { notes.append("the input has no devices") }
    if scanner.remainder.hasNextPage {
      notes.append(
        "an answer of Graph has a next page (@odata.nextLink); its devices are read only if they are in the input too"
      )
    }
    return notes
  }

  mutating func read(_ text: [UInt8], _ emit: (FleetEntry) -> Void) {
    var scanner = scanner
    self.scanner = Self.none.scanner
    scanner.scan(text) { piece in emit(entry(of: piece)) }
    self.scanner = scanner
  }

  mutating func finish(_ emit: (FleetEntry) -> Void) throws(FleetInputError) {
    var scanner = scanner
    scanner.finish { piece in emit(entry(of: piece)) }
    self.scanner = scanner
    if let line = scanner.remainder.openArray {
      hasEntries = true
      emit(
        .problem(
          FleetProblem(
            line: line, reason: "the array or answer that begins here does not end; the input may be cut")))
    }
    guard hasEntries || scanner.isArrayRead else {
      throw FleetInputError(line: 1, message: "the input is empty; it has a JSON object for each device")
    }
  }

  private mutating func entry(of piece: JSONScanner.Piece) -> FleetEntry {
    hasEntries = true
    func problem(_ reason: String) -> FleetEntry {
      .problem(FleetProblem(line: piece.line, reason: reason))
    }
    guard let devices else { return problem("it was not read") }
    guard !piece.isTooLong else { return problem("the object has more than \(limits.rowBytes) bytes") }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(
        parsing: piece.bytes,
        limits: JSONLimits(bytes: limits.rowBytes, depth: Self.depth, keepsNumbersAsText: true))
    } catch {
      let place = error.position.line > 1 ? "line \(piece.line + error.position.line - 1), " : ""
      return problem("\(place)column \(error.position.column): \(shortened(error.problem, limit: 200))")
    }
    guard case .object(let members) = value else { return problem("expected an object, found \(value.kind)") }
    guard let cells = cells(of: members) else {
      return problem("the object has more than \(limits.columns) members")
    }
    guard cells.contains(where: { $0.field.isMapped }) else {
      return problem(FleetNotes.nothingKnown(cells.map(\.field.name), devices.mapping))
    }
    return .device(devices.device(line: piece.line, cells: cells.filter { $0.field.isMapped }))
  }

  /// The members of an object, those of objects in it by names with dots; nil when there are too many.
  private mutating func cells(of members: [JSONMember]) -> [(field: FleetField, cell: FleetCell)]? {
    var cells: [(field: FleetField, cell: FleetCell)] = []
    var pending: [(prefix: String, members: [JSONMember], next: Int)] = [("", members, 0)]
    while let level = pending.last {
      guard level.next < level.members.count else {
        pending.removeLast()
        continue
      }
      pending[pending.count - 1].next += 1
      let member = level.members[level.next]
      let name = level.prefix + member.name
      guard let field = book?.field(named: name), cells.count < limits.columns else { return nil }
      switch member.value {
      case .object(let inner):
        if field.fact != nil {
          cells.append((field, Self.fact(inner)))
        } else if name.utf8.count > Self.longestPrefix {
          cells.append((field, .other(kind: "an object")))
        } else {
          pending.append((name + ".", inner, 0))
        }
      case .string(let text): cells.append((field, .text(text)))
      case .integer(let number): cells.append((field, .text(String(number))))
      case .bool(let flag): cells.append((field, .text(flag ? "true" : "false")))
      case .null: cells.append((field, .silent))
      case .array: cells.append((field, .other(kind: member.value.kind)))
      }
    }
    return cells
  }

  /// A fact as `policyc probe` writes it: its value, or why there is none, and who said so.
  private static func fact(_ members: [JSONMember]) -> FleetCell {
    var cell: FleetCell?
    for member in members {
      switch (member.name, member.value) {
      case ("value", .string(let text)) where cell == nil: cell = .text(text)
      case ("value", .integer(let number)) where cell == nil: cell = .text(String(number))
      case ("value", .bool(let flag)) where cell == nil: cell = .text(flag ? "true" : "false")
      case ("value", .null) where cell == nil: cell = .silent
      case ("unknown", .string(let reason)) where cell == nil:
        cell = .unknown(reason: shortened(reason, limit: 400))
      case ("source", _), ("level", _), ("note", _): continue
      default: return .other(kind: "an object with '\(shortened(member.name))'")
      }
    }
    return cell ?? .other(kind: "an object without a value")
  }
}

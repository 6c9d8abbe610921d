import PolicyModel

/// The rows in a file of osquery's, by table.
///
/// Three forms are read: an object of table names and their rows, the rows of one table as `osqueryi --json` prints them, and the
/// lines of the results log, each an event or a snapshot of a query.
struct OsqueryFile: Hashable, Sendable {
  /// The rows of each table that the file has; none when a table is empty.
  private(set) var rows: [OsqueryTable: [OsqueryRow]] = [:]

  /// The largest file that is read, in bytes.
  static let byteLimit = 16 << 20

  /// Reads a file in UTF-8, or in UTF-16, which PowerShell makes of it.
  init(_ bytes: [UInt8]) throws(SnapshotError) {
    let values = try Self.values(in: ToolEncoding.decode(bytes[...]).text)
    if values.allSatisfy(Self.isLogged) {
      try readLog(values)
    } else if let value = values.first, values.count == 1 {
      try readTables(value)
    } else {
      throw SnapshotError("the lines are JSON, and not all of them are results that osquery logged", at: nil)
    }
    guard !rows.isEmpty else {
      let names = OsqueryTable.allCases.map(\.rawValue).joined(separator: ", ")
      throw SnapshotError("it has no rows of a table that is read, which are \(names)", at: nil)
    }
  }

  /// Takes rows that were read already, by the names of their tables.
  init(tables: [JSONMember]) throws(SnapshotError) { try readTables(.object(tables)) }

  /// The one value of a file, or the values of its lines.
  private static func values(in text: [UInt8]) throws(SnapshotError) -> [JSONValue] {
    let limits = JSONLimits(bytes: 2 * byteLimit, depth: 16)
    let refusal: JSONError
    do throws(JSONError) {
      return [try JSONValue(parsing: text, limits: limits)]
    } catch {
      refusal = error
    }
    var values: [JSONValue] = []
    for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let value = try? JSONValue(parsing: Array(line), limits: limits), isLogged(value) else {
        throw SnapshotError(refusal)
      }
      values.append(value)
    }
    if values.isEmpty { throw SnapshotError(refusal) }
    return values
  }

  /// Whether a value is a line of the results log.
  private static func isLogged(_ value: JSONValue) -> Bool {
    value["name"] != nil && value["action"] != nil && (value["columns"] != nil || value["snapshot"] != nil)
  }

  private mutating func readTables(_ value: JSONValue) throws(SnapshotError) {
    switch value {
    case .object(let members):
      for member in members {
        guard let table = OsqueryTable(named: member.name) else { continue }
        try add(member.value, to: table)
      }
    case .array(let items):
      guard let first = items.first, let table = OsqueryTable(rowWithColumns: first) else { return }
      try add(.array(items), to: table)
    default: throw SnapshotError("expected tables with their rows, found \(value.kind)", at: nil)
    }
  }

  private mutating func add(_ value: JSONValue, to table: OsqueryTable) throws(SnapshotError) {
    // PowerShell writes one row without its array.
    let items: [JSONValue]
    if case .array(let list) = value { items = list } else { items = [value] }
    var found: [OsqueryRow] = []
    for item in items {
      guard let row = OsqueryRow(item, of: table) else {
        throw SnapshotError(
          "the table '\(table.rawValue)' has \(item.kind) among its rows, which are objects", at: nil)
      }
      found.append(row)
    }
    rows[table, default: []] += found
  }

  /// Follows the log: a snapshot takes the place of the one before, an event adds or removes a row.
  private mutating func readLog(_ values: [JSONValue]) throws(SnapshotError) {
    // Rows by what they say, with their places in the log.
    var queries: [String: [JSONValue: Int]] = [:]
    var place = 0
    for value in values {
      guard case .string(let name)? = value["name"] else { continue }
      if case .array(let items)? = value["snapshot"] {
        queries[name] = [:]
        for item in items {
          place += 1
          queries[name, default: [:]][item] = place
        }
      } else if let columns = value["columns"] {
        place += 1
        queries[name, default: [:]][columns] = value["action"] == .string("removed") ? nil : place
      }
    }
    for query in queries.sorted(by: { $0.key < $1.key }) {
      for row in query.value.sorted(by: { $0.value < $1.value }) {
        guard let table = OsqueryTable(rowWithColumns: row.key) else { continue }
        try add(row.key, to: table)
      }
    }
  }
}

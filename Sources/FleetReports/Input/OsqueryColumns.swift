import DeviceProbes
import PolicyModel

/// The columns of a row that are named `TABLE.COLUMN` after osquery's, brought together as rows of its tables.
struct OsqueryColumns {
  private var tables: [String: [JSONMember]] = [:]
  private var told: Set<String> = []

  /// The table and the column of a name such as `tpm_info.spec_version`; nil for another name.
  static func split(_ name: String) -> (table: String, column: String)? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, OsqueryProbe.hasTable(named: String(parts[0])) else {
      return nil
    }
    return (String(parts[0]), String(parts[1]))
  }

  /// Adds what the row has in a column.
  mutating func add(_ cell: FleetCell, to name: (table: String, column: String)) {
    let text: String
    switch cell {
    case .text(let told): text = withoutBlanks(told)
    case .silent, .unknown, .other: text = ""
    }
    tables[name.table, default: []].append(JSONMember(name.column, .string(text)))
    if !text.isEmpty { told.insert(name.table) }
  }

  /// What the tables say of facts. A table of which the row has nothing had no row on the host, as a left join shows it.
  func observations(of wanted: Set<String>, source: String) -> [String: Observation] {
    guard !tables.isEmpty else { return [:] }
    let rows = tables.map { table, members in
      JSONMember(table, .array(told.contains(table) ? [.object(members)] : []))
    }
    return OsqueryProbe.observations(inTables: rows, of: wanted, source: source)
  }
}

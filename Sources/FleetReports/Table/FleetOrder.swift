import PolicyModel

/// The order of the devices in the report.
///
/// Numbers within a text count as numbers, so that builds, versions and dates of the form 2025-02-14 stand as they should; case does
/// not matter. Statuses and verdicts stand in the order of their lists, rules in that of the policy. What a device lacks comes
/// last, whichever the direction, and devices that are equal keep the order of the input.
package struct FleetOrder: Hashable, Sendable {
  /// The column that decides.
  package var column: ReportColumn
  /// Whether the greatest comes first.
  package var isDescending: Bool

  /// An order by a column.
  package init(_ column: ReportColumn, isDescending: Bool = false) {
    self.column = column
    self.isDescending = isDescending
  }

  /// Reads `COLUMN`, `COLUMN:asc` or `COLUMN:desc`.
  ///
  /// - Throws: a column or a direction that there is not.
  package init(_ text: String) throws(FleetChoiceError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let column = ReportColumn(id: parts[0]) else {
      throw FleetChoiceError("there is no column", parts[0], known: ReportColumn.allCases.map(\.id))
    }
    let direction = parts.count > 1 ? parts[1] : "asc"
    guard direction == "asc" || direction == "desc" else {
      throw FleetChoiceError("there is no direction", direction, known: ["asc", "desc"])
    }
    self.init(column, isDescending: direction == "desc")
  }

  /// What a device is ordered by; nil where it has nothing in the column.
  private enum Key {
    case text(NaturalText)
    case numbers([Int])

    func precedes(_ other: Key) -> Bool {
      switch (self, other) {
      case (.text(let left), .text(let right)): left < right
      case (.numbers(let left), .numbers(let right)): left.lexicographicallyPrecedes(right)
      case (.text, .numbers), (.numbers, .text): false
      }
    }
  }

  /// The rows in this order.
  package func sorted(_ rows: [FleetRow]) -> [FleetRow] {
    let keys = rows.map(key)
    let places = rows.indices.sorted { left, right in
      switch (keys[left], keys[right]) {
      case (nil, nil): break
      case (nil, _): return false
      case (_, nil): return true
      case (let first?, let second?):
        if first.precedes(second) { return !isDescending }
        if second.precedes(first) { return isDescending }
      }
      return (rows[left].line, left) < (rows[right].line, right)
    }
    return places.map { rows[$0] }
  }

  private func key(of row: FleetRow) -> Key? {
    switch column {
    case .told(let column): row.texts[column].map { .text(NaturalText($0)) }
    case .attestationStatus: place(of: row.state, unlike: .unknown)
    case .statusDetail: row.statuses.first.flatMap { place(of: $0) }
    case .otherStatuses:
      numbers(row.statuses.dropFirst().compactMap { KnownStatus.allCases.firstIndex(of: $0) })
    case .verdict: place(of: row.verdict)
    case .branch: row.branch.map { .numbers([Int($0.build)]) }
    case .failedRules: numbers(row.failed)
    case .unknownRules: numbers(row.unknown)
    case .warnings: numbers(row.warned)
    case .remedies: numbers(row.remedies.compactMap { KnownRemedy.allCases.firstIndex(of: $0) })
    case .line: .numbers([row.line])
    }
  }

  private func numbers(_ numbers: [Int]) -> Key? { numbers.isEmpty ? nil : .numbers(numbers) }

  /// The place of a value in the list of all; none for the one that stands for not knowing.
  private func place<T: CaseIterable & Equatable>(of value: T, unlike unknown: T? = nil) -> Key? {
    if value == unknown { return nil }
    return Array(T.allCases).firstIndex(of: value).map { .numbers([$0]) }
  }
}

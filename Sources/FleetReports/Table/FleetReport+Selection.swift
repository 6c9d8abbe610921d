extension FleetReport {
  /// The report with those of its devices that a filter lets through. The counts stay those of all rows.
  package func filtered(by filter: FleetFilter) -> FleetReport {
    guard !filter.isOpen else { return self }
    var report = self
    report.rows.removeAll { !filter.admits($0) }
    return report
  }

  /// The report with its devices in an order.
  package func sorted(by order: FleetOrder) -> FleetReport {
    var report = self
    report.rows = order.sorted(rows)
    return report
  }
}

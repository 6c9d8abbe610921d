import PolicyModel

/// The report as one JSON document, canonical (RFC 8785) and on one line; docs/fleet-report.schema.json describes it.
package struct FleetJSON: FleetRendering {
  private let values: FleetValues

  /// A report; it is the same in every language.
  package init(_ report: FleetReport) { values = FleetValues(report: report) }

  /// Writes the members in the order of their names, as canonical JSON asks.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var buffer = PieceBuffer()
    buffer.append(#"{"counts":"#)
    buffer.append(values.counts.document)
    buffer.append(#","devices":["#)
    for (index, row) in values.report.rows.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(JSONValue.object(values.device(row)).document)
      try buffer.flushIfLarge(take)
    }
    buffer.append(#"],"policy":"#)
    buffer.append(values.policy.document)
    buffer.append(#","problems":["#)
    for (index, problem) in values.report.problems.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(JSONValue.object(values.problem(problem)).document)
      try buffer.flushIfLarge(take)
    }
    buffer.append(#"],"repeated":"#)
    buffer.append(values.repeats.document)
    buffer.append(",\"schema\":1}\n")
    try buffer.flush(take)
  }
}

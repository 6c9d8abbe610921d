import PolicyModel

/// The report as lines of JSON: one a device, then one a row that could not be read, and at the end one with the counts.
/// The member `type` tells them apart.
package struct FleetLines: FleetRendering {
  private let values: FleetValues

  /// A report; it is the same in every language.
  package init(_ report: FleetReport) { values = FleetValues(report: report) }

  /// Gives the lines: devices, problems, the summary.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var buffer = PieceBuffer()
    for row in values.report.rows {
      buffer.append(line("device", values.device(row)))
      try buffer.flushIfLarge(take)
    }
    for problem in values.report.problems {
      buffer.append(line("problem", values.problem(problem)))
      try buffer.flushIfLarge(take)
    }
    let summary = [
      JSONMember("counts", values.counts), JSONMember("policy", values.policy),
      JSONMember("repeated", values.repeats), JSONMember("schema", .integer(1)),
    ]
    buffer.append(line("summary", summary))
    try buffer.flush(take)
  }

  private func line(_ type: String, _ members: [JSONMember]) -> [UInt8] {
    JSONValue.object(members + [JSONMember("type", .string(type))]).line
  }
}

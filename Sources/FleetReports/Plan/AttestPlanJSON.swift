import PolicyModel

/// A plan as canonical JSON (RFC 8785) with a line feed at the end; docs/plan-attest.schema.json describes it.
package struct AttestPlanJSON: FleetRendering {
  private let plan: AttestPlan

  /// A plan; it is the same in every language.
  package init(_ plan: AttestPlan) { self.plan = plan }

  /// Writes the members in the order of their names, as canonical JSON asks.
  package func write<E: Error>(_ take: ([UInt8]) throws(E) -> Void) throws(E) {
    var buffer = PieceBuffer()
    buffer.append(#"{"action":"#)
    buffer.append(Self.action.document)
    buffer.append(#","after_mending":"#)
    try write(plan.afterMending, to: &buffer, take)
    buffer.append(#","counts":"#)
    buffer.append(counts.document)
    buffer.append(#","format":"policyc-attest-plan","left_out":["#)
    for (index, row) in plan.omitted.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(value(of: row).document)
      try buffer.flushIfLarge(take)
    }
    buffer.append(#"],"now":"#)
    try write(plan.now, to: &buffer, take)
    buffer.append(#","policy":"#)
    let name = JSONValue.string(plan.policy.name)
    let version = JSONValue.string(plan.policy.version.description)
    buffer.append(object(("name", name), ("version", version)).document)
    buffer.append(",\"version\":1}\n")
    try buffer.flush(take)
  }

  private func write<E: Error>(
    _ stage: AttestPlan.Stage, to buffer: inout PieceBuffer, _ take: ([UInt8]) throws(E) -> Void
  ) throws(E) {
    buffer.append(#"{"batches":["#)
    for (index, batch) in stage.batches.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(value(of: batch).document)
      try buffer.flushIfLarge(take)
    }
    buffer.append("],\"devices\":\(stage.count),\"seconds\":\(stage.seconds)}")
  }

  private static var action: JSONValue {
    object(
      ("name", .string(AttestAction.name)), ("method", .string("POST")),
      ("url", .string(AttestAction.batchURL)),
      ("permission", .string(AttestAction.permission)),
      ("role_permissions", .array(AttestAction.rolePermissions.map { .string($0) })),
      ("devices_per_batch", integer(AttestAction.devicesPerBatch)),
      ("seconds_between_batches", integer(AttestAction.secondsBetweenBatches)),
      ("requests_per_call", integer(AttestAction.requestsPerCall)),
      ("seconds_of_attestation", integer(AttestAction.secondsOfAttestation)))
  }

  private var counts: JSONValue {
    object(
      ("rows", integer(plan.rows)), ("now", integer(plan.now.count)),
      ("after_mending", integer(plan.afterMending.count)),
      ("left_out", integer(plan.omitted.count)),
      (
        "left_out_by_reason",
        .object(plan.reasons.map { JSONMember($0.name, integer($0.count)) })
      ), ("unreadable", integer(plan.unreadable)))
  }

  private func value(of batch: AttestPlan.Batch) -> JSONValue {
    object(
      ("start_seconds", integer(batch.start)), ("devices", .array(batch.devices.map(value))),
      ("calls", .array(batch.calls.map(call))))
  }

  private func value(of device: AttestPlan.Device) -> JSONValue {
    object(
      ("id", .string(device.id.description)), ("name", device.name.map { .string($0) }),
      ("line", integer(device.line)), ("statuses", .array(device.statuses.map { .string($0.rawValue) })),
      ("remedies", .array(device.remedies.map { .string($0.rawValue) })))
  }

  /// The body of a JSON batch. Graph wants headers and an empty body even of an action that takes none; the ID of a request is that of its
  /// device, so that the answer to it tells whose it is.
  private func call(_ devices: ArraySlice<AttestPlan.Device>) -> JSONValue {
    object(
      (
        "requests",
        .array(
          devices.map { device in
            object(
              ("id", .string(device.id.description)), ("method", .string("POST")),
              ("url", .string(AttestAction.path(of: device.id))),
              ("headers", object(("Content-Type", .string("application/json")))), ("body", .object([])))
          })
      ))
  }

  private func value(of omitted: AttestPlan.Omitted) -> JSONValue {
    var status: KnownStatus?
    var line: Int?
    switch omitted.reason {
    case .retryCannotHelp(let decisive): status = decisive
    case .sameDevice(let other), .contradicted(let other): line = other
    default: break
    }
    return object(
      ("line", integer(omitted.row.line)), ("id", omitted.row.texts[.deviceID].map { .string($0) }),
      ("name", omitted.row.texts[.deviceName].map { .string($0) }),
      ("reason", .string(omitted.reason.name)), ("status", status.map { .string($0.rawValue) }),
      ("other_line", line.map(integer)))
  }
}

private func integer(_ number: Int) -> JSONValue { .exact(Int64(number)) }

private func object(_ members: (String, JSONValue?)...) -> JSONValue {
  .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
}

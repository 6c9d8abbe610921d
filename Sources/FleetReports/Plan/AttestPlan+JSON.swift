import PolicyModel

extension AttestPlan {
  /// The plan as canonical JSON (RFC 8785) with a line feed at the end, as docs/plan-attest.schema.json describes it.
  public func json() -> [UInt8] { value.canonicalBytes() + [UInt8(ascii: "\n")] }

  private var value: JSONValue {
    object(
      ("format", .string("policyc-attest-plan")), ("version", .integer(1)),
      ("policy", object(("name", .string(policy.name)), ("version", .string(policy.version.description)))),
      ("action", Self.action), ("counts", counts), ("now", value(of: now)),
      ("after_mending", value(of: afterMending)), ("left_out", .array(omitted.map(value))))
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
      ("rows", integer(rows)), ("now", integer(now.count)), ("after_mending", integer(afterMending.count)),
      ("left_out", integer(omitted.count)),
      (
        "left_out_by_reason",
        .object(reasons.map { JSONMember($0.name, integer($0.count)) })
      ), ("unreadable", integer(unreadable)))
  }

  private func value(of stage: Stage) -> JSONValue {
    object(
      ("devices", integer(stage.count)), ("seconds", integer(stage.seconds)),
      (
        "batches",
        .array(
          stage.batches.map { batch in
            object(
              ("start_seconds", integer(batch.start)), ("devices", .array(batch.devices.map(value))),
              ("calls", .array(batch.calls.map(call))))
          })
      ))
  }

  private func value(of device: Device) -> JSONValue {
    object(
      ("id", .string(device.id.description)), ("name", device.name.map { .string($0) }),
      ("line", integer(device.line)), ("statuses", .array(device.statuses.map { .string($0.rawValue) })),
      ("remedies", .array(device.remedies.map { .string($0.rawValue) })))
  }

  /// The body of a JSON batch. Graph wants headers and an empty body even of an action that takes none; the ID of a request is that of its
  /// device, so that the answer to it tells whose it is.
  private func call(_ devices: ArraySlice<Device>) -> JSONValue {
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

  private func value(of omitted: Omitted) -> JSONValue {
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

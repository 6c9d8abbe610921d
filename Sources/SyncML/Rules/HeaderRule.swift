import XMLInput

/// SM1202, SM1203: the fields of the header.
struct HeaderRule: PayloadRule {
  mutating func header(_ header: PayloadHeader, _ report: inout FindingSink) {
    judge(header.verDTD, named: "VerDTD", expected: SyncMLMessage.dtdVersion, &report)
    judge(header.verProto, named: "VerProto", expected: SyncMLMessage.protocolVersion, &report)
    if let session = header.sessionID, !Placeholder.isIn(session.value),
      session.trimmed.isEmpty || session.trimmed.utf8.count > 4
    {
      report.report(
        PayloadFinding(
          "SM1203",
          "SessionID '\(clipped(session.trimmed))' has \(session.trimmed.utf8.count) bytes; it takes 1 to 4",
          at: session.position, label: "expected 1 to 4 bytes",
          help: ["number sessions in hexadecimal: 0 to FFFF"],
          status: .badRequest))
    }
    if let message = header.msgID, !Placeholder.isIn(message.value) {
      let number = UInt32(message.trimmed)
      if number == nil || number == 0 {
        report.report(
          PayloadFinding(
            "SM1203", "MsgID '\(clipped(message.trimmed))' is no number of a message; messages count from 1",
            at: message.position, label: "expected 1, 2, 3 …",
            help: ["number the messages of a session from 1"],
            status: .badRequest))
      }
    }
    for (location, name) in [(header.target, "Target"), (header.source, "Source")] {
      guard let location, location.trimmed.isEmpty, !location.hasElements else { continue }
      report.report(
        PayloadFinding(
          "SM1203", "the LocURI of \(name) in SyncHdr is empty", at: location.position, label: "empty",
          help: [name == "Target" ? "name the device" : "name the address of the server"], status: .badRequest
        ))
    }
  }

  private func judge(
    _ field: PayloadText?, named name: String, expected: String, _ report: inout FindingSink
  ) {
    guard let field, field.trimmed != expected, !Placeholder.isIn(field.value) else { return }
    report.report(
      PayloadFinding(
        "SM1202", "\(name) is '\(clipped(field.trimmed))'; Windows takes '\(expected)'", at: field.position,
        label: "expected \(expected)", help: ["write <\(name)>\(expected)</\(name)>"], status: .badRequest))
  }
}

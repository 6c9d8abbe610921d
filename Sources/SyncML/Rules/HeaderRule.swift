import XMLInput

/// SM1202, SM1203: the fields of the header.
struct HeaderRule: PayloadRule {
  let keepsAccount = false

  mutating func header(_ header: PayloadHeader, _ report: inout FindingSink) {
    let versions = header.namespace == SyncMLMessage.formerNamespace ? ["1.1", "1.2"] : ["1.2"]
    judge(header.verDTD, named: "VerDTD", expected: versions, &report)
    judge(header.verProto, named: "VerProto", expected: versions.map { "DM/" + $0 }, &report)
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

  /// The first version is that of the namespace. Others are taken beside it, as servers mix the two, and told.
  private func judge(
    _ field: PayloadText?, named name: String, expected: [String], _ report: inout FindingSink
  ) {
    guard let field, let first = expected.first, field.trimmed != first, !Placeholder.isIn(field.value) else {
      return
    }
    let isMixed = expected.contains { $0 == field.trimmed }
    report.report(
      PayloadFinding(
        "SM1202", isMixed ? .warning : .error,
        "\(name) is '\(clipped(field.trimmed))'; a message of this namespace has '\(first)'",
        at: field.position, label: "expected \(first)", help: ["write <\(name)>\(first)</\(name)>"],
        status: isMixed ? nil : .badRequest, fix: PayloadFix("write \(first)", replacing: field, with: first))
    )
  }
}

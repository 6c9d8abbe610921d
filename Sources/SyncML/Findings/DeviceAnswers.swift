import Diagnostics

/// What the numbers mean that a device answers commands with, and those that consoles show in their place.
///
/// The numbers are OMA's (SyncML Representation Protocol 1.2, response status codes); what Windows answers when is from Microsoft's
/// description of OMA DM in Windows.
package enum DeviceAnswers {
  /// The page of a number, or nil when it is none of a device's answers.
  ///
  /// - Parameter text: A status (`404`), or the error code that Windows makes of it, `0x87D10194` or `-2016345708`.
  package static func page(of text: String) -> StatusPage? {
    guard let number = number(of: text) else { return nil }
    if let page = codes.first(where: { $0.number == number }) {
      return StatusPage(
        name: hexadecimal(number), spellings: ["\(Int32(truncatingIfNeeded: number))"], title: page.title,
        cause: page.cause, cure: page.cure)
    }
    let status = number & 0xFFFF_0000 == facility ? number & 0xFFFF : number
    guard let row = statuses.first(where: { $0.number == status }) else { return nil }
    let code = facility | status
    // What went well has no error code.
    let spellings = status < 400 ? [] : [hexadecimal(code), "\(Int32(truncatingIfNeeded: code))"]
    return StatusPage(
      name: "\(status)", spellings: spellings, title: row.title, cause: row.cause, cure: row.cure)
  }

  /// The upper half of the error codes that Windows and Intune make of a status.
  private static let facility: UInt32 = 0x87D1_0000

  private static func number(of text: String) -> UInt32? {
    let text = text.lowercased()
    if text.hasPrefix("0x") { return UInt32(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("-") { return Int32(text).map { UInt32(bitPattern: $0) } }
    return UInt32(text)
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(8 - digits.utf8.count, 0)) + digits
  }

  private struct Row {
    let number: UInt32
    let title: String
    let cause: String
    let cure: String

    init(_ number: UInt32, _ title: String, cause: String, cure: String) {
      self.number = number
      self.title = title
      self.cause = cause
      self.cure = cure
    }
  }

  /// Codes of Intune that are no status of a device.
  private static let codes: [Row] = [
    Row(
      0x87D1_FDE8, "the setting could not be applied",
      cause:
        "Intune shows it when the device answered a setting with an error, or did not have the value afterwards; it does not say with which.",
      cure:
        "Run policyc validate on the payload: it names the command that a device refuses and its likely status. On the device, the event log DeviceManagement-Enterprise-Diagnostics-Provider/Admin has the status."
    )
  ]

  private static let statuses: [Row] = [
    Row(
      200, "done",
      cause: "The device carried the command out.",
      cure: "Nothing."),
    Row(
      202, "accepted",
      cause:
        "The device took the command and works on it; the result comes later, in an alert or in a node that reports it. Exec of a node that takes long is answered so.",
      cure: "Read the node that reports the outcome, such as AttestStatus after TriggerAttestation."),
    Row(
      212, "signed in",
      cause: "The device accepts the server's credentials for the whole session.",
      cure: "Nothing."),
    Row(
      213, "part accepted",
      cause: "The device keeps one part of an item that is sent in several.",
      cure: "Send the other parts; only the last is answered with the result."),
    Row(
      214, "cancelled",
      cause: "The command was carried out, and the device takes no more in this session.",
      cure: "Send the rest in the next session."),
    Row(
      215, "not carried out",
      cause: "Somebody at the device refused the command.",
      cure: "Ask the user, or use a command that asks nobody."),
    Row(
      216, "rolled back",
      cause: "The command was one of an Atomic that failed, and what it did is undone.",
      cure: "Look for the command of the same Atomic whose status is neither 216 nor 507: it is the cause."),
    Row(
      400, "malformed",
      cause:
        "The device cannot read the command: an element is missing, misplaced or not a command at all. A command without a CmdID is answered so too.",
      cure: "Run policyc validate on the message: the structure is judged by the codes SM11xx to SM13xx."),
    Row(
      401, "not signed in",
      cause: "The server's credentials are wrong.",
      cure: "Renew the credentials of the enrollment. The payload is not at fault."),
    Row(
      403, "forbidden",
      cause: "The device understands the command and refuses it to this server, whatever its credentials.",
      cure: "Look for another management that owns the setting, such as Group Policy or a second enrollment."),
    Row(
      404, "no such node",
      cause:
        "The path names no node on this device: it is misspelt, belongs to another scope, was removed, needs a newer build or another edition, or is an instance that nobody has made yet. A Get of a setting that was never set is answered so too.",
      cure:
        "Run policyc catalog show on the path for its builds and editions, and policyc validate on the payload with --targets for the devices."
    ),
    Row(
      405, "command not allowed",
      cause:
        "The node exists and does not accept the command, such as Replace on a node that only reports. A command for a user in a session of the device is answered so too.",
      cure: "Run policyc catalog show on the path: it lists the commands that the node accepts."),
    Row(
      406, "not supported",
      cause:
        "The node exists, and the device does not support what is asked of it, such as a property in the query of the path.",
      cure: "Leave the query out, or ask for another property."),
    Row(
      407, "sign-in needed",
      cause: "The device asks the server to sign in first.",
      cure: "Send the credentials that the device asks for. The payload is not at fault."),
    Row(
      409, "conflict",
      cause: "Another change of the same data stands in the way.",
      cure: "Read the node, then send the change again."),
    Row(
      410, "gone",
      cause: "The target was there and is not any more.",
      cure: "Stop addressing it."),
    Row(
      412, "incomplete",
      cause: "A part of the command is missing or wrongly formed.",
      cure: "Run policyc validate on the payload."),
    Row(
      413, "too large",
      cause: "The device does not take so much in one message.",
      cure: "Send less at a time; DevDetail and the message header say how much the device takes."),
    Row(
      414, "path too long",
      cause: "The path is longer than the device allows.",
      cure: "Shorten the names that you choose yourself; DevDetail/URI reports the limits."),
    Row(
      415, "type or format not supported",
      cause: "The Format or Type of the item is not that of the node, such as chr where the node takes int.",
      cure: "Run policyc catalog show on the path for the node's format."),
    Row(
      416, "size too large",
      cause: "The size that the item announces is more than the device takes.",
      cure: "Send less, or in parts."),
    Row(
      418, "already there",
      cause: "Add names an instance that exists.",
      cure: "Use Replace, or Delete the instance before."),
    Row(
      420, "device full",
      cause: "The device has no room for the data.",
      cure: "Free space on the device."),
    Row(
      424, "size does not match",
      cause: "The parts of an item are together not as long as the item said.",
      cure: "Send the item again with its true size."),
    Row(
      425, "access denied",
      cause: "The node's access list does not allow this server the command.",
      cure: "Look at which server owns the node: another enrollment, or a setting that is locked."),
    Row(
      427, "not empty",
      cause: "The node cannot be deleted while others are below it.",
      cure: "Delete those below it first."),
    Row(
      500, "command failed",
      cause:
        "The component behind the node refused the value or failed, and Windows has no better status for why. A value outside of the allowed ones is mostly answered so, as is an Atomic or a Get inside an Atomic.",
      cure:
        "Run policyc validate on the payload for the value; then read the device's event log DeviceManagement-Enterprise-Diagnostics-Provider/Admin for the component's own error."
    ),
    Row(
      501, "not implemented",
      cause: "The device does not know the command at all.",
      cure: "Use another command; Copy, Move and Search are not for Windows."),
    Row(
      503, "busy",
      cause: "The device cannot work on the command now.",
      cure: "Send it again later."),
    Row(
      505, "version not supported",
      cause: "VerDTD of the message is not one that the device takes.",
      cure: "Write 1.2."),
    Row(
      506, "error in processing",
      cause: "The device failed while it worked on the command.",
      cure: "Send it again; if it fails again, read the event log of the device."),
    Row(
      507, "Atomic failed",
      cause: "A command of the Atomic failed, so that none of them is carried out.",
      cure: "Look for the command in the same Atomic with another status than 216 and 507: it is the cause."),
    Row(
      510, "store failure",
      cause: "The device could not read or write the data behind the node.",
      cure: "Read the event log of the device."),
    Row(
      513, "protocol not supported",
      cause: "VerProto of the message is not one that the device takes.",
      cure: "Write DM/1.2."),
    Row(
      516, "not rolled back",
      cause: "A command of an Atomic failed, and what another had done could not be undone.",
      cure: "Read what the nodes of the Atomic hold now, and set each of them anew."),
    Row(
      517, "answer too large",
      cause: "The answers to the commands of an Atomic do not fit into one message.",
      cure: "Put fewer commands into the Atomic."),
  ]
}

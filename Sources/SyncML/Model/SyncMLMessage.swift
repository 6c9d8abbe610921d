/// One SyncML 1.2 message of OMA DM 1.2, as a management server sends it to a Windows device.
///
/// `VerDTD` and `VerProto` are not fields: Windows takes `1.2` and `DM/1.2` and nothing else.
package struct SyncMLMessage: Hashable, Sendable {
  /// The value of `VerDTD`.
  package static let dtdVersion = "1.2"
  /// The value of `VerProto`.
  package static let protocolVersion = "DM/1.2"
  /// The namespace of the root element and of everything below it except `Format` and `Type`.
  package static let namespace = "SYNCML:SYNCML1.2"
  /// The namespace of SyncML 1.1, which Windows' documents use beside that of 1.2.
  static let formerNamespace = "SYNCML:SYNCML1.1"
  /// The namespace of what stands inside `Meta`.
  package static let metaNamespace = "syncml:metinf"

  /// At most four bytes, opaque to the device.
  package var sessionID: String
  /// The number of the message in its session, from 1.
  package var messageID: String
  /// The `LocURI` of the device.
  package var target: String
  /// The `LocURI` of the server.
  package var source: String
  /// The commands in the order in which the device carries them out.
  package var commands: [SyncMLCommand]
  /// Whether this is the last message of its package (`Final`).
  package var isFinal: Bool

  /// A message; the first and only one of its session unless said otherwise.
  package init(
    sessionID: String = "1", messageID: String = "1", target: String, source: String,
    commands: [SyncMLCommand], isFinal: Bool = true
  ) {
    self.sessionID = sessionID
    self.messageID = messageID
    self.target = target
    self.source = source
    self.commands = commands
    self.isFinal = isFinal
  }

  /// The same message with the CmdIDs that ``SyncMLWriter`` gives: 1, 2, 3 … in document order, an Atomic before
  /// what it holds.
  package func numbered() -> SyncMLMessage {
    var message = self
    var next = 1
    SyncMLCommand.number(&message.commands, next: &next)
    return message
  }
}

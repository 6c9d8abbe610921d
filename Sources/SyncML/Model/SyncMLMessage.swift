/// One SyncML 1.2 message of OMA DM 1.2, as a management server sends it to a Windows device.
///
/// `VerDTD` and `VerProto` are not fields: Windows takes `1.2` and `DM/1.2` and nothing else.
public struct SyncMLMessage: Hashable, Sendable {
  /// The value of `VerDTD`.
  public static let dtdVersion = "1.2"
  /// The value of `VerProto`.
  public static let protocolVersion = "DM/1.2"
  /// The namespace of the root element and of everything below it except `Format` and `Type`.
  public static let namespace = "SYNCML:SYNCML1.2"
  /// The namespace of SyncML 1.1, which Windows' documents use beside that of 1.2.
  static let formerNamespace = "SYNCML:SYNCML1.1"
  /// The namespace of what stands inside `Meta`.
  public static let metaNamespace = "syncml:metinf"

  /// At most four bytes, opaque to the device.
  public var sessionID: String
  /// The number of the message in its session, from 1.
  public var messageID: String
  /// The `LocURI` of the device.
  public var target: String
  /// The `LocURI` of the server.
  public var source: String
  /// The commands in the order in which the device carries them out.
  public var commands: [SyncMLCommand]
  /// Whether this is the last message of its package (`Final`).
  public var isFinal: Bool

  /// A message; the first and only one of its session unless said otherwise.
  public init(
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
  public func numbered() -> SyncMLMessage {
    var message = self
    var next = 1
    SyncMLCommand.number(&message.commands, next: &next)
    return message
  }
}

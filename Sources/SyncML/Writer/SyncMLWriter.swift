/// What the writer made: the document, and which command each CmdID stands for.
package struct SyncMLOutput: Hashable, Sendable {
  /// UTF-8 with an XML declaration, LF line ends, a line feed at the end.
  package let bytes: [UInt8]
  /// For each command its place in the message: `[2]` is `commands[2]`, `[2, 0]` is `commands[2].commands[0]`.
  /// The command at index `i` has CmdID `i + 1`.
  package let commandPaths: [[Int]]

  /// The place of the command with a CmdID, or nil when the document has none of that number.
  package func path(ofCmdID id: Int) -> [Int]? {
    commandPaths.indices.contains(id - 1) ? commandPaths[id - 1] : nil
  }
}

/// Writes a message as Windows' DM client takes it.
///
/// Elements stand in the order of the SyncML 1.2 DTD (MS-MDM 2.2.2: no validation, but 'explicit order'). The same
/// message always gives the same bytes.
package struct SyncMLWriter: Sendable {
  /// A writer has no settings.
  package init() {}

  /// The document for a message. CmdIDs count from 1 in document order.
  package func write(_ message: SyncMLMessage) throws(SyncMLWriteError) -> SyncMLOutput {
    guard !message.commands.isEmpty else { throw .noCommand }
    var run = Run()
    run.xml.line(0, #"<?xml version="1.0" encoding="UTF-8"?>"#)
    run.xml.line(0, #"<SyncML xmlns="\#(SyncMLMessage.namespace)">"#)
    try run.header(message)
    run.xml.line(1, "<SyncBody>")
    for (index, command) in message.commands.enumerated() {
      try run.command(command, path: [index], depth: 2, inAtomic: false)
    }
    if message.isFinal { run.xml.line(2, "<Final/>") }
    run.xml.line(1, "</SyncBody>")
    run.xml.line(0, "</SyncML>")
    return SyncMLOutput(bytes: run.xml.bytes, commandPaths: run.paths)
  }
}

/// The state of one writing.
private struct Run {
  var xml = XMLText()
  var paths: [[Int]] = []

  mutating func header(_ message: SyncMLMessage) throws(SyncMLWriteError) {
    xml.line(1, "<SyncHdr>")
    try element("VerDTD", SyncMLMessage.dtdVersion, depth: 2, path: [])
    try element("VerProto", SyncMLMessage.protocolVersion, depth: 2, path: [])
    try element("SessionID", message.sessionID, depth: 2, path: [])
    try element("MsgID", message.messageID, depth: 2, path: [])
    try location("Target", message.target, depth: 2, path: [])
    try location("Source", message.source, depth: 2, path: [])
    xml.line(1, "</SyncHdr>")
  }

  mutating func command(
    _ command: SyncMLCommand, path: [Int], depth: Int, inAtomic: Bool
  ) throws(SyncMLWriteError) {
    let verb = command.verb
    try check(command, path: path, inAtomic: inAtomic)
    paths.append(path)
    xml.line(depth, "<\(verb.rawValue)>")
    try element("CmdID", String(paths.count), depth: depth + 1, path: path)
    if verb == .alert, let data = command.data { try element("Data", data, depth: depth + 1, path: path) }
    if verb != .alert { try meta(command.meta, depth: depth + 1, path: path) }
    for (index, nested) in command.commands.enumerated() {
      try self.command(
        nested, path: path + [index], depth: depth + 1, inAtomic: inAtomic || verb == .atomic)
    }
    for each in command.items { try item(each, depth: depth + 1, path: path) }
    xml.line(depth, "</\(verb.rawValue)>")
  }

  private func check(_ command: SyncMLCommand, path: [Int], inAtomic: Bool) throws(SyncMLWriteError) {
    let verb = command.verb
    if inAtomic, verb == .get || verb == .alert || verb.isGroup {
      throw .notAllowedInAtomic(verb, command: path)
    }
    switch verb {
    case .status, .results: throw .notWritable(verb, command: path)
    case .atomic, .sequence:
      guard !command.commands.isEmpty else { throw .emptyCommand(verb, command: path) }
    case .exec:
      guard command.items.count == 1 else {
        throw .execNeedsOneItem(found: command.items.count, command: path)
      }
    case .alert:
      guard command.data != nil else { throw .emptyCommand(verb, command: path) }
    case .add, .replace, .delete, .get, .copy:
      guard !command.items.isEmpty else { throw .emptyCommand(verb, command: path) }
    }
  }

  private mutating func item(_ item: SyncMLItem, depth: Int, path: [Int]) throws(SyncMLWriteError) {
    xml.line(depth, "<Item>")
    if let target = item.target { try location("Target", target, depth: depth + 1, path: path) }
    if let source = item.source { try location("Source", source, depth: depth + 1, path: path) }
    try meta(item.meta, depth: depth + 1, path: path)
    if let data = item.data {
      try element("Data", data, style: item.dataStyle, depth: depth + 1, path: path)
    }
    xml.line(depth, "</Item>")
  }

  private mutating func meta(_ meta: SyncMLMeta, depth: Int, path: [Int]) throws(SyncMLWriteError) {
    guard !meta.isEmpty else { return }
    let namespace = #" xmlns="\#(SyncMLMessage.metaNamespace)""#
    xml.line(depth, "<Meta>")
    if let format = meta.format {
      try element("Format", format.rawValue, attributes: namespace, depth: depth + 1, path: path)
    }
    if let type = meta.type {
      try element("Type", type, attributes: namespace, depth: depth + 1, path: path)
    }
    xml.line(depth, "</Meta>")
  }

  private mutating func location(
    _ name: String, _ uri: String, depth: Int, path: [Int]
  ) throws(SyncMLWriteError) {
    xml.line(depth, "<\(name)>")
    try element("LocURI", uri, depth: depth + 1, path: path)
    xml.line(depth, "</\(name)>")
  }

  private mutating func element(
    _ name: String, _ text: String, attributes: String = "", style: SyncMLDataStyle = .escaped, depth: Int,
    path: [Int]
  ) throws(SyncMLWriteError) {
    xml.open(depth, "<\(name)\(attributes)>")
    let forbidden =
      switch style {
      case .escaped: xml.escaped(text)
      case .cdata: xml.cdata(text)
      }
    if let forbidden { throw .forbiddenCharacter(scalar: forbidden, field: name, command: path) }
    xml.close("</\(name)>")
  }
}

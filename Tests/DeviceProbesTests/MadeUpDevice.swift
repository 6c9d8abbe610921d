import SyncML

/// A device that answers the Gets of a payload from a table of nodes, as Windows words it.
struct MadeUpDevice {
  /// Format and Data by the path of the node.
  var nodes: [String: (format: String, data: String)] = [:]
  /// The status of nodes that are not in the table.
  var otherwise = "404"
  /// Whether a Status names the node that it speaks of.
  var namesTargets = false

  /// The answer to a payload.
  func answer(to payload: [UInt8]) throws -> String {
    let request = try SyncMLReader().read(payload)
    var body = status(1, of: "0", "SyncHdr", code: "200", target: nil)
    var id = 2
    for command in request.commands {
      let path = command.items.first?.target ?? ""
      let node = command.verb == .get ? nodes[path] : nil
      let code = command.verb == .get && node == nil ? otherwise : "200"
      body += status(id, of: command.cmdID ?? "", command.verb.rawValue, code: code, target: path)
      id += 1
      guard let node else { continue }
      body +=
        "<Results><CmdID>\(id)</CmdID><MsgRef>1</MsgRef><CmdRef>\(command.cmdID ?? "")</CmdRef>"
        + Self.item(path, format: node.format, data: node.data) + "</Results>"
      id += 1
    }
    return Self.message(body)
  }

  private func status(_ id: Int, of command: String, _ verb: String, code: String, target: String?) -> String
  {
    let reference = namesTargets ? target.map { "<TargetRef>\($0)</TargetRef>" } ?? "" : ""
    return "<Status><CmdID>\(id)</CmdID><MsgRef>1</MsgRef><CmdRef>\(command)</CmdRef><Cmd>\(verb)</Cmd>"
      + "\(reference)<Data>\(code)</Data></Status>"
  }

  /// A message of the device.
  static func message(_ body: String, id: Int = 1, namespace: String = "SYNCML:SYNCML1.2") -> String {
    """
    <SyncML xmlns="\(namespace)"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
    <SessionID>1</SessionID><MsgID>\(id)</MsgID><Target><LocURI>https://mdm.example</LocURI></Target>\
    <Source><LocURI>urn:uuid:00000000-0000-0000-0000-000000000000</LocURI></Source></SyncHdr>\
    <SyncBody>\(body)<Final/></SyncBody></SyncML>
    """
  }

  /// An item of Results. The data is XML as it stands.
  static func item(_ path: String, format: String? = "chr", data: String?) -> String {
    let meta = format.map { "<Meta><Format xmlns=\"syncml:metinf\">\($0)</Format></Meta>" } ?? ""
    let data = data.map { "<Data>\($0)</Data>" } ?? ""
    return "<Item><Source><LocURI>\(path)</LocURI></Source>\(meta)\(data)</Item>"
  }

  /// Results alone.
  static func results(
    _ path: String, format: String? = "chr", data: String?, message: String? = "1", command: String = "2"
  ) -> String {
    let reference = message.map { "<MsgRef>\($0)</MsgRef>" } ?? ""
    return "<Results><CmdID>3</CmdID>\(reference)<CmdRef>\(command)</CmdRef>"
      + item(path, format: format, data: data) + "</Results>"
  }

  /// A Status of a Get.
  static func status(_ code: String, command: String = "2", message: String = "1", target: String? = nil)
    -> String
  {
    let reference = target.map { "<TargetRef>\($0)</TargetRef>" } ?? ""
    return "<Status><CmdID>2</CmdID><MsgRef>\(message)</MsgRef><CmdRef>\(command)</CmdRef><Cmd>Get</Cmd>"
      + "\(reference)<Data>\(code)</Data></Status>"
  }
}

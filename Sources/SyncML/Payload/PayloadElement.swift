/// An element of SyncML 1.2 or of its `Meta` vocabulary, as far as Windows' DM client knows it.
enum PayloadElement: UInt8, Hashable, Sendable, CaseIterable {
  case
    syncML, syncHdr, syncBody, verDTD, verProto, sessionID, msgID, target, source, respURI, noResp, cred,
    meta, add, replace, delete, get, exec, copy, atomic, sequence, alert, status, results, cmdID, lang,
    archive, sftDel, correlator, item, data, moreData, sourceParent, targetParent, locURI, locName, filter,
    msgRef, cmdRef, cmd, targetRef, sourceRef, chal, final, fieldLevel, format, type, mark, size, anchor,
    version, nextNonce, maxMsgSize, maxObjSize, emi, mem

  /// The names in the order of the cases.
  private static let names = [
    "SyncML", "SyncHdr", "SyncBody", "VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source",
    "RespURI", "NoResp", "Cred", "Meta", "Add", "Replace", "Delete", "Get", "Exec", "Copy", "Atomic",
    "Sequence", "Alert", "Status", "Results", "CmdID", "Lang", "Archive", "SftDel", "Correlator", "Item",
    "Data", "MoreData", "SourceParent", "TargetParent", "LocURI", "LocName", "Filter", "MsgRef", "CmdRef",
    "Cmd", "TargetRef", "SourceRef", "Chal", "Final", "FieldLevel", "Format", "Type", "Mark", "Size",
    "Anchor", "Version", "NextNonce", "MaxMsgSize", "MaxObjSize", "EMI", "Mem",
  ]

  /// The name as SyncML spells it.
  var name: String { Self.names[Int(rawValue)] }

  /// Whether it belongs into the namespace `syncml:metinf`.
  var isMetInf: Bool {
    switch self {
    case .fieldLevel, .format, .type, .mark, .size, .anchor, .version, .nextNonce, .maxMsgSize, .maxObjSize,
      .emi,
      .mem:
      true
    default: false
    }
  }

  /// The command that the element is, or nil.
  var verb: SyncMLVerb? { Self.verbs[Int(rawValue)] }

  private static let verbs = names.map { SyncMLVerb(rawValue: $0) }

  /// The element of a name in exactly this spelling.
  static func named(_ name: String) -> PayloadElement? { byName[name] }

  /// The element whose name differs from this one only in the case of its letters.
  static func named(ignoringCase name: String) -> PayloadElement? {
    guard name.utf8.count <= 16 else { return nil }
    return byLowercasedName[name.lowercased()]
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
  private static let byLowercasedName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.name.lowercased(), $0) })
}

import Diagnostics
import XMLInput

/// SM11xx and the root: what a ``PayloadFault`` means to a device, and how to mend it.
///
/// A whole message is judged as what a device gets. In a fragment that a server completes, order and the namespaces of
/// `Format` and `Type` are warnings: servers that take fragments write the message anew.
enum StructureRule {
  static func finding(for fault: PayloadFault, at position: SourcePosition, isLenient: Bool)
    -> PayloadFinding
  {
    switch fault {
    case .unknownRoot(let name): unknownRoot(name, at: position)
    case .rootNamespace(let name): rootNamespace(name, at: position)
    case .secondRoot(let element, let first): secondRoot(element, behind: first, at: position)
    case .unknownElement(let name, let parent): unknownElement(name, parent, at: position)
    case .wrongCase(let name, let element):
      PayloadFinding(
        "SM1102", "element \(clipped(name)) is spelled \(element.name) in SyncML; names are case-sensitive",
        at: position, label: "expected \(element.name)", help: ["write <\(element.name)>"],
        status: .badRequest, fix: PayloadFix("write \(element.name)", .name(element.name)))
    case .wrongNamespace(let element, let found, let expected):
      wrongNamespace(element, found, expected, at: position, isLenient: isLenient)
    case .misplaced(let element, let parent): misplaced(element, parent, at: position)
    case .outOfOrder(let element, let later, let parent):
      outOfOrder(element, later, parent, at: position, isLenient: isLenient)
    case .repeated(let element, let parent):
      PayloadFinding(
        "SM1106", "\(parent.name) has a second \(element.name); it takes one", at: position,
        label: "second \(element.name)", status: .badRequest)
    case .missing(let elements, let parent): missing(elements, parent, at: position)
    case .strayText(let text, let parent): strayText(text, parent, at: position)
    case .elementInText(let name, let parent): elementInText(name, parent, at: position)
    case .markupInLocURI(let what):
      PayloadFinding(
        "SM1401", "LocURI holds \(what); a device reads plain text only", at: position,
        label: "expected text", help: ["write the path as plain text between <LocURI> and </LocURI>"])
    case .rawXMLInData(let name):
      PayloadFinding(
        "SM1501", "Data holds the element \(clipped(name)) as XML of the message itself; a value is text",
        at: position,
        label: "escape this",
        help: ["write &lt;\(clipped(name)) … &gt;, or put the value into <![CDATA[ … ]]>"],
        status: .badRequest, fix: PayloadFix("escape the value", .escape(within: "Data")))
    case .attribute(let name, let element):
      PayloadFinding(
        "SM1110", "\(element.name) has the attribute \(clipped(name)), which SyncML does not know",
        at: position,
        label: "has an attribute", help: ["remove the attribute"])
    case .processingInstruction(let target):
      PayloadFinding(
        "SM1004", "the payload has the processing instruction '\(clipped(target))'", at: position,
        label: "not part of SyncML", help: ["remove it"])
    }
  }

  private static func outOfOrder(
    _ element: PayloadElement, _ later: PayloadElement, _ parent: PayloadElement, at position: SourcePosition,
    isLenient: Bool
  ) -> PayloadFinding {
    PayloadFinding(
      "SM1105", isLenient ? .warning : .error,
      "\(element.name) stands after \(later.name) in \(parent.name); SyncML wants it before",
      at: position, label: "belongs before \(later.name)",
      help: ["move \(element.name) before \(later.name)"], status: isLenient ? nil : .badRequest)
  }

  private static func strayText(_ text: String, _ parent: PayloadElement?, at position: SourcePosition)
    -> PayloadFinding
  {
    let place = parent.map { "in \($0.name), between elements" } ?? "outside of any command"
    let isInvisible = text.unicodeScalars.allSatisfy(LocURIRule.isHiddenOrSpace)
    let first = text.unicodeScalars.first { !$0.isASCII }?.value ?? 0
    let what =
      isInvisible
      ? "a character that does not show (U+\(String(first, radix: 16, uppercase: true)))"
      : "text '\(clipped(trimmedXML(text), limit: 40))'"
    return PayloadFinding(
      "SM1108", "\(what) stands \(place)", at: position,
      label: isInvisible ? "no white space of XML" : "only elements belong here",
      help: isInvisible ? ["write blanks: this often comes from copying out of a web page"] : [],
      status: .badRequest)
  }

  private static func unknownRoot(_ name: XMLName, at position: SourcePosition) -> PayloadFinding {
    let roots = ["SyncML", "SyncBody", "Add", "Replace", "Delete", "Get", "Exec", "Atomic", "Sequence"]
    var help = ["begin with <SyncML>, <SyncBody> or a command (Add, Replace, Delete, Get, Exec, Atomic)"]
    if let near = closest(to: name.local, in: roots) { help.insert("did you mean \(near)?", at: 0) }
    return PayloadFinding(
      "SM1006", "the payload begins with \(clipped(name.local)), which is no SyncML message, body or command",
      at: position, label: "not SyncML", help: help, status: .badRequest)
  }

  private static func secondRoot(
    _ element: PayloadElement, behind first: PayloadShape, at position: SourcePosition
  ) -> PayloadFinding {
    let what =
      switch first {
      case .message: "a whole message"
      case .body: "a SyncBody"
      case .commands, .none: "commands"
      }
    return PayloadFinding(
      "SM1009", "\(element.name) stands behind \(what) in one file; only commands can follow one another",
      at: position, label: "second payload", help: ["write one file for each message"], status: .badRequest)
  }

  private static func rootNamespace(_ name: XMLName, at position: SourcePosition) -> PayloadFinding {
    if name.namespace == SyncMLMessage.formerNamespace {
      return PayloadFinding(
        "SM1008",
        "\(clipped(name.local)) is of SyncML 1.1; Windows documents 1.2 ('\(SyncMLMessage.namespace)')",
        at: position, label: "SyncML 1.1",
        help: ["write SyncML 1.2 in what is new: xmlns=\"\(SyncMLMessage.namespace)\" and VerDTD 1.2"])
    }
    let found = name.namespace.isEmpty ? "no namespace" : "the namespace '\(clipped(name.namespace))'"
    return PayloadFinding(
      "SM1007", "\(clipped(name.local)) is in \(found); a device takes '\(SyncMLMessage.namespace)'",
      at: position,
      label: "expected xmlns=\"\(SyncMLMessage.namespace)\"",
      help: ["write <\(clipped(name.local)) xmlns=\"\(SyncMLMessage.namespace)\">"], status: .badRequest,
      fix: PayloadFix("write the namespace of SyncML 1.2", .namespace(SyncMLMessage.namespace)))
  }

  /// What the synchronisation of calendars and contacts uses.
  private static let unsupported: Set<String> = ["Put", "Search", "Map", "MapItem", "Sync", "Move"]

  private static func unknownElement(
    _ name: String, _ parent: PayloadElement?, at position: SourcePosition
  ) -> PayloadFinding {
    if unsupported.contains(name) {
      return PayloadFinding(
        "SM1101", "\(name) is an element of SyncML that device management does not use", at: position,
        label: "not for devices", help: ["write Add, Replace, Delete, Get or Exec"], status: .badRequest)
    }
    let near = closest(to: name, in: PayloadElement.allCases.lazy.map(\.name))
    return PayloadFinding(
      "SM1101", "SyncML has no element \(clipped(name))" + (parent.map { " (in \($0.name))" } ?? ""),
      at: position,
      label: near.map { "did you mean \($0)?" } ?? "unknown element",
      help: near.map { ["write <\($0)>"] } ?? ["remove the element and what it holds"], status: .badRequest)
  }

  private static func wrongNamespace(
    _ element: PayloadElement, _ found: String, _ expected: String, at position: SourcePosition,
    isLenient: Bool
  ) -> PayloadFinding {
    let found = found.isEmpty ? "no namespace" : "the namespace '\(clipped(found))'"
    let wanted = expected.isEmpty ? "no namespace, like the command" : "'\(clipped(expected))'"
    // What a device cannot do without is Format alone; the others it overlooks.
    let isTolerated = element.isMetInf && (isLenient || element != .format)
    return PayloadFinding(
      "SM1103", isTolerated ? .warning : .error, "\(element.name) is in \(found); it belongs into \(wanted)",
      at: position, label: expected.isEmpty ? "expected no xmlns" : "expected xmlns=\"\(clipped(expected))\"",
      help: element.isMetInf ? ["write <\(element.name) xmlns=\"\(SyncMLMessage.metaNamespace)\">"] : [],
      status: isTolerated
        ? nil : element == .format ? .unsupportedFormat : .badRequest,
      fix: expected.isEmpty ? nil : PayloadFix("put \(element.name) into its namespace", .namespace(expected))
    )
  }

  private static func misplaced(
    _ element: PayloadElement, _ parent: PayloadElement, at position: SourcePosition
  ) -> PayloadFinding {
    var help: [String] = []
    if case .elements = ContentModel.of(.item), parent.verb != nil,
      [.target, .source].contains(element)
    {
      help = ["put \(element.name) into an <Item>"]
    } else if [.format, .type].contains(element), parent == .item {
      help = ["put \(element.name) into a <Meta>"]
    }
    return PayloadFinding(
      "SM1104", "\(element.name) does not belong directly into \(parent.name)", at: position,
      label: "not in \(parent.name)", help: help, status: .badRequest)
  }

  private static func missing(
    _ elements: [PayloadElement], _ parent: PayloadElement, at position: SourcePosition
  ) -> PayloadFinding {
    switch elements {
    case [.cmdID]:
      return PayloadFinding(
        "SM1301", "\(parent.name) has no CmdID; a device cannot answer it", at: position, label: "no CmdID",
        help: ["begin it with <CmdID>N</CmdID>, with a number that no other command of the message has"],
        status: .badRequest)
    case [.syncHdr]:
      return PayloadFinding(
        "SM1201", "the message has no SyncHdr", at: position, label: "no SyncHdr before SyncBody",
        help: ["add SyncHdr with VerDTD, VerProto, SessionID, MsgID, Target and Source"], status: .badRequest)
    default:
      let names = elements.map(\.name).joined(separator: ", ")
      return PayloadFinding(
        "SM1107", "\(parent.name) has no \(names); it needs \(elements.count == 1 ? "one" : "each of them")",
        at: position, label: "no \(names)",
        help: ["add \(elements.map { "<\($0.name)>" }.joined(separator: ", "))"], status: .badRequest)
    }
  }

  private static func elementInText(
    _ name: String, _ parent: PayloadElement, at position: SourcePosition
  ) -> PayloadFinding {
    guard parent == .locURI else {
      return PayloadFinding(
        "SM1109",
        "\(parent.name) holds the element \(clipped(name)); it takes "
          + (parent == .final ? "nothing" : "text only"), at: position, label: "not in \(parent.name)",
        status: .badRequest)
    }
    return PayloadFinding(
      "SM1401", "LocURI holds the element \(clipped(name)); a device reads plain text only", at: position,
      label: "expected text", help: ["write a placeholder as {\(clipped(name))}, and a < in a path as %3C"])
  }
}

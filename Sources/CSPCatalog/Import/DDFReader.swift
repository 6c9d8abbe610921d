import Diagnostics
import PolicyModel
import XMLInput

/// Reads one DDF file of either version, event by event, and keeps the facts of its nodes.
struct DDFReader {
  private static let oma = ""
  private static let microsoft = "http://schemas.microsoft.com/MobileDevice/DM"
  /// Elements whose content is prose, or says nothing about the node's use.
  private static let skipped: Set<String> = [
    "VerDTD", "Man", "Mod", "Description", "DFType", "RTProperties", "MSFT:Diagnostics", "MSFT:GpMapping",
    "MSFT:CspVersion", "MSFT:RequiresAzureAd", "MSFT:ReplaceBehavior",
    "MSFT:CommonErrorResults",
  ]
  /// Microsoft's additions to DDF v1, which v2 gave up or renamed. Few files have them, on nodes that v2 describes.
  private static let skippedOfVersion1: Set<String> = [
    "MSFT:ADMXBacked", "MSFT:ADMXCategory", "MSFT:ADMXPolicyName", "MSFT:RWAccess", "MSFT:SupportedValues",
  ]

  /// Something that a node's description says against itself or the format.
  struct Remark {
    var kind: DDFImport.Note.Kind
    var message: String
    var position: SourcePosition
    /// The node's path; nil outside of nodes.
    var node: String?
  }

  /// A node whose end has not been read.
  private struct Draft {
    var node: CSPNode
    var name: String?
    var title: String?
    var rootPath: String?
    var at: SourcePosition
    var hasFormat = false
    var hasAccess = false
    var hasChildren = false
    var namesBuilds = false
    var remarks: [Remark] = []

    /// What stands for the node in a path.
    var segment: String {
      if let name, !isDynamic { return name }
      guard let title, !title.isEmpty else { return "{Name}" }
      return "{\(title)}"
    }

    /// Whether the server or the device chooses the name: `*` is how some DDF v1 files write it.
    var isDynamic: Bool { (name ?? "").isEmpty || name == "*" }
  }

  private let origin: String
  private(set) var nodes: [(CSPNode, SourcePosition)] = []
  private(set) var remarks: [Remark] = []
  /// Which version the file is, as far as it was read: Microsoft's elements of v2 make it one.
  private(set) var source = NodeSource.ddf1

  private var path: [String] = []
  private var skipDepth = 0
  private var drafts: [Draft] = []
  private var text = ""
  private var values: DDFValues?
  private var group: DependencyGroup?
  private var dependency: DependencyGroup.Dependency?

  init(origin: String) { self.origin = origin }

  mutating func read(_ event: XMLEvent) throws(XMLError) {
    switch event {
    case .start(let name, let attributes, let at): try start(qualified(name), attributes, at)
    case .end(let name, let at): try end(qualified(name), at)
    case .text(let part, _, _): if skipDepth == 0 { text += part }
    case .comment, .processingInstruction: break
    }
  }

  private func qualified(_ name: XMLName) -> String {
    switch name.namespace {
    case Self.oma: name.local
    case Self.microsoft: "MSFT:\(name.local)"
    default: "{\(name.namespace)}\(name.local)"
    }
  }

  // MARK: Start tags

  private mutating func start(_ name: String, _ attributes: [XMLAttribute], _ at: SourcePosition)
    throws(XMLError)
  {
    let parent = path.last
    path.append(name)
    text = ""
    if parent == nil, name != "MgmtTree" {
      throw XMLError(
        .stopped, "not a DDF file: expected <MgmtTree> as its outermost element, found <\(name)>", at: at)
    }
    let isOfVersion1 = Self.skippedOfVersion1.contains(name)
    if skipDepth == 0, name.hasPrefix("MSFT:"), !isOfVersion1 { source = .ddf2 }
    if skipDepth > 0 || isOfVersion1 || Self.skipped.contains(name) {
      skipDepth += 1
      return
    }
    func attribute(_ name: String) -> String? { attributes.first { $0.name.local == name }?.value }
    switch name {
    case "Node":
      guard parent == "Node" || parent == "MgmtTree" else {
        throw XMLError(
          .stopped, "<Node> stands in <\(parent ?? "")>: expected it in <MgmtTree> or <Node>", at: at)
      }
      if !drafts.isEmpty { drafts[drafts.count - 1].hasChildren = true }
      drafts.append(draft(at: at))
    case "MSFT:AllowedValues", "MSFT:DependencyAllowedValue", "MSFT:DependencyChangedAllowedValues":
      values = DDFValues(kind: attribute("ValueType") ?? "", at: at)
    case "MSFT:List":
      let separator = attribute("Delimiter").map(DDFText.delimiter)
      edit { $0.listDelimiter = separator }
    case "MSFT:AdmxBacked":
      guard let file = attribute("File"), let area = attribute("Area"), let policy = attribute("Name") else {
        note(.missing, "MSFT:AdmxBacked lacks one of its attributes Area, Name and File; it is left out", at)
        break
      }
      values?.admx = .admx(file: file, area: area, name: policy)
    case "MSFT:Deprecated":
      let since = attribute("OsBuildDeprecated")
      let build = since.flatMap { OSBuild($0) }
      if let since, build == nil {
        note(.buildSyntax, "OsBuildDeprecated '\(since)' is no build such as 10.0.22000", at)
      }
      edit { $0.deprecation = Deprecation(since: build) }
    case "MSFT:DependencyGroup":
      group = DependencyGroup(name: attribute("FriendlyId") ?? "", dependencies: [])
    case "MSFT:Dependency":
      dependency = .init(locURI: "", isNegated: attribute("Type") == "Not", values: .unstated)
    case "MSFT:AtomicRequired": edit { $0.atomicRequired = true }
    default: try startEmpty(name, in: parent ?? "", at)
    }
  }

  /// Elements that say something by standing where they stand.
  private mutating func startEmpty(_ name: String, in parent: String, _ at: SourcePosition) throws(XMLError) {
    switch parent {
    case "AccessType":
      guard let verb = DDFText.verb(name) else {
        return note(
          .unknownWord, "verb \(name): expected Add, Copy, Delete, Exec, Get or Replace; it is left out", at)
      }
      edit { $0.access.insert(verb) }
    case "DFFormat":
      guard let format = NodeFormat(rawValue: name) else {
        throw XMLError(.stopped, "format \(name): expected one of OMA's, such as int, chr or node", at: at)
      }
      edit { $0.format = format }
      if !drafts.isEmpty { drafts[drafts.count - 1].hasFormat = true }
    case "Occurrence":
      switch name {
      case "One": edit { $0.occurrence = .one }
      case "ZeroOrOne": edit { $0.occurrence = .zeroOrOne }
      case "ZeroOrMore": edit { $0.occurrence = .zeroOrMore }
      case "OneOrMore": edit { $0.occurrence = .oneOrMore }
      case "OneOrN", "ZeroOrN": break
      default: note(.unknownWord, "occurrence \(name) is none of OMA's; it is left out", at)
      }
    case "Scope": edit { $0.isPermanent = name == "Permanent" }
    case "CaseSense":
      guard name == "CS" || name == "CIS" else {
        return note(.unknownWord, "CaseSense \(name): expected CS or CIS", at)
      }
      edit { $0.isCaseSensitive = name == "CS" }
    case "MSFT:DynamicNodeNaming":
      switch name {
      case "MSFT:ClientInventory": edit { $0.naming = .clientInventory }
      case "MSFT:ServerGeneratedUniqueIdentifier": edit { $0.naming = .serverGenerated }
      case "MSFT:UniqueName":
        edit { $0.naming = .uniqueName }
        skipDepth = 1
      default: note(.unknownWord, "\(name) is no known kind of dynamic name; it is left out", at)
      }
    default:
      guard !Self.known.contains(name) else { return }
      note(
        .unknownElement, "element <\(name)> in <\(parent)> is not known; it is left out with all it holds", at
      )
      skipDepth = 1
    }
  }

  /// Elements that hold others or text and need nothing done when they begin.
  private static let known: Set<String> = [
    "MgmtTree", "NodeName", "Path", "DFProperties", "AccessType", "DFFormat", "Occurrence", "Scope",
    "DFTitle",
    "CaseSense", "DefaultValue", "MSFT:Applicability", "MSFT:OsBuildVersion", "MSFT:EditionAllowList",
    "MSFT:Enum",
    "MSFT:Value", "MSFT:DynamicNodeNaming", "MSFT:RebootBehavior", "MSFT:ConflictResolution",
    "MSFT:DependencyBehavior", "MSFT:DependencyUri", "MSFT:ValueDescription",
  ]

  // MARK: End tags

  private mutating func end(_ name: String, _ at: SourcePosition) throws(XMLError) {
    path.removeLast()
    if skipDepth > 0 {
      skipDepth -= 1
      return
    }
    let content = text
    text = ""
    switch name {
    case "Node": try finishNode()
    case "NodeName": change { $0.name = content.trimmed }
    case "Path": change { $0.rootPath = content.trimmed }
    case "DFTitle": change { $0.title = content.trimmed }
    case "AccessType": change { $0.hasAccess = true }
    case "DefaultValue": edit { $0.defaultValue = content }
    case "OneOrN": edit { $0.occurrence = .oneOrN(Int(content.trimmed)) }
    case "ZeroOrN": edit { $0.occurrence = .zeroOrN(Int(content.trimmed)) }
    case "MSFT:OsBuildVersion": readBuilds(content, at)
    case "MSFT:EditionAllowList": readEditions(content, at)
    case "MSFT:RebootBehavior":
      let behavior = RebootBehavior(rawValue: content.trimmed)
      if behavior == nil, content.trimmed != "None" {
        note(.unknownWord, "reboot behaviour '\(content.trimmed)' is not known", at)
      }
      edit { $0.reboot = behavior }
    case "MSFT:ConflictResolution":
      let rule = ConflictResolution(rawValue: content.trimmed)
      if rule == nil, content.trimmed != "NoMerge" {
        note(.unknownWord, "conflict resolution '\(content.trimmed)' is not known", at)
      }
      edit { $0.conflictResolution = rule }
    case "MSFT:Value": values?.values.append(content)
    case "MSFT:ValueDescription": values?.pending = content.trimmed
    case "MSFT:Enum": values?.finishEnum()
    case "MSFT:Applicability":
      if let draft = drafts.last, !draft.namesBuilds {
        note(.buildSyntax, "MSFT:Applicability names no build", at)
      }
    case "MSFT:AllowedValues":
      let descriptions = values?.descriptions ?? [:]
      let read = finishValues()
      let name = drafts.last?.segment ?? ""
      edit {
        $0.allowedValues = read
        $0.offValues = DDFOffValues.values(of: read, described: descriptions, node: name)
      }
    case "MSFT:DependencyAllowedValue":
      let read = finishValues()
      dependency?.values = read
    case "MSFT:DependencyChangedAllowedValues":
      let read = finishValues()
      group?.changedValues = read
    case "MSFT:DependencyUri": dependency?.locURI = DDFText.path(ofDependency: content.trimmed)
    case "MSFT:Dependency":
      if let dependency { group?.dependencies.append(dependency) }
      dependency = nil
    case "MSFT:DependencyGroup":
      if let group { edit { $0.dependencies.append(group) } }
      group = nil
    default: break
    }
  }

  private mutating func finishNode() throws(XMLError) {
    guard let draft = drafts.popLast() else { return }
    guard draft.hasFormat, draft.hasAccess else {
      let missing = draft.hasFormat ? "AccessType" : "DFFormat"
      throw XMLError(
        .stopped, "node \(draft.segment) has no <\(missing)>: expected one in its DFProperties", at: draft.at)
    }
    let chain = drafts + [draft]
    guard let root = chain.first?.rootPath else {
      let name = chain.first?.segment ?? ""
      throw XMLError(
        .stopped, "node \(name) has no <Path>: an outermost node says where it hangs", at: draft.at)
    }
    var remarks = draft.remarks
    func remark(_ kind: DDFImport.Note.Kind, _ message: String) {
      remarks.append(Remark(kind: kind, message: message, position: draft.at))
    }
    if draft.isDynamic, (draft.title ?? "").isEmpty {
      remark(.missing, "a dynamic node has no DFTitle; it is called {Name} here")
    }
    if root.hasSuffix("/"), drafts.isEmpty {
      remark(.pathSyntax, "Path '\(root)' ends with a slash, which is left out")
    }
    if draft.hasChildren, draft.node.format != .node {
      remark(
        .childrenOfValue,
        "the node has nodes below it: expected format node, found \(draft.node.format.rawValue)")
    }
    var node = draft.node
    node.locURI = DDFText.path(ofRoot: root) + "/" + chain.map(\.segment).joined(separator: "/")
    let isPlain = node.locURI.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
    guard isPlain, LocURI(node.locURI)?.text == node.locURI else {
      throw XMLError(
        .stopped,
        "node \(draft.segment) lies at '\(node.locURI)', where no node can be: expected './' and names with slashes between them",
        at: draft.at)
    }
    node.scope = node.locURI.hasPrefix("./User/") ? .user : .device
    node.isRoot = drafts.isEmpty
    node.isDynamic = draft.isDynamic
    nodes.append((node, draft.at))
    self.remarks += remarks.map { remark in
      var remark = remark
      remark.node = node.locURI
      return remark
    }
  }

  private mutating func finishValues() -> AllowedValues {
    guard let draft = values else { return .unstated }
    values = nil
    let read = draft.read()
    if let problem = read.problem { note(problem.kind, problem.message, draft.at) }
    return read.values
  }

  // MARK: Parts

  private mutating func readBuilds(_ text: String, _ at: SourcePosition) {
    if !drafts.isEmpty { drafts[drafts.count - 1].namesBuilds = true }
    guard let applicability = NodeApplicability(text.trimmed) else {
      return note(.buildSyntax, "OsBuildVersion '\(text.trimmed)' is no list of builds; it is left out", at)
    }
    for version in applicability.builds where version.written < 3 {
      note(.buildSyntax, "build \(version) of OsBuildVersion: expected four numbers, or three", at)
    }
    for version in applicability.builds where version.major != 10 && version.written == 3 {
      guard !Self.futureMarks.contains(version.description) else { continue }
      note(
        .buildSyntax,
        "build \(version) of OsBuildVersion: expected 99.9.99999 where no Windows has the node yet; it is read as that",
        at)
    }
    edit { $0.applicability = applicability }
  }

  private static let futureMarks = ["99.9.99999", "88.8.88888"]

  private mutating func readEditions(_ text: String, _ at: SourcePosition) {
    var ids: [UInt16] = []
    // `0x88*` is how every file writes HoloLens.
    for part in text.split(separator: ";") {
      let trimmed = String(part).trimmed
      if trimmed.isEmpty { continue }
      let digits = trimmed.drop { $0 == "0" || $0 == "x" || $0 == "X" }
      guard trimmed.hasPrefix("0x"), let id = UInt16(digits.filter { $0 != "*" }, radix: 16) else {
        note(
          .editionSyntax, "edition '\(trimmed)': expected a hexadecimal id such as 0x30; it is left out", at)
        continue
      }
      if !ids.contains(id) { ids.append(id) }
    }
    edit { $0.editions = ids }
  }

  private func draft(at position: SourcePosition) -> Draft {
    let node = CSPNode(
      locURI: "", scope: .device, access: [], format: .node, occurrence: .zeroOrOne,
      applicability: NodeApplicability(builds: []), origin: origin)
    return Draft(node: node, at: position)
  }

  private mutating func edit(_ change: (inout CSPNode) -> Void) {
    guard !drafts.isEmpty else { return }
    change(&drafts[drafts.count - 1].node)
  }

  private mutating func change(_ change: (inout Draft) -> Void) {
    guard !drafts.isEmpty else { return }
    change(&drafts[drafts.count - 1])
  }

  /// Notes something about the node that is being read, or about the file outside of nodes.
  private mutating func note(_ kind: DDFImport.Note.Kind, _ message: String, _ at: SourcePosition) {
    let remark = Remark(kind: kind, message: message, position: at)
    if drafts.isEmpty { remarks.append(remark) } else { drafts[drafts.count - 1].remarks.append(remark) }
  }
}

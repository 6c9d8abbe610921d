import PolicyModel

/// A node in the catalogue's compact form: one line, fields separated by tabs.
///
/// The first five are path, verbs, format, occurrence and origin; others follow as `key` or `key=value` where a node has them.
/// A line holds what the DDF says of that node itself: `b` (builds) and `e` (a set of editions) are looked up in
/// the nearest ancestor when they are missing, as far as the `root` of the same file.
enum CatalogLine {
  private static let verbs: [(AccessTypes, Character)] = [
    (.add, "A"), (.copy, "C"), (.delete, "D"), (.exec, "E"), (.get, "G"), (.replace, "R"),
  ]
  private static let namings: [(DynamicNaming, String)] = [
    (.clientInventory, "client"), (.serverGenerated, "server"), (.uniqueName, "unique"),
  ]
  private static let merges: [(ConflictResolution, String)] = [
    (.lastWrite, "last"), (.lowestValueMostSecure, "lowest"), (.highestValueMostSecure, "highest"),
    (.lowestValueMostSecureZeroHasNoLimits, "lowest-0-unlimited"),
    (.highestValueMostSecureZeroHasNoLimits, "highest-0-unlimited"),
  ]
  private static let reboots: [(RebootBehavior, String)] = [
    (.automatic, "automatic"), (.serverInitiated, "server"),
  ]

  private static let sources: [(NodeSource, String)] = [(.ddf1, "ddf1"), (.added, "added")]

  // MARK: Writing

  /// The line of a node, without its line feed. `editionSet` names a set of editions.
  static func encode(_ node: CSPNode, editionSet: ([UInt16]) -> String) -> String {
    var fields = [
      EscapedText.escape(node.locURI), letters(of: node.access), node.format.rawValue,
      sign(of: node.occurrence),
      EscapedText.escape(node.origin),
    ]
    func add(_ key: String, _ value: String?) {
      if let value { fields.append("\(key)=\(value)") }
    }
    func flag(_ key: String, _ isSet: Bool) {
      if isSet { fields.append(key) }
    }
    if !node.applicability.builds.isEmpty {
      add("b", node.applicability.builds.map(\.description).joined(separator: ","))
    }
    if !node.editions.isEmpty { add("e", editionSet(node.editions)) }
    add("v", node.allowedValues.compact)
    add("l", node.listDelimiter.map(encodeDelimiter))
    add("d", node.defaultValue.map { EscapedText.escape($0) })
    add("name", node.naming.flatMap { naming in namings.first { $0.0 == naming }?.1 })
    flag("root", node.isRoot)
    flag("permanent", node.isPermanent)
    flag("atomic", node.atomicRequired)
    if let isCaseSensitive = node.isCaseSensitive { add("case", isCaseSensitive ? "sensitive" : "ignored") }
    if let deprecation = node.deprecation {
      if let build = deprecation.since { add("deprecated", short(build)) } else { flag("deprecated", true) }
    }
    add("merge", node.conflictResolution.flatMap { rule in merges.first { $0.0 == rule }?.1 })
    add("reboot", node.reboot.flatMap { behavior in reboots.first { $0.0 == behavior }?.1 })
    for group in node.dependencies { add("needs", encode(group)) }
    if !node.offValues.isEmpty { add("off", AllowedValues.enumeration(node.offValues).compact) }
    add("from", sources.first { $0.0 == node.source }?.1)
    return fields.joined(separator: "\t")
  }

  private static func letters(of access: AccessTypes) -> String {
    let letters = String(verbs.filter { access.contains($0.0) }.map(\.1))
    return letters.isEmpty ? "-" : letters
  }

  private static func sign(of occurrence: NodeOccurrence) -> String {
    switch occurrence {
    case .one: "1"
    case .zeroOrOne: "?"
    case .zeroOrMore: "*"
    case .oneOrMore: "+"
    case .oneOrN(let count): "1..\(count.map { String($0) } ?? "n")"
    case .zeroOrN(let count): "0..\(count.map { String($0) } ?? "n")"
    }
  }

  private static func encodeDelimiter(_ delimiter: String) -> String {
    delimiter == "\u{F000}" ? "U+F000" : EscapedText.escape(delimiter)
  }

  private static func short(_ build: OSBuild) -> String {
    build.revision == 0 ? "10.0.\(build.branch)" : build.description
  }

  private static func encode(_ group: DependencyGroup) -> String {
    var parts = [EscapedText.escape(group.name, separators: ";"), group.changedValues?.compact ?? ""]
    for dependency in group.dependencies {
      let values = dependency.values.compact ?? ""
      parts.append(
        "\(dependency.isNegated ? "!" : "")\(dependency.locURI)\(values.isEmpty ? "" : "=\(values)")")
    }
    let head = parts[0]
    return ([head] + parts.dropFirst().map { escapeSeparator($0) }).joined(separator: ";")
  }

  /// A part that has escapes of its own is escaped once more, so that it comes back as it was.
  private static func escapeSeparator(_ part: String) -> String { EscapedText.escape(part, separators: ";") }

  // MARK: Reading

  /// The node of a line, or what is wrong with it. `editions` gives the set of a name.
  static func decode(_ line: String, editions: (String) -> [UInt16]?) throws(CatalogLineError) -> CSPNode {
    let fields = line.parts(at: UInt8(ascii: "\t"))
    guard fields.count >= 5 else {
      throw CatalogLineError("expected path, verbs, format, occurrence and origin")
    }
    let locURI = EscapedText.unescape(fields[0])
    guard locURI.hasPrefix("./") else {
      throw CatalogLineError("path \(locURI): expected './' at its beginning")
    }
    guard let access = access(fields[1]) else {
      throw CatalogLineError("verbs \(fields[1]): expected some of ACDEGR, or '-'")
    }
    guard let format = NodeFormat(rawValue: String(fields[2])) else {
      throw CatalogLineError("format \(fields[2]): expected one of OMA's names, such as int")
    }
    guard let occurrence = occurrence(fields[3]) else {
      throw CatalogLineError("occurrence \(fields[3]): expected 1, ?, *, +, 1..n or 0..n")
    }
    var node = CSPNode(
      locURI: locURI, scope: locURI.hasPrefix("./User/") ? .user : .device, access: access, format: format,
      occurrence: occurrence, applicability: NodeApplicability(builds: []),
      isDynamic: isDynamic(locURI),
      origin: EscapedText.unescape(fields[4]))
    for field in fields.dropFirst(5) {
      let pair = field.parts(at: UInt8(ascii: "="), most: 2)
      let isKnown = try set(
        String(pair[0]), to: pair.count == 2 ? String(pair[1]) : nil, in: &node, editions: editions)
      guard isKnown else { throw CatalogLineError("field \(field): expected a known key and its value") }
    }
    return node
  }

  /// False when there is no such key, or the value is none of the key's.
  private static func set(
    _ key: String, to value: String?, in node: inout CSPNode, editions: (String) -> [UInt16]?
  ) throws(CatalogLineError) -> Bool {
    switch (key, value) {
    case ("b", let value?):
      guard let applicability = NodeApplicability(value) else { return false }
      node.applicability = applicability
    case ("e", let value?):
      guard let set = editions(value) else {
        throw CatalogLineError("set of editions \(value): expected one that the header lists")
      }
      node.editions = set
    case ("v", let value?):
      guard let values = AllowedValues(compact: value) else { return false }
      node.allowedValues = values
    case ("l", let value?): node.listDelimiter = value == "U+F000" ? "\u{F000}" : EscapedText.unescape(value)
    case ("d", let value?): node.defaultValue = EscapedText.unescape(value)
    case ("name", let value?):
      guard let naming = namings.first(where: { $0.1 == value })?.0 else { return false }
      node.naming = naming
    case ("root", nil): node.isRoot = true
    case ("permanent", nil): node.isPermanent = true
    case ("atomic", nil): node.atomicRequired = true
    case ("case", "sensitive"): node.isCaseSensitive = true
    case ("case", "ignored"): node.isCaseSensitive = false
    case ("deprecated", nil): node.deprecation = Deprecation()
    case ("deprecated", let value?):
      guard let build = OSBuild(value) else { return false }
      node.deprecation = Deprecation(since: build)
    case ("merge", let value?):
      guard let rule = merges.first(where: { $0.1 == value })?.0 else { return false }
      node.conflictResolution = rule
    case ("reboot", let value?):
      guard let behavior = reboots.first(where: { $0.1 == value })?.0 else { return false }
      node.reboot = behavior
    case ("needs", let value?):
      guard let group = group(value) else { return false }
      node.dependencies.append(group)
    case ("off", let value?):
      guard case .enumeration(let values)? = AllowedValues(compact: value) else { return false }
      node.offValues = values
    case ("from", let value?):
      guard let source = sources.first(where: { $0.1 == value })?.0 else { return false }
      node.source = source
    default: return false
    }
    return true
  }

  /// Whether the last segment is a placeholder.
  private static func isDynamic(_ path: String) -> Bool {
    path.utf8.last == UInt8(ascii: "}")
      && path.utf8.split(separator: UInt8(ascii: "/")).last?.first == UInt8(ascii: "{")
  }

  private static func access(_ text: Substring) -> AccessTypes? {
    if text == "-" { return [] }
    var access: AccessTypes = []
    for letter in text {
      guard let verb = verbs.first(where: { $0.1 == letter })?.0 else { return nil }
      access.insert(verb)
    }
    return text.isEmpty ? nil : access
  }

  private static func occurrence(_ text: Substring) -> NodeOccurrence? {
    switch text {
    case "1": return .one
    case "?": return .zeroOrOne
    case "*": return .zeroOrMore
    case "+": return .oneOrMore
    case "1..n": return .oneOrN(nil)
    case "0..n": return .zeroOrN(nil)
    default:
      guard text.hasPrefix("1..") || text.hasPrefix("0.."), let count = Int(text.dropFirst(3)) else {
        return nil
      }
      return text.first == "1" ? .oneOrN(count) : .zeroOrN(count)
    }
  }

  private static func group(_ text: String) -> DependencyGroup? {
    let parts = EscapedText.split(text, at: ";").map { EscapedText.unescape($0) }
    guard parts.count >= 3 else { return nil }
    let changed = AllowedValues(compact: parts[1])
    guard parts[1].isEmpty || changed != nil else { return nil }
    var dependencies: [DependencyGroup.Dependency] = []
    for part in parts.dropFirst(2) {
      let isNegated = part.hasPrefix("!")
      let pair = part.dropFirst(isNegated ? 1 : 0).split(separator: "=", maxSplits: 1)
      guard let uri = pair.first else { return nil }
      var values = AllowedValues.unstated
      if pair.count == 2 {
        guard let read = AllowedValues(compact: String(pair[1])) else { return nil }
        values = read
      }
      dependencies.append(.init(locURI: String(uri), isNegated: isNegated, values: values))
    }
    return DependencyGroup(name: parts[0], changedValues: changed, dependencies: dependencies)
  }
}

/// What is wrong with a line of a catalogue.
struct CatalogLineError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

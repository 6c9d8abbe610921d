import Diagnostics
import PolicyModel
import YAMLInput

/// Reads the catalogue's YAML into entries.
enum FactCatalogReader {
  static func read(_ root: YAMLNode) throws(YAMLError) -> (version: String, entries: [FactEntry]) {
    let file = try YAMLMapping(root, subject: "the fact catalogue", known: ["version", "facts"])
    let version = try file.requiredText("version")
    var entries: [FactEntry] = []
    for fact in try file.required("facts").entries("facts") { entries.append(try entry(fact)) }
    let names = Set(entries.map(\.name))
    for (fact, node) in zip(entries, try file.required("facts").entries("facts")) {
      if let base = fact.derivedFrom, !names.contains(base) {
        throw YAMLError(
          .content, "the fact '\(fact.name)' derives from '\(base)', which is no fact", at: node.keySpan.start
        )
      }
    }
    return (version, entries)
  }

  private static func entry(_ entry: YAMLEntry) throws(YAMLError) -> FactEntry {
    let name = entry.key
    guard isFactName(name) else {
      throw YAMLError(
        .content,
        "the fact name '\(shortened(name))' is not words of a-z, 0-9 and _ joined by dots",
        at: entry.keySpan.start)
    }
    let map = try YAMLMapping(
      entry.value, subject: "the fact '\(name)'",
      known: ["type", "values", "unit", "bounds", "known", "needs", "derived_from", "summary"]
        + FactSource.Kind.allCases.map(\.rawValue))
    var fact = FactEntry(name: name, type: try type(map))
    fact.unit = try map.text("unit")
    fact.bounds = try bounds(map, of: fact)
    fact.known = try known(map, of: fact)
    fact.needs = try need(map)
    fact.derivedFrom = try map.text("derived_from")
    fact.summary = try summary(map)
    if let node = map["csp"] { try readCSP(node, into: &fact) }
    for kind in FactSource.Kind.allCases where kind != .csp {
      if let node = map[kind.rawValue] { fact.sources.append(try source(kind, node, of: name)) }
    }
    return fact
  }

  private static func isFactName(_ name: String) -> Bool {
    let words = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return words.count >= 2
      && words.allSatisfy { word in
        word.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
          && word.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
              || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
          }
      }
  }

  private static func type(_ map: YAMLMapping) throws(YAMLError) -> ValueType {
    let node = try map.required("type")
    let name = try node.text("type of \(map.subject)")
    if let values = map["values"], name != "enum" {
      throw YAMLError(
        .content, "values of \(map.subject) are given, but its type is '\(name)'", at: values.span.start)
    }
    switch name {
    case "bool": return .bool
    case "int": return .int
    case "version": return .version
    case "build": return .build
    case "string": return .string
    case "enum":
      var symbols: [String] = []
      for item in try map.required("values").items("values of \(map.subject)") {
        let symbol = try item.text("a value of \(map.subject)")
        guard !symbols.contains(symbol) else {
          throw YAMLError(
            .content, "the value '\(symbol)' of \(map.subject) is given twice", at: item.span.start)
        }
        symbols.append(symbol)
      }
      guard symbols.count >= 2 else {
        throw YAMLError(.content, "\(map.subject) has fewer than two values", at: node.span.start)
      }
      return .symbol(symbols)
    default:
      throw YAMLError(
        .content, "type of \(map.subject) is '\(name)'; it is bool, int, version, build, string or enum",
        at: node.span.start)
    }
  }

  private static func bounds(_ map: YAMLMapping, of fact: FactEntry) throws(YAMLError) -> ClosedRange<Int64>?
  {
    guard let node = map["bounds"] else { return nil }
    let items = try node.items("bounds of \(map.subject)")
    guard fact.type == .int, items.count == 2, let lower = items[0].scalar?.integer,
      let upper = items[1].scalar?.integer, lower <= upper
    else {
      throw YAMLError(
        .content, "bounds of \(map.subject) are not [least, greatest] of an int", at: node.span.start)
    }
    return lower...upper
  }

  private static func known(_ map: YAMLMapping, of fact: FactEntry) throws(YAMLError) -> [KnownText] {
    guard let node = map["known"] else { return [] }
    guard fact.type == .string else {
      throw YAMLError(
        .content, "known texts of \(map.subject) are given, but it is not a string", at: node.span.start)
    }
    var texts: [KnownText] = []
    var names: Set<String> = []
    for entry in try node.entries("known of \(map.subject)") {
      var own: [String] = []
      for item in try entry.value.items("the names of '\(entry.key)'") {
        own.append(try item.text("a name of '\(entry.key)'"))
      }
      guard !own.isEmpty else {
        throw YAMLError(.content, "'\(entry.key)' of \(map.subject) has no name", at: entry.keySpan.start)
      }
      // A spelling that means two texts would suggest either.
      for name in Set(([entry.key] + own).map { $0.lowercased() }) where !names.insert(name).inserted {
        throw YAMLError(
          .content, "the name '\(name)' in known of \(map.subject) stands for two texts",
          at: entry.keySpan.start)
      }
      texts.append(KnownText(text: entry.key, names: own))
    }
    return texts
  }

  private static func need(_ map: YAMLMapping) throws(YAMLError) -> HardwareNeed? {
    guard let text = try map.text("needs"), let node = map["needs"] else { return nil }
    guard let need = HardwareNeed(rawValue: text) else {
      let all = HardwareNeed.allCases.map(\.rawValue).joined(separator: ", ")
      throw YAMLError(
        .content, "needs of \(map.subject) is '\(text)'; it is one of \(all)", at: node.span.start)
    }
    return need
  }

  private static func summary(_ map: YAMLMapping) throws(YAMLError) -> [String: String] {
    let texts = try YAMLMapping(
      map.required("summary"), subject: "summary of \(map.subject)", known: ["en", "ja"])
    return ["en": try texts.requiredText("en"), "ja": try texts.requiredText("ja")]
  }

  private static func source(
    _ kind: FactSource.Kind, _ node: YAMLNode, of name: String
  ) throws(YAMLError) -> FactSource {
    let map = try YAMLMapping(
      node, subject: "\(kind.rawValue) of the fact '\(name)'", known: ["from", "field", "level"])
    return FactSource(
      kind: kind, place: try map.requiredText("from"), field: try map.text("field"), level: try level(map))
  }

  private static func level(_ map: YAMLMapping) throws(YAMLError) -> EvidenceLevel {
    guard let text = try map.text("level"), let node = map["level"] else { return .reported }
    switch text {
    case "reported": return .reported
    case "attested": return .attested
    default:
      throw YAMLError(
        .content, "level of \(map.subject) is '\(text)'; it is reported or attested", at: node.span.start)
    }
  }

  private static func readCSP(_ node: YAMLNode, into fact: inout FactEntry) throws(YAMLError) {
    let map = try YAMLMapping(
      node, subject: "csp of the fact '\(fact.name)'",
      known: ["node", "values", "otherwise", "read", "scale"])
    let path = try map.requiredText("node")
    fact.cspNode = path
    fact.sources.append(FactSource(kind: .csp, place: path))
    if let values = map["values"] {
      for value in try values.entries("values of \(map.subject)") {
        fact.cspValues[value.key] = try spelling(value.value, of: fact)
      }
    }
    if let other = map["otherwise"] { fact.cspOtherwise = try spelling(other, of: fact) }
    if let text = try map.text("read"), let node = map["read"] {
      guard let reading = CSPReading(rawValue: text) else {
        let all = CSPReading.allCases.map(\.rawValue).joined(separator: ", ")
        throw YAMLError(
          .content, "read of \(map.subject) is '\(text)'; it is one of \(all)", at: node.span.start)
      }
      fact.cspReading = reading
    }
    if let node = map["scale"] {
      guard fact.type == .int, let scale = node.scalar?.integer, scale > 0 else {
        throw YAMLError(
          .content, "scale of \(map.subject) is not a positive number of an int", at: node.span.start)
      }
      fact.cspScale = scale
    }
  }

  /// A decoded value: the language's spelling of a value of the fact, or `unknown`.
  private static func spelling(_ node: YAMLNode, of fact: FactEntry) throws(YAMLError) -> String {
    let text = try node.text("a decoded value of the fact '\(fact.name)'")
    guard text == FactEntry.unknownSpelling || fact.type.value(spelled: text) != nil else {
      throw YAMLError(
        .content,
        "'\(text)' is no value of the fact '\(fact.name)'; it is \(fact.type.expectation) or unknown",
        at: node.span.start)
    }
    return text
  }
}

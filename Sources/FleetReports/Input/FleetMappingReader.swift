import CSPCatalog
import Diagnostics
import PolicyModel
import YAMLInput

/// Reads the YAML of a mapping. Whatever in it is not known is an error: a misspelt fact would be unknown on every device.
enum FleetMappingReader {
  static func read(_ root: YAMLNode, name: String) throws(YAMLError) -> FleetMapping {
    let file = try YAMLMapping(
      root, subject: "the mapping",
      known: [
        "version", "facts_as_columns", "osquery_tables", "not_told", "inside", "facts_where",
        "windows_where", "platform",
        "columns",
      ])
    guard try file.required("version").scalar?.integer == 1 else {
      throw YAMLError(
        .content, "the version of the mapping is 1", at: try file.required("version").span.start)
    }
    var columns: [FleetMappingColumn] = []
    var seen: Set<ExactText> = []
    for node in try file["columns"]?.items("columns") ?? [] {
      let column = try column(node)
      for name in column.names where !seen.insert(ExactText(foldedName(name))).inserted {
        throw YAMLError(
          .content, "the column '\(shortened(name))' is given twice", at: node.span.start)
      }
      columns.append(column)
    }
    let hasTables = try flag(file["osquery_tables"], "osquery_tables")
    let takesFacts = try flag(file["facts_as_columns"], "facts_as_columns")
    guard !columns.isEmpty || hasTables || takesFacts else {
      throw YAMLError(.content, "the mapping has no columns", at: file.span.start)
    }
    return FleetMapping(
      name: name, columns: columns, takesFactNames: takesFacts, hasOsqueryTables: hasTables,
      silence: FleetSilence(try texts(file["not_told"], "not_told")),
      wrappers: try texts(file["inside"], "inside").map { foldedName($0) + "." },
      scope: try scope(file["facts_where"], "facts_where"),
      windows: try scope(file["windows_where"], "windows_where"), machine: try machine(file["platform"]))
  }

  private static func column(_ node: YAMLNode) throws(YAMLError) -> FleetMappingColumn {
    let map = try YAMLMapping(
      node, subject: "a column", known: ["column", "shows", "texts", "gives", "values", "ignore"])
    var column = FleetMappingColumn(names: try texts(map.required("column"), "column"))
    guard let first = column.names.first else {
      throw YAMLError(.content, "a column has no name", at: map.span.start)
    }
    let subject = "the column '\(shortened(first))'"
    if let node = map["shows"] { column.shows = try reportColumn(node) }
    if let node = map["gives"] { column.gives = try gives(node) }
    if let node = map["texts"] {
      guard column.shows != nil else {
        throw YAMLError(.content, "\(subject) has texts and shows nothing", at: node.span.start)
      }
      for entry in try node.entries("texts") {
        column.texts[ExactText(foldedName(entry.key))] = try entry.value.text("the text for '\(entry.key)'")
      }
    }
    if let node = map["values"] {
      for entry in try node.entries("values") {
        let facts = try facts(entry, of: column)
        guard column.values.updateValue(facts, forKey: ExactText(foldedName(entry.key))) == nil else {
          throw YAMLError(
            .content, "the text '\(shortened(entry.key))' is given twice, but for its case",
            at: entry.keySpan.start)
        }
      }
    }
    let isIgnored = try flag(map["ignore"], "ignore")
    guard isIgnored != (column.shows != nil || !column.gives.isEmpty || !column.values.isEmpty) else {
      throw YAMLError(
        .content,
        isIgnored
          ? "\(subject) is ignored and used" : "\(subject) shows nothing, gives no fact and is not ignored",
        at: map.span.start)
    }
    return column
  }

  private static func reportColumn(_ node: YAMLNode) throws(YAMLError) -> FleetColumn {
    let name = try node.text("shows")
    guard let column = FleetColumn(rawValue: name) else {
      let names = FleetColumn.allCases.map(\.rawValue)
      let guess = closest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
      throw YAMLError(
        .content,
        "the report has no column '\(shortened(name))'\(guess) (its columns: "
          + names.joined(separator: ", ") + ")",
        at: node.span.start)
    }
    return column
  }

  /// A fact, or facts with how each is read.
  private static func gives(_ node: YAMLNode) throws(YAMLError) -> [(fact: String, reading: FleetReading)] {
    if node.scalar != nil {
      return [(try fact(node.text("gives"), at: node.span.start).name, .whole)]
    }
    var found: [(fact: String, reading: FleetReading)] = []
    for entry in try node.entries("gives") {
      let fact = try fact(entry.key, at: entry.keySpan.start)
      let name = try entry.value.text("the reading of \(entry.key)")
      guard let reading = FleetReading(rawValue: name) else {
        let names = FleetReading.allCases.map(\.rawValue).joined(separator: ", ")
        throw YAMLError(
          .content, "there is no reading '\(shortened(name))' (the readings: \(names))",
          at: entry.value.span.start)
      }
      found.append((fact.name, reading))
    }
    return found
  }

  /// What a text of a column means: nothing, a value of the column's one fact, or values of several facts.
  private static func facts(
    _ entry: YAMLEntry, of column: FleetMappingColumn
  ) throws(YAMLError) -> [FleetFact] {
    if case .mapping(let facts) = entry.value.content {
      var found: [FleetFact] = []
      for fact in facts {
        found.append(try value(fact.value, of: try self.fact(fact.key, at: fact.keySpan.start)))
      }
      return found
    }
    if entry.value.scalar?.isNull == true { return [] }
    guard let only = column.gives.first, column.gives.count == 1 else {
      throw YAMLError(
        .content,
        "the text '\(shortened(entry.key))' has a value without a fact, and the column does not give one fact; "
          + "write {FACT: VALUE}",
        at: entry.value.span.start)
    }
    return [try value(entry.value, of: try fact(only.fact, at: entry.keySpan.start))]
  }

  private static func value(_ node: YAMLNode, of fact: FactEntry) throws(YAMLError) -> FleetFact {
    guard let scalar = node.scalar, !scalar.isNull, let value = fact.type.value(spelled: scalar.text),
      fact.admits(value)
    else {
      let range = fact.bounds.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
      throw YAMLError(
        .content, "\(fact.name) is \(node.kindName); it is \(fact.type.expectation)\(range)",
        at: node.span.start)
    }
    return FleetFact(name: fact.name, value: value)
  }

  private static func fact(_ name: String, at place: SourcePosition) throws(YAMLError) -> FactEntry {
    guard let fact = FactCatalog.embedded[name] else {
      let near = FactCatalog.embedded.suggestions(for: name)
      let guess = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
      throw YAMLError(.content, "there is no fact '\(shortened(name))'\(guess)", at: place)
    }
    return fact
  }

  private static func scope(_ node: YAMLNode?, _ subject: String) throws(YAMLError) -> FleetScope? {
    guard let node else { return nil }
    let map = try YAMLMapping(node, subject: subject, known: ["column", "is"])
    let allowed = try texts(map.required("is"), "is")
    return FleetScope(
      column: Set(try texts(map.required("column"), "column").map(foldedName)),
      texts: Set(allowed.map(foldedName)), shown: allowed.joined(separator: " or "))
  }

  private static func machine(_ node: YAMLNode?) throws(YAMLError) -> FleetMachine? {
    guard let node else { return nil }
    let map = try YAMLMapping(
      node, subject: "platform", known: ["manufacturer", "model", "tpm_manufacturer"])
    return FleetMachine(
      manufacturer: Set(try texts(map["manufacturer"], "manufacturer").map(foldedName)),
      model: Set(try texts(map.required("model"), "model").map(foldedName)),
      tpmManufacturer: Set(try texts(map["tpm_manufacturer"], "tpm_manufacturer").map(foldedName)))
  }

  /// A text or a list of texts.
  private static func texts(_ node: YAMLNode?, _ subject: String) throws(YAMLError) -> [String] {
    guard let node else { return [] }
    guard case .sequence(let items) = node.content else { return [try node.text(subject)] }
    var found: [String] = []
    for item in items { found.append(try item.text("one of \(subject)")) }
    return found
  }

  private static func flag(_ node: YAMLNode?, _ subject: String) throws(YAMLError) -> Bool {
    guard let node else { return false }
    guard let flag = node.scalar?.boolean else {
      throw YAMLError(.content, "\(subject) is \(node.kindName); it is true or false", at: node.span.start)
    }
    return flag
  }
}

extension FactEntry {
  /// Whether the fact can have the value: an integer lies within its bounds.
  func admits(_ value: Value) -> Bool {
    if case .int(let number) = value, let bounds { return bounds.contains(number) }
    return true
  }
}

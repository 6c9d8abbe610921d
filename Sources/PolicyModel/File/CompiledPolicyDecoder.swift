import Diagnostics

/// Makes a policy of JSON, refusing what the format does not know.
struct CompiledPolicyDecoder {
  private var factIndices: [String: Int32] = [:]
  private var listIndices: [String: Int32] = [:]

  /// More symbols than this make a fact too costly to compare.
  private static let symbolLimit = 1024

  static func file(_ document: JSONValue, sha256: String) throws(CompiledPolicyError) -> CompiledPolicyFile {
    try members(document, at: "$", required: ["catalogs", "language", "policy", "schema", "sha256"])
    let catalogs = try member(document, "catalogs", at: "$")
    try members(catalogs, at: "$.catalogs", required: ["csp", "facts"])
    let language = try text(document, "language", at: "$")
    guard language == CompiledPolicyFile.languageVersion else {
      throw .content(
        path: "$.language",
        problem: "expected \(CompiledPolicyFile.languageVersion), found \(quoted(language))")
    }
    var decoder = CompiledPolicyDecoder()
    let policy = try decoder.policy(try member(document, "policy", at: "$"), at: "$.policy")
    if let defect = policy.defect() { throw .unsound(defect) }
    return CompiledPolicyFile(
      policy: policy,
      catalogs: CompiledPolicyFile.CatalogVersions(
        csp: try text(catalogs, "csp", at: "$.catalogs"), facts: try text(catalogs, "facts", at: "$.catalogs")
      ),
      language: language, sha256: sha256)
  }

  private mutating func policy(_ json: JSONValue, at path: String) throws(CompiledPolicyError)
    -> CompiledPolicy
  {
    try Self.members(
      json, at: path, required: ["name", "version", "scope", "facts", "builds", "params", "rules"],
      optional: ["title", "titles", "summary", "evidence"])
    let facts = try Self.list(json, "facts", at: path, Self.fact)
    for (index, fact) in facts.enumerated() { factIndices[fact.name] = Int32(truncatingIfNeeded: index) }
    let lists = try Self.list(json, "builds", at: path, Self.buildList)
    for (index, list) in lists.enumerated() { listIndices[list.name] = Int32(truncatingIfNeeded: index) }
    let parameters = try Self.list(json, "params", at: path) {
      value, path throws(CompiledPolicyError) -> CompiledPolicy.Parameter in
      try Self.members(value, at: path, required: ["name", "value"])
      return CompiledPolicy.Parameter(
        name: try Self.text(value, "name", at: path),
        value: try Self.value(try Self.member(value, "value", at: path), at: "\(path).value"))
    }
    let scope = try scope(try Self.member(json, "scope", at: path), at: "\(path).scope")
    let conditions = ConditionDecoder(factIndices: factIndices, listIndices: listIndices)
    let rules = try Self.list(json, "rules", at: path) { value, path throws(CompiledPolicyError) -> Rule in
      try Self.rule(value, at: path, conditions: conditions)
    }
    var policy = CompiledPolicy(
      name: try Self.text(json, "name", at: path), version: try Self.version(json, "version", at: path),
      title: try Self.optionalText(json, "title", at: path),
      titles: json["titles"] == nil ? [] : try Self.texts(json, "titles", at: path),
      summary: try Self.optionalText(json, "summary", at: path), scope: scope, facts: facts,
      buildLists: lists,
      parameters: parameters, rules: rules)
    if let evidence = json["evidence"] {
      policy.evidence = try Self.evidence(evidence, at: "\(path).evidence")
    }
    return policy
  }

  private static func evidence(_ json: JSONValue, at path: String) throws(CompiledPolicyError)
    -> EvidenceClause
  {
    try members(json, at: path, required: [], optional: ["banks", "references"])
    let banks =
      json["banks"] == nil
      ? []
      : try list(json, "banks", at: path) {
        value, path throws(CompiledPolicyError) -> PCRBank in
        let name = try string(value, at: path)
        guard let bank = PCRBank(rawValue: name) else {
          let known = PCRBank.allCases.map(\.rawValue).joined(separator: ", ")
          throw .content(path: path, problem: "expected one of \(known), found \(quoted(name))")
        }
        return bank
      }
    let references =
      json["references"] == nil
      ? []
      : try list(json, "references", at: path) {
        value, path throws(CompiledPolicyError) -> String in
        let text = try string(value, at: path)
        guard let digest = EvidenceClause.digest(text), digest == text else {
          throw .content(
            path: path,
            problem: "expected a SHA-256 digest, 64 hexadecimal digits in lower case, found \(quoted(text))")
        }
        return digest
      }
    let clause = EvidenceClause(banks: banks, references: references)
    // What is written otherwise was not written by policyc, and what is empty may have been meant for something.
    guard clause.banks == banks, clause.references == references,
      json["banks"] == nil || !banks.isEmpty, json["references"] == nil || !references.isEmpty,
      !clause.isEmpty
    else {
      throw .content(path: path, problem: "expected each bank and digest once, in order, and no empty list")
    }
    return clause
  }

  private func scope(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> CompiledPolicy.Scope {
    try Self.members(json, at: path, required: ["branches", "names", "editions"], optional: ["when"])
    let branches = try Self.list(json, "branches", at: path) {
      value, path throws(CompiledPolicyError) -> CompiledPolicy.BranchRange in
      try Self.members(value, at: path, required: ["from"], optional: ["to"])
      let from = try Self.branch(try Self.member(value, "from", at: path), at: "\(path).from")
      guard let end = value["to"] else { return CompiledPolicy.BranchRange(lower: from, upper: nil) }
      return CompiledPolicy.BranchRange(lower: from, upper: try Self.branch(end, at: "\(path).to"))
    }
    let conditions = ConditionDecoder(factIndices: factIndices, listIndices: listIndices)
    return CompiledPolicy.Scope(
      branches: branches, names: try Self.list(json, "names", at: path, Self.string),
      editions: try Self.list(json, "editions", at: path, Self.string),
      condition: try conditions.optional(json, "when", at: path))
  }

  private static func fact(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> FactDeclaration
  {
    try members(json, at: path, required: ["name", "type"], optional: ["unit", "values"])
    let type: ValueType
    switch try text(json, "type", at: path) {
    case "bool": type = .bool
    case "int": type = .int
    case "version": type = .version
    case "build": type = .build
    case "string": type = .string
    case "enum":
      let symbols = try list(json, "values", at: path, string)
      guard symbols.count <= symbolLimit else {
        throw .content(
          path: "\(path).values", problem: "expected at most \(symbolLimit) symbols, found \(symbols.count)")
      }
      type = .symbol(symbols)
    case let other:
      throw .content(
        path: "\(path).type",
        problem: "expected bool, int, version, build, string or enum, found \(quoted(other))")
    }
    if type.name != "enum", json["values"] != nil {
      throw .content(
        path: "\(path).values", problem: "expected values of an enum only, but the type is \(type.name)")
    }
    return FactDeclaration(
      name: try text(json, "name", at: path), type: type, unit: try optionalText(json, "unit", at: path))
  }

  private static func buildList(_ json: JSONValue, at path: String) throws(CompiledPolicyError) -> BuildList {
    try members(json, at: path, required: ["name", "minimums", "newer_branches"])
    let minimums = try list(json, "minimums", at: path, build)
    guard zip(minimums, minimums.dropFirst()).allSatisfy({ $0.branch < $1.branch }) else {
      throw .content(path: "\(path).minimums", problem: "expected each branch once, in ascending order")
    }
    guard case .bool(let newer) = try member(json, "newer_branches", at: path) else {
      throw .content(path: "\(path).newer_branches", problem: "expected true or false")
    }
    return BuildList(name: try text(json, "name", at: path), minimums: minimums, allowsNewerBranches: newer)
  }

  /// Texts by language tag, ascending.
  private static func texts(
    _ json: JSONValue, _ name: String, at path: String
  ) throws(CompiledPolicyError) -> [Rule.Message] {
    guard case .object(let texts) = try member(json, name, at: path) else {
      throw .content(path: "\(path).\(name)", problem: "expected an object of texts by language tag")
    }
    var messages: [Rule.Message] = []
    for text in texts {
      messages.append(
        Rule.Message(
          language: text.name, text: try string(text.value, at: "\(path).\(name).\(quoted(text.name))")))
    }
    return messages.sorted { $0.language < $1.language }
  }

  private static func rule(
    _ json: JSONValue, at path: String, conditions: ConditionDecoder
  ) throws(CompiledPolicyError) -> Rule {
    try members(
      json, at: path, required: ["name", "kind", "that", "severity", "messages", "source"],
      optional: ["when", "unknown_allowed", "status", "remedy", "summary"])
    let kind = try text(json, "kind", at: path)
    guard let knownKind = Rule.Kind(rawValue: kind) else {
      throw .content(path: "\(path).kind", problem: "expected require or warn, found \(quoted(kind))")
    }
    let severity = try text(json, "severity", at: path)
    guard let knownSeverity = Rule.Severity(rawValue: severity) else {
      let known = Rule.Severity.allCases.map(\.rawValue).joined(separator: ", ")
      throw .content(path: "\(path).severity", problem: "expected one of \(known), found \(quoted(severity))")
    }
    let messages = try texts(json, "messages", at: path)
    let allowsUnknown = json["unknown_allowed"]
    guard allowsUnknown == nil || allowsUnknown == .bool(true) && knownKind == .require else {
      throw .content(
        path: "\(path).unknown_allowed", problem: "expected true, in a require rule, or no such member")
    }
    return Rule(
      name: try text(json, "name", at: path), kind: knownKind,
      when: try conditions.optional(json, "when", at: path),
      that: try conditions.condition(try member(json, "that", at: path), at: "\(path).that"),
      allowsUnknown: allowsUnknown != nil, severity: knownSeverity,
      status: try optionalText(json, "status", at: path),
      remedy: try optionalText(json, "remedy", at: path), messages: messages,
      summary: try optionalText(json, "summary", at: path), source: try text(json, "source", at: path))
  }
}

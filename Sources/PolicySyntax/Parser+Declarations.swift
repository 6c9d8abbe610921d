import Diagnostics

/// Files, policies and what they declare.
extension Parser {
  mutating func parseFile() {
    let file = open(.file)
    skipTrivia()
    var declarations = 0
    while kind != .endOfFile {
      let before = position
      declarations += 1
      switch keyword {
      case .import: parseImport()
      case .policy: parsePolicy()
      case .builds: parseBuilds()
      case .param: parseParam()
      case .alias: parseAlias()
      case .rules: parseRulesGroup()
      case .device: parseDevice()
      case .some(let word) where word.opensClause:
        misplaced(word, in: "a file outside a policy", belongs: "in a policy { … } or a rules { … } group")
      default:
        if kind == .rightBrace { closesNothing() } else { unknownClause("a file", among: Parser.fileClauses) }
      }
      if position == before { advance() }
    }
    if declarations == 0, diagnostics.items.isEmpty {
      diagnostics.report(
        "AP1016", .error, "the file declares nothing", at: span(position), "the file ends here",
        help: ["begin with: policy NAME version 1.0.0 { … }"])
    }
    lastEnd = kinds.count
    nodes[file].firstToken = 0
    close(file)
  }

  static let fileClauses: [Keyword] = [.import, .policy, .builds, .param, .alias, .rules, .device]
  static let policyClauses: [Keyword] = [
    .title, .description, .applies, .builds, .param, .alias, .rules, .include, .require, .warn, .when, .set,
    .add,
    .delete, .exec, .collect, .atomic, .device, .test,
  ]
  static let groupClauses: [Keyword] = [
    .include, .require, .warn, .when, .set, .add, .delete, .exec, .collect, .atomic,
  ]

  private mutating func parseImport() {
    let node = open(.importDeclaration)
    advance()
    if kind == .string {
      leaf(.text)
      parseWaivers()
    } else {
      fail("the quoted name of a file", help: ["import \"shared/builds.attpolicy\""])
      recover()
    }
    close(node)
  }

  private mutating func parsePolicy() {
    let node = open(.policy)
    advance()
    if kind == .string {
      leaf(.text)
    } else if at(.version), kinds[following] == .version || kinds[following] == .integer {
      fail("the policy's name")
    } else {
      let quoted = "\"\(text(position))\""
      parseDeclaredName(
        "the policy's name",
        help: kind == .dottedName ? ["a name with dots stands in quotation marks: policy \(quoted)"] : [],
        fixIts: kind == .dottedName
          ? [FixIt(title: "write \(quoted)", span: span(position), replacement: quoted)] : [])
    }
    if at(.version) {
      advance()
      if kind == .version || isPlainNumber { leaf(.literal) } else { fail("a version such as 1.0.0") }
    } else {
      fail("'version' and the policy's version, such as version 1.0.0")
    }
    blockAfterHead(node, of: "the policy", holding: Parser.policyClauses) { $0.parsePolicyItem() }
    close(node)
  }

  /// Parses the block of a declaration. A slip in its head does not lose the body, and is told once.
  mutating func blockAfterHead(
    _ node: NodeIndex, of owner: String, _ entries: EntryKind = .clauses, holding clauses: [Keyword] = [],
    _ entry: (inout Parser) -> Bool
  ) {
    if kind != .leftBrace, lastError > Int(nodes[node].firstToken) {
      recoverToBrace()
      if kind != .leftBrace { lastError = position }
    }
    block(of: owner, entries, holding: clauses, entry)
  }

  /// Skips to an opening brace on the way to the next clause, so that a slip in a head does not lose the body.
  mutating func recoverToBrace() {
    while kind != .leftBrace, kind != .rightBrace, kind != .endOfFile {
      if let keyword, keyword.opensClause { return }
      advance()
    }
  }

  private mutating func parsePolicyItem() -> Bool {
    switch keyword {
    case .title: return parseTextClause(.title)
    case .description: return parseTextClause(.description)
    case .applies: return parseApplies()
    case .builds: parseBuilds()
    case .param: parseParam()
    case .alias: parseAlias()
    case .rules: parseRulesGroup()
    case .device: parseDevice()
    case .test: parseTest()
    default: return parseGroupItem(Parser.policyClauses, in: "a policy")
    }
    return true
  }

  /// An item of a `rules` or `when` group.
  mutating func parseGroupItem(_ clauses: [Keyword], in owner: String) -> Bool {
    switch keyword {
    case .include: return parseInclude()
    case .require, .warn: parseRule()
    case .when: parseWhenGroup()
    case .set, .add, .delete, .exec, .collect: parseCommand()
    case .atomic: parseAtomic()
    case .some(let word) where word.opensClause:
      misplaced(word, in: owner, belongs: word.place)
      return true
    default:
      unknownClause(owner, among: clauses)
      parseModifiers()
      return true
    }
    return true
  }

  private mutating func parseTextClause(_ kind: SyntaxKind) -> Bool {
    let node = open(kind)
    advance()
    // `title ja "…"` gives the text in another language.
    if self.kind == .identifier, keyword?.opensClause != true { leaf(.name) }
    let ok = self.kind == .string
    if ok { leaf(.text) } else { fail("a quoted text") }
    close(node)
    return ok
  }

  private mutating func parseApplies() -> Bool {
    let node = open(.applies)
    advance()
    var ok = true
    var guarded = -1
    switch keyword {
    case .to:
      advance()
      repeat { ok = parseWindowsTarget() } while ok && take(.comma)
      if ok, at(.windows) {
        fail("',' between Windows versions")
        ok = false
      }
    case .editions:
      let editions = open(.editions)
      advance()
      repeat { ok = parseName("an edition such as pro") } while ok && take(.comma)
      close(editions)
      if ok, kind == .identifier, keyword?.opensClause != true {
        fail("',' between editions")
        ok = false
      }
    case .when:
      guarded = position
      parseWhen()
    default:
      fail(
        "'to', 'editions' or 'when'",
        help: ["applies to windows 10, windows 11", "applies editions pro, enterprise"])
      ok = false
    }
    if ok { parseModifiers(guarded: guarded) }
    close(node)
    return ok
  }

  mutating func take(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  private mutating func parseWindowsTarget() -> Bool {
    guard at(.windows) else {
      fail("a Windows version", help: ["write windows 10, windows 11 or windows 11 22H2"])
      return false
    }
    let node = open(.windowsTarget)
    defer { close(node) }
    advance()
    guard isWindowsNumber else {
      fail("10 or 11")
      return false
    }
    leaf(.literal)
    if kind == .digitWord || isPlainNumber { leaf(.name) }
    if at(.or) {
      advance()
      return expect(.newer)
    }
    return true
  }

  /// Whether a number of digits only stands here.
  private var isPlainNumber: Bool { kind == .integer && bytes[range(position)].allSatisfy(isDigit) }

  private var isWindowsNumber: Bool {
    kind == .integer
      && (bytes[range(position)].elementsEqual("10".utf8) || bytes[range(position)].elementsEqual("11".utf8))
  }

  private mutating func parseBuilds() {
    let node = open(.builds)
    advance()
    parseDeclaredName("the list's name")
    blockAfterHead(node, of: "the builds list", .builds, holding: [.allow]) { $0.parseBuildEntry() }
    close(node)
  }

  private mutating func parseBuildEntry() -> Bool {
    switch keyword {
    case .windows:
      let node = open(.buildEntry)
      defer { close(node) }
      advance()
      guard isWindowsNumber else {
        fail("10 or 11")
        return false
      }
      leaf(.literal)
      guard kind == .digitWord || isPlainNumber else {
        fail("a version such as 22H2")
        return false
      }
      leaf(.name)
      guard kind == .version else {
        fail("the branch's minimum build, such as 10.0.22621.2792")
        return false
      }
      leaf(.literal)
      parseWaivers()
      return true
    case .newer:
      let node = open(.newerBranches)
      defer { close(node) }
      advance()
      guard expect(.branches) else { return false }
      guard at(.allowed) || at(.refused) else {
        fail("'allowed' or 'refused'")
        return false
      }
      leaf(.name)
      return true
    case .allow:
      return parseWaiver()
    default:
      unknownClause("a builds list", among: [.windows, .newer, .allow])
      return true
    }
  }

  private mutating func parseParam() {
    let node = open(.param)
    defer { close(node) }
    advance()
    guard parseDeclaredName("the param's name") else { return recover() }
    guard kind == .colon else {
      fail("':' and the param's type", help: ["types are bool, int, version, build, string and enum [a, b]"])
      return recover()
    }
    advance()
    let type = open(.type)
    if at(.enumeration) {
      advance()
      guard parseNames("a symbol") else {
        close(type)
        return recover()
      }
    } else {
      guard parseName("a type", help: ["types are bool, int, version, build, string and enum [a, b]"]) else {
        close(type)
        return recover()
      }
      if atUnit { leaf(.name) }
    }
    close(type)
    if kind == .assign {
      advance()
      guard parseLiteral() else { return recover() }
    }
    var seen: [Keyword: Int] = [:]
    while let word = keyword, word == .between || word == .one {
      if let first = seen[word] {
        diagnostics.report(
          "AP1011", .error, "the param has a second '\(word.text)'", at: span(position),
          "only one is allowed",
          secondary: [Label(span(first), "the first is here")], help: ["keep one of them"])
      }
      seen[word] = position
      if word == .between {
        let bounds = open(.bounds)
        advance()
        let ok = parseLiteral() && expect(.and) && parseLiteral()
        close(bounds)
        if !ok { return recover() }
      } else {
        let choices = open(.choices)
        advance()
        let ok = expect(.of) && parseList()
        close(choices)
        if !ok { return recover() }
      }
    }
    parseWaivers()
  }

  private mutating func parseAlias() {
    let node = open(.alias)
    defer { close(node) }
    advance()
    guard parseDeclaredName("the alias's name"), expect(.assign, "'='") else { return recover() }
    guard kind == .dottedName else {
      fail("the name of a fact, such as os.build")
      return recover()
    }
    leaf(.name)
    parseWaivers()
  }

  private mutating func parseRulesGroup() {
    let node = open(.rulesGroup)
    advance()
    parseDeclaredName("the group's name")
    blockAfterHead(node, of: "the rules group", holding: Parser.groupClauses) {
      $0.parseGroupItem(Parser.groupClauses, in: "a rules group")
    }
    close(node)
  }

  private mutating func parseInclude() -> Bool {
    let node = open(.include)
    defer { close(node) }
    advance()
    guard parseName("the name of a rules group") else { return false }
    parseModifiers()
    return true
  }

  private mutating func parseWhenGroup() {
    let node = open(.whenGroup)
    defer { close(node) }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.maximumDepth else {
      tooDeep()
      advance()
      return skipGroup()
    }
    let when = open(.when)
    advance()
    skipRepeated(.when)
    if !parseCondition() {
      recoverToBrace()
      if kind != .leftBrace { lastError = position }
    }
    close(when)
    block(of: "the when group", holding: Parser.groupClauses) {
      $0.parseGroupItem(Parser.groupClauses, in: "a when group")
    }
  }

  /// Goes behind the block of a group that is not read.
  private mutating func skipGroup() {
    while kind != .leftBrace, kind != .endOfFile { advance() }
    var open = 0
    while kind != .endOfFile {
      if kind == .leftBrace { open += 1 }
      if kind == .rightBrace { open -= 1 }
      advance()
      if open == 0 { return }
    }
  }

  /// `[attested] name = value` lines between braces.
  mutating func parseAssignments(_ node: NodeIndex, of owner: String) {
    blockAfterHead(node, of: owner, .assignments) { parser in
      let node = parser.open(.assignment)
      defer { parser.close(node) }
      if parser.at(.attested) { parser.leaf(.attested) }
      guard parser.kind == .dottedName || parser.kind == .identifier && parser.keyword?.opensClause != true
      else {
        parser.fail("a fact and its value, such as tpm.present = true")
        return false
      }
      parser.leaf(.name)
      guard parser.expectAssign("'=' and the fact's value") else { return false }
      if parser.at(.unknown) {
        parser.leaf(.unknownValue)
      } else if !parser.parseLiteral() {
        return false
      }
      _ = parser.take(.comma)
      return true
    }
  }

  /// Takes `=`, or `==` with a message, or says that it is missing.
  mutating func expectAssign(_ name: String) -> Bool {
    guard kind == .equal else { return expect(.assign, name) }
    lastError = position
    diagnostics.report(
      "AP1010", .error, "a value is given with =, == compares", at: span(position), "write =",
      fixIts: [FixIt(title: "write =", span: span(position), replacement: "=")])
    advance()
    return true
  }

  private mutating func parseDevice() {
    let node = open(.device)
    advance()
    parseDeclaredName("the device's name")
    parseAssignments(node, of: "the device")
    close(node)
  }

  /// Takes an identifier that refers to something.
  mutating func parseName(_ what: String, help: [String] = []) -> Bool {
    guard kind == .identifier, keyword?.opensClause != true else {
      fail(what, help: help)
      return false
    }
    leaf(.name)
    return true
  }

  /// Takes an identifier as the name of what is declared. A word that begins clauses cannot be one, because no
  /// condition could refer to it.
  @discardableResult
  mutating func parseDeclaredName(_ what: String, help: [String] = [], fixIts: [FixIt] = []) -> Bool {
    guard kind == .identifier else {
      let dots = kind == .dottedName && help.isEmpty ? ["a name has no dots; only facts do"] : help
      fail(what, help: dots, fixIts: fixIts)
      return false
    }
    if let keyword, keyword.opensClause {
      guard !isFirstOnLine else {
        fail(what)
        return false
      }
      lastError = position
      diagnostics.report(
        "AP1015", .error, "'\(keyword.text)' begins a clause and cannot be \(what)", at: span(position),
        "the name of something else", help: ["choose another name, such as \(keyword.text)_1"])
      leaf(.name)
      while kind == .string || kind == .identifier && self.keyword == nil, !isFirstOnLine { advance() }
      return true
    }
    leaf(.name)
    return true
  }

  /// Takes `[a, b]`.
  mutating func parseNames(_ what: String) -> Bool {
    guard expect(.leftBracket, "'['") else { return false }
    while kind != .rightBracket {
      guard parseName(what) else { return false }
      if !take(.comma) { break }
    }
    return expect(.rightBracket, "']'")
  }
}

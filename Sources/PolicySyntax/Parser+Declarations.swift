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
    .title, .description, .applies, .evidence, .builds, .param, .alias, .rules, .include, .require, .warn,
    .when, .set,
    .add,
    .delete, .exec, .collect, .atomic, .device, .test,
  ]
  static let groupClauses: [Keyword] = [
    .include, .require, .warn, .when, .set, .add, .delete, .exec, .collect, .atomic, .allow,
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

  private mutating func parsePolicyItem() -> Bool {
    switch keyword {
    case .title: return parseTextClause(.title)
    case .description: return parseTextClause(.description)
    case .applies: return parseApplies()
    case .evidence: return parseEvidence()
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
    case .allow where clauses.contains(.allow): return parseWaiver()
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
    // `title ja "…"` gives the title in another language; a description has but one.
    if kind == .title, self.kind == .identifier, keyword?.opensClause != true { leaf(.name) }
    let ok = self.kind == .string
    if ok { leaf(.text) } else { fail("a quoted text") }
    close(node)
    return ok
  }

  /// Whether the current token begins `evidence banks` or `evidence reference`. The word alone may name things.
  var atEvidence: Bool {
    guard at(.evidence) else { return false }
    let next = keywords.find(bytes, range(following))
    return next == .banks || next == .reference
  }

  private static let bank = "a PCR bank such as sha256"

  /// `evidence banks NAME, …` and `evidence reference "DIGEST", …`.
  private mutating func parseEvidence() -> Bool {
    let node = open(.evidence)
    defer { close(node) }
    advance()
    var ok = true
    switch keyword {
    case .banks:
      let banks = open(.banks)
      advance()
      repeat {
        ok = !atEvidence
        if ok { ok = parseName(Self.bank) } else { fail(Self.bank) }
      } while ok && take(.comma)
      close(banks)
      if ok, kind == .identifier, keyword?.opensClause != true, !atEvidence {
        fail("',' between PCR banks")
        ok = false
      }
    case .reference:
      let references = open(.references)
      advance()
      repeat {
        ok = kind == .string
        if ok { leaf(.text) } else { fail("the SHA-256 digest of a reference file, in quotation marks") }
      } while ok && take(.comma)
      close(references)
      if ok, kind == .string {
        fail("',' between digests")
        ok = false
      }
    default:
      fail(
        "'banks' or 'reference'",
        help: ["evidence banks sha256, sha384", "evidence reference \"SHA-256 digest of a reference file\""])
      ok = false
    }
    return ok
  }

  mutating func take(_ kind: TokenKind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
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
}

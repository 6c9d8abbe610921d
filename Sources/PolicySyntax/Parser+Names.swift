import Diagnostics

/// What a name stands for: params, aliases and devices.
extension Parser {
  mutating func parseParam() {
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

  mutating func parseAlias() {
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

  mutating func parseDevice() {
    let node = open(.device)
    advance()
    parseDeclaredName("the device's name")
    parseAssignments(node, of: "the device")
    close(node)
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
}

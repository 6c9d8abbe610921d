import Diagnostics

/// Values, names and lists of them.
extension Parser {
  /// A number, version, text or symbol, with a unit where one follows.
  mutating func parseLiteral() -> Bool {
    switch kind {
    case .integer:
      let node = open(.literal)
      advance()
      if atUnit { advance() }
      close(node)
      return true
    case .version, .string:
      leaf(.literal)
      return true
    case .identifier, .digitWord:
      if let keyword, keyword.opensClause { break }
      leaf(.literal)
      return true
    case .dottedName:
      fail("a value", help: ["the value of a fact is known on a device only"])
      return false
    default: break
    }
    fail("a value")
    return false
  }

  /// Whether a unit stands here, on the line of its number.
  var atUnit: Bool {
    guard kind == .identifier, keyword == nil else { return false }
    let word = range(position)
    return word.count <= Unit.longestName && Unit.named(text(position)) != nil && !isFirstOnLine
  }

  /// A token's text, its beginning if it is very long.
  func text(_ token: Int) -> String { String(decoding: bytes[range(token).prefix(80)], as: UTF8.self) }

  /// `[value, value]`
  mutating func parseList() -> Bool {
    let node = open(.list)
    defer { close(node) }
    guard expect(.leftBracket, "'['") else { return false }
    while kind != .rightBracket {
      guard parseLiteral() else { return false }
      if !take(.comma) { break }
    }
    return expect(.rightBracket, "']' or ','")
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
}

import Diagnostics

/// Windows versions: `applies` and build lists.
extension Parser {
  mutating func parseApplies() -> Bool {
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
      if ok, kind == .identifier, keyword?.opensClause != true, !atEvidence {
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

  mutating func parseWindowsTarget() -> Bool {
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
  var isPlainNumber: Bool { kind == .integer && bytes[range(position)].allSatisfy(isDigit) }

  var isWindowsNumber: Bool {
    kind == .integer
      && (bytes[range(position)].elementsEqual("10".utf8) || bytes[range(position)].elementsEqual("11".utf8))
  }

  mutating func parseBuilds() {
    let node = open(.builds)
    advance()
    parseDeclaredName("the list's name")
    blockAfterHead(node, of: "the builds list", .builds, holding: [.allow]) { $0.parseBuildEntry() }
    close(node)
  }

  mutating func parseBuildEntry() -> Bool {
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
}

import XMLInput

/// SM1402 to SM1407: the form of a node's path. (SM1401, markup in it, is found by the parser.)
struct LocURIRule: PayloadRule {
  let keepsAccount = false
  private var ordinary = PathMemo<Bool>()

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb.access != nil else { return }
    for item in command.items {
      guard let target = item.target, !target.hasElements,
        !ordinary.value(of: target, make: { Self.isOrdinary(target.value) })
      else { continue }
      judge(target, of: command, &report)
    }
  }

  private func judge(_ target: PayloadText, of command: PayloadCommand, _ report: inout FindingSink) {
    let path = Self.path(of: target)
    if Self.hasHiddenOrSpace(target.value) {
      report.report(
        PayloadFinding(
          "SM1404",
          "the LocURI '\(clipped(target.value))' of \(command.subject) has white space or a hidden character; "
            + "a device takes it for part of the node's name", at: target.position,
          label: "white space or a hidden character",
          help: ["write the path on one line without white space; a blank in a name is %20"],
          status: .notFound,
          fix: PayloadFix(
            "write the path without white space", replacing: target, with: Self.withoutSpace(target.value))))
    }
    if path.isEmpty {
      report.report(
        PayloadFinding(
          "SM1402", "the LocURI of \(command.subject) is empty", at: target.position,
          label: "expected a path that begins with ./", help: ["name the node: ./Device/Vendor/MSFT/…"],
          status: .notFound))
      return
    }
    guard !Placeholder.isIn(path[..<(path.utf8.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex)]) else {
      return
    }
    if path != ".", !path.utf8.starts(with: "./".utf8) {
      var help = ["begin the path with ./Device/ or ./User/"]
      if path.hasPrefix("/") { help.insert("write .\(clipped(path))", at: 0) }
      report.report(
        PayloadFinding(
          "SM1402", "the LocURI '\(clipped(path))' of \(command.subject) does not begin with './'",
          at: target.position, label: "expected ./", help: help, status: .notFound,
          fix: path.hasPrefix("/") && !path.hasPrefix("//")
            ? PayloadFix("begin the path with ./", replacing: target, with: ".\(path)") : nil))
      return
    }
    judgeSegments(path, target, command, &report)
    judgeEscapes(Self.withoutQuery(path), target, command, &report)
    if let query = path.utf8.firstIndex(of: UInt8(ascii: "?")) {
      judgeQuery(path[query...], target, command, &report)
    }
  }

  private func judgeSegments(
    _ path: Substring, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    guard let bad = Self.badSegment(of: path) else { return }
    let what =
      switch bad {
      case "": "an empty segment"
      case ".", "..", "*": "the segment '\(bad)'"
      default: "a backslash in the segment '\(clipped(bad))'"
      }
    report.report(
      PayloadFinding(
        "SM1403",
        "the LocURI '\(clipped(path))' of \(command.subject) has \(what); a device does not resolve it",
        at: target.position, label: bad.isEmpty ? "empty segment" : "'\(clipped(bad))'",
        help: ["name every node of the path, with one / between two"], status: .notFound,
        fix: Self.mended(path).flatMap {
          PayloadFix("write one / between two names", replacing: target, with: $0)
        }))
  }

  /// The path with `/` for backslashes and without empty segments and `.`; nil when it would still name no node.
  private static func mended(_ path: Substring) -> String? {
    let segments = path.split { $0 == "/" || $0 == "\\" }.filter { $0 != "." }
    guard !segments.isEmpty, !segments.contains("*"), !segments.contains("..") else { return nil }
    return "./" + segments.joined(separator: "/")
  }

  private func judgeEscapes(
    _ path: Substring, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    guard let faults = LocURIEscapes.faults(in: path) else { return }
    if let scalar = faults.unescaped {
      report.report(
        PayloadFinding(
          "SM1406",
          "the LocURI '\(clipped(path))' of \(command.subject) has '\(scalar)', which a path holds only as "
            + LocURIEscapes.escape(scalar), at: target.position, label: "'\(scalar)' is not escaped",
          help: ["write \(clipped(LocURIEscapes.escaped(path), limit: 200))"],
          fix: PayloadFix(
            "escape the path", replacing: target,
            with: LocURIEscapes.escaped(path) + Self.path(of: target)[path.endIndex...])))
    }
    if let broken = faults.broken {
      report.report(
        PayloadFinding(
          "SM1407",
          "the LocURI '\(clipped(path))' of \(command.subject) has '\(clipped(broken))', which is no escape",
          at: target.position, label: "expected % and two hexadecimal digits",
          help: ["write %25 for the character % itself"], status: .notFound))
    }
  }

  /// `?list=Struct`, `?list=StructData` and `?prop=NAME` are OMA DM's; Windows knows the first two, and few properties.
  private func judgeQuery(
    _ query: Substring, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    if command.verb == .get, query == "?list=StructData" || query == "?list=Struct" { return }
    if query.hasPrefix("?prop=") { return }
    report.report(
      PayloadFinding(
        "SM1405",
        "the LocURI of \(command.subject) ends in '\(clipped(query))', which asks for nothing that "
          + (command.verb == .get ? "a device knows" : "\(command.verb.rawValue) can use"),
        at: target.position, label: "'\(clipped(query))'",
        help: ["leave it out; a Get may end in ?list=StructData or ?prop=NAME"], status: .optionalFeature))
  }

  /// Whether a path is what nearly all are: names of characters that stand for themselves, each behind one `/`, the
  /// first of them `.`.
  static func isOrdinary(_ path: String) -> Bool {
    let isPlain = path.utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.count > 2, bytes[0] == UInt8(ascii: "."), bytes[1] == UInt8(ascii: "/") else {
        return false
      }
      var isBehindSlash = false
      for byte in bytes {
        guard LocURIEscapes.standsForItself(byte) else { return false }
        let isSlash = byte == UInt8(ascii: "/")
        if isBehindSlash, isSlash || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "*") { return false }
        isBehindSlash = isSlash
      }
      return !isBehindSlash
    }
    return isPlain ?? false
  }

  /// A number for a path, the same for `./Vendor/…` and `./Device/Vendor/…`.
  static func key(of target: PayloadText) -> Int {
    let path = target.trimmed
    return path.hasPrefix("./Device/")
      ? path.dropFirst("./Device".count).hashValue : path.dropFirst().hashValue
  }

  /// The path without white space and hidden characters around it.
  static func path(of target: PayloadText) -> Substring {
    let text = target.value
    if let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) {
      return text[...]
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isHiddenOrSpace($0) }),
      let last = scalars.lastIndex(where: { !isHiddenOrSpace($0) })
    else { return "" }
    return Substring(scalars[first...last])
  }

  /// The path in one piece: what stands at its ends, at line ends or beside a `/` is layout, a blank within a name is
  /// `%20`.
  private static func withoutSpace(_ text: String) -> String {
    var path = ""
    var blanks = 0
    var isLayout = true
    var isInBraces = false
    for scalar in text.unicodeScalars {
      if scalar == "{" || scalar == "}" { isInBraces = scalar == "{" }
      if isHiddenOrSpace(scalar), !isInBraces || scalar != " " {
        if scalar == " " || scalar == "\u{A0}" { blanks += 1 } else { isLayout = true }
        continue
      }
      if blanks > 0, !isLayout, scalar != "/" { path += String(repeating: "%20", count: blanks) }
      path.unicodeScalars.append(scalar)
      blanks = 0
      isLayout = scalar == "/"
    }
    return path
  }

  /// The path up to `?list=` or `?prop=`.
  static func withoutQuery(_ path: Substring) -> Substring {
    path.utf8.firstIndex(of: UInt8(ascii: "?")).map { path[..<$0] } ?? path
  }

  /// The first segment behind the `.` that names no node, or nil.
  static func badSegment(of path: Substring) -> Substring? {
    let bytes = withoutQuery(path).utf8
    guard var start = bytes.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    while start < bytes.endIndex {
      let first = bytes.index(after: start)
      let end = bytes[first...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
      if isBad(bytes[first..<end]) { return path[first..<end] }
      start = end
    }
    return nil
  }

  private static func isBad(_ segment: Substring.UTF8View) -> Bool {
    guard let first = segment.first else { return true }
    if first == UInt8(ascii: ".") || first == UInt8(ascii: "*") {
      let text = Substring(segment)
      if text == "." || text == ".." || text == "*" { return true }
    }
    return segment.contains(UInt8(ascii: "\\"))
  }

  /// Whether white space or a character that shows nothing stands anywhere in a text.
  static func hasHiddenOrSpace(_ text: some StringProtocol) -> Bool {
    guard !text.utf8.allSatisfy(isPlain) else { return false }
    return text.split(separator: "/").contains { segment in
      segment.unicodeScalars.contains(where: isHiddenOrSpace) && !isPlaceholder(segment)
    }
  }

  /// A blank in a placeholder (`{license id}`) is not part of the path.
  private static func isPlaceholder(_ segment: some StringProtocol) -> Bool {
    segment.hasPrefix("{") && segment.hasSuffix("}") && Placeholder.isIn(segment)
  }

  /// A character of ASCII that shows.
  private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  static func isHiddenOrSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20, 0x7F...0xA0, 0xAD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028...0x202F,
      0x205F...0x206F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }
}

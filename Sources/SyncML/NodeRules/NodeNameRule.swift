import CSPCatalog

/// SM1709: a name that a server chooses matches the pattern of its node.
struct NodeNameRule: NodeRule {
  private var told = OncePerNode()

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard !use.known.names.isEmpty else { return }
    let path = LocURIRule.withoutQuery(LocURIRule.path(of: use.target))
    // `./Vendor` is `./Device/Vendor`.
    let shift = path.utf8.starts(with: "./Vendor/".utf8) ? 1 : 0
    for name in use.known.names {
      guard let segment = Self.segment(name.segment - shift, of: path), !Placeholder.isIn(segment) else {
        continue
      }
      switch name.pattern {
      case .success(let pattern):
        guard pattern.matches(Self.decoded(segment)) == false else { continue }
        report.report(
          PayloadFinding(
            "SM1709",
            "\(use.subject): the name '\(clipped(segment))' does not match the pattern of \(name.title), "
              + clipped(pattern.source, limit: 160),
            at: use.target.position, label: "'\(clipped(segment, limit: 40))' does not match",
            status: .commandFailed))
      case .failure(let problem):
        guard told.isFirst(use.known) else { continue }
        report.report(
          PayloadFinding(
            "SM1708",
            "\(use.subject): the name '\(clipped(segment))' is not judged, as the pattern of \(name.title) \(problem.reason)",
            at: use.target.position, label: "not judged"))
      }
    }
  }

  /// A segment by its number; that of `.` is 0.
  private static func segment(_ number: Int, of path: Substring) -> Substring? {
    let bytes = path.utf8
    var start = bytes.startIndex
    for _ in 0..<max(number, 0) {
      guard let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/")) else { return nil }
      start = bytes.index(after: slash)
    }
    return path[start..<(bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex)]
  }

  /// A segment with its `%20` and the like resolved; as it is when that gives no UTF-8.
  static func decoded(_ segment: Substring) -> String {
    guard segment.utf8.contains(UInt8(ascii: "%")) else { return String(segment) }
    var bytes: [UInt8] = []
    var rest = segment.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? String(segment)
  }
}

/// A name on the way to a node that has to match a pattern.
struct NamePattern: Sendable {
  /// Which segment of the path it is; that of `.` is 0.
  let segment: Int
  /// The placeholder that the catalogue has in its place, `{ProfileName}`.
  let title: String
  let pattern: Result<ValuePattern, PatternProblem>

  /// The pattern for the name of a dynamic node itself; nil for a node that has none.
  init?(_ node: CSPNode) {
    let segments = node.locURI.split(separator: "/")
    guard node.format == .node, case .pattern(let source) = node.allowedValues, let title = segments.last,
      title.first == "{"
    else { return nil }
    segment = segments.count - 1
    self.title = String(title)
    pattern = Result { () throws(PatternProblem) in try ValuePattern(source) }
  }
}

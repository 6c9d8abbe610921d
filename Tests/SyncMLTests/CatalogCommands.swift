import CSPCatalog
import SyncML

/// Commands on nodes of the catalogue, one a line, so that a finding's line says which command it is about.
struct CatalogCommands<Kind: Hashable> {
  /// A command with what is expected of it.
  struct Expectation {
    let node: String
    let kind: Kind
    let what: String
    /// The code that it is refused with; nil when it is accepted.
    let code: String?
  }

  private(set) var bytes: [UInt8] = []
  private(set) var expectations: [Expectation] = []

  mutating func add(
    _ verb: String, _ path: String, format: NodeFormat? = nil, data: String? = nil, node: String, kind: Kind,
    what: String, code: String?
  ) {
    var line =
      "<\(verb)><CmdID>\(expectations.count + 1)</CmdID><Item><Target><LocURI>\(Self.escaped(path))</LocURI></Target>"
    if let format { line += "<Meta><Format xmlns=\"syncml:metinf\">\(format.rawValue)</Format></Meta>" }
    if let data { line += "<Data>\(Self.escaped(data))</Data>" }
    bytes += Array((line + "</Item></\(verb)>\n").utf8)
    expectations.append(Expectation(node: node, kind: kind, what: what, code: code))
  }

  /// What was not found as it was expected, a sentence each. Rules across commands are not asked: most of the nodes
  /// have nothing to do with each other, and some contradict each other by chance.
  func surprises() -> [Kind: [String]] {
    let report = validatePayload(bytes, PayloadOptions(catalog: .embedded, findingLimit: .max))
    var codes: [Int: [String]] = [:]
    for finding in report.findings where finding.severity == .error {
      let code = finding.code.text
      let isAcross = code.hasPrefix("SM13") || code.hasPrefix("SM18") || code.hasPrefix("SM19")
      if !isAcross { codes[finding.position.line, default: []].append(code) }
    }
    var surprises: [Kind: [String]] = [:]
    for (index, expected) in expectations.enumerated() {
      let found = codes[index + 1] ?? []
      let isAsExpected = expected.code.map { found.contains($0) } ?? found.isEmpty
      if isAsExpected { continue }
      surprises[expected.kind, default: []].append(
        "\(expected.node): \(expected.what): expected \(expected.code ?? "no error"), found \(found)")
    }
    return surprises
  }

  private static func escaped(_ text: String) -> String {
    text.contains { $0 == "&" || $0 == "<" }
      ? text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") : text
  }
}

/// Paths and values for a node that it takes, and such that it does not, written down here and not taken from the rules.
enum NodeSamples {
  /// For each pattern of the catalogue, a text that matches and one that does not; nil where every text does, or
  /// every text that can be part of a path.
  static let patterns: [String: (good: String, bad: String?)] = [
    #"^(\d\.)?(\d)$"#: ("2.0", "2.10"),
    #"[0-9A-Fa-f]{8}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{12}"#: (
      "D6886603-9D2F-4EB2-B667-1971041FA96B", "D6886603"
    ),
    #"\{[0-9A-Fa-f]{8}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{12}\}"#: (
      "{D6886603-9D2F-4EB2-B667-1971041FA96B}", "D6886603-9D2F-4EB2-B667-1971041FA96B"
    ),
    #"{[0-9A-Fa-f]{8}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{12}\}"#: (
      "{D6886603-9D2F-4EB2-B667-1971041FA96B},{8AF662BF-65A0-4D0A-A540-A338A999D36F}", "Pin"
    ),
    #"^(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$|^(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}$|^(?:[0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}$|^(?:[0-9a-fA-F]{1,4}:){1,5}(?::[0-9a-fA-F]{1,4}){1,2}$|^(?:[0-9a-fA-F]{1,4}:){1,4}(?::[0-9a-fA-F]{1,4}){1,3}$|^(?:[0-9a-fA-F]{1,4}:){1,3}(?::[0-9a-fA-F]{1,4}){1,4}$|^(?:[0-9a-fA-F]{1,4}:){1,2}(?::[0-9a-fA-F]{1,4}){1,5}$|^[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){1,6}$|^::1$|^::$"#:
      ("10.0.0.255|2001:db8::1|::1", "10.0.0.255|10.0.0.256"),
    "": ("Rule1", nil),
    #"^(([^;]+(?i)(\.appx|\.eappx|\.appxbundle|\.eappxbundle|\.msix|\.emsix|\.msixbundle|\.emsixbundle)([;]|$)){0,10}|([^;]+(?i)(\.appinstaller)([;]|$)){0,10})$"#:
      (#"\\server\a.MSIX;\\server\b.appx"#, #"\\server\a.exe"#),
    #"^(([^;]+(?i)(\.appinstaller)([;]|$)){1,11})$"#: (
      "https://contoso.com/a.AppInstaller", "https://contoso.com/a.msix"
    ),
    #"^[^|/]*$"#: ("Web", "Web%7CMail"),
    #"^[^/]*$"#: ("Work", "Work%2FHome"),
    #"^[0-9,-]+$"#: ("80,443,8000-8080", "80 to 90"),
    #"^[A-Za-z0-9_.:/]+$"#: ("PolicyAppId://Tag:1", "a tag"),
    #"^.{1,30}$"#: ("Contoso", "Contoso and its thirty-one letters"),
    #"^(\d+\.)?(\d+\.)?(\*|\d+)$"#: ("1.0.0", "1.0.0.0"),
    #"/^https?:\/\/(?:www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b(?:[-a-zA-Z0-9()@:%_\+.~#?&\/=]*)$/"#:
      (
        "https://www.contoso.com/test?a=1", "contoso.com"
      ),
    // The ports of a VPN, of which the DDF says elsewhere that they are a list of ranges.
    #"^[\d]*$"#: ("443,80-90", "web"),
    #"^([0-9a-fA-F]{5}-){3}[0-9a-fA-F]{5}$"#: ("01234-56789-ABCDE-F0123", "01234-56789"),
  ]

  /// A path of the node with a name in place of every placeholder, as the patterns of the names ask.
  static func path(of node: CSPNode, in catalog: CSPCatalog, badName: Bool = false) -> String? {
    var known = ""
    var path: [String] = []
    var hasBadName = false
    for segment in node.locURI.split(separator: "/") {
      known += known.isEmpty ? "\(segment)" : "/\(segment)"
      guard segment.first == "{" else {
        path.append(String(segment))
        continue
      }
      var name = segment == "{AreaName}" ? "App~Policy~Category" : "Name1"
      if let above = catalog.node(at: known), above.format == .node,
        case .pattern(let pattern) = above.allowedValues
      {
        guard let sample = patterns[pattern] else { return nil }
        name = sample.good
        if badName, let bad = sample.bad {
          name = bad
          hasBadName = true
        }
      }
      path.append(name)
    }
    return badName && !hasBadName ? nil : path.joined(separator: "/")
  }

  /// A value that the node takes; nil for one that takes none.
  static func good(_ node: CSPNode) -> String? {
    switch node.allowedValues {
    case .enumeration(let values) where !values.isEmpty: return values[0]
    case .ranges(let ranges) where !ranges.isEmpty: return String(ranges[0].lowerBound)
    case .flags(let flags) where !flags.isEmpty: return String(flags.reduce(0, |))
    case .pattern(let pattern) where node.format != .node: return patterns[pattern]?.good
    case .admx: return #"<enabled/><data id="Element" value="1"/>"#
    case .xsd: return #"<a b="1"><c/></a>"#
    case .json: return #"{"a": [1.5, "b", null]}"#
    case .sddl: return "O:LSD:(A;;CC;;;S-1-5-84-0-0-0-0-0)"
    default: break
    }
    switch node.format {
    case .int, .float: return "1"
    case .bool: return "true"
    case .b64: return "AAEC"
    case .bin, .chr: return "text"
    case .date: return "2025-02-01"
    case .time: return "2025-02-01T00:00:00Z"
    case .xml: return "<a/>"
    case .node, .null: return nil
    }
  }

  /// A value that the node does not take, and the code of that; nil for a node that takes any text.
  static func bad(_ node: CSPNode) -> (value: String, code: String)? {
    switch node.allowedValues {
    case .enumeration(let values) where !values.isEmpty:
      guard node.format == .int else { return ("no such option", "SM1702") }
      let number = (0...Int64.max).first { !values.contains(String($0)) && node.defaultValue != String($0) }
      return ("\(number ?? 0)", "SM1702")
    case .ranges(let ranges) where !ranges.isEmpty:
      return ("\((ranges.map(\.upperBound).max() ?? 0) + 1)", "SM1703")
    case .flags(let flags) where !flags.isEmpty:
      let mask = flags.reduce(0, |)
      // The lowest bit that no flag has.
      return ("\(~mask & (mask &+ 1))", "SM1704")
    case .pattern(let pattern) where node.format != .node:
      return patterns[pattern]?.bad.map { ($0, "SM1707") }
    case .admx: return ("1", "SM1712")
    case .xsd: return ("<a>", "SM1718")
    case .json: return ("{a: 1}", "SM1719")
    case .sddl: return ("BUILTIN\\Users", "SM1720")
    default: break
    }
    switch node.format {
    case .int, .float: return node.listDelimiter == nil ? ("one", "SM1701") : nil
    case .bool: return ("maybe", "SM1701")
    case .b64: return ("not Base64!", "SM1701")
    case .date, .time: return ("tomorrow", "SM1701")
    case .node, .null: return ("1", "SM1705")
    case .xml: return ("<a>", "SM1718")
    case .bin, .chr: return nil
    }
  }
}

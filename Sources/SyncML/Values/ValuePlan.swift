import CSPCatalog
import Diagnostics

/// What there is to check about the values of a node, worked out once from its facts.
struct ValuePlan: Sendable {
  /// What single values, or the items of a list, must be.
  enum Check: Sendable {
    case anything
    case options([String])
    case ranges([ClosedRange<Int64>])
    case flags([UInt64], mask: UInt64)
    case pattern(ValuePattern)
    /// A pattern that is not run.
    case unread(PatternProblem)
    case admx
    case document(DocumentKind)
  }

  let spelling: ScalarSpelling
  let check: Check
  let list: ListSyntax?
  let format: NodeFormat

  init(_ node: CSPNode) {
    format = node.format
    list = node.listDelimiter.flatMap { ListSyntax(delimiter: $0, of: node) }
    check = Self.check(node)
    switch check {
    // Values of its own, such as 0 and 1 of a bool, are all that counts.
    case .options where node.format == .bool || node.format == .b64: spelling = .anyText
    case .ranges where node.format == .chr: spelling = .integer
    default: spelling = list == nil ? ScalarSpelling(node.format) : .anyText
    }
  }

  /// Whether white space around a value could matter.
  var isExact: Bool {
    switch check {
    case .options, .ranges, .flags, .pattern: true
    case .admx, .document: false
    case .anything, .unread:
      switch spelling {
      case .anyText, .base64: false
      case .integer, .bool, .float, .iso8601: true
      }
    }
  }

  /// Whether a text of no characters is none that the node takes.
  var needsText: Bool {
    switch check {
    case .anything, .unread: false
    case .pattern(let pattern): pattern.matches("") == false
    case .options, .ranges, .flags, .admx, .document: true
    }
  }

  /// The pattern of the port ranges of a VPN takes digits only, while the same DDF describes them as a list of ranges,
  /// and Microsoft's own payloads have them so.
  private static func mended(_ pattern: String, of node: CSPNode) -> String {
    pattern == "^[\\d]*$" && node.locURI.hasSuffix("PortRanges") ? "^[\\d,\\- ]*$" : pattern
  }

  private static func check(_ node: CSPNode) -> Check {
    switch node.allowedValues {
    case .unstated, .any: return node.format == .xml ? .document(.xml) : .anything
    case .enumeration(let options): return options.isEmpty ? .anything : .options(options)
    case .ranges(let ranges): return ranges.isEmpty ? .anything : .ranges(ranges)
    case .flags(let flags): return flags.isEmpty ? .anything : .flags(flags, mask: flags.reduce(0, |))
    case .pattern(let source):
      // On an inner node it is the name that has to match.
      guard node.format != .node else { return .anything }
      do throws(PatternProblem) {
        return .pattern(try ValuePattern(mended(source, of: node)))
      } catch {
        return .unread(error)
      }
    case .admx: return .admx
    case .xsd: return .document(.xml)
    case .json: return .document(.json)
    case .sddl: return .document(.sddl)
    }
  }
}

/// A value with a grammar of its own.
enum DocumentKind: Sendable {
  case xml, json, sddl

  var name: String {
    switch self {
    case .xml: "XML"
    case .json: "JSON"
    case .sddl: "a security descriptor (SDDL)"
    }
  }

  var code: DiagnosticCode {
    switch self {
    case .xml: "SM1718"
    case .json: "SM1719"
    case .sddl: "SM1720"
    }
  }
}

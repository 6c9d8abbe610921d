import Diagnostics
import PolicyModel
import YAMLInput

/// Reads the table of vulnerable firmware.
enum VulnerableFirmwareReader {
  /// The most rows that a table may have.
  private static let rowLimit = 10_000

  static func read(_ root: YAMLNode) throws(YAMLError) -> (version: String, rows: [VulnerableFirmware.Row]) {
    let file = try YAMLMapping(root, subject: "the table of vulnerable firmware", known: ["version", "rows"])
    let version = try file.requiredText("version")
    let node = try file.required("rows")
    let items = try node.items("rows")
    guard items.count <= rowLimit else {
      throw YAMLError(.content, "the table has \(items.count) rows; \(rowLimit) at most", at: node.span.start)
    }
    var rows: [VulnerableFirmware.Row] = []
    for item in items { rows.append(try row(item)) }
    return (version, rows)
  }

  private static func row(_ node: YAMLNode) throws(YAMLError) -> VulnerableFirmware.Row {
    let map = try YAMLMapping(
      node, subject: "a row",
      known: ["cve", "manufacturer", "tpm", "firmware", "fixed", "advisory", "source"])
    let cve = try map.requiredText("cve")
    guard isCVE(cve) else {
      throw YAMLError(
        .content, "cve of a row is '\(shortened(cve))', not of the form CVE-2017-15361",
        at: try map.required("cve").span.start)
    }
    let manufacturer = try map.requiredText("manufacturer")
    guard (2...4).contains(manufacturer.utf8.count),
      manufacturer.utf8.allSatisfy({ 0x41...0x5A ~= $0 || 0x30...0x39 ~= $0 })
    else {
      throw YAMLError(
        .content, "manufacturer of a row is '\(shortened(manufacturer))', not an id such as IFX",
        at: try map.required("manufacturer").span.start)
    }
    let ranges = try affected(map)
    var fixed: [Version] = []
    for item in try map.required("fixed").items("fixed of a row") { fixed.append(try Self.version(item)) }
    for one in fixed where ranges.contains(where: { $0.contains(one) }) {
      throw YAMLError(
        .content, "the version \(one) of a row is affected and fixed",
        at: try map.required("fixed").span.start)
    }
    let advisory = try address("advisory", map)
    return VulnerableFirmware.Row(
      cve: cve, manufacturer: manufacturer, family: try family(map), affected: ranges, fixed: fixed,
      advisory: advisory, source: map["source"] == nil ? advisory : try address("source", map))
  }

  private static func affected(_ map: YAMLMapping) throws(YAMLError) -> [Range<Version>] {
    let node = try map.required("firmware")
    var ranges: [Range<Version>] = []
    for item in try node.items("firmware of a row") {
      let range: Range<Version>
      if case .sequence(let ends) = item.content {
        guard ends.count == 2 else {
          throw YAMLError(.content, "firmware of a row is not [FROM, BEFORE]", at: item.span.start)
        }
        let (from, before) = (try version(ends[0]), try version(ends[1]))
        guard from < before else {
          throw YAMLError(
            .content, "firmware of a row begins with \(from) and ends before \(before)", at: item.span.start)
        }
        range = from..<before
      } else {
        range = try release(item)
      }
      if ranges.contains(where: { $0.overlaps(range) }) {
        throw YAMLError(
          .content, "firmware of a row has \(range.lowerBound) in two places", at: item.span.start)
      }
      ranges.append(range)
    }
    guard !ranges.isEmpty else {
      throw YAMLError(.content, "firmware of a row is empty", at: node.span.start)
    }
    return ranges
  }

  /// All versions that begin with the numbers that are written.
  private static func release(_ node: YAMLNode) throws(YAMLError) -> Range<Version> {
    let first = try version(node)
    let last = [first.major, first.minor, first.patch, first.build][Int(first.written) - 1]
    guard last < .max else {
      throw YAMLError(.content, "firmware of a row is \(first), which is too large", at: node.span.start)
    }
    let next =
      switch first.written {
      case 1: Version(last + 1)
      case 2: Version(first.major, last + 1)
      case 3: Version(first.major, first.minor, last + 1)
      default: Version(first.major, first.minor, first.patch, last + 1)
      }
    return first..<next
  }

  private static func family(_ map: YAMLMapping) throws(YAMLError) -> Version? {
    guard let node = map["tpm"], let text = try map.text("tpm") else { return nil }
    guard text == "1.2" || text == "2.0" else {
      throw YAMLError(
        .content, "tpm of a row is '\(shortened(text))'; it is 1.2 or 2.0", at: node.span.start)
    }
    return Version(text)
  }

  private static func version(_ node: YAMLNode) throws(YAMLError) -> Version {
    let text = try node.text("a version of a row")
    guard let version = Version(text) else {
      throw YAMLError(
        .content, "'\(shortened(text))' is not a version such as 7.62", at: node.span.start)
    }
    return version
  }

  private static func address(_ key: String, _ map: YAMLMapping) throws(YAMLError) -> String {
    let text = try map.requiredText(key)
    guard text.hasPrefix("https://"), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), text.utf8.count <= 300
    else {
      throw YAMLError(
        .content,
        "\(key) of a row is '\(shortened(text))', not an address that begins with https://",
        at: try map.required(key).span.start)
    }
    return text
  }

  /// `CVE-`, four digits of the year, and four to nineteen more (CVE ID syntax of 2014).
  private static func isCVE(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "CVE", parts[1].utf8.count == 4,
      (4...19).contains(parts[2].utf8.count)
    else { return false }
    return parts.dropFirst().allSatisfy { $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
  }
}

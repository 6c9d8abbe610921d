import CSPCatalog
import Foundation
import SyncML
import Testing
import XMLInput

/// What a DDF file says of the values of a node, read without the importer.
struct DDFValueFacts {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/data/ddf/2025-02").standardizedFileURL

  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder.path)
    if !isThere { print("skipped: there is no folder ../shared/data/ddf/2025-02 beside the checkout") }
    return isThere
  }()

  var path = ""
  var kind = ""
  var values: [String] = []
  var delimiter: String?

  static func read(_ file: URL) throws -> [DDFValueFacts] {
    var facts: [DDFValueFacts] = []
    var elements: [String] = []
    var nodes: [String] = []
    var root = ""
    var text = ""
    var open: DDFValueFacts?
    try readXML([UInt8](Data(contentsOf: file)), limits: XMLLimits(allowsDoctype: true)) { event in
      switch event {
      case .start(let name, let attributes, _):
        text = ""
        if name.local == "Node" { nodes.append("{Any}") }
        if name.local == "AllowedValues", elements.last == "DFProperties" {
          open = DDFValueFacts(
            path: ([root] + nodes).joined(separator: "/"), kind: attributes.first?.value ?? "")
        }
        if name.local == "List" { open?.delimiter = attributes.first?.value }
        elements.append(name.local)
      case .text(let more, _, _): text += more
      case .end(let name, _):
        elements.removeLast()
        switch name.local {
        case "Path": root = text
        case "NodeName" where !text.isEmpty: nodes[nodes.count - 1] = text
        case "Node": nodes.removeLast()
        case "Value": open?.values.append(text)
        case "AllowedValues":
          if let complete = open { facts.append(complete) }
          open = nil
        default: break
        }
      default: break
      }
    }
    return facts
  }

  /// The ends of `[0-100]` or `[(-1)-4294967295]`.
  var ranges: [ClosedRange<Int64>] {
    values.flatMap { $0.trimmingCharacters(in: ["[", "]", " "]).split(separator: ",") }.compactMap { text in
      let numbers = text.matches(of: /\(?(-\d+)\)|\d+/).compactMap { Int64($0.1 ?? $0.0) }
      return numbers.first.map { $0...(numbers.count > 1 ? numbers[1] : $0) }
    }
  }

  var flags: [UInt64] {
    values.compactMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : UInt64($0) }
  }
}

@Suite(.enabled(if: DDFValueFacts.isThere, "needs ../shared/data/ddf/2025-02")) struct ValueFactsTests {
  private enum Kind: Hashable { case option, rangeEnd, beyondRange, flag, beyondFlags, list, otherDelimiter }

  @Test(
    "every option, end of a range, flag and delimiter of the DDF files is taken, and what is just beyond is not"
  )
  func all() throws {
    var commands = CatalogCommands<Kind>()
    var judged = 0
    // The values of templates are all of one kind, which has no values in its DDF.
    for name in try FileManager.default.contentsOfDirectory(atPath: DDFValueFacts.folder.path).sorted()
    where name.hasSuffix(".xml") && !name.hasPrefix("ADMX_") {
      for facts in try DDFValueFacts.read(DDFValueFacts.folder.appending(path: name)) {
        guard let node = CSPCatalog.embedded.node(at: facts.path),
          let path = NodeSamples.path(of: node, in: .embedded)
        else { continue }
        let verb = node.access.contains(.replace) ? "Replace" : node.access.contains(.add) ? "Add" : "Exec"
        guard node.access.contains(.exec) || verb != "Exec" else { continue }
        judged += 1
        for sample in Self.samples(facts, node) {
          commands.add(
            verb, path, format: node.format, data: sample.value, node: node.locURI, kind: sample.kind,
            what: "'\(sample.value)'", code: sample.code)
        }
      }
    }
    #expect(judged > 1200)
    var counts: [Kind: Int] = [:]
    for expectation in commands.expectations { counts[expectation.kind, default: 0] += 1 }
    #expect(counts[.option, default: 0] > 2500)
    #expect(counts[.rangeEnd, default: 0] > 350)
    #expect(counts[.beyondRange, default: 0] > 350)
    #expect(counts[.flag, default: 0] > 40)
    #expect(counts[.list, default: 0] > 180)
    #expect(counts[.otherDelimiter, default: 0] > 80)
    let surprises = commands.surprises().values.joined()
    #expect(surprises.isEmpty, "\(surprises.prefix(20).joined(separator: "\n"))")
  }

  private static func samples(
    _ facts: DDFValueFacts, _ node: CSPNode
  ) -> [(value: String, kind: Kind, code: String?)] {
    var samples: [(value: String, kind: Kind, code: String?)] = []
    switch facts.kind {
    case "ENUM": samples += facts.values.map { ($0, .option, nil) }
    case "Range":
      let ranges = facts.ranges
      for end in ranges.flatMap({ [$0.lowerBound, $0.upperBound] }) {
        samples.append(("\(end)", .rangeEnd, nil))
      }
      for beyond in ranges.flatMap({ [$0.lowerBound - 1, $0.upperBound + 1] })
      where !ranges.contains(where: { $0.contains(beyond) }) && node.defaultValue != "\(beyond)" {
        samples.append(("\(beyond)", .beyondRange, "SM1703"))
      }
    case "Flag":
      let mask = facts.flags.reduce(0, |)
      samples += facts.values.map { ($0, .flag, nil) }
      samples += [("\(mask)", .flag, nil), ("0x\(String(mask, radix: 16))", .flag, nil)]
      samples.append(("\(~mask & (mask &+ 1))", .beyondFlags, "SM1704"))
    default: break
    }
    guard let delimiter = facts.delimiter.map({ $0.hasSuffix("xF000") ? "\u{F000}" : $0 }) else {
      return samples
    }
    let item: String
    switch facts.kind {
    case "ENUM": item = facts.values[0]
    case "None": item = "*S-1-5-32-544"
    default: return samples
    }
    samples += [("\(item)\(delimiter)\(item)", .list, nil), (item, .list, nil)]
    if delimiter == "\u{F000}" { samples.append(("\(item)&#xF000;\(item)", .list, nil)) }
    guard facts.kind == "ENUM" || delimiter == "\u{F000}" else { return samples }
    for other in [";", ",", "|", "\u{F000}"] where other != delimiter {
      samples.append(("\(item)\(other)\(item)", .otherDelimiter, "SM1710"))
    }
    return samples
  }
}

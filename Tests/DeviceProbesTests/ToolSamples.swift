import Foundation
import PolicyModel
import TestSupport

@testable import DeviceProbes

/// Outputs of tools: made-up ones of this checkout, and those of real machines that are kept beside it.
struct ToolSample: Sendable, CustomStringConvertible {
  let tool: String
  let name: String
  let bytes: [UInt8]

  var description: String { "\(tool)/\(name)" }

  /// The parsers by the folders that their samples are in.
  static let parsers: [String: any ToolParser.Type] = [
    "dsregcmd": .dsregcmd, "get-tpm": .getTpm, "endorsement": .endorsementKey, "win32_tpm": .win32Tpm,
    "tpmtool": .tpmtool, "manage-bde": .manageBde, "tpm2_getcap": .tpm2Capabilities,
  ].mapValues { (tool: ToolOutput) in tool.parser }

  /// The made-up ones.
  static let made = Checkout.files(below: "Tests/Corpus/tools", suffix: ".txt").compactMap {
    file -> ToolSample? in
    guard !file.path.hasSuffix("expected.txt") else { return nil }
    return ToolSample(path: file.path, bytes: file.bytes)
  }

  /// Those of real machines; none, with a word about it, when they are not there.
  static let recorded: [ToolSample] = {
    let folder = Checkout.root.appendingPathComponent("../shared/data/recordings").standardizedFileURL
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    if names.isEmpty { print("skipped: there is no folder ../shared/data/recordings beside the checkout") }
    return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
      return ToolSample(path: name, bytes: Array(data))
    }
  }()

  private init?(path: String, bytes: [UInt8]) {
    let parts = path.split(separator: "/").suffix(2)
    guard parts.count == 2, let tool = parts.first, let name = parts.last, Self.parsers[String(tool)] != nil
    else {
      return nil
    }
    self.tool = String(tool)
    self.name = String(name.dropLast(4))
    self.bytes = bytes
  }

  /// What its parser makes of other bytes in its place, or of itself.
  func findings(_ other: [UInt8]? = nil) -> FactFindings {
    Self.parsers[tool]?.findings(in: ToolText(other ?? bytes)) ?? FactFindings()
  }
}

extension FactFindings {
  /// A line for each fact, sorted. What reasons quote can be left out.
  func listed(withQuotes: Bool) -> String {
    contents.sorted { $0.key < $1.key }.map { name, content in
      switch content {
      case .value(let value): "\(name) = \(value)\n"
      case .unknown(let reason):
        "\(name) unknown: \(withQuotes ? reason : elided(reason))\n"
      }
    }.joined()
  }

  private func elided(_ reason: String) -> String {
    reason.replacing(/'([^']*)'/) { match in
      match.1.contains { $0 == " " || $0 == ":" } ? "'…'" : String(match.0)
    }
  }
}

import CSPCatalog
import Diagnostics
import PolicyModel

/// The `Get` commands that answer the facts of a policy over MDM.
extension PolicyChecker {
  mutating func factQueries() -> [FactQuery] {
    var queries: [FactQuery] = []
    // How a firmware version is read, and whether it is vulnerable, is told by other facts.
    let basis = FirmwareJudgement.facts(besides: factTable.declarations).compactMap { options.facts[$0.name] }
    for entry in (factTable.entries + basis).sorted(by: { $0.name < $1.name }) {
      let source = entry.cspNode ?? entry.derivedFrom.flatMap { options.facts[$0]?.cspNode }
      guard let source, let instance = instance(of: source) else { continue }
      queries.append(FactQuery(fact: entry.name, locURI: instance))
    }
    return queries
  }

  /// The path with its placeholders filled from params of the same name; nil when one is missing.
  private mutating func instance(of path: String) -> String? {
    var segments: [String] = []
    for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard segment.hasPrefix("{"), segment.hasSuffix("}") else {
        segments.append(String(segment))
        continue
      }
      let wanted = Self.folded(String(segment.dropFirst().dropLast()))
      // Two params may differ in case and underscores only: the one spelt as the placeholder, else the first by name.
      let spelt = String(segment.dropFirst().dropLast())
      let named = parameters.keys.filter { Self.folded($0) == wanted }.sorted()
      guard let name = named.first(where: { $0 == spelt }) ?? named.first, let value = parameters[name]?.value
      else { return nil }
      segments.append(PercentEncoding.segment(value.description))
    }
    return Self.normalForm(segments.joined(separator: "/"))
  }
}

extension FactCatalog {
  /// All names, for suggestions.
  var names: [String] { entries.map(\.name) }
}

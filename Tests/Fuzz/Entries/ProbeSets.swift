import CSPCatalog
import DeviceProbes
import DeviceReports
import Diagnostics
import PolicyModel

/// Several snapshots of one device, cut at bytes 0, as `policyc probe` merges them: the first that knows a fact wins, nothing that a later one
/// says alone is lost, and the merged snapshot reads back.
func fuzzProbeSet(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0, maxSplits: 7, omittingEmptySubsequences: false)
  var probes: [SnapshotProbe] = []
  for (index, part) in parts.enumerated() {
    let name = "file:\(index)"
    guard let found = try? FileProbe.observations(in: Array(part), catalogFacts, source: name) else {
      continue
    }
    probes.append(SnapshotProbe(name: name, found: found))
  }
  guard let merged = try? ProbeSet(probes).observe(catalogFacts) else { fatalError("snapshots throw") }
  for fact in catalogFacts {
    let values = probes.compactMap { $0.found[fact.name]?.value }
    require(merged[fact.name]?.value == values.first, "\(fact.name) is not what the first probe says")
    let hasContradiction = merged.contradictions.contains { $0.fact == fact.name }
    require(
      hasContradiction || values.allSatisfy { $0 == values.first },
      "\(fact.name) is contradicted without a word")
  }
  for language in ReportLanguage.allCases {
    let report = FactReport(catalogFacts, in: merged, language: language)
    for repertoire in [TextRepertoire.unicode, .ascii] {
      let style = TerminalStyle(repertoire: repertoire)
      requirePrintable(report.text(style: style), in: repertoire, "the facts")
      for warning in report.warnings { requireLine(safeLine(warning, in: repertoire), "a warning") }
    }
    requirePrintable(report.yaml(), "the facts in YAML")
    requirePrintable(json: report.json(), "the facts as JSON")
    for form in [Array(report.yaml().utf8), report.json()] {
      guard let again = try? FileProbe.observations(in: form, catalogFacts, source: "again") else {
        fatalError("the snapshot does not read back: \(String(decoding: form, as: UTF8.self))")
      }
      // What derives from the build is written too, as facts of their own.
      for (name, observation) in merged.observations where observation.value != nil {
        require(again[name]?.value == observation.value, "\(name) reads back as another value")
      }
    }
  }
}

private let catalogFacts = FactCatalog.embedded.entries.map(\.declaration)

/// A snapshot that was read, as a probe.
private struct SnapshotProbe: DeviceProbe {
  let name: String
  let found: [String: Observation]

  var coverage: ProbeCoverage { .everyFact(.reported) }

  func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let names = Set(facts.map(\.name))
    return found.filter { names.contains($0.key) }
  }
}

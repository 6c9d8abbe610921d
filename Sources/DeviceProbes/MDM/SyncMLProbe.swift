import CSPCatalog
import FileAccess
import PolicyModel
import XMLInput

/// `syncml:FILE`: what a device answered to the Gets of a payload.
///
/// Windows says it, and a file is not signed: all of it is reported.
package struct SyncMLProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String

  package init(path: String) { self.path = path }

  /// `syncml:PATH`
  package var name: String { "syncml:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// The facts whose CSP node reports a value of a documented form.
  package var coverage: ProbeCoverage {
    let names = AnsweredFacts.entries(of: .embedded).map { ($0.name, EvidenceLevel.reported) }
    return .facts(Dictionary(uniqueKeysWithValues: names))
  }

  /// Reads the answers.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name))
    let entries = AnsweredFacts.entries(of: .embedded).filter { wanted.contains($0.name) }
    guard !entries.isEmpty else { return [:] }
    let bytes = try readSource(path, limit: AnsweredFacts.byteLimit)
    let answers: AnsweredFacts
    do throws(XMLError) {
      answers = try AnsweredFacts(bytes, about: entries)
    } catch {
      throw .content(path: shownPath(path), SnapshotError(error))
    }
    guard answers.isSyncML else {
      throw .content(
        path: shownPath(path),
        SnapshotError("there is no SyncML in it, neither a message nor Results", at: nil))
    }
    var findings = FactFindings()
    for entry in entries { findings[entry.name] = answers.finding(of: entry) }
    return findings.observations(of: wanted, source: name)
  }
}

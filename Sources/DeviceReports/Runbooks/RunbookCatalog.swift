import CCatalogData
import PolicyModel
import YAMLInput

/// The runbooks, one a remedy.
package struct RunbookCatalog: Sendable {
  /// The runbooks in the order of ``KnownRemedy``.
  package let runbooks: [Runbook]

  /// The catalogue that comes with the program. It is read when it is first asked for.
  package static let embedded: RunbookCatalog = {
    do throws(YAMLError) {
      let bytes = UnsafeBufferPointer(start: runbook_catalog_bytes(), count: runbook_catalog_size())
      return try RunbookCatalog(yaml: Array(bytes))
    } catch {
      preconditionFailure("runbooks.yaml: \(error)")
    }
  }()

  /// Reads a catalogue; one that would let a destructive step be done unprepared is refused.
  init(yaml: [UInt8]) throws(YAMLError) {
    let found = try RunbookReader.read(YAMLNode(yaml: yaml))
    runbooks = KnownRemedy.allCases.compactMap { remedy in found.first { $0.remedy == remedy } }
  }

  /// The runbook of a remedy.
  package subscript(remedy: KnownRemedy) -> Runbook? { runbooks.first { $0.remedy == remedy } }
}

import CSPCatalog
import Diagnostics
import SyncML

/// A payload is judged, its findings lie in it, and a message that was read is written as one that reads the same.
func fuzzSyncML(_ bytes: [UInt8]) {
  let report = validatePayload(bytes, catalog: .embedded)
  require(report.dropped >= 0, "more findings are kept than there are")
  var sources = SourceMap()
  let file = sources.add(SourceFile(name: "fuzz.xml", bytes: bytes))
  let lines = LineIndex(bytes)
  checkPlaces(of: report.findings.map { $0.diagnostic(in: file, lines) }, in: sources)

  guard let document = try? SyncMLReader().read(bytes), let message = document.message,
    let written = try? SyncMLWriter().write(message)
  else { return }
  guard let again = (try? SyncMLReader().read(written.bytes))?.message else {
    fatalError("what was written cannot be read: \(String(decoding: written.bytes, as: UTF8.self))")
  }
  require(again == message, "\(message) reads back as \(again)")
}

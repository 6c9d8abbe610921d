import Diagnostics
import SyncML
import XMLInput

/// Findings in a payload, whole or in parts of its lines, are documents that a machine can read.
func checkMachineFormats(of report: PayloadReport, in bytes: [UInt8]) {
  var picker = SourcePicker(report.findings.flatMap(\.places))
  bytes.withUnsafeBytes { _ = picker.feed($0) }
  let name = String(decoding: bytes.prefix(20), as: UTF8.self)
  let parts = SourceFile(name: name, pieces: picker.finish())
  for source in [SourceFile(name: name, bytes: bytes), parts] {
    var sources = SourceMap()
    let file = sources.add(source)
    let lines = LineIndex(source)
    let diagnostics = report.findings.map { $0.diagnostic(in: file, lines) }
    let junit = JUnitRenderer(sources).render(diagnostics)
    do throws(XMLError) {
      try readXML(Array(junit.utf8)) { _ throws(XMLError) in }
    } catch {
      fatalError("the JUnit report is not well-formed: \(error) in \(junit)")
    }
    showFindings(diagnostics, in: sources)
  }
}

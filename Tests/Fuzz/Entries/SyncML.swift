import CSPCatalog
import Diagnostics
import SyncML

/// A payload is judged, its findings lie in it, and a message that was read is written as one that reads the same.
func fuzzSyncML(_ bytes: [UInt8]) {
  let report = validatePayload(bytes, PayloadOptions(catalog: .embedded))
  require(report.dropped >= 0, "more findings are kept than there are")
  var sources = SourceMap()
  let file = sources.add(SourceFile(name: "fuzz.xml", bytes: bytes))
  let lines = LineIndex(bytes)
  checkPlaces(of: report.findings.map { $0.diagnostic(in: file, lines) }, in: sources)
  checkMachineFormats(of: report, in: bytes)

  guard let document = try? SyncMLReader().read(bytes), let message = document.message,
    let written = try? SyncMLWriter().write(message)
  else { return }
  guard var again = (try? SyncMLReader().read(written.bytes))?.message else {
    fatalError("what was written cannot be read: \(String(decoding: written.bytes, as: UTF8.self))")
  }
  var expected = message.numbered()
  again.commands = withoutStyles(again.commands)
  expected.commands = withoutStyles(expected.commands)
  require(again == expected, "\(expected) reads back as \(again)")
}

/// How a value is written does not survive where the value is empty: an empty CDATA section is no text at all.
private func withoutStyles(_ commands: [SyncMLCommand]) -> [SyncMLCommand] {
  commands.map { command in
    var command = command
    for index in command.items.indices { command.items[index].dataStyle = .escaped }
    command.commands = withoutStyles(command.commands)
    return command
  }
}

import DeviceReports
import TPMEvidence

/// A boot log that was read lies in its bytes, replays in every bank that can be computed, and is judged.
func fuzzEventLog(_ bytes: [UInt8]) {
  let log: EventLog
  do {
    log = try EventLog(bytes)
  } catch {
    require((0...bytes.count).contains(error.offset), "the error lies outside the log: \(error)")
    require(!error.description.isEmpty, "the error says nothing")
    return
  }
  var end = 0
  for (index, event) in log.events.enumerated() {
    require(Int(event.offset) == end, "event \(index) does not begin where the one before it ends")
    require(event.dataRange.lowerBound > end, "event \(index) has its data before itself")
    end = event.dataRange.upperBound
  }
  require(end == log.end && end <= bytes.count, "the events end at \(end), and the log at \(log.end)")
  for (bank, known) in log.banks.enumerated() {
    guard let replay = log.replay(bank: bank) else { continue }
    var values: [Int: [UInt8]] = [:]
    for (register, value) in replay.values.enumerated() { values[register] = value }
    require(
      log.divergences(from: PCRValues([known.algorithm: values])).isEmpty,
      "a log does not account for its own values")
  }
  judge(log)
  // What lies behind the digests is read too: as if a machine had measured just this.
  if let measured = try? EventLog(withTrueDigests(log)) { judge(measured) }
}

private func judge(_ log: EventLog) {
  let evidence = BootEvidence(log)
  require(evidence == BootEvidence(log), "a log is judged in two ways")
  if evidence.secureBoot.isOn.value == true {
    require(evidence.isUEFI == .known(true), "Secure Boot without UEFI")
  }
  if evidence.loader.signer.value != nil {
    require(evidence.secureBoot.isOn.value == true, "Windows was verified with Secure Boot off")
    require(
      !evidence.contradictions.contains { $0.register == 7 }, "Windows was verified by what cannot be true")
  }
  show(log, evidence)
}

/// Reports have nothing in them that acts on a terminal, and are JSON.
private func show(_ log: EventLog, _ evidence: BootEvidence) {
  var values: [HashAlgorithm: [Int: [UInt8]]] = [:]
  for bank in log.banks { values[bank.algorithm] = [1: [UInt8](repeating: 7, count: bank.byteCount)] }
  let comparison = BootLogReport.Comparison(
    source: "values", result: log.comparison(with: PCRValues(values)))
  let report = BootLogReport("log", log, evidence, facts: [:], comparison: comparison, listsEvents: true)
  requirePrintable(report.text(), "a report")
  requirePrintable(json: report.json(), "a report as JSON")
}

/// The log with the digest of each event's data in place of the digest that was there.
private func withTrueDigests(_ log: EventLog) -> [UInt8] {
  var bytes = log.bytes
  for event in log.events.indices {
    for (index, bank) in log.banks.enumerated() {
      guard let place = log.digest(of: event, bank: index)?.indices,
        let digest = bank.algorithm.digest(of: Array(log.data(of: event)))
      else { continue }
      bytes.replaceSubrange(place, with: digest)
    }
  }
  return bytes
}

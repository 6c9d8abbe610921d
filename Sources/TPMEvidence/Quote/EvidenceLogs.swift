/// The boot logs of some evidence, read: the log of the start that was quoted, and those of starts before it.
///
/// Which is which the evidence may say, and does not decide: the log that leads to the quoted values is the one of that start.
struct EvidenceLogs {
  /// The log of the start that was quoted; nil where there is none that can be read.
  let current: EventLog?
  /// The others, as far as they can be read.
  let earlier: [EventLog]
  /// Why one of the logs cannot be read, as a plain sentence without a full stop; nil when all can.
  let damage: String?

  /// Reads the logs of evidence.
  ///
  /// - Parameters:
  ///   - hash: The hash of the quote's signature.
  ///   - banks: The banks that count.
  init(_ evidence: Evidence, quotedBy quote: TPMAttest, _ hash: HashAlgorithm, banks: [HashAlgorithm]) {
    let all = (evidence.bootLog.map { [$0] } ?? []) + evidence.earlierLogs
    var logs: [EventLog] = []
    var damage: String?
    for (index, bytes) in all.enumerated() {
      do throws(EventLogError) {
        logs.append(try EventLog(bytes))
      } catch {
        let which = all.count == 1 ? "the boot log" : "boot log \(index + 1) of \(all.count)"
        damage = damage ?? "\(which) is damaged: \(error)"
      }
    }
    self.damage = damage
    guard all.count > 1 else {
      (current, earlier) = (logs.first, [])
      return
    }
    let place = logs.indices.first { index in
      guard case .known(let values) = quote.quotedValues(given: evidence.pcrs, log: logs[index], by: hash)
      else {
        return false
      }
      return !logs[index].divergences(from: values).contains { banks.contains($0.algorithm) }
    }
    // Where none does, the one that the evidence names as that of the start shows what diverges.
    current = logs.isEmpty ? nil : logs.remove(at: place ?? 0)
    earlier = logs
  }
}

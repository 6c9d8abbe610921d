/// The start of a kernel that the quoted boot did not start but resumed from hibernation, by the logs of the starts before.
///
/// Nothing vouches for these logs, since the PCRs of their starts are gone: docs/boot-evidence.md has what follows and what does not. They are held
/// against each other and against the quoted one, and are believed to be what they say only where all of them fit.
package struct KernelStart: Hashable, Sendable {
  /// A log, and what it says.
  package struct Log: Sendable {
    /// The log.
    package let log: EventLog
    /// What it says.
    package let evidence: BootEvidence

    /// A log that is read by all of its banks.
    package init(_ log: EventLog, _ evidence: BootEvidence) {
      self.log = log
      self.evidence = evidence
    }
  }

  /// Which start of the machine it was that started the kernel.
  package let counter: UInt64
  /// What the logs say: that of the start first, the last resume last.
  package let logs: [BootEvidence]

  /// A start by its logs.
  package init(counter: UInt64, logs: [BootEvidence]) {
    self.counter = counter
    self.logs = logs
  }

  /// Finds the start of a kernel, whatever the order of the logs.
  ///
  /// - Parameters:
  ///   - last: The log of the last resume.
  ///   - earlier: Logs of starts before it; those from before the start of the kernel are left alone.
  /// - Returns: Unknown where logs are missing, or do not fit together.
  package static func find(resumedBy last: Log, among earlier: [Log]) -> BootFinding<KernelStart> {
    guard case .known(let lastCounter) = last.evidence.windows.bootCounter, lastCounter > 0 else {
      return .unknown(
        "the log of the resume has no boot counter, so that nothing tells which log is the one before it")
    }
    var placed: [(counter: UInt64, log: Log)] = []
    for log in earlier {
      switch log.evidence.windows.bootCounter {
      // Where nothing counts, Windows measures 0.
      case .known(0):
        return .unknown("nothing tells which start one of the earlier logs is of: its boot counter is 0")
      case .known(let counter): placed.append((counter, log))
      case .unknown(let reason):
        return .unknown("nothing tells which start one of the earlier logs is of: \(reason)")
      }
    }
    placed.sort { $0.counter < $1.counter }
    let counters = placed.map(\.counter) + [lastCounter]
    if let twice = zip(counters, counters.dropFirst()).first(where: { $0 == $1 })?.0 {
      return .unknown("two of the logs are of start \(twice)")
    }
    if let later = placed.last?.counter, later > lastCounter {
      return .unknown("one of the logs is of start \(later), and the quoted one of start \(lastCounter)")
    }
    return walk(back: placed, from: last, lastCounter)
  }

  private static func walk(
    back earlier: [(counter: UInt64, log: Log)], from last: Log, _ lastCounter: UInt64
  ) -> BootFinding<KernelStart> {
    var chain = [last]
    var counter = lastCounter
    for (found, log) in earlier.reversed() {
      guard found == counter - 1 else { break }
      if let reason = log.evidence.contradictions.first?.reason {
        return .unknown("the log of start \(found) contradicts itself: \(reason)")
      }
      if let misfit = misfit(of: log, before: chain[chain.count - 1]) {
        return .unknown("the logs of the starts \(found) and \(counter) do not fit together: \(misfit)")
      }
      chain.append(log)
      counter = found
      guard !log.evidence.windows.isResume else { continue }
      if case .unknown(let reason) = log.evidence.windows.startedKernel {
        return .unknown("the log of start \(counter) does not have the start of a kernel: \(reason)")
      }
      return .known(KernelStart(counter: counter, logs: chain.reversed().map(\.evidence)))
    }
    return .unknown(
      "the log of start \(counter - 1) is missing, which would tell what start \(counter) resumed")
  }

  /// Why two logs cannot be of two starts of one machine, the one after the other; nil when they can.
  private static func misfit(of earlier: Log, before later: Log) -> String? {
    let (first, second) = (earlier.evidence.windows, later.evidence.windows)
    if let one = first.counterID.value, let other = second.counterID.value, one != other {
      return "they name different counters, \(one) and \(other), and so different TPMs"
    }
    if let one = first.eventCounter.value, let other = second.eventCounter.value, one >= other {
      return "the event counter went from \(one) to \(other)"
    }
    // The same firmware with the same keys starts the boot manager that resumes a kernel.
    for bank in earlier.log.banks.map(\.algorithm) {
      guard let one = earlier.log.replay(bank), let other = later.log.replay(bank) else { continue }
      if let register = [0, 7].first(where: { one[$0] != other[$0] }) {
        return
          "they lead to different values of PCR \(register), and so are of different machines, or the firmware "
          + "or its keys were changed in between"
      }
    }
    return nil
  }
}

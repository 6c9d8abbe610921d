@testable import TPMEvidence

/// Logs of several starts of one made-up machine, as Windows' boot manager counts them.
enum MadeUpStarts {
  /// What tells a start from others.
  struct Numbers {
    var boot: UInt64?
    var event: UInt64?
    var id: UInt64? = 0x0141_0100

    /// Both counters go on with each start.
    init(_ boot: UInt64) {
      self.boot = boot
      event = boot << 8
    }

    var elements: [(UInt32, [UInt8])] {
      [(SIPATag.counterID, id), (SIPATag.eventCounter, event), (SIPATag.bootCounter, boot)].compactMap {
        tag, value in value.map { (tag, little($0)) }
      }
    }
  }

  /// The log of a start of Windows, or of a resume of it.
  static func log(
    _ numbers: Numbers, isResume: Bool, manager: [UInt8] = MadeUpLogs.bootManager,
    _ change: (inout EditableLog) -> Void = { _ in }
  ) -> EditableLog {
    var log = MadeUpLogs.windows()
    let first = log.events.firstIndex { $0.register == 12 } ?? 0
    log.events.removeAll { $0.register == 12 && $0.type == .eventTag }
    let handover = (SIPATag.transferControl, little(UInt32(isResume ? 2 : 1)))
    let stages =
      [MadeUpLogs.stage(numbers.elements + [handover]), manager] + (isResume ? [] : [MadeUpLogs.loader])
    log.events.insert(contentsOf: stages.map { log.event(12, .eventTag, $0) }, at: first)
    change(&log)
    return log
  }

  static func start(_ boot: UInt64) -> EditableLog { log(Numbers(boot), isResume: false) }

  static func resume(_ boot: UInt64) -> EditableLog { log(Numbers(boot), isResume: true) }
}

extension EventLog {
  /// The same log with some of its banks alone.
  ///
  /// Digests in a bank that nobody vouches for are whatever the log's writer wants them to be; a log without them cannot be judged by them.
  ///
  /// - Parameter kept: The positions in ``banks``, ascending.
  func keeping(_ kept: [Int]) -> EventLog {
    kept == Array(banks.indices) ? self : EventLog(self, keeping: kept)
  }

  private init(_ log: EventLog, keeping kept: [Int]) {
    bytes = log.bytes
    form = log.form
    registers = log.registers
    events = log.events
    startupLocality = log.startupLocality
    end = log.end
    banks = kept.map { log.banks[$0] }
    var offsets: [UInt32] = []
    offsets.reserveCapacity(log.events.count * kept.count)
    for event in log.events.indices {
      for bank in kept { offsets.append(log.digestOffsets[event * log.banks.count + bank]) }
    }
    digestOffsets = offsets
  }
}

/// Why bytes are not a boot log, or not one that a firmware and a TPM would make.
package struct EventLogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The byte at which the trouble is, from 0.
  package let offset: Int
  /// The number of the event at which it is, from 0.
  package let event: Int
  /// What is the matter.
  package let problem: Problem

  /// What can be the matter.
  package enum Problem: Hashable, Sendable {
    /// There is nothing in it, or nothing but padding.
    case empty
    /// More bytes than ``EventLogLimits/bytes``.
    case tooLarge(limit: Int)
    /// More events than ``EventLogLimits/events``.
    case tooManyEvents(limit: Int)
    /// It ends within something that takes more bytes than are left.
    case truncated(what: String, needed: UInt64, left: Int)
    /// A register that a TPM, or a confidential machine, does not have.
    case noSuchRegister(UInt32)
    /// The header names no algorithm, too many, one of them twice, or a digest size that the algorithm does not have.
    case badAlgorithms(String)
    /// The header holds vendor information of this size that the event is too short for.
    case vendorInformation(size: Int, left: Int)
    /// An event with a digest of an algorithm that the header does not name.
    case undeclaredAlgorithm(HashAlgorithm)
    /// An event that has more digests than the header names algorithms.
    case tooManyDigests(UInt32)
    /// An event with two digests of one algorithm.
    case repeatedDigest(HashAlgorithm)
    /// A second startup locality, or one that comes after PCR 0 was extended.
    case lateStartupLocality
    /// A startup locality other than 0, 3 and 4.
    case badStartupLocality(UInt8)
  }

  init(_ problem: Problem, at offset: Int, event: Int) {
    self.problem = problem
    self.offset = offset
    self.event = event
  }

  /// `event 12, at byte 4711: the event's data takes 3000000000 bytes, and 65 are left`
  package var description: String {
    switch problem {
    case .empty: "it holds no event"
    case .tooLarge(let limit): "it is larger than \(limit) bytes, the most that a boot log may have"
    default: "event \(event), at byte \(offset): \(explanation)"
    }
  }

  private var explanation: String {
    switch problem {
    case .empty, .tooLarge: ""
    case .tooManyEvents(let limit): "there are more than \(limit) events"
    case .truncated(let what, let needed, let left): "\(what) takes \(needed) bytes, and \(left) are left"
    case .noSuchRegister(let index): "it extends register \(index), which there is not"
    case .badAlgorithms(let text): "the header \(text)"
    case .vendorInformation(let size, let left):
      "the header has \(size) bytes of vendor information, and \(left) are left in its event"
    case .undeclaredAlgorithm(let algorithm):
      "it has a digest by \(algorithm.name), which the header does not name"
    case .tooManyDigests(let count): "it has \(count) digests, more than the header names algorithms"
    case .repeatedDigest(let algorithm): "it has two digests by \(algorithm.name)"
    case .lateStartupLocality: "a startup locality comes twice, or after PCR 0 was extended"
    case .badStartupLocality(let locality): "a TPM is never started from locality \(locality)"
    }
  }
}

/// How much a boot log may hold. Real ones have some hundred events in less than a megabyte.
package struct EventLogLimits: Hashable, Sendable {
  /// The size of the log.
  package var bytes: Int
  /// The number of events.
  package var events: Int
  /// The number of algorithms that the header names.
  package var banks: Int

  /// Limits; without arguments those of `eventlog:FILE`.
  package init(bytes: Int = 16 << 20, events: Int = 200_000, banks: Int = 16) {
    self.bytes = bytes
    self.events = events
    self.banks = banks
  }
}

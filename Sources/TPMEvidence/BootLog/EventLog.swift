/// A boot log: what firmware and boot loaders say that they measured, event by event, in the order in which they did.
///
/// The log itself is worth nothing: anybody can write one. It is worth what its digests are, once ``replay(_:)`` leads to the
/// PCR values of a TPM. See docs/boot-evidence.md.
///
/// Events are places in the bytes; nothing is copied.
package struct EventLog: Sendable {
  /// How the log is written.
  package enum Form: Hashable, Sendable {
    /// TCG_PCClientPCREvent: one SHA-1 digest an event.
    case sha1Only
    /// TCG_EfiSpecIDEvent, then TCG_PCR_EVENT2: a digest an event for each algorithm of the header.
    case cryptoAgile
  }

  /// Which registers the events extend.
  package enum Registers: Hashable, Sendable {
    /// The PCRs of a TPM, 0 to 23.
    case pcrs
    /// The measurement registers of a confidential virtual machine, 1 to 4 (CCEL: 1 is RTMR 0 on Intel TDX).
    case confidential

    /// Whether there is such a register to extend.
    func contains(_ index: UInt32) -> Bool {
      switch self {
      case .pcrs: index < UInt32(pcrCount)
      case .confidential: (1...4).contains(index)
      }
    }
  }

  /// An algorithm of the header.
  package struct Bank: Hashable, Sendable {
    /// The algorithm.
    package let algorithm: HashAlgorithm
    /// The size of its digests, in bytes.
    package let byteCount: Int
  }

  /// One event.
  package struct Event: Hashable, Sendable {
    /// Where it begins in the log.
    package let offset: UInt32
    /// The register that it extends.
    package let register: UInt32
    /// What it calls itself; not measured.
    package let type: EventType
    fileprivate let dataStart: UInt32
    fileprivate let dataEnd: UInt32

    init(offset: Int, register: UInt32, type: EventType, data: Range<Int>) {
      self.offset = UInt32(offset)
      self.register = register
      self.type = type
      dataStart = UInt32(data.lowerBound)
      dataEnd = UInt32(data.upperBound)
    }

    /// Whether it extends a register.
    package var isExtended: Bool { type != .noAction }
    /// The place of its data in the log.
    package var dataRange: Range<Int> { Int(dataStart)..<Int(dataEnd) }
  }

  /// The log as it was read.
  package let bytes: [UInt8]
  /// How it is written.
  package let form: Form
  /// Which registers it is about.
  package let registers: Registers
  /// The algorithms, in the order of the header.
  package let banks: [Bank]
  /// The events in the order of the log, those that extend nothing included; the header is event 0.
  package let events: [Event]
  /// The locality from which the TPM was started (TPM2_Startup), which is the first value of PCR 0.
  package let startupLocality: UInt8
  /// Where the last event ends; behind it there is padding alone.
  package let end: Int
  /// For each event and each bank, where the digest is; 0 when the event has none.
  let digestOffsets: [UInt32]

  /// Reads a log whole.
  package init(_ bytes: [UInt8], limits: EventLogLimits = EventLogLimits()) throws(EventLogError) {
    var reader = EventLogReader(bytes, limits: limits)
    try reader.read()
    self.bytes = bytes
    form = reader.form
    registers = reader.registers
    banks = reader.banks
    events = reader.events
    startupLocality = reader.startupLocality ?? 0
    end = reader.end
    digestOffsets = reader.digestOffsets
  }

  /// The data of an event.
  package func data(of event: Int) -> ArraySlice<UInt8> { bytes[events[event].dataRange] }

  /// The digest of an event in a bank, by the banks' position; nil when the event has none.
  package func digest(of event: Int, bank: Int) -> ArraySlice<UInt8>? {
    let offset = Int(digestOffsets[event * banks.count + bank])
    return offset == 0 ? nil : bytes[offset..<offset + banks[bank].byteCount]
  }

  /// Whether an event's data is what was measured: in every bank that can be computed, and in at least one, the event's digest is
  /// the digest of these bytes.
  ///
  /// - Parameter content: The bytes; nil for all of the event's data.
  package func isMeasured(_ event: Int, content: [UInt8]? = nil) -> Bool {
    if let content {
      return content.withUnsafeBytes { content in
        bytes.withUnsafeBytes { isMeasured(event, content: content, in: $0) }
      }
    }
    return bytes.withUnsafeBytes { log in
      isMeasured(event, content: UnsafeRawBufferPointer(rebasing: log[events[event].dataRange]), in: log)
    }
  }

  private func isMeasured(
    _ event: Int, content: UnsafeRawBufferPointer, in log: UnsafeRawBufferPointer
  ) -> Bool {
    var isComputed = false
    for (index, bank) in banks.enumerated() {
      let offset = Int(digestOffsets[event * banks.count + index])
      guard offset != 0 else { continue }
      let digest = UnsafeRawBufferPointer(rebasing: log[offset..<offset + bank.byteCount])
      guard let isDigest = bank.algorithm.isDigest(digest, of: content) else { continue }
      guard isDigest else { return false }
      isComputed = true
    }
    return isComputed
  }
}

/// How many PCRs a TPM for PCs has.
package let pcrCount = 24

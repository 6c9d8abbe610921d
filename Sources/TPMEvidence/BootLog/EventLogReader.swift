/// Reads the bytes of a boot log once, from front to end. Every length is suspect.
struct EventLogReader {
  private let bytes: [UInt8]
  private let limits: EventLogLimits
  private(set) var form = EventLog.Form.sha1Only
  private(set) var registers = EventLog.Registers.pcrs
  private(set) var banks = [EventLog.Bank(algorithm: .sha1, byteCount: 20)]
  private(set) var events: [EventLog.Event] = []
  private(set) var digestOffsets: [UInt32] = []
  private(set) var startupLocality: UInt8?
  private(set) var end = 0
  private var isFirstRegisterExtended = false

  init(_ bytes: [UInt8], limits: EventLogLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func read() throws(EventLogError) {
    guard !bytes.isEmpty else { throw error(.empty, at: 0) }
    // Places in the log are kept in 32 bits.
    let limit = min(limits.bytes, Int(Int32.max))
    guard bytes.count <= limit else { throw error(.tooLarge(limit: limit), at: 0) }
    let padding = paddingStart()
    guard padding > 0 else { throw error(.empty, at: 0) }
    try readHeader()
    // At most as many as the bytes have room for. Memory that is not written is not taken.
    let count = min(limits.events, padding / 16 + 1)
    events.reserveCapacity(count)
    digestOffsets.reserveCapacity(count * banks.count)
    while end < padding {
      guard events.count < limits.events else { throw error(.tooManyEvents(limit: limits.events), at: end) }
      try readEvent()
    }
  }

  /// Where the bytes begin that are all 0 or all 0xFF up to the end, as a buffer has behind its log.
  private func paddingStart() -> Int {
    guard let last = bytes.last, last == 0 || last == 0xFF else { return bytes.count }
    var index = bytes.count
    while index > 0, bytes[index - 1] == last { index -= 1 }
    return index
  }

  /// The first event, which always has one SHA-1 digest. The signature in its data tells how the others are written.
  private mutating func readHeader() throws(EventLogError) {
    let register = try number32(at: 0, "the event")
    let type = EventType(rawValue: try number32(at: 4, "the event"))
    let size = try number32(at: 28, "the event")
    let data = try range(of: UInt64(size), at: 32, "the event's data")
    if type == .noAction, bytes[data].starts(with: "Spec ID Event03\0".utf8) {
      form = .cryptoAgile
      if register != 0 { registers = .confidential }
      try readAlgorithms(bytes[data])
      digestOffsets.append(contentsOf: repeatElement(0, count: banks.count))
      events.append(.init(offset: 0, register: register, type: type, data: data))
      end = data.upperBound
    } else {
      digestOffsets.append(8)
      try finish(register, type, data)
    }
  }

  /// TCG_EfiSpecIDEvent behind its signature.
  private mutating func readAlgorithms(_ data: ArraySlice<UInt8>) throws(EventLogError) {
    var cursor = ByteCursor(data)
    // Signature, platform class, version, errata, size of UINTN.
    _ = cursor.take(24)
    guard let count = cursor.uint32() else {
      throw error(.truncated(what: "the header", needed: 28, left: data.count), at: data.startIndex)
    }
    guard count > 0, count <= UInt32(clamping: limits.banks) else {
      throw error(
        .badAlgorithms("names \(count) algorithms; 1 to \(limits.banks) are allowed"), at: cursor.index)
    }
    banks = []
    for _ in 0..<count {
      let place = cursor.index
      guard let number = cursor.uint16(), let size = cursor.uint16() else {
        throw error(
          .truncated(what: "an algorithm of the header", needed: 4, left: data.endIndex - place), at: place)
      }
      let algorithm = HashAlgorithm(rawValue: number)
      guard !banks.contains(where: { $0.algorithm == algorithm }) else {
        throw error(.badAlgorithms("names \(algorithm.name) twice"), at: place)
      }
      guard size > 0, algorithm.byteCount.map({ $0 == Int(size) }) ?? true else {
        throw error(.badAlgorithms("gives \(algorithm.name) digests of \(size) bytes"), at: place)
      }
      banks.append(EventLog.Bank(algorithm: algorithm, byteCount: Int(size)))
    }
    // Some old firmware leaves out the size of the vendor information, too.
    if let size = cursor.byte(), Int(size) > cursor.left {
      throw error(.vendorInformation(size: Int(size), left: cursor.left), at: cursor.index)
    }
  }

  private mutating func readEvent() throws(EventLogError) {
    let register = try number32(at: end, "the event")
    let type = EventType(rawValue: try number32(at: end + 4, "the event"))
    guard form == .cryptoAgile else {
      _ = try range(of: 20, at: end + 8, "the event's digest")
      let size = try number32(at: end + 28, "the size of the event's data")
      let data = try range(of: UInt64(size), at: end + 32, "the event's data")
      digestOffsets.append(UInt32(end + 8))
      return try finish(register, type, data)
    }
    let count = try number32(at: end + 8, "the number of the event's digests")
    guard count <= UInt32(banks.count) else { throw error(.tooManyDigests(count), at: end + 8) }
    let row = digestOffsets.count
    digestOffsets.append(contentsOf: repeatElement(0, count: banks.count))
    var place = end + 12
    for _ in 0..<count {
      let number = try range(of: 2, at: place, "the algorithm of a digest")
      let algorithm = HashAlgorithm(rawValue: UInt16(littleEndian: bytes[number]))
      guard let bank = banks.firstIndex(where: { $0.algorithm == algorithm }) else {
        throw error(.undeclaredAlgorithm(algorithm), at: place)
      }
      guard digestOffsets[row + bank] == 0 else { throw error(.repeatedDigest(algorithm), at: place) }
      let digest = try range(of: UInt64(banks[bank].byteCount), at: place + 2, "the event's digest")
      digestOffsets[row + bank] = UInt32(digest.lowerBound)
      place = digest.upperBound
    }
    let size = try number32(at: place, "the size of the event's data")
    let data = try range(of: UInt64(size), at: place + 4, "the event's data")
    try finish(register, type, data)
  }

  private mutating func finish(
    _ register: UInt32, _ type: EventType, _ data: Range<Int>
  ) throws(EventLogError) {
    if type == .noAction {
      try readStartupLocality(bytes[data])
    } else {
      guard registers.contains(register) else { throw error(.noSuchRegister(register), at: end) }
      if register == 0 { isFirstRegisterExtended = true }
    }
    events.append(.init(offset: end, register: register, type: type, data: data))
    end = data.upperBound
  }

  /// TCG_EfiStartupLocalityEvent: PCR 0 begins with the number of the locality.
  private mutating func readStartupLocality(_ data: ArraySlice<UInt8>) throws(EventLogError) {
    guard data.starts(with: "StartupLocality\0".utf8), data.count == 17, let locality = data.last else {
      return
    }
    guard [0, 3, 4].contains(locality) else {
      throw error(.badStartupLocality(locality), at: data.startIndex)
    }
    guard startupLocality == nil, !isFirstRegisterExtended else {
      throw error(.lateStartupLocality, at: data.startIndex)
    }
    startupLocality = locality
  }

  private func number32(at place: Int, _ what: String) throws(EventLogError) -> UInt32 {
    let range = try range(of: 4, at: place, what)
    let start = range.lowerBound
    return UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
      | UInt32(bytes[start + 3]) << 24
  }

  /// A place in the bytes; `place` is never beyond the end by more than an event's fixed part.
  private func range(of count: UInt64, at place: Int, _ what: String) throws(EventLogError) -> Range<Int> {
    let left = max(bytes.count - place, 0)
    guard count <= UInt64(left) else {
      throw error(.truncated(what: what, needed: count, left: left), at: min(place, bytes.count))
    }
    return place..<place + Int(count)
  }

  private func error(_ problem: EventLogError.Problem, at offset: Int) -> EventLogError {
    EventLogError(problem, at: offset, event: events.count)
  }
}

import TPMEvidence

/// A boot log as a list of events that a test can change, and that is written as bytes again: what an attacker does.
struct EditableLog {
  struct Event {
    var register: UInt32
    var type: EventType
    var digests: [[UInt8]]
    var data: [UInt8]
  }

  /// The algorithms; SHA-1 alone without a header is the old form.
  let algorithms: [HashAlgorithm]
  let isAgile: Bool
  var events: [Event] = []
  /// The register that the header names; other than 0 in a confidential virtual machine.
  var headerRegister: UInt32 = 0

  /// An empty log of algorithms, in the crypto-agile form.
  init(_ algorithms: [HashAlgorithm]) {
    self.algorithms = algorithms
    isAgile = true
  }

  /// An empty log in the old form.
  init() {
    algorithms = [.sha1]
    isAgile = false
  }

  /// The events of a log that was read, without its header.
  init(_ log: EventLog) {
    algorithms = log.banks.map(\.algorithm)
    isAgile = log.form == .cryptoAgile
    for index in log.events.indices.dropFirst(isAgile ? 1 : 0) {
      let event = log.events[index]
      events.append(
        Event(
          register: event.register, type: event.type,
          digests: log.banks.indices.map { log.digest(of: index, bank: $0).map { Array($0) } ?? [] },
          data: Array(log.data(of: index))))
    }
  }

  /// An event as firmware makes it, whose digests are those of `measured`, by default of its data.
  func event(_ register: UInt32, _ type: EventType, _ data: [UInt8], measured: [UInt8]? = nil) -> Event {
    Event(
      register: register, type: type,
      digests: algorithms.map { $0.digest(of: measured ?? data) ?? [] }, data: data)
  }

  mutating func add(_ register: UInt32, _ type: EventType, _ data: [UInt8], measured: [UInt8]? = nil) {
    events.append(event(register, type, data, measured: measured))
  }

  mutating func add(_ register: UInt32, _ type: EventType, _ text: String) {
    add(register, type, Array(text.utf8))
  }

  /// The position of the first event that a test looks for.
  func first(_ register: UInt32, where isIt: (Event) -> Bool) -> Int? {
    events.firstIndex { $0.register == register && $0.type != .noAction && isIt($0) }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    if isAgile {
      var header = Array("Spec ID Event03\0".utf8) + little(UInt32(0)) + [0, 2, 0, 2]
      header += little(UInt32(algorithms.count))
      for algorithm in algorithms {
        header += little(algorithm.rawValue) + little(UInt16(algorithm.byteCount ?? 32))
      }
      header.append(0)
      bytes += little(headerRegister) + little(EventType.noAction.rawValue) + [UInt8](repeating: 0, count: 20)
      bytes += little(UInt32(header.count)) + header
    }
    for event in events {
      bytes += little(event.register) + little(event.type.rawValue)
      if isAgile {
        let present = zip(algorithms, event.digests).filter { !$1.isEmpty }
        bytes += little(UInt32(present.count))
        for (algorithm, digest) in present { bytes += little(algorithm.rawValue) + digest }
      } else {
        bytes += event.digests[0]
      }
      bytes += little(UInt32(event.data.count)) + event.data
    }
    return bytes
  }

  /// The log as it is read.
  func read() throws -> EventLog { try EventLog(bytes) }
}

/// The bytes of a number, the least significant first.
func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

/// Text in UTF-16, little-endian.
func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { little($0) } }

/// A digest in hexadecimal.
func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

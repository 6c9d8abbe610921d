/// The events that extended one register, cut where its separator stands.
///
/// The separator is known by its digest: types are not measured, and the data of an event can be changed without a trace. So neither
/// a separator that is called something else, nor another event that is called a separator, leads astray.
struct MeasuredRegister {
  /// The register's number.
  let register: UInt32
  /// The events before the first separator.
  let early: [Int]
  /// The separators.
  let separators: [Int]
  /// The events behind the first separator that are not separators.
  let late: [Int]
  /// Whether a separator says that the firmware met an error.
  let hasError: Bool

  /// What closes the PCRs 0 to 7 before an operating system is loaded.
  static let firmwareClosings: [[UInt8]] = [[0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF]]
  /// What closes the PCRs 12 to 14 before Windows lets anybody else extend them.
  static let windowsClosings: [[UInt8]] = [Array("WBCL".utf8)]
  private static let errorClosing: [UInt8] = [1, 0, 0, 0]

  init(_ register: UInt32, of log: EventLog, closedBy closings: [[UInt8]]) {
    self.register = register
    var early: [Int] = []
    var late: [Int] = []
    var separators: [Int] = []
    let closings = closings.map { KnownContent($0, in: log) }
    let error = KnownContent(Self.errorClosing, in: log)
    var hasError = false
    for (index, event) in log.events.enumerated() where event.isExtended && event.register == register {
      let isError = error.isMeasured(by: index, in: log)
      hasError = hasError || isError
      if isError || closings.contains(where: { $0.isMeasured(by: index, in: log) }) {
        separators.append(index)
      } else if separators.isEmpty {
        early.append(index)
      } else {
        late.append(index)
      }
    }
    self.early = early
    self.late = late
    self.separators = separators
    self.hasError = hasError
  }

  /// Whether nothing extended it.
  var isEmpty: Bool { early.isEmpty && separators.isEmpty }

  /// Why the events before the separator cannot be told from what came later; nil when they can.
  var doubt: String? {
    if separators.isEmpty {
      return
        "PCR \(register) has no separator, so that what was measured at boot cannot be told from what anybody "
        + "added later"
    }
    if let repetition { return repetition }
    if hasError {
      return "event \(separators[0]) closes PCR \(register) with the firmware's sign of an error"
    }
    return nil
  }

  /// Why the register cannot have been closed as it says: it was closed more than once. Nil when it was not.
  var repetition: String? {
    guard separators.count > 1 else { return nil }
    return
      "PCR \(register) has \(separators.count) separators, the events \(separators[0]) and \(separators[1]) "
      + "among them, where there can be one"
  }

  /// Why not all of the events before the separator say what was measured; nil when they do.
  func unverified(in log: EventLog) -> String? {
    guard let event = early.first(where: { !log.isMeasured($0) }) else { return nil }
    return
      "the digest of event \(event) in PCR \(register) is not the digest of its data, so that what was measured "
      + "is not known"
  }
}

/// Bytes whose digest in each bank is known, to find the events that measured them.
struct KnownContent {
  private let digests: [[UInt8]?]

  init(_ content: [UInt8], in log: EventLog) { digests = log.banks.map { $0.algorithm.digest(of: content) } }

  init(_ text: String, in log: EventLog) { self.init(Array(text.utf8), in: log) }

  /// Whether the event's digests are those of the bytes, in every bank that can be computed and in at least one. Its data does
  /// not matter.
  func isMeasured(by event: Int, in log: EventLog) -> Bool {
    var isFound = false
    for (bank, expected) in digests.enumerated() {
      guard let expected, let digest = log.digest(of: event, bank: bank) else { continue }
      guard digest.elementsEqual(expected) else { return false }
      isFound = true
    }
    return isFound
  }
}

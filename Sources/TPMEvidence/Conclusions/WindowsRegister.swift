/// A register that Windows' boot applications extend with tagged elements, and close.
struct WindowsRegister {
  private let log: EventLog
  private let content: BootFinding<[SIPAElement]>
  private let elements: SIPAElements
  /// Why not all that it says can be true; nil when it can, and for a register that Windows did not close: Linux' loaders measure into the
  /// PCRs 12 to 14 what is not in the log.
  let contradiction: String?

  /// Reads one of the PCRs 12 to 14.
  init(_ register: UInt32, of log: EventLog) {
    self.log = log
    var elements = SIPAElements()
    let measured = MeasuredRegister(register, of: log, closedBy: MeasuredRegister.windowsClosings)
    let unverified = log.registers == .pcrs ? measured.unverified(in: log) : nil
    contradiction =
      log.registers == .pcrs && !measured.separators.isEmpty ? measured.repetition ?? unverified : nil
    content =
      if log.registers != .pcrs {
        .unknown("the log is one of a confidential virtual machine, whose registers are not PCRs")
      } else if measured.isEmpty {
        .unknown("the log has no event of PCR \(register), into which Windows' boot applications measure")
      } else if let doubt = measured.doubt ?? unverified {
        .unknown(doubt)
      } else if let late = measured.late.first {
        .unknown("event \(late) extends PCR \(register) behind its separator, which Windows does not do")
      } else if let broken = measured.early.first(where: { !elements.add($0, of: log) }) {
        .unknown("event \(broken) in PCR \(register) is not a list of Windows' tagged elements")
      } else {
        .known([])
      }
    self.elements = elements
  }

  /// Why nothing in it counts; nil when it does.
  var doubt: String? { content.reason }

  /// Whether an element is there, whatever it says.
  func says(_ tag: UInt32) -> Bool { !elements.general(tag).isEmpty }

  /// Whether something was said at any stage of the boot: false when it was denied at every stage that spoke.
  func everTrue(_ tag: UInt32, _ name: String) -> BootFinding<Bool> {
    flags(tag, name).map { $0.contains(true) }
  }

  /// Whether something was said at every stage that spoke.
  func alwaysTrue(_ tag: UInt32, _ name: String) -> BootFinding<Bool> {
    flags(tag, name).map { !$0.contains(false) }
  }

  /// A number that has to be the same wherever it is said.
  func number(_ tag: UInt32, _ name: String, sizes: Set<Int>) -> BootFinding<UInt64> {
    values(tag, name) { data in sizes.contains(data.count) ? UInt64(littleEndian: data) : nil }.flatMap {
      numbers in
      guard let first = numbers.first, numbers.allSatisfy({ $0 == first }) else {
        return .unknown("Windows' element '\(name)' comes with different values")
      }
      return .known(first)
    }
  }

  /// Everything that is said with a tag, in order; nothing said is unknown, since silence is no answer.
  func values<Value>(
    _ tag: UInt32, _ name: String, _ read: (ArraySlice<UInt8>) -> Value?
  ) -> BootFinding<[Value]> {
    content.flatMap { _ in
      let found = elements.general(tag)
      guard !found.isEmpty else { return .unknown("the log does not have Windows' element '\(name)'") }
      var values: [Value] = []
      for element in found {
        guard let value = read(log.bytes[element.data]) else {
          return .unknown(
            "Windows' element '\(name)' in event \(element.event) has a value that is not understood")
        }
        values.append(value)
      }
      return .known(values)
    }
  }

  /// What is made of each container with a tag.
  func containers<Value>(
    _ tag: UInt32, _ read: (_ member: (UInt32) -> ArraySlice<UInt8>?) -> Value
  ) -> BootFinding<[Value]> {
    content.map { _ in
      elements.containers(tag).map { container in
        read { elements.member($0, of: container).map { log.bytes[$0.data] } }
      }
    }
  }

  private func flags(_ tag: UInt32, _ name: String) -> BootFinding<[Bool]> {
    values(tag, name) { data in
      guard data.count == 1, let byte = data.first, byte <= 1 else { return nil }
      return byte == 1
    }
  }
}

extension BootFinding {
  /// The finding that follows from the value, if there is one.
  func flatMap<Other>(_ transform: (Value) -> BootFinding<Other>) -> BootFinding<Other> {
    switch self {
    case .known(let value): transform(value)
    case .unknown(let reason): .unknown(reason)
    }
  }
}

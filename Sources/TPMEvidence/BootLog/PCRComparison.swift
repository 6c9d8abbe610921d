/// PCR values that somebody else gives: a TPM, a quote, a file.
package struct PCRValues: Hashable, Sendable {
  /// The values of each bank, by the PCR's number.
  package var banks: [HashAlgorithm: [Int: [UInt8]]]

  /// Values by bank and PCR.
  package init(_ banks: [HashAlgorithm: [Int: [UInt8]]] = [:]) { self.banks = banks }
}

/// A register whose value is not the one that the log leads to.
package struct PCRDivergence: Hashable, Sendable, CustomStringConvertible {
  /// The bank.
  package let algorithm: HashAlgorithm
  /// The register.
  package let register: Int
  /// The value given.
  package let given: [UInt8]
  /// The value that the log leads to; nil when an event has no digest in the bank.
  package let replayed: [UInt8]?
  /// The numbers of the events that extended the register.
  package let events: [Int]
  /// The number of the last event after which the register had the value given: the log goes on where the TPM stopped. Nil when it never
  /// had; -1 when it had before the first event.
  package let agreesUpTo: Int?

  /// `PCR 7 in sha256: the TPM has 85…, the log leads to 17…; it was extended by the events 3, 4 and 9`
  package var description: String {
    let given = hexadecimal(given)
    let log =
      replayed.map { "the log leads to \(hexadecimal($0))" } ?? "an event of the log has no digest for it"
    let list = events.map(String.init)
    let fed =
      switch list.count {
      case 0: "no event extended it"
      case 1: "it was extended by event \(list[0])"
      default:
        "it was extended by the events \(list.dropLast().joined(separator: ", ")) and \(list[list.count - 1])"
      }
    let agreement =
      switch agreesUpTo {
      case nil: ""
      case -1: "; the value is that before the first of them"
      case let event?: "; the value is that after event \(event), so that the log has events too many"
      }
    return "PCR \(register) in \(algorithm.name): the value is \(given), \(log); \(fed)\(agreement)"
  }
}

/// What came of comparing values that somebody else gives with those that a log leads to.
package struct PCRComparison: Hashable, Sendable {
  /// The registers of one bank.
  package struct Registers: Hashable, Sendable {
    /// The bank.
    package let algorithm: HashAlgorithm
    /// The registers, in ascending order.
    package let numbers: [Int]
  }

  /// The registers whose values are those that the log leads to.
  package let agreeing: [Registers]
  /// The registers whose values are others.
  package let divergences: [PCRDivergence]
  /// The registers that the log says nothing about, since it does not have them or their bank, or the bank cannot be computed.
  package let untold: [Registers]
}

extension EventLog {
  /// Compares values with those that the log leads to, bank by bank.
  package func comparison(with given: PCRValues) -> PCRComparison {
    let divergences = divergences(from: given)
    var agreeing: [PCRComparison.Registers] = []
    var untold: [PCRComparison.Registers] = []
    for (algorithm, values) in given.banks.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let isTold = banks.contains { $0.algorithm == algorithm && algorithm.byteCount != nil }
      var same: [Int] = []
      var others: [Int] = []
      for register in values.keys.sorted() {
        if !isTold || !registers.contains(UInt32(clamping: register)) {
          others.append(register)
        } else if !divergences.contains(where: { $0.algorithm == algorithm && $0.register == register }) {
          same.append(register)
        }
      }
      if !same.isEmpty { agreeing.append(.init(algorithm: algorithm, numbers: same)) }
      if !others.isEmpty { untold.append(.init(algorithm: algorithm, numbers: others)) }
    }
    return PCRComparison(agreeing: agreeing, divergences: divergences, untold: untold)
  }

  /// The registers whose values differ from those given, bank by bank; none when the log accounts for all of them.
  ///
  /// Banks and registers that the log does not have are left out, since it says nothing about them: see ``coverage(of:)``.
  package func divergences(from given: PCRValues) -> [PCRDivergence] {
    var found: [PCRDivergence] = []
    for (bank, known) in banks.enumerated() {
      guard let values = given.banks[known.algorithm], let replay = replay(bank: bank) else { continue }
      for register in values.keys.sorted() where replay.values.indices.contains(register) {
        guard let value = values[register], replay[register] != value else { continue }
        found.append(
          PCRDivergence(
            algorithm: known.algorithm, register: register, given: value, replayed: replay[register],
            events: events.indices.filter {
              events[$0].isExtended && events[$0].register == UInt32(register)
            },
            agreesUpTo: agreement(of: register, with: value, bank: bank)))
      }
    }
    return found
  }

  /// How many of the values given the log could be compared with. Where it is less than all, the log does not account for the others: one
  /// that leaves out the bank of a quote diverges nowhere.
  package func coverage(of given: PCRValues) -> Int {
    var count = 0
    for bank in banks where bank.algorithm.byteCount != nil {
      count += given.banks[bank.algorithm]?.keys.count { registers.contains(UInt32(clamping: $0)) } ?? 0
    }
    return count
  }

  /// The last event after which a register had a value.
  private func agreement(of register: Int, with value: [UInt8], bank: Int) -> Int? {
    var found: Int?
    let algorithm = banks[bank].algorithm
    var current = initialValue(of: register, size: banks[bank].byteCount)
    if current == value { found = -1 }
    for (index, event) in events.enumerated() where event.isExtended && event.register == UInt32(register) {
      guard let digest = digest(of: index, bank: bank), let next = algorithm.digest(of: current + digest)
      else {
        return found
      }
      current = next
      if current == value { found = index }
    }
    return found
  }
}

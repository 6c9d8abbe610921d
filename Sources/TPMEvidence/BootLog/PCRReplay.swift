/// The values that registers have after the events of a log, in one bank.
package struct PCRReplay: Hashable, Sendable {
  /// The bank's algorithm.
  package let algorithm: HashAlgorithm
  /// Which registers they are.
  package let registers: EventLog.Registers
  /// A value for each register, by its number; nil where an event has no digest in this bank, so that none can be told.
  package let values: [[UInt8]?]

  /// The value of a register; nil when it cannot be told or there is no such register.
  package subscript(register: Int) -> [UInt8]? { values.indices.contains(register) ? values[register] : nil }

  /// The digest over the values of some registers in ascending order, as a quote has it (TPMS_QUOTE_INFO.pcrDigest).
  ///
  /// - Parameter algorithm: The hash of the quote's signature scheme, which need not be the bank's.
  /// - Returns: nil when a value cannot be told.
  package func quoteDigest(of selection: some Sequence<Int>, by algorithm: HashAlgorithm) -> [UInt8]? {
    var joined: [UInt8] = []
    for register in Set(selection).sorted() {
      guard let value = self[register] else { return nil }
      joined += value
    }
    return algorithm.digest(of: joined)
  }
}

extension EventLog {
  /// Extends the registers of a bank by the events, as the TPM did.
  ///
  /// - Parameter bank: The position in ``banks``.
  /// - Returns: nil for an algorithm that cannot be computed here.
  package func replay(bank: Int) -> PCRReplay? {
    guard let implementation = banks[bank].algorithm.implementation else { return nil }
    let size = banks[bank].byteCount
    let count = registers == .pcrs ? pcrCount : 5
    // Behind each value there is room for the digest that extends it: what is hashed lies together.
    var state = (0..<count).flatMap {
      initialValue(of: $0, size: size) + [UInt8](repeating: 0, count: size)
    }
    var isTold = [Bool](repeating: true, count: count)
    state.withUnsafeMutableBytes { state in
      bytes.withUnsafeBytes { log in
        for (index, event) in events.enumerated() where event.isExtended {
          let register = Int(event.register)
          let start = Int(digestOffsets[index * banks.count + bank])
          guard start != 0 else {
            isTold[register] = false
            continue
          }
          let place = register * size * 2
          let value = UnsafeMutableRawBufferPointer(rebasing: state[place..<place + size])
          let digest = UnsafeMutableRawBufferPointer(rebasing: state[place + size..<place + size * 2])
          digest.copyMemory(from: UnsafeRawBufferPointer(rebasing: log[start..<start + size]))
          implementation.write(
            digestOf: UnsafeRawBufferPointer(rebasing: state[place..<place + size * 2]), into: value)
        }
      }
    }
    return PCRReplay(
      algorithm: banks[bank].algorithm, registers: registers,
      values: (0..<count).map { isTold[$0] ? Array(state[$0 * size * 2..<$0 * size * 2 + size]) : nil })
  }

  /// Extends the registers of the bank of an algorithm; nil when the log does not have it.
  package func replay(_ algorithm: HashAlgorithm) -> PCRReplay? {
    banks.firstIndex { $0.algorithm == algorithm }.flatMap { replay(bank: $0) }
  }

  /// What a register holds before its first event: zeros, but for PCR 0, which ends with the locality that started the TPM, and for
  /// the PCRs 17 to 22, which hold ones until a dynamic launch resets them.
  func initialValue(of register: Int, size: Int) -> [UInt8] {
    if registers == .pcrs, (17...22).contains(register) {
      let isLaunched = events.contains { $0.isExtended && (17...22).contains($0.register) }
      return [UInt8](repeating: isLaunched ? 0 : 0xFF, count: size)
    }
    var value = [UInt8](repeating: 0, count: size)
    if registers == .pcrs, register == 0 { value[size - 1] = startupLocality }
    return value
  }
}

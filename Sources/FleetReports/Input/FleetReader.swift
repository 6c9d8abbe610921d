import PolicyModel

/// Reads a fleet's input in pieces of any size and gives the entry of each row as soon as the row is complete.
///
/// Every row gives one entry: the device, or what is wrong with the row. Time is linear in the input, and memory bounded by
/// ``FleetLimits``, not by the input's length.
package struct FleetReader {
  private enum Input {
    case table(TableInput)
    case json(JSONInput)
  }

  private var decoder = TextDecoder()
  private var input: Input

  /// A reader at the beginning of an input.
  ///
  /// - Parameters:
  ///   - format: the form of the input.
  ///   - mapping: what its columns mean.
  ///   - facts: the facts to read, as the policy declares them; `os.build` is always read.
  ///   - limits: what is read at most.
  package init(
    format: FleetFormat, mapping: FleetMapping, facts: [FactDeclaration], limits: FleetLimits = FleetLimits()
  ) {
    let devices = FleetDeviceReader(mapping: mapping, facts: facts)
    switch format {
    case .csv: input = .table(TableInput(devices: devices, limits: limits))
    case .ndjson: input = .json(JSONInput(devices: devices, limits: limits))
    }
  }

  /// Reads the next piece of the input and gives the entries of the rows that it completes.
  ///
  /// - Throws: why the input as a whole cannot be read; nothing can be read of it then.
  package mutating func read(
    _ piece: UnsafeRawBufferPointer, emit: (FleetEntry) -> Void
  ) throws(FleetInputError) {
    try take(decoder.decode(piece), emit)
  }

  /// Says that the input has ended, and gives the entries of the rows that were not complete.
  ///
  /// - Throws: why the input as a whole cannot be read, such as that it is empty.
  package mutating func finish(emit: (FleetEntry) -> Void) throws(FleetInputError) {
    try take(decoder.finish(), emit)
    switch input {
    case .table(var table):
      try table.finish(emit)
      input = .table(table)
    case .json(var json):
      try json.finish(emit)
      input = .json(json)
    }
  }

  /// What is worth knowing of the input beside its rows, such as columns that mean nothing here: sentences that are safe to print. Complete
  /// once the input has ended.
  package var notes: [String] {
    switch input {
    case .table(let table): table.notes
    case .json(let json): json.notes
    }
  }

  private mutating func take(_ text: [UInt8], _ emit: (FleetEntry) -> Void) throws(FleetInputError) {
    // The input is changed in its place: a copy would be of all that it holds.
    switch input {
    case .table(var table):
      input = .json(JSONInput.none)
      defer { input = .table(table) }
      try table.read(text, isMarked: decoder.isMarked, emit)
    case .json(var json):
      input = .json(JSONInput.none)
      defer { input = .json(json) }
      json.read(text, emit)
    }
  }
}

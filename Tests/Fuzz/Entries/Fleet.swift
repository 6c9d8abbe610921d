import CSPCatalog
import FleetReports
import PolicyModel

/// Tables of devices. The first byte picks the mapping and how the rest is cut.
func fuzzFleetTable(_ bytes: [UInt8]) { fuzzFleet(bytes, as: .csv) }

/// Devices in JSON. The first byte picks the mapping and how the rest is cut.
func fuzzFleetJSON(_ bytes: [UInt8]) { fuzzFleet(bytes, as: .ndjson) }

/// Mappings of columns, and a table read by those that are none.
func fuzzFleetMapping(_ bytes: [UInt8]) {
  do throws(FleetMappingError) {
    let mapping = try FleetMapping(yaml: bytes, name: "fuzz")
    let table = Array("Name,Build,TPM,Owner,Result\nA,10.0.22631.1,\"2.0, 0, 1.59\",C,x\nB,unknown,,,\n".utf8)
    check(read([table], as: .csv, by: mapping))
  } catch {
    require(!error.message.isEmpty && error.position.line > 0, "the error says nothing")
  }
}

private let facts = FactCatalog.embedded.entries.map(\.declaration)
private let types = Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0.type) })
private let limits = FleetLimits(rowBytes: 4096, columns: 32)

struct FleetOutcome: Equatable {
  var entries: [FleetEntry] = []
  var notes: [String] = []
  var error: FleetInputError?
}

/// What is read of a whole table, once in one piece and once cut in two.
func readTable(_ bytes: [UInt8], by mapping: FleetMapping) -> FleetOutcome {
  let whole = read([bytes], as: .csv, by: mapping)
  check(whole)
  let half = bytes.count / 2
  require(
    read([Array(bytes[..<half]), Array(bytes[half...])], as: .csv, by: mapping) == whole,
    "what is read depends on where the input is cut")
  return whole
}

private func fuzzFleet(_ bytes: [UInt8], as format: FleetFormat) {
  guard let choice = bytes.first else { return }
  let names = FleetMapping.embeddedNames
  guard let mapping = FleetMapping.embedded(names[Int(choice) % names.count]) else {
    fatalError("a mapping is missing")
  }
  let text = Array(bytes.dropFirst())
  let whole = read([text], as: format, by: mapping)
  check(whole)
  let width = 1 + Int(choice) / 8
  let pieces = stride(from: 0, to: text.count, by: width).map {
    Array(text[$0..<min($0 + width, text.count)])
  }
  require(read(pieces, as: format, by: mapping) == whole, "what is read depends on where the input is cut")
}

private func read(_ pieces: [[UInt8]], as format: FleetFormat, by mapping: FleetMapping) -> FleetOutcome {
  var reader = FleetReader(format: format, mapping: mapping, facts: facts, limits: limits)
  var outcome = FleetOutcome()
  do throws(FleetInputError) {
    for piece in pieces {
      var failure: FleetInputError?
      piece.withUnsafeBytes { bytes in
        do throws(FleetInputError) {
          try reader.read(bytes) { outcome.entries.append($0) }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    try reader.finish { outcome.entries.append($0) }
  } catch {
    outcome.error = error
  }
  outcome.notes = reader.notes
  return outcome
}

/// Lines ascend, what is said is fit for a terminal, and values are of their facts' types.
private func check(_ outcome: FleetOutcome) {
  func isPrintable(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
  var last = 0
  for entry in outcome.entries {
    switch entry {
    case .device(let device):
      require(device.line > 0 && device.line >= last, "line \(device.line) comes behind \(last)")
      last = device.line
      check(device.facts)
    case .problem(let problem):
      require(problem.line > 0, "a problem has no line")
      require(isPrintable(problem.reason), "the reason acts on a terminal")
    }
  }
  for note in outcome.notes { require(isPrintable(note), "a note acts on a terminal") }
  if let error = outcome.error {
    require(isPrintable(error.message) && error.line > 0, "the error says nothing")
  }
}

private func check(_ snapshot: FactSnapshot) {
  for (name, observation) in snapshot.observations {
    guard let type = types[name] else { fatalError("there is no fact \(name)") }
    require(observation.level == .reported, "\(name) is attested")
    switch observation.content {
    case .value(let value): require(value.isOf(type), "\(name) is \(value)")
    case .unknown(let reason):
      require(
        !reason.isEmpty && reason.utf8.count < 4096, "\(name): the reason has \(reason.utf8.count) bytes")
    }
  }
}

import CSPCatalog
import PolicyModel

@testable import FleetReports

/// All facts of the catalogue, as a policy that reads all of them declares them.
let allFacts: [FactDeclaration] = FactCatalog.embedded.entries.map(\.declaration)

/// What reading an input gives.
struct ReadFleet: Equatable {
  var entries: [FleetEntry] = []
  var notes: [String] = []
  var error: FleetInputError?

  var devices: [FleetDevice] {
    entries.compactMap { if case .device(let device) = $0 { device } else { nil } }
  }

  var problems: [FleetProblem] {
    entries.compactMap { if case .problem(let problem) = $0 { problem } else { nil } }
  }
}

/// Reads an input that comes in pieces.
func readFleet(
  _ pieces: [[UInt8]], as format: FleetFormat, by mapping: FleetMapping, limits: FleetLimits = FleetLimits()
) -> ReadFleet {
  var reader = FleetReader(format: format, mapping: mapping, facts: allFacts, limits: limits)
  var result = ReadFleet()
  do throws(FleetInputError) {
    for piece in pieces {
      // A closure passed on does not keep the type of its errors.
      var failure: FleetInputError?
      piece.withUnsafeBytes { bytes in
        do throws(FleetInputError) {
          try reader.read(bytes) { result.entries.append($0) }
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
    try reader.finish { result.entries.append($0) }
  } catch {
    result.error = error
  }
  result.notes = reader.notes
  return result
}

/// Reads a text by a mapping that comes with the program.
func readFleet(
  _ text: String, as format: FleetFormat = .csv, by mapping: String = "policyc",
  limits: FleetLimits = FleetLimits()
) -> ReadFleet {
  guard let mapping = FleetMapping.embedded(mapping) else { return ReadFleet() }
  return readFleet([Array(text.utf8)], as: format, by: mapping, limits: limits)
}

extension FleetDevice {
  /// The value of a fact.
  func value(_ fact: String) -> Value? { facts[fact]?.value }

  /// Why a fact is unknown.
  func reason(_ fact: String) -> String? {
    if case .unknown(let reason)? = facts[fact]?.content { return reason }
    return nil
  }
}

import CCatalogData
import Diagnostics
import PolicyModel
import YAMLInput

/// What the columns of an input mean: which text of the report each gives, and which facts.
///
/// A mapping is a YAML file; docs/fleet-mappings.md describes it.
package struct FleetMapping: Sendable {
  /// What it is called in sources of facts and in messages.
  package let name: String
  /// Its columns, in the order of the file.
  let columns: [FleetMappingColumn]
  /// Whether a column whose name is that of a fact gives the fact.
  let takesFactNames: Bool
  /// Whether columns are named `TABLE.COLUMN` after tables of osquery, which give facts together.
  let hasOsqueryTables: Bool
  /// What texts say nothing.
  let silence: FleetSilence
  /// Objects of JSON whose members are columns themselves, folded.
  let wrappers: [String]
  /// The rows whose facts count, or nil when all do.
  let scope: FleetScope?
  /// The rows of devices that run Windows, or nil when no column tells.
  let windows: FleetScope?
  /// The columns that tell the platform together, or nil.
  let machine: FleetMachine?
  private let places: [ExactText: Int]

  init(
    name: String, columns: [FleetMappingColumn], takesFactNames: Bool, hasOsqueryTables: Bool,
    silence: FleetSilence, wrappers: [String], scope: FleetScope?, windows: FleetScope?,
    machine: FleetMachine?
  ) {
    self.name = name
    self.columns = columns
    self.takesFactNames = takesFactNames
    self.hasOsqueryTables = hasOsqueryTables
    self.silence = silence
    self.wrappers = wrappers
    self.scope = scope
    self.windows = windows
    self.machine = machine
    var places: [ExactText: Int] = [:]
    for (place, column) in columns.enumerated() {
      for name in column.names { places[ExactText(foldedName(name))] = place }
    }
    self.places = places
  }

  /// The column of a name, whatever its case and the blanks around it.
  func column(folded name: String) -> FleetMappingColumn? { places[ExactText(name)].map { columns[$0] } }

  /// The names of the mappings that come with the program.
  package static var embeddedNames: [String] { ["policyc", "intune", "osquery"] }

  /// A mapping that comes with the program, or nil when there is none of that name.
  package static func embedded(_ name: String) -> FleetMapping? { shipped[name] }

  private static let shipped: [String: FleetMapping] = {
    let files = [
      (fleet_mapping_policyc_bytes(), fleet_mapping_policyc_size()),
      (fleet_mapping_intune_bytes(), fleet_mapping_intune_size()),
      (fleet_mapping_osquery_bytes(), fleet_mapping_osquery_size()),
    ]
    var mappings: [String: FleetMapping] = [:]
    for (name, file) in zip(embeddedNames, files) {
      do throws(FleetMappingError) {
        let bytes = Array(UnsafeBufferPointer(start: file.0, count: file.1))
        mappings[name] = try FleetMapping(yaml: bytes, name: name)
      } catch {
        preconditionFailure("\(error)")
      }
    }
    return mappings
  }()

  /// Reads a mapping.
  ///
  /// - Parameters:
  ///   - bytes: the YAML file.
  ///   - name: what to call it, such as the name of its file without folder and extension.
  package init(yaml bytes: [UInt8], name: String) throws(FleetMappingError) {
    do throws(YAMLError) {
      self = try FleetMappingReader.read(
        YAMLNode(yaml: bytes, limits: YAMLLimits(bytes: 1 << 20, nodes: 100_000)), name: name)
    } catch {
      throw FleetMappingError(mapping: name, message: error.message, position: error.position)
    }
  }
}

/// A column of an input, by the names that it may have.
struct FleetMappingColumn: Sendable {
  var names: [String]
  /// The column of the report that shows its text.
  var shows: FleetColumn?
  /// Texts to show in place of others, by the folded text of the input.
  var texts: [ExactText: String] = [:]
  /// The facts that its text gives, and how it is read.
  var gives: [(fact: String, reading: FleetReading)] = []
  /// What texts mean that are not read, by the folded text of the input.
  var values: [ExactText: [FleetFact]] = [:]

  /// The facts that some text gives.
  var facts: Set<String> {
    values.values.reduce(into: Set(gives.map(\.fact))) { facts, told in
      for fact in told { facts.insert(fact.name) }
    }
  }
}

/// A fact and its value, as a text of the input tells them.
struct FleetFact: Hashable, Sendable {
  let name: String
  let value: Value
}

/// Texts that say nothing, such as `unknown`. Letters of ASCII count in either case.
struct FleetSilence: Sendable {
  private let texts: [[UInt8]]

  init(_ texts: [String]) { self.texts = texts.map { Array(withoutBlanks($0).utf8) } }

  func contains(_ text: String) -> Bool {
    let bytes = text.utf8
    return texts.contains { silent in
      silent.count == bytes.count
        && zip(silent, bytes).allSatisfy { $0 == $1 || (Self.lowercase($0) == Self.lowercase($1)) }
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
}

/// Some of the rows: those in which a column has one of a few texts.
struct FleetScope: Hashable, Sendable {
  /// The names of the column, folded.
  let column: Set<String>
  /// The texts, folded.
  let texts: Set<String>
  /// The texts for people.
  let shown: String
}

/// The columns that tell `device.platform` together, by their folded names.
struct FleetMachine: Hashable, Sendable {
  let manufacturer: Set<String>
  let model: Set<String>
  let tpmManufacturer: Set<String>
}

/// Why a file is no mapping, and where.
package struct FleetMappingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The mapping's name.
  package let mapping: String
  /// One plain sentence without a place and without a full stop.
  package let message: String
  /// The place in the file.
  package let position: SourcePosition

  /// `NAME:12:3: message`
  package var description: String { "\(mapping):\(position): \(message)" }
}

/// A name of a column, or a text of a column, as it is looked up: in lower case, every run of blanks as one, none around it.
func foldedName(_ text: some StringProtocol) -> String {
  text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

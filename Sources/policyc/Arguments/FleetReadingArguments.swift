import ArgumentParser
import Diagnostics
import FileAccess
import FleetReports

/// How a fleet's input is read.
struct FleetReadingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the columns mean: \(FleetMapping.embeddedNames.joined(separator: ", ")), or a mapping of one's own in YAML.",
      valueName: "NAME|FILE"))
  var mapping = "policyc"

  @Option(
    help: ArgumentHelp(
      "csv or ndjson. Without it: as the file's name or its beginning tells.", valueName: "FORMAT"))
  var inputFormat: FleetFormat?

  /// Reads the whole input and judges it. An input or a mapping that cannot be read ends the command.
  func evaluate(_ path: String, _ evaluation: inout FleetEvaluation, _ console: Console) throws {
    let name = path == "-" ? standardInputName : path
    let format = inputFormat ?? FleetFormat(path: path)
    let mapping = try fleetMapping(console)
    var reader: FleetReader?
    var failure: FleetInputError?
    var memory = FleetMemory()
    try readPieces(of: path, limit: FileLimit.fleet) { piece in
      var current =
        reader
        ?? FleetReader(
          format: format ?? FleetFormat(beginning: piece), mapping: mapping, facts: evaluation.facts)
      reader = nil
      do throws(FleetInputError) {
        try current.read(piece) { entry in
          if memory.hasRoom() { evaluation.add(entry) }
        }
      } catch {
        failure = error
      }
      reader = current
      return failure == nil && !memory.isSpent
    }
    if memory.isSpent { throw FleetMemory.refusal(of: name, console) }
    var last = reader ?? FleetReader(format: format ?? .csv, mapping: mapping, facts: evaluation.facts)
    do throws(FleetInputError) {
      if let failure { throw failure }
      try last.finish { evaluation.add($0) }
    } catch {
      console.say("error: \(name):\(error)")
      throw ExitStatus.inaccessible.code
    }
    for note in last.notes { console.say("note: \(note)") }
  }

  private func fleetMapping(_ console: Console) throws -> FleetMapping {
    if let embedded = FleetMapping.embedded(mapping) { return embedded }
    guard mapping.contains(where: { $0 == "." || $0 == "/" }) else {
      let near = closest(to: mapping, in: FleetMapping.embeddedNames).map { "; did you mean \($0)?" }
      let advice =
        near
        ?? "; there are \(FleetMapping.embeddedNames.joined(separator: ", ")), and files such as ./mine.yaml"
      throw ValidationError("there is no mapping '\(mapping)'\(advice)")
    }
    let bytes = try readFile(mapping, limit: FileLimit.mapping)
    do throws(FleetMappingError) {
      return try FleetMapping(yaml: bytes, name: mapping)
    } catch {
      console.say("error: \(error.description)")
      throw ExitStatus.inaccessible.code
    }
  }
}

/// Watches what the rows of a fleet take, since all of them are kept until the report is written.
struct FleetMemory {
  /// The part of the memory that rows may take; the report needs the rest.
  private static let percentForRows = 40
  /// So many rows are taken between two looks.
  private static let rowsBetween = 2048

  private let budget = MemoryBudget()
  private var rows = 0
  /// Whether no more rows can be taken.
  private(set) var isSpent = false

  /// Whether another row can be taken.
  mutating func hasRoom() -> Bool {
    rows += 1
    if rows % Self.rowsBetween == 0, budget.isSpent(beyond: Self.percentForRows) { isSpent = true }
    return !isSpent
  }

  /// Says that the input is too large for the memory, and gives what ends the command.
  static func refusal(of name: String, _ console: Console) -> any Error {
    let finding = Diagnostic(
      "AP9030", .error, "'\(name)' has more devices than the memory holds", at: nil,
      help: ["split the input, or allow the program more memory (ulimit -v, the limit of the container)"])
    do throws(FileError) {
      try console.report([finding], in: SourceMap())
    } catch {
      return error
    }
    return ExitStatus.inaccessible.code
  }
}

extension FleetFormat: ExpressibleByArgument {}

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
    try readPieces(of: path, limit: FileLimit.fleet) { piece in
      var current =
        reader
        ?? FleetReader(
          format: format ?? FleetFormat(beginning: piece), mapping: mapping, facts: evaluation.facts)
      reader = nil
      do throws(FleetInputError) {
        try current.read(piece) { evaluation.add($0) }
      } catch {
        failure = error
      }
      reader = current
      return failure == nil
    }
    var last = reader ?? FleetReader(format: format ?? .csv, mapping: mapping, facts: evaluation.facts)
    do throws(FleetInputError) {
      if let failure { throw failure }
      try last.finish { evaluation.add($0) }
    } catch {
      console.say("error: \(visible(name, in: console.errors.repertoire)):\(error)")
      throw ExitStatus.inaccessible.code
    }
    for note in last.notes { console.say("note: \(visible(note, in: console.errors.repertoire))") }
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
      console.say("error: \(visible(error.description, in: console.errors.repertoire))")
      throw ExitStatus.inaccessible.code
    }
  }
}

extension FleetFormat: ExpressibleByArgument {}

import ArgumentParser
import Diagnostics
import FileAccess
import PolicyCompiler
import PolicyTargets

/// What every command that reads policies takes.
struct PolicyOptions: ParsableArguments {
  @Argument(help: "Policy files and folders; - is standard input. Without any: Policies.")
  var paths: [String] = []

  @Option(name: .customLong("set"), help: ArgumentHelp("Give a param a value.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Option(
    help: "The folder that imports must stay in. Without it: the folder given, or the folder of the file.")
  var root: String?

  @Option(help: DiagnosticFormat.help)
  var format: DiagnosticFormat = .text

  @OptionGroup var catalogOptions: CatalogOptions

  var files: [String] { paths.isEmpty ? ["Policies"] : paths }

  /// A session in which nothing is compiled yet.
  func session(_ console: Console) throws -> CompilerSession {
    // What is wrong with the command line comes before any file is read.
    let empty = try CompilerSession(catalog: .embedded, settings: settings, root: root)
    let settings = try catalogOptions.settings(console)
    return empty.checking(against: try catalogOptions.catalog(settings, console), by: settings)
  }
}

/// `policyc build`: from policies to payloads and compiled policies.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Check policies and write their payloads and compiled policies.",
    discussion: """
      Writes NAME.syncml.xml, NAME.map.json and NAME.compiled.json for each policy, and manifest.json. After an \
      error nothing is written, and what was there stays as it was. Files of an earlier build that this one does not write any more \
      leave with it.

      With --verify nothing is compiled: one line for each file that is missing, altered or surplus, and 1 when there is one.
      """)

  @OptionGroup var policies: PolicyOptions

  private static let defaultOutput = "build/out"

  @Option(
    name: [.short, .customLong("output")], help: "The folder to write to (default: \(defaultOutput)).")
  var output: String?

  @Option(
    help: ArgumentHelp("Compare a folder of outputs with its manifest instead of building.", valueName: "DIR")
  )
  var verify: String?

  @Flag(help: "Write XML inside Data as CDATA sections instead of escaping it.")
  var cdata = false

  @Option(help: "The LocURI of the device in the message headers.")
  var device = SyncMLTargetOptions().device

  @Option(help: "The LocURI of the server in the message headers.")
  var server = SyncMLTargetOptions().server

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    let defaults = SyncMLTargetOptions()
    for (name, address) in [("device", device), ("server", server)] where address.allSatisfy(\.isWhitespace) {
      throw ValidationError("--\(name) takes the LocURI of the \(name), and this one is empty")
    }
    guard verify != nil else { return }
    guard
      policies.paths.isEmpty, policies.settings.isEmpty, policies.root == nil, output == nil, !cdata, !strict,
      device == defaults.device, server == defaults.server
    else {
      throw ValidationError(
        "--verify compares a folder with its manifest and takes no policies or options of a build")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    if let verify { return try self.verify(verify, console) }
    let output = output ?? Self.defaultOutput
    try console.run(as: policies.format) {
      var session = try policies.session(console)
      try session.compile(policies.files)
      let (sources, diagnostics) = session.report()
      try console.report(diagnostics, in: sources, as: policies.format)
      let errors = diagnostics.count { $0.severity == .error }
      let warnings = diagnostics.count { $0.severity == .warning }
      let checked = session.units.flatMap { $0.compilation.policies }
      guard errors == 0, !strict || warnings == 0 else {
        let broken = session.units.count { $0.compilation.hasErrors }
        console.say(
          "\(Count.of(errors, "error"))\(warnings > 0 ? " and \(Count.of(warnings, "warning"))" : "")"
            + (broken > 0 ? " in \(broken) of \(Count.of(session.units.count, "file"))" : "")
            + "; nothing was written to \(output)")
        throw ExitStatus.no.code
      }
      guard !checked.isEmpty else {
        console.say("error: no policy was found in \(policies.files.joined(separator: ", "))")
        throw ExitStatus.no.code
      }
      let artifacts = try artifacts(of: session, console)
      let stale = try write(artifacts, to: output)
      for note in stale.notes { console.say("warning: \(output): \(note)") }
      console.say(
        "\(checked.count == 1 ? "1 policy" : "\(checked.count) policies") compiled to \(output)"
          + stale.summary
          + (warnings > 0 ? ", \(Count.of(warnings, "warning"))" : ""))
    }
  }

  private func write(_ artifacts: [BuildArtifact], to output: String) throws(FileError) -> StaleOutputs {
    var transaction = try OutputTransaction(folder: output, followingLinks: self.output != nil)
    for artifact in artifacts { try transaction.add(artifact.name, artifact.bytes) }
    let stale = try StaleOutputs(before: artifacts, in: &transaction)
    try transaction.commit()
    return stale
  }

  private func verify(_ folder: String, _ console: Console) throws {
    try console.run(as: policies.format) {
      let verification: OutputVerification
      do {
        verification = try OutputVerification(folder)
      } catch let error as ManifestError {
        throw FileError("\(folder)/\(ManifestListing.name)", .unusable(error.description))
      }
      if policies.format == .text {
        try console.write(lines: verification.lines)
      } else {
        try console.report(verification.diagnostics, in: SourceMap(), as: policies.format)
      }
      let count = verification.findings.count
      console.say(
        count == 0
          ? "\(folder) has the \(Count.of(verification.count, "file")) of its manifest as they were built"
          : "\(folder): \(Count.of(count, "difference")) from its manifest")
      if count > 0 { throw ExitStatus.no.code }
    }
  }

  private func artifacts(of session: CompilerSession, _ console: Console) throws -> [BuildArtifact] {
    let target = SyncMLTarget(
      options: SyncMLTargetOptions(device: device, server: server, dataStyle: cdata ? .cdata : .escaped))
    var builds: [PolicyBuild] = []
    var finders: [LocationFinder] = []
    do throws(PolicyBuildError) {
      for (unit, folder) in zip(session.units, session.folders) {
        let finder = LocationFinder(unit.compilation, in: folder)
        for policy in unit.compilation.policies {
          builds.append(
            try PolicyBuild(
              policy, catalogs: session.catalogs, target: target, location: { finder.location(of: $0) }))
          finders.append(finder)
        }
      }
    } catch {
      console.say("error: \(error)")
      throw ExitStatus.no.code
    }
    let places = Dictionary(
      zip(builds.map { $0.policy.compiled.name }, finders), uniquingKeysWith: { first, _ in first })
    let manifest = BuildManifest.encode(builds, catalogs: session.catalogs) { build, span in
      places[build.policy.compiled.name]?.location(of: span) ?? SourceLocation(file: "", line: 0, column: 0)
    }
    return builds.flatMap(\.artifacts) + [manifest]
  }
}

/// Counts in words.
enum Count {
  static func of(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

import ArgumentParser
import CSPCatalog
import FileAccess
import SyncML

/// `policyc validate FILE…`: judges payloads before a device does.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge SyncML payloads: their structure, and every command against the CSP catalogue.",
    discussion: """
      A file is a whole message, a SyncBody, or commands alone. A whole message is judged as what a device gets; in a fragment, what a \
      server adds (header, CmdIDs) may be missing. Variables ($NAME) and placeholders ({name}) are left unjudged.

      Commands are also judged by the devices that they are for: --targets and --build name them, and without either they are the branches of \
      Windows in service on the day of --as-of, which is the day of the catalogue unless given.

      Beside a payload that 'policyc build' wrote lies its map, NAME.map.json. Where it is of this very payload, it says for which devices \
      the payload is, unless the command line does, and which findings the policy's author accepted: those are shown as waived.

      Ends with 1 when an error was found, else with 4 when a file could not be read.
      """)

  @Argument(help: "Payloads; - is standard input.", completion: .file(extensions: ["xml"]))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Devices, such as 'windows 10 22H2, windows 11'. May be given several times.", valueName: "LIST"))
  var targets: [String] = []

  @Option(
    help: ArgumentHelp(
      "A build of the devices, such as 10.0.22621.3000, beside those of --targets. May be given several times.",
      valueName: "BUILD"))
  var build: [String] = []

  @Option(
    help: ArgumentHelp(
      "An edition of the devices, such as pro. May be given several times.", valueName: "EDITION"),
    completion: .list(WindowsEdition.all.map(\.name)))
  var edition: [String] = []

  @Option(
    help: ArgumentHelp(
      "The day on which branches must be in service where no version is named, such as 2025-06-01.",
      valueName: "DAY"))
  var asOf: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Judge a fragment as if it were sent as it is, with nothing left to a server to add.")
  var asMessage: Bool?

  @Flag(inversion: .prefixedNo, help: .hidden)
  var strict: Bool?

  @OptionGroup var catalogOptions: CatalogOptions

  @Option(help: DiagnosticFormat.help)
  var format: DiagnosticFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    if strict != nil {
      console.say(
        "note: validate --strict is --as-message now; in a later version --strict makes warnings errors")
    }
    try console.run(as: format) {
      var run = ValidateRun(
        try options(console),
        namesDevices: !targets.isEmpty || !build.isEmpty || !edition.isEmpty || asOf != nil)
      for path in files {
        do throws(FileError) {
          try run.validate(path)
        } catch {
          console.report(error)
          run.lack(path, error)
        }
      }
      try run.show(on: console, as: format)
      if run.errors > 0 { throw ExitStatus.no.code }
      if run.lacksFiles { throw ExitStatus.inaccessible.code }
    }
  }
  private func options(_ console: Console) throws -> PayloadOptions {
    let settings = try catalogOptions.settings(console)
    let catalog = try catalogOptions.catalog(settings, console)
    return PayloadOptions(
      catalog: catalog, isStrict: asMessage ?? strict ?? settings.validate.isStrict,
      targets: try devices(settings, catalog, console))
  }

  private func devices(_ settings: ProjectConfig, _ catalog: CSPCatalog, _ console: Console) throws
    -> TargetDevices
  {
    let defaults = settings.validate
    let from = settings.path.map { "\($0): " } ?? ""
    let editions = try parsed("edition", edition, else: defaults.editions, from, console) {
      texts throws(TargetError) in
      var editions: [WindowsEdition] = []
      for text in texts.flatMap({ $0.split(separator: ",") }) {
        let name = text.drop { $0 == " " }
        editions.append(try TargetDevices.edition(named: String(name)))
      }
      return editions
    }
    var day = catalog.date
    if let text = asOf ?? defaults.day {
      guard let named = CalendarDate(text) else {
        let origin = asOf == nil ? "\(from)as-of" : "--as-of"
        throw refusal("\(origin): '\(text)' is no day: expected one such as 2025-06-01", [], console)
      }
      day = named
    }
    for text in build where !(text.utf8.first.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ?? false) {
      throw refusal("--build: \(TargetError.malformedBuild(text))", [], console)
    }
    let named = targets + build
    let origin = targets.isEmpty ? "build" : "targets"
    return try parsed(origin, named, else: defaults.targets, from, console) { texts throws(TargetError) in
      try TargetDevices(parsing: texts, on: day, editions: editions)
    }
  }

  /// Reads what an option gives, or else the project's settings; says what is wrong with it and ends the command.
  private func parsed<Value>(
    _ option: String, _ texts: [String], else defaults: [String], _ settings: String, _ console: Console,
    _ read: ([String]) throws(TargetError) -> Value
  ) throws -> Value {
    do throws(TargetError) {
      return try read(texts.isEmpty ? defaults : texts)
    } catch {
      let isDefault = texts.isEmpty && !defaults.isEmpty
      let origin = isDefault ? "\(settings)\(option == "build" ? "targets" : option)" : "--\(option)"
      throw refusal("\(origin): \(error)", error.help, console)
    }
  }

  private func refusal(_ message: String, _ help: [String], _ console: Console) -> ExitCode {
    console.say("error: \(message)")
    for line in help { console.say("  \(line)") }
    return ExitStatus.usage.code
  }
}

import ArgumentParser
import DeviceProbes
import DeviceReports
import Diagnostics
import PolicyModel

/// `policyc remedy ID`: how to carry a remedy out.
struct RemedyCommand: ParsableCommand {
  /// How a runbook is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, markdown, html, json
  }

  static let configuration = CommandConfiguration(
    commandName: "remedy", abstract: "Print how to mend a device, step by step.",
    discussion: """
      A runbook says what must be done before, what is lost, who is needed and how long it takes. With --probe it is made for one device: parts that are not meant \
      for it are left out, and a step that destroys is withheld while no fact shows that it is prepared.
      """)

  @Argument(help: ArgumentHelp("A remedy such as clear_tpm, as check and policies name it.", valueName: "ID"))
  var remedy: String?

  @Flag(help: "List every remedy.")
  var list = false

  @Option(
    help: ArgumentHelp("Where the device's facts come from; may be given several times.", valueName: "PROBE"))
  var probe: [String] = []

  @OptionGroup(title: "Judging tokens") var tokens: TokenArguments

  @Option(
    help: ArgumentHelp(
      "Evidence of the device, from policyc attest; as --probe evidence:FILE.", valueName: "FILE"))
  var evidence: String?

  @OptionGroup(title: "Judging evidence") var evidenceArguments: EvidenceArguments

  @Option(help: "text, markdown, html or json.")
  var format: Format = .text

  @OptionGroup var probing: ProbingArguments

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if list, remedy != nil { throw ValidationError("--list takes no remedy") }
    if !list, remedy == nil { throw ValidationError("give a remedy, or --list to see them all") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color, language: probing.languages.chosen)
    let language = probing.languages.language(console)
    try console.run {
      guard let remedy else { return try console.write(lines: Self.table(language)) }
      guard let known = KnownRemedy(rawValue: remedy) else {
        let near = closest(to: remedy, in: KnownRemedy.allCases.map(\.rawValue)).map {
          "; did you mean \($0)?"
        }
        console.say(
          "error: there is no remedy '\(remedy)'\(near ?? "; policyc remedy --list prints them all")")
        throw ExitStatus.usage.code
      }
      let renderer = RunbookRenderer(try plan(known.runbook, console), language: language)
      switch format {
      case .text: try console.write(renderer.text(style: console.output))
      case .markdown: try console.write(document: renderer.markdown())
      case .html: try console.write(document: renderer.html())
      case .json: try console.write(document: renderer.json())
      }
    }
  }

  /// The plan for the device that the probes see, which are asked for what the runbook wants to know and no more.
  private func plan(_ runbook: Runbook, _ console: Console) throws -> RunbookPlan {
    let probes = probe + (evidence.map { ["evidence:\($0)"] } ?? [])
    let options = try evidenceArguments.judgement.complete(
      probing.options.with(tokens.judgement), for: probes, console)
    guard !probes.isEmpty else { return RunbookPlan(runbook) }
    let wanted = runbook.facts
    let facts = RunbookFacts.declarations.filter { wanted.contains($0.name) }
    let asked = try DeviceCheck.probeSet(probes, options)
    return RunbookPlan(runbook, for: RemedyFacts(try DeviceCheck.observe(facts, by: asked, console)))
  }

  private static func table(_ language: ReportLanguage) -> [String] {
    let runbooks = KnownRemedy.allCases.map(\.runbook)
    let width = runbooks.map(\.remedy.rawValue.count).max() ?? 0
    return runbooks.map { runbook in
      let id = runbook.remedy.rawValue
      return id + String(repeating: " ", count: width - id.count + 2) + runbook.title[language]
    }
  }
}

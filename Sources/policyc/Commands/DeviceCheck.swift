import ArgumentParser
import DeviceProbes
import DeviceReports
import Diagnostics
import FileAccess
import PolicyModel

/// What `policyc check` does, with its command line read.
struct DeviceCheck: Equatable {
  /// How a verdict is printed.
  enum Format: String, CaseIterable {
    case text, json
  }

  /// How many seconds a probe may be given.
  static let timeouts = 1...3600

  var compiled: String
  var probes: [String] = []
  /// Nil for the language of the locale.
  var language: ReportLanguage?
  var format = Format.text
  /// Whether the steps of every remedy are printed too; JSON has them always.
  var showsRunbooks = false
  /// Whether a policy that says nothing of the device is as good as one that the device meets.
  var allowsNotApplicable = false
  var timeout = ProgramLimits().seconds
  var color = ColorChoice.auto
  var tokens = TokenJudgement()
  var evidence = EvidenceJudgement()

  func run() throws {
    let console = Console(color: color, language: language)
    try console.run {
      let options = try evidence.complete(
        ProbeOptions(limits: ProgramLimits(seconds: timeout)).with(tokens), for: probes, console)
      // What is wrong with the command line comes before any file is read.
      let named = try Self.probeSet(probes, options)
      let policy = try Self.policy(compiled, console)
      let probes =
        policy.evidence.isEmpty
        ? named : try Self.probeSet(probes, evidence.complete(options, by: policy.evidence, console))
      let language = language ?? ReportLanguage(tag: console.language) ?? .english
      let evaluator: PolicyEvaluator
      do {
        evaluator = try PolicyEvaluator(policy)
      } catch {
        console.say("error: \(compiled) cannot be evaluated: \(error)")
        throw ExitStatus.inaccessible.code
      }
      let snapshot = try Self.observe(policy.facts, besides: RunbookFacts.declarations, by: probes, console)
      let report = evaluator.report(on: snapshot)
      let advice = advice(for: report, snapshot, probes, console)
      switch format {
      case .text:
        let text = TextReport(report, advice: advice, language: language, style: console.output).render()
        try console.write(showsRunbooks ? text + advice.runbooks(in: language, style: console.output) : text)
      case .json:
        let json = JSONReport(
          report, advice: advice, language: language, allowingNotApplicable: allowsNotApplicable)
        try console.write(document: json.render())
      }
      let exitCode = report.verdict.exitCode(allowingNotApplicable: allowsNotApplicable)
      if exitCode != 0 { throw ExitCode(exitCode) }
    }
  }

  /// What to do about the device, with what the runbooks ask for and the policy does not read asked too.
  private func advice(
    for report: PolicyReport, _ snapshot: FactSnapshot, _ probes: ProbeSet, _ console: Console
  ) -> RemedyAdvice {
    let choice = RemedyChoice(report)
    var judged = self
    judged.evidence = evidence.counting(report.policy.evidence)
    var known = snapshot
    let missing = choice.missingFacts(in: report, besides: snapshot)
    if !missing.isEmpty {
      do throws(ProbeError) {
        known.merge(try probes.withoutFiles.observe(missing))
      } catch {
        console.say("warning: \(error)")
      }
    }
    return RemedyAdvice(
      choice, facts: RemedyFacts(report, besides: known), arguments: judged.remedyArguments)
  }

  /// The probes of a command line; those of this machine when none is named.
  static func probeSet(_ names: [String], _ options: ProbeOptions) throws -> ProbeSet {
    var set: [any DeviceProbe] = []
    for text in names.isEmpty ? ProbeKind.ofThisMachine.map(\.rawValue) : names {
      do throws(ProbeSpecError) {
        set.append(try ProbeSpec(text).probe(options))
      } catch {
        throw ValidationError(error.description)
      }
    }
    return ProbeSet(set)
  }

  /// Asks the probes, and those that read a file for what is wanted besides; one that cannot be used at all ends the command.
  static func observe(
    _ facts: [FactDeclaration], besides others: [FactDeclaration] = [], by probes: ProbeSet,
    _ console: Console
  ) throws -> FactSnapshot {
    do throws(ProbeError) {
      return try probes.observe(facts, fromFilesBesides: others)
    } catch {
      console.say("error: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  /// Reads a compiled policy; what is none ends the command.
  static func policy(_ compiled: String, _ console: Console) throws -> CompiledPolicy {
    let bytes = try readFile(compiled, limit: FileLimit.document)
    do throws(CompiledPolicyError) {
      return try CompiledPolicyFile.decode(bytes).policy
    } catch {
      console.say("error: \(compiled): \(error)")
      throw ExitStatus.inaccessible.code
    }
  }
}

extension DeviceCheck {
  private static var flags: [String: WritableKeyPath<DeviceCheck, Bool>] {
    ["--runbooks": \.showsRunbooks, "--allow-not-applicable": \.allowsNotApplicable]
  }

  /// Reads the usual command line of `check`, program name left out: `check FILE` and options as `--name value`.
  ///
  /// A device is checked at every boot or sign-in, and the general parser takes longer than the check. Nil for
  /// anything else, mistakes included: the general parser reads those and says what is wrong.
  init?(plainly arguments: ArraySlice<String>) {
    var rest = arguments
    guard rest.popFirst() == "check" else { return nil }
    var file: String?
    var check = DeviceCheck(compiled: "")
    var seen: Set<String> = []
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-"), argument != "-" else {
        guard file == nil else { return nil }
        file = argument
        continue
      }
      if let flag = Self.flags[argument] {
        guard seen.insert(argument).inserted else { return nil }
        check[keyPath: flag] = true
        continue
      }
      guard argument == "--probe" || seen.insert(argument).inserted, let value = rest.popFirst(),
        !value.hasPrefix("-")
      else { return nil }
      switch argument {
      case "--probe": check.probes.append(value)
      case "--lang":
        guard let language = ReportLanguage(tag: value) else { return nil }
        check.language = language
      case "--format":
        guard let format = Format(rawValue: value) else { return nil }
        check.format = format
      case "--timeout":
        guard let timeout = Int(value), Self.timeouts.contains(timeout) else { return nil }
        check.timeout = timeout
      case "--color":
        guard let color = ColorChoice(rawValue: value) else { return nil }
        check.color = color
      default: return nil
      }
    }
    guard let file else { return nil }
    check.compiled = file
    self = check
  }
}

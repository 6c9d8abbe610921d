import ArgumentParser
import Diagnostics
import FileAccess
import PolicyCompiler

/// `policyc test`: runs the test cases that policies carry.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the test cases of policies and say which rules no test exercises.")

  @OptionGroup var policies: PolicyOptions

  @Flag(help: "Fail also when a rule is not exercised by any test.")
  var allExercised = false

  @Flag(help: .hidden)
  var strict = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color)
    if strict {
      console.say("note: test --strict is --all-exercised now; a later version does not know it any more")
    }
    try console.run(as: policies.format) {
      var session = try policies.session(console)
      try session.compile(policies.files)
      var (sources, diagnostics) = session.report()
      guard !diagnostics.contains(where: { $0.severity == .error }) else {
        try console.report(diagnostics, in: sources, as: policies.format)
        throw ExitStatus.no.code
      }
      var passed = 0
      var failed = 0
      var unexercised = 0
      var summary: [String] = []
      for unit in session.units {
        for policy in unit.compilation.policies {
          let runner = TestRunner { settings in
            let name = policy.compiled.name
            guard let compilation = session.workspace.recompile(unit, policy: name, settings: settings),
              !compilation.hasErrors
            else { return nil }
            return compilation.policies.first { $0.compiled.name == policy.compiled.name }
          }
          let run = runner.run(policy)
          let good = run.results.count(where: \.hasPassed)
          passed += good
          failed += run.results.count - good
          let ids = unit.compilation.sources.files.map { sources.add($0) }
          for diagnostic in run.results.flatMap(\.failures) + run.findings {
            diagnostics.append(
              diagnostic.movingSpans { Span(file: ids[Int($0.file.index)], start: $0.start, end: $0.end) })
          }
          unexercised += run.unexercised.count
          summary.append(
            "\(policy.compiled.name): \(good) of \(Count.of(run.results.count, "test")) passed, "
              + "\(policy.compiled.rules.count - run.unexercised.count) of "
              + "\(Count.of(policy.compiled.rules.count, "rule")) exercised")
        }
      }
      try console.report(diagnostics, in: sources, as: policies.format)
      if policies.format == .text {
        try console.write(lines: summary + ["\(passed) passed, \(failed) failed"])
      }
      if failed > 0 || ((allExercised || strict) && unexercised > 0) { throw ExitStatus.no.code }
    }
  }
}

import ArgumentParser

@main
struct Policyc: ParsableCommand {
  /// The version of the program (Semantic Versioning 2.0.0); CHANGELOG.md says what each has.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "policyc",
    version: "policyc \(version)",
    subcommands: [
      BuildCommand.self, ValidateCommand.self, TestCommand.self, CheckCommand.self, ProbeCommand.self,
      ReportCommand.self, AttestCommand.self, ChallengeCommand.self, ReferenceCommand.self,
      EventLogCommand.self, RemedyCommand.self,
      ExplainCommand.self, CatalogCommand.self,
    ])

  static func main() { runProgram() }
}

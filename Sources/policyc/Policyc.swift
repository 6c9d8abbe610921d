import ArgumentParser

@main
struct Policyc: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policyc",
    subcommands: [
      BuildCommand.self, ValidateCommand.self, TestCommand.self, CheckCommand.self, ProbeCommand.self,
      ReportCommand.self, AttestCommand.self, ChallengeCommand.self, ReferenceCommand.self,
      EventLogCommand.self, RemedyCommand.self,
      ExplainCommand.self, CatalogCommand.self,
    ])

  static func main() { runProgram() }
}

import ArgumentParser

@main
struct Policyc: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policyc", subcommands: [BuildCommand.self, TestCommand.self, ExplainCommand.self])

  static func main() { runProgram() }
}

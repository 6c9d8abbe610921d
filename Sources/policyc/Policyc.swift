import ArgumentParser

@main
struct Policyc: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policyc", subcommands: [ExplainCommand.self])

  static func main() { runProgram() }
}

import XMLInput

/// SM1307, SM1308, SM1320: which commands there are, how many items a command has, and that each names its node.
struct ItemRule: PayloadRule {
  let keepsAccount = false

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    if command.verb == .exec, command.items.count > 1 {
      report.report(
        PayloadFinding(
          "SM1307", "\(command.subject) has \(command.items.count) items; an Exec takes exactly one",
          at: command.items[1].position, label: "second item",
          help: ["write one Exec for each item"], status: .badRequest))
    }
    guard command.verb.access != nil else { return }
    if command.verb == .copy {
      report.report(
        PayloadFinding(
          "SM1320", "\(command.subject): Windows does not carry out Copy", at: command.position,
          label: "not supported", help: ["write an Add with the value"], status: .optionalFeature))
    }
    for item in command.items where item.target == nil && !Self.introducesDevice(item, command) {
      report.report(
        PayloadFinding(
          "SM1308", "an item of \(command.subject) names no node: it has no Target with a LocURI",
          at: item.position, label: item.source == nil ? "no Target" : "Source, but no Target",
          help: ["add <Target><LocURI>./Device/Vendor/MSFT/…</LocURI></Target>"], status: .badRequest))
    }
  }

  /// A device begins a session with a Replace that tells the values of `./DevInfo`, each by its Source.
  private static func introducesDevice(_ item: PayloadItem, _ command: PayloadCommand) -> Bool {
    command.verb == .replace && item.source?.trimmed.hasPrefix("./DevInfo/") == true
  }
}

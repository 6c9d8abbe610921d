import CSPCatalog
import XMLInput

/// SM1502 to SM1507: what is wrong with a value whatever its node.
struct ValueTextRule: PayloadRule {
  let keepsAccount = false

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb.access != nil else { return }
    judgeFormat(command.meta, of: command, &report)
    for item in command.items {
      judgeFormat(item.meta, of: command, &report)
      judgeRepeated(item.meta.format, command.meta.format, "Format", of: command, &report)
      judgeRepeated(item.meta.type, command.meta.type, "Type", of: command, &report)
      guard let data = item.data else { continue }
      if data.trimmed.hasPrefix("<?xml") {
        report.report(
          PayloadFinding(
            "SM1502",
            "the value of \(command.subject) begins with an XML declaration, which stalls a device's queue",
            at: data.position, label: "XML declaration in a value",
            help: ["begin the value with its first element"], status: .commandFailed))
      }
      if data.hasUnclosedCDATA {
        report.report(
          PayloadFinding(
            "SM1506",
            "the value of \(command.subject) has a CDATA section that does not end"
              + (data.isCDATA ? ": the first ]]> ended the one around it" : ""), at: data.position,
            label: data.isCDATA ? "CDATA in CDATA" : "CDATA without an end",
            help: ["write an inner ]]> as ]]]]><![CDATA[>, or escape the whole value"], status: .commandFailed
          ))
      }
      if command.verb == .get || command.verb == .delete, !data.trimmed.isEmpty || data.hasElements {
        report.report(
          PayloadFinding(
            "SM1504", "\(command.subject) has Data; a device reads none with a \(command.verb.rawValue)",
            at: data.element, label: "ignored", help: ["remove Data"]))
      }
    }
  }

  /// A device takes what the item says; who reads the command alone does not see that.
  private func judgeRepeated(
    _ own: PayloadText?, _ common: PayloadText?, _ name: String, of command: PayloadCommand,
    _ report: inout FindingSink
  ) {
    guard let own, let common, own.trimmed != common.trimmed else { return }
    report.report(
      PayloadFinding(
        "SM1507",
        "\(command.subject) has the \(name) '\(clipped(common.trimmed))' for all of its items, and "
          + "'\(clipped(own.trimmed))' for this one", at: own.position, label: "another \(name)",
        related: PayloadFinding.Related(position: common.position, text: "for all items"),
        help: ["write \(name) in the items alone"]))
  }

  private func judgeFormat(_ meta: PayloadMeta, of command: PayloadCommand, _ report: inout FindingSink) {
    guard let format = meta.format, !Placeholder.isIn(format.value),
      NodeFormat(rawValue: String(format.trimmed)) == nil
    else { return }
    let name = format.trimmed
    var help = ["the formats are b64, bin, bool, chr, date, float, int, node, null, time and xml"]
    if let meant = Self.meant(by: String(name)) { help.insert("did you mean \(meant)?", at: 0) }
    report.report(
      PayloadFinding(
        "SM1503", "the Format '\(clipped(name))' of \(command.subject) is none of OMA DM's",
        at: format.position,
        label: "unknown format", help: help, status: .unsupportedFormat))
  }

  /// The format that people mean by other languages' names.
  private static func meant(by name: String) -> String? {
    switch name.lowercased() {
    case "string", "str", "text", "char": "chr"
    case "integer", "number", "int32", "long", "dword": "int"
    case "boolean": "bool"
    case "base64": "b64"
    case "binary": "bin"
    case "datetime": "time"
    default: NodeFormat(rawValue: name.lowercased())?.rawValue
    }
  }
}

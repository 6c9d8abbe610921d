import Diagnostics

/// SM1312 to SM1315: what an Alert says, and the Correlator that Windows does not read.
struct AlertRule: PayloadRule {
  let keepsAccount = false

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    if let correlator = command.correlator {
      report.report(
        PayloadFinding(
          "SM1315", "\(command.subject) has a Correlator, which Windows does not support",
          at: correlator.element, label: "not read", help: ["remove the Correlator"]))
    }
    guard command.verb == .alert else { return }
    guard let data = command.data else {
      report.report(
        PayloadFinding(
          "SM1312", "\(command.subject) has no Data; it names what the Alert is about", at: command.position,
          label: "no code", help: [Self.codes], status: .badRequest))
      return
    }
    guard !data.hasElements, !Placeholder.isIn(data.value) else { return }
    guard let code = UInt16(data.trimmed) else {
      report.report(
        PayloadFinding(
          "SM1312", "the code '\(clipped(data.trimmed))' of \(command.subject) is no number",
          at: data.position, label: "expected a code", help: [Self.codes], status: .badRequest))
      return
    }
    guard (1200...1201).contains(code) || (1222...1226).contains(code) else {
      report.report(
        PayloadFinding(
          "SM1313", "\(command.subject) has the code \(code), which Windows' DM client does not use",
          at: data.position, label: "unknown code", help: [Self.codes]))
      return
    }
    if code == 1224 || code == 1226 { judgeItems(of: command, code, at: data.position, &report) }
  }

  /// Alerts 1224 and 1226 say by `Meta/Type` what happened.
  private func judgeItems(
    of command: PayloadCommand, _ code: UInt16, at position: SourcePosition, _ report: inout FindingSink
  ) {
    let typeless = command.items.first { $0.meta.type?.trimmed.isEmpty ?? true }
    guard typeless != nil || command.items.isEmpty else { return }
    report.report(
      PayloadFinding(
        "SM1314",
        "\(command.subject) of code \(code) does not say what happened: its item has no Meta with a Type",
        at: typeless?.position ?? position, label: "no Type",
        help: ["add an Item with <Meta><Type xmlns=\"syncml:metinf\">…</Type></Meta>"]))
  }

  private static let codes =
    "1200 and 1201 begin a session, 1222 asks for the next message, 1223 ends a session, 1224 tells an event, "
    + "1225 that data has no end, 1226 is generic"
}

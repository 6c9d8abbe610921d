import CSPCatalog
import Diagnostics
import PolicyModel
import XMLInput

/// SM1701 to SM1704, SM1706 to SM1708 and SM1710 to SM1723: a value is one that its node takes.
struct ValueRule: NodeRule {
  /// The nodes whose pattern is not run and of which that has been told.
  private var told = OncePerNode()

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.takesValue, let data = use.item.data, !data.hasElements else { return }
    let text = data.trimmed
    let plan = use.known.values
    switch text.utf8.first {
    // A declaration in front has a finding of its own.
    case UInt8(ascii: "<"): if text.hasPrefix("<?xml") { return }
    case UInt8(ascii: "&"):
      if text.hasPrefix("&lt;"), isDoubleEscaped(text, use, data, &report) { return }
    default: break
    }
    switch plan.check {
    case .admx: judgeADMX(text, use, data, &report)
    case .document(let kind): judgeDocument(text, kind, use, data, &report)
    case .unread(let problem): tell(problem, use, data, &report)
    case .anything, .options, .ranges, .flags, .pattern:
      if let list = plan.list {
        ListRule.judge(text, list, use, data, &report)
      } else if !Placeholder.isIn(text) {
        judgeScalar(text, use, data, &report)
      }
    }
  }

  private func judgeScalar(
    _ text: Substring, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) {
    let plan = use.known.values
    if let objection = plan.objection(to: text) {
      report.report(objection.finding(text, of: use, at: data.position))
      return
    }
    if plan.isExact, text.utf8.count != data.value.utf8.count {
      report.report(
        PayloadFinding(
          "SM1706", "\(use.subject): white space stands around the value '\(clipped(text))'",
          at: data.element,
          label: "white space", help: ["write <Data>\(clipped(text))</Data>"]))
    }
  }

  // MARK: Values with a grammar

  private func judgeADMX(
    _ text: Substring, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) {
    let remarks = ValueBytes.withBytes(of: text) { ADMXScanner.remarks(on: $0) }
    // A section in a section has a finding of its own.
    guard !remarks.isEmpty, !data.hasUnclosedCDATA else { return }
    let hasPlaceholder = Placeholder.isIn(text)
    let before = data.value.utf8.distance(from: data.value.startIndex, to: text.startIndex)
    for remark in remarks {
      // What a placeholder becomes may well be the markup that is missed.
      if hasPlaceholder, ["SM1712", "SM1713", "SM1714"].contains(remark.code.text) { continue }
      let isError = DiagnosticCatalog.rule(for: remark.code)?.severity == .error
      report.report(
        PayloadFinding(
          remark.code, "\(use.subject): the value is that of an ADMX policy, and \(remark.message)",
          at: report.place(of: data, byte: before + remark.offset), label: remark.label, help: remark.help,
          status: isError ? .commandFailed : nil))
    }
  }

  private func judgeDocument(
    _ text: Substring, _ kind: DocumentKind, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) {
    guard !Placeholder.isIn(text) else { return }
    let bytes = Array(text.utf8)
    let problem: ValueProblem?
    switch kind {
    case .xml: problem = XMLText.problem(in: bytes)
    case .json: problem = JSONValue.problem(in: bytes)
    case .sddl: problem = SecurityDescriptorScanner.problem(in: bytes, list: use.known.values.list)
    }
    guard let problem, !data.hasUnclosedCDATA else { return }
    let before = data.value.utf8.distance(from: data.value.startIndex, to: text.startIndex)
    report.report(
      PayloadFinding(
        kind.code, "\(use.subject): the value is not \(kind.name): \(problem.message)",
        at: report.place(of: data, byte: before + problem.offset), label: "not \(kind.name)",
        status: .commandFailed))
  }

  /// A value that begins with `&lt;` once the payload's own references are resolved.
  private func isDoubleEscaped(
    _ text: Substring, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) -> Bool {
    guard text.firstPlace(of: "&gt;") != nil else { return false }
    let how = data.isCDATA ? "escaped and in CDATA too" : "escaped twice"
    report.report(
      PayloadFinding(
        "SM1721", "\(use.subject): the XML in the value is \(how), so that a device sees &lt; and not <",
        at: report.place(
          of: data, byte: data.value.utf8.distance(from: data.value.startIndex, to: text.startIndex)),
        label: how, help: [data.isCDATA ? "write < as it is inside of CDATA" : "escape it once: &lt;"],
        status: .commandFailed))
    return true
  }

  private mutating func tell(
    _ problem: PatternProblem, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) {
    guard told.isFirst(use.known) else { return }
    report.report(
      PayloadFinding(
        "SM1708", "\(use.subject): the value is not judged, as the pattern of its node \(problem.reason)",
        at: data.position, label: "not judged"))
  }
}

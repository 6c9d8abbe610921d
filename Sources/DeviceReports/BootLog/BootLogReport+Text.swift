import Diagnostics
import PolicyModel
import TPMEvidence

extension BootLogReport {
  /// The report for people, ending with a line feed.
  package func text(style: TerminalStyle = TerminalStyle()) -> String {
    var lines = headLines(style)
    if comparison != nil { lines += [""] + comparisonLines(style) }
    if let starts { lines += starts.lines(style) }
    lines += [""] + registerLines(style)
    lines += section(
      "facts", facts.map { BootLogFinding($0.name, $0.name, $0.finding.map(Self.shown)) }, style)
    if log.registers == .pcrs {
      lines += section("Secure Boot", evidence.keyFindings, style)
      lines += imageLines(style)
      lines += section("Windows", evidence.windowsFindings, style)
    }
    if listsEvents {
      lines += ["", style.paint("events", .emphasis)] + log.events.indices.map { line(of: $0, style) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func headLines(_ style: TerminalStyle) -> [String] {
    let form = log.form == .cryptoAgile ? "crypto-agile" : "SHA-1 only"
    let banks = log.banks.map(\.algorithm.name).joined(separator: ", ")
    let count = log.events.count == 1 ? "1 event" : "\(log.events.count) events"
    var lines = [
      "\(style.paint(style.line(name), .emphasis)): \(form), \(count), \(banks)"
    ]
    if log.registers == .confidential {
      lines.append(
        "of a confidential virtual machine: its registers are not PCRs (on Intel TDX, 1 is RTMR 0), and no fact rests on them"
      )
    }
    for contradiction in evidence.contradictions {
      let reason = style.line(contradiction.reason)
      lines.append(style.paint("contradicts itself: \(reason)", .severity(.warning)))
    }
    if log.startupLocality != 0 { lines.append("the TPM was started from locality \(log.startupLocality)") }
    return lines
  }

  private func registerLines(_ style: TerminalStyle) -> [String] {
    let word = log.registers == .pcrs ? "PCRs" : "registers"
    let counts = eventCounts
    var lines: [String] = []
    for (bank, replay) in zip(log.banks, replays) {
      guard let replay else {
        lines.append(style.paint("\(bank.algorithm.name): \(bank.algorithm.obstacle)", .emphasis))
        continue
      }
      lines.append(style.paint("\(word) in \(bank.algorithm.name), as the log leads to them", .emphasis))
      for (register, count) in counts.enumerated() where count > 0 {
        let value = replay[register].map(hexadecimal) ?? "unknown: an event has no digest in this bank"
        lines.append(
          "  \(register < 10 ? " " : "")\(register)  \(value)  \(count == 1 ? "1 event" : "\(count) events")")
      }
      if !counts.contains(where: { $0 > 0 }) { lines.append("  no event extends one") }
    }
    return lines
  }

  private func comparisonLines(_ style: TerminalStyle) -> [String] {
    guard let comparison else { return [] }
    let source = style.line(comparison.source)
    let word = log.registers == .pcrs ? "PCR" : "register"
    let title =
      switch verdict {
      case "agrees": style.paint("agrees with \(source)", .success)
      case "diverges": style.paint("diverges from \(source)", .severity(.error))
      default: style.paint("cannot be compared with \(source)", .severity(.warning))
      }
    var lines = [title]
    for divergence in comparison.result.divergences {
      lines.append("  \(word) \(divergence.register) in \(divergence.algorithm.name)")
      lines.append("    given     \(hexadecimal(divergence.given))")
      lines.append(
        "    replayed  "
          + (divergence.replayed.map(hexadecimal) ?? "unknown: an event has no digest in this bank"))
      lines.append("    \(agreement(of: divergence))")
      lines += divergence.events.prefix(Self.shownEvents).map { "    " + line(of: $0, style) }
      let rest = divergence.events.count - Self.shownEvents
      if rest > 0 { lines.append("      … \(rest) more; --format json has all") }
    }
    for same in comparison.result.agreeing {
      lines.append(
        "  \(same.algorithm.name): \(list(same.numbers, word)) as the log leads to \(same.numbers.count == 1 ? "it" : "them")"
      )
    }
    for other in comparison.result.untold {
      lines.append("  \(other.algorithm.name): the log says nothing of \(list(other.numbers, word))")
    }
    if comparison.result.agreeing.isEmpty, comparison.result.divergences.isEmpty {
      lines.append("  no value is of a bank and register that the log has")
    }
    return lines
  }

  /// How many events of a register that diverges are shown.
  private static var shownEvents: Int { 40 }

  private func agreement(of divergence: PCRDivergence) -> String {
    switch (divergence.agreesUpTo, divergence.events.isEmpty) {
    case (_, true): "no event of the log extended it"
    case (nil, _): "the value is none that it had after any of these events:"
    case (-1, _): "the value is the one before these events, which the log has too many:"
    case (let event?, _): "the log agrees up to event \(event); what follows, it has too many:"
    }
  }

  private func list(_ numbers: [Int], _ word: String) -> String {
    // Runs of three and more as `0-7`.
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let parts = runs.map { run in
      switch run.count {
      case 1: "\(run.lowerBound)"
      case 2: "\(run.lowerBound), \(run.upperBound)"
      default: "\(run.lowerBound)-\(run.upperBound)"
      }
    }
    return "\(word)\(numbers.count == 1 ? "" : "s") \(parts.joined(separator: ", "))"
  }

  private func line(of event: Int, _ style: TerminalStyle) -> String {
    let number = String(event)
    let padding = String(repeating: " ", count: max(5 - number.count, 0))
    let entry = log.events[event]
    let register = entry.isExtended ? String(entry.register) : "-"
    let shown = style.line(log.summary(of: event))
    let mark = entry.isExtended && !log.isMeasured(event) ? " (not what was measured)" : ""
    return
      "\(padding)\(number)  \(register.count < 2 ? " " : "")\(register)  \(entry.type.name)  \(shown)\(style.paint(mark, .secondary))"
  }

  private func imageLines(_ style: TerminalStyle) -> [String] {
    let authorities = evidence.secureBoot.authorities
    guard !evidence.images.isEmpty || !authorities.isEmpty else { return [] }
    var lines = ["", style.paint("started, by paths that are not measured", .emphasis)]
    for image in evidence.images {
      let path = style.line(image.path ?? "an image without a path")
      let verifier = image.authority.map { authority in
        let entry = authorities[authority]
        return ", verified by \(entry.entry?.text ?? "what \(entry.variable) has")"
      }
      lines.append(
        "  event \(image.event), PCR \(image.register)  \(path)\(style.line(verifier ?? ""))"
      )
    }
    for authority in authorities {
      let entry = authority.entry?.text ?? "something that cannot be read"
      lines.append(
        style.line(
          "  event \(authority.event), PCR 7  \(authority.variable) verified an image: \(entry)"))
    }
    return lines
  }

  /// Findings under a title. What is unknown for a reason that many share stands below, with the reason once.
  private func section(_ title: String, _ findings: [BootLogFinding], _ style: TerminalStyle) -> [String] {
    func unknown(_ reason: String) -> String {
      style.paint("unknown: \(style.line(reason))", .secondary)
    }
    var lines = ["", style.paint(title, .emphasis)]
    var shared: [(reason: String, labels: [String])] = []
    let width = findings.map(\.label.count).max() ?? 0
    for finding in findings {
      let label = finding.label + String(repeating: " ", count: width - finding.label.count)
      switch finding.finding {
      case .known(let shown):
        for (index, line) in shown.lines.enumerated() {
          let start = index == 0 ? label : String(repeating: " ", count: width)
          lines.append("  \(start)  \(style.line(line))")
        }
      case .unknown(let reason):
        guard findings.count(where: { $0.finding.reason == reason }) > 2 else {
          lines.append("  \(label)  \(unknown(reason))")
          continue
        }
        if let place = shared.firstIndex(where: { $0.reason == reason }) {
          shared[place].labels.append(finding.label)
        } else {
          shared.append((reason, [finding.label]))
        }
      }
    }
    for (reason, labels) in shared {
      lines.append("  \(unknown(reason))")
      lines += listed(labels, indent: "    ", columns: style.columns)
    }
    return lines
  }

  static func shown(_ value: Value) -> BootLogFinding.Shown { .init([value.shown(unit: nil)], value.json) }
}

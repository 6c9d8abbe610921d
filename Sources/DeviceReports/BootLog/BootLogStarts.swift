import Diagnostics
import PolicyModel
import TPMEvidence

/// The logs of several starts of a machine beside the one that is shown, by their counters.
package struct BootLogStarts: Sendable {
  /// One log.
  package struct Entry: Sendable {
    let name: String
    let windows: WindowsBootEvidence
    let isShown: Bool

    /// The log of a file.
    package init(name: String, windows: WindowsBootEvidence, isShown: Bool) {
      self.name = name
      self.windows = windows
      self.isShown = isShown
    }

    fileprivate var kind: String {
      if windows.isResume { return "resume" }
      return windows.startedKernel.value == true ? "start" : "unknown"
    }

    fileprivate var text: String {
      switch kind {
      case "resume": "resumed a kernel from hibernation"
      case "start": "started a kernel"
      default: "unknown: \(windows.startedKernel.reason ?? "")"
      }
    }
  }

  let entries: [Entry]
  /// Which start the facts of Windows are of, where the log that is shown resumed a kernel.
  let kernel: BootFinding<UInt64>?

  /// Logs, of which one is shown.
  package init(_ entries: [Entry], kernel: BootFinding<UInt64>?) {
    self.entries = entries.enumerated().sorted {
      let (first, second) = ($0.element.windows.bootCounter.value, $1.element.windows.bootCounter.value)
      return (first ?? 0, $0.offset) < (second ?? 0, $1.offset)
    }.map(\.element)
    self.kernel = kernel
  }

  func lines(_ style: TerminalStyle) -> [String] {
    let counters = entries.map { $0.windows.bootCounter.value.map(String.init) ?? "-" }
    let width = counters.map(\.count).max() ?? 0
    var lines = ["", style.paint("starts, by their boot counters", .emphasis)]
    for (entry, counter) in zip(entries, counters) {
      let padding = String(repeating: " ", count: width - counter.count)
      let mark = entry.isShown ? ", shown here" : ""
      lines.append(
        style.line("  \(padding)\(counter)  \(entry.name)\(mark): \(entry.text)"))
    }
    switch kernel {
    case .known(let counter)?: lines.append("  the facts of Windows are those of start \(counter)")
    case .unknown(let reason)?:
      let text = "  what started the kernel is unknown: \(reason)"
      lines.append(style.paint(style.line(text), .severity(.warning)))
    case nil: break
    }
    return lines
  }

  var json: [JSONMember] {
    let list = entries.map { entry in
      JSONValue.object([
        JSONMember("file", .string(entry.name)), JSONMember("kind", .string(entry.kind)),
        JSONMember("shown", .bool(entry.isShown)),
        JSONMember("boot_counter", BootLogFinding.json(entry.windows.bootCounter.map(Self.number))),
        JSONMember("event_counter", BootLogFinding.json(entry.windows.eventCounter.map(Self.number))),
      ])
    }
    let kernel = kernel.map { [JSONMember("kernel_start", BootLogFinding.json($0.map(Self.number)))] } ?? []
    return [JSONMember("starts", .array(list))] + kernel
  }

  private static func number(_ value: UInt64) -> JSONValue { .exact(Int64(clamping: value)) }
}

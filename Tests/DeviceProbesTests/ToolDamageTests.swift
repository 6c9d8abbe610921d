import PolicyModel
import Testing

@testable import DeviceProbes

/// Outputs with parts missing or replaced. A fact may become unknown by that, and one that two parts contradicted may become known; its
/// value never changes.
@Suite("Damaged outputs of tools")
struct ToolDamageTests {
  static let samples = ToolSample.made + ToolSample.recorded

  /// Where the damage cannot be noticed: the sample has nothing that would tell.
  private static func isUnnoticeable(_ fact: String, _ sample: ToolSample) -> Bool {
    // The second half of a version that the console wrapped, in a line of its own.
    sample.description == "get-tpm/narrow-console" && fact == "tpm.firmware"
  }

  private func check(
    _ damaged: [UInt8], _ sample: ToolSample, _ whole: FactFindings, _ what: @autoclosure () -> String
  ) {
    for case (let fact, .value(let value)) in sample.findings(damaged).contents {
      guard case .value(let before)? = whole[fact], before != value, !Self.isUnnoticeable(fact, sample) else {
        continue
      }
      Issue.record("\(sample): \(fact) was \(before) and is \(value) after \(what())")
    }
  }

  @Test("an output that ends early gives no other value", arguments: samples)
  func truncation(sample: ToolSample) {
    let whole = sample.findings()
    let step = max(1, sample.bytes.count / 100)
    for count in stride(from: 0, to: sample.bytes.count, by: step) {
      check(Array(sample.bytes[..<count]), sample, whole, "\(count) bytes")
    }
  }

  @Test("an output with a line missing gives no other value", arguments: samples)
  func missingLine(sample: ToolSample) {
    let whole = sample.findings()
    let lines = ToolText(sample.bytes).lines
    for place in lines.indices {
      var rest = lines
      rest.remove(at: place)
      check(Array((rest.joined(separator: "\n") + "\n").utf8), sample, whole, "the loss of '\(lines[place])'")
    }
  }

  @Test(
    "an output with a value replaced gives no other value", arguments: samples,
    ["~rubbish~", "-1"])
  func replacedValue(sample: ToolSample, rubbish: String) {
    let whole = sample.findings()
    let lines = ToolText(sample.bytes).lines
    for (place, line) in lines.enumerated() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      var changed = lines
      changed[place] = "\(line[...colon]) \(rubbish)"
      check(Array((changed.joined(separator: "\n") + "\n").utf8), sample, whole, "'\(changed[place])'")
    }
  }

  @Test("an output twice in one file gives the same as once", arguments: samples)
  func twice(sample: ToolSample) {
    guard !sample.name.contains("json"), ToolText(sample.bytes).encoding == .utf8 else { return }
    let both = sample.findings(sample.bytes + [0x0A] + sample.bytes)
    check(sample.bytes + [0x0A] + sample.bytes, sample, sample.findings(), "being there twice")
    for case (let fact, .value) in sample.findings().contents {
      if case .value? = both[fact] { continue }
      Issue.record("\(sample): \(fact) is unknown after being there twice")
    }
  }
}

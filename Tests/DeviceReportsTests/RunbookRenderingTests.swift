import Diagnostics
import PolicyModel
import Testing

@testable import DeviceReports

/// Every runbook, for devices of which much, little or nothing is known, in both languages and every format.
@Suite("RunbookRenderer")
struct RunbookRenderingTests {
  /// A device that a plan is made for; nil for any device.
  struct Device: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let facts: RemedyFacts?
  }

  static let devices: [Device] = {
    let safe: [String: Value] = [
      "bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(true),
    ]
    var devices = [
      Device(testDescription: "any", facts: nil), Device(testDescription: "unknown", facts: deviceFacts([:])),
      Device(
        testDescription: "BitLocker without a key",
        facts: deviceFacts([
          "bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(false),
        ])), Device(testDescription: "BitLocker with a key", facts: deviceFacts(safe)),
    ]
    for type in ["entra_joined", "hybrid_joined", "registered", "domain_joined", "workgroup"] {
      let facts = safe.merging(["join.type": .symbol(type), "os.branch": .int(22631)]) { $1 }
      devices.append(Device(testDescription: type, facts: deviceFacts(facts)))
    }
    return devices
  }()

  private func plan(_ runbook: Runbook, _ device: Device) -> RunbookPlan {
    device.facts.map { RunbookPlan(runbook, for: $0) } ?? RunbookPlan(runbook)
  }

  private enum Format: CaseIterable {
    case text, ascii, markdown, html, json

    /// A plan in the format, without blanks, and how a text looks in it.
    func rendered(_ plan: RunbookPlan, _ language: ReportLanguage) -> (page: String, mark: (String) -> String)
    {
      let renderer = RunbookRenderer(plan, language: language)
      switch self {
      case .text: return (unwrapped(renderer.text()), unwrapped)
      case .ascii:
        return (
          unwrapped(renderer.text(style: TerminalStyle(repertoire: .ascii))),
          { unwrapped(visible($0, in: .ascii)) }
        )
      case .markdown: return (unwrapped(renderer.markdown()).filter { $0 != "\\" }, { unwrapped($0) })
      case .html: return (unwrapped(renderer.html()), { unwrapped(htmlEscaped($0)) })
      case .json:
        return (
          unwrapped(String(decoding: renderer.json(), as: UTF8.self)),
          { text in
            unwrapped(
              String(decoding: JSONValue.string(text).canonicalBytes().dropFirst().dropLast(), as: UTF8.self))
          }
        )
      }
    }
  }

  @Test(
    "no step that destroys is shown without its preconditions, which stand before it, or without being safe",
    arguments: KnownRemedy.allCases.map(\.runbook), devices)
  func preconditions(runbook: Runbook, device: Device) throws {
    let plan = plan(runbook, device)
    for language in ReportLanguage.allCases {
      for format in Format.allCases {
        let (page, mark) = format.rendered(plan, language)
        #expect(page.contains(mark(plan.headline(in: language))), "\(format), \(language)")
        for step in runbook.parts.flatMap(\.steps) where step.destroys {
          guard let place = page.firstRange(of: mark(step.text[language])) else { continue }
          #expect(plan.stop(before: step) == nil, "\(format): \(step)")
          for precondition in runbook.before where step.needs.contains(precondition.id) {
            let before = page.firstRange(of: mark(precondition.text[language]))
            #expect(before.map { $0.lowerBound < place.lowerBound } == true, "\(format): \(precondition.id)")
          }
        }
        for step in plan.parts.flatMap({ plan.shown(of: $0).steps }) {
          #expect(page.contains(mark(step.text[language])) == true, "\(format): \(step)")
        }
      }
    }
  }

  @Test(
    "both languages have the same sections, lines and marks, and leave no place open",
    arguments: KnownRemedy.allCases.map(\.runbook), devices)
  func sameShape(runbook: Runbook, device: Device) {
    let plan = plan(runbook, device)
    let shapes = ReportLanguage.allCases.map { language in
      RunbookOutline(plan, language: language).sections.map { section in
        section.items.map { "\($0.mark) \($0.note == nil)" }
      }
    }
    #expect(shapes[0] == shapes[1])
    for language in ReportLanguage.allCases {
      for format in Format.allCases {
        #expect(!format.rendered(plan, language).page.contains("{builds}"))
      }
    }
  }
}

extension Runbook: CustomTestStringConvertible {
  /// Its remedy, for the log of a test run.
  public var testDescription: String { remedy.rawValue }
}

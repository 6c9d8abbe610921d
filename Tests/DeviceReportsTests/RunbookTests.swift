import CSPCatalog
import Diagnostics
import PolicyModel
import Testing

@testable import DeviceReports

@Suite("RunbookCatalog")
struct RunbookCatalogTests {
  let catalog = RunbookCatalog.embedded

  @Test("every remedy has a runbook, and every runbook steps and a way to see that it worked")
  func isComplete() {
    #expect(catalog.runbooks.map(\.remedy) == KnownRemedy.allCases)
    for runbook in catalog.runbooks {
      #expect(!runbook.parts.isEmpty && runbook.parts.allSatisfy { !$0.steps.isEmpty }, "\(runbook.remedy)")
      #expect(!runbook.verification.isEmpty, "\(runbook.remedy)")
    }
  }

  @Test("no step destroys without preconditions, and what destroys asks for the recovery key first")
  func preconditions() {
    for runbook in catalog.runbooks {
      for step in runbook.parts.flatMap(\.steps) where step.destroys {
        #expect(step.needs.contains("recovery_key"), "\(runbook.remedy): \(step.text[.english])")
      }
      if runbook.impact == .losesData {
        #expect(runbook.before.first?.id == "recovery_key", "\(runbook.remedy)")
      }
    }
  }

  @Test("facts that decide are facts of the catalogue, with values that they have")
  func facts() throws {
    for runbook in catalog.runbooks {
      for choice in runbook.parts.compactMap(\.when) + runbook.before.flatMap(\.satisfiedBy) {
        let entry = try #require(FactCatalog.embedded[choice.fact], "\(choice.fact)")
        for value in choice.values {
          let typed: Value? =
            switch entry.type {
            case .bool: Bool(value).map { .bool($0) }
            case .int: Int64(value).map { .int($0) }
            case .symbol(let symbols): symbols.contains(value) ? .symbol(value) : nil
            default: nil
            }
          #expect(typed?.description == value, "\(choice.fact) = \(value)")
        }
      }
    }
  }

  @Test("the Japanese is Japanese, the English is English, and commands are the same in both")
  func languages() {
    let words = [
      "dsregcmd /leave", "tpm.msc", "Get-Tpm", "Initialize-Tpm", "Resume-BitLocker", "msinfo32", "winver",
      "3996", "2713", "2792",
    ]
    for runbook in catalog.runbooks {
      let texts =
        [runbook.title, runbook.duration] + runbook.destroys + runbook.after + runbook.verification
        + runbook.before.flatMap { [$0.text, $0.reason] }
        + runbook.parts.flatMap { part in [part.title].compactMap { $0 } + part.steps.map(\.text) }
      for text in texts {
        #expect(text[.english].unicodeScalars.allSatisfy { $0.value < 0x3000 }, "\(text)")
        #expect(text[.japanese] != text[.english] || text[.english].hasPrefix("Windows 1"), "\(text)")
        for word in words {
          #expect(text[.english].contains(word) == text[.japanese].contains(word), "\(word): \(text)")
        }
      }
    }
  }

  @Test(
    "a file that would let somebody lose data is refused",
    arguments: [
      ("destroys: true", "has a step that destroys and needs nothing"),
      ("destroys: true, needs: [other]", "which is not among what is done before"),
      ("needs: [key]", "loses data, or has a step that destroys, but not both"),
    ])
  func refuses(step: String, expected: String) {
    let others = KnownRemedy.allCases.filter { $0 != .clearTPM }.map { remedy in
      "  \(remedy.rawValue): {title: {en: a, ja: b}, impact: none, needs_administrator: false, duration: {en: a, ja: b}, parts: [{steps: [{en: a, ja: b}]}], verify: [{en: a, ja: b}]}\n"
    }.joined()
    let yaml = """
      version: 1.0.0
      preconditions:
        key: {text: {en: a, ja: b}, why: {en: a, ja: b}}
      runbooks:
      \(others)  clear_tpm: {title: {en: a, ja: b}, impact: loses_data, needs_administrator: true, duration: {en: a, ja: b}, destroys: [{en: a, ja: b}], before: [key], parts: [{steps: [{en: a, ja: b, \(step)}]}], verify: [{en: a, ja: b}]}
      """
    #expect { try RunbookCatalog(yaml: Array(yaml.utf8)) } throws: { "\($0)".contains(expected) }
  }
}

@Suite("RunbookPlan")
struct RunbookPlanTests {
  private func plan(_ remedy: KnownRemedy, _ facts: [String: Value]) throws -> RunbookPlan {
    RunbookPlan(try #require(RunbookCatalog.embedded[remedy])) { facts[$0] }
  }

  private func text(_ plan: RunbookPlan) -> String { RunbookRenderer(plan, language: .english).text() }

  @Test("with BitLocker on and no recovery key kept, it stops before the TPM is cleared and says why")
  func stops() throws {
    let plan = try plan(
      .clearTPM,
      ["bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(false)])
    #expect(plan.isStopped)
    let text = text(plan)
    #expect(text.contains("!!  Stop here") && text.contains("(bitlocker.recovery_key_escrowed = false)"))
    #expect(!text.contains("choose Clear TPM") && !text.contains("Afterwards"))
    for text in [
      RunbookRenderer(plan, language: .english).markdown(), RunbookRenderer(plan, language: .english).html(),
      String(decoding: RunbookRenderer(plan, language: .english).json(), as: UTF8.self),
    ] { #expect(!text.contains("choose Clear TPM"), "\(text)") }
  }

  @Test("what is not known stops it too")
  func stopsOnUnknown() throws {
    let text = text(try plan(.clearTPM, [:]))
    #expect(
      text.contains("bitlocker.recovery_key_escrowed and bitlocker.os_volume not known")
        || text.contains("bitlocker.os_volume and bitlocker.recovery_key_escrowed not known"))
    #expect(!text.contains("choose Clear TPM"))
  }

  @Test(
    "a kept recovery key, or a volume that is not encrypted, lets it go on",
    arguments: [
      ["bitlocker.os_volume": Value.symbol("on"), "bitlocker.recovery_key_escrowed": .bool(true)],
      ["bitlocker.os_volume": .symbol("off")],
    ])
  func goesOn(facts: [String: Value]) throws {
    let text = text(try plan(.clearTPM, facts))
    #expect(text.contains("choose Clear TPM") && text.contains("[x] Save the BitLocker recovery key"))
  }

  @Test("without facts everything is shown, what comes before first")
  func withoutFacts() throws {
    let text = text(RunbookPlan(try #require(RunbookCatalog.embedded[.clearTPM])))
    let before = try #require(text.range(of: "[ ] Save the BitLocker recovery key"))
    let clearing = try #require(text.range(of: "choose Clear TPM"))
    #expect(before.lowerBound < clearing.lowerBound && !text.contains("!!"))
  }

  @Test("registering again is shown for the way in which the device is joined, or for all three")
  func joinTypes() throws {
    let titles = { (plan: RunbookPlan) in plan.parts.compactMap { $0.title?[.english] } }
    #expect(titles(try plan(.registerDevice, [:])).count == 3)
    #expect(
      titles(try plan(.registerDevice, ["join.type": .symbol("hybrid_joined")]))
        == ["A device that is joined to Entra ID and to Active Directory"])
    let workgroup = try plan(.registerDevice, ["join.type": .symbol("workgroup")])
    #expect(
      workgroup.fitsNoPart && text(workgroup).contains("No part of this runbook is meant for this device."))
  }

  @Test(
    "the build to update to is the minimum of this branch",
    arguments: [(19045, "19045.3996"), (22000, "22000.2713"), (22621, "22621.2792"), (22631, "22631.2792")])
  func branches(branch: Int64, build: String) throws {
    let text = text(try plan(.updateWindows, ["os.branch": .int(branch)]))
    #expect(text.contains("build \(build)"))
    for other in ["19045.3996", "22000.2713", "22621.2792", "22631.2792"] where other != build {
      #expect(!text.contains(other))
    }
  }

  @Test("HTML escapes what is not its own, and allows no script", arguments: ReportLanguage.allCases)
  func html(language: ReportLanguage) throws {
    #expect(htmlEscaped("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;")
    let page = RunbookRenderer(try plan(.clearTPM, [:]), language: language).html()
    #expect(page.contains("default-src 'none'") && page.contains("<html lang=\"\(language.rawValue)\">"))
    #expect(!page.contains("<script"))
  }
}

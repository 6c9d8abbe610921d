import CSPCatalog
import Diagnostics
import PolicyModel
import Testing

@testable import DeviceReports

@Suite("Runbook")
struct RunbookTests {
  let runbooks = KnownRemedy.allCases.map(\.runbook)

  @Test("every remedy has a runbook, and every runbook steps and a way to see that it worked")
  func isComplete() {
    #expect(runbooks.map(\.remedy) == KnownRemedy.allCases)
    for runbook in runbooks {
      #expect(!runbook.parts.isEmpty && runbook.parts.allSatisfy { !$0.steps.isEmpty }, "\(runbook.remedy)")
      #expect(!runbook.verification.isEmpty, "\(runbook.remedy)")
    }
  }

  @Test("no step destroys without preconditions, and what destroys asks for the recovery key first")
  func preconditions() {
    for runbook in runbooks {
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
    for declaration in RunbookFacts.declarations {
      #expect(FactCatalog.embedded[declaration.name]?.declaration == declaration, "\(declaration)")
    }
    for runbook in runbooks {
      let choices =
        runbook.parts.compactMap(\.when) + runbook.before.flatMap(\.satisfiedBy)
        + runbook.before.flatMap { $0.stops.compactMap(\.when) }
      #expect(Set(choices.map(\.fact)) == runbook.facts)
      for choice in choices {
        let declaration = try #require(RunbookFacts.declaration(of: choice.fact), "\(choice.fact)")
        for value in choice.values {
          let typed: Value? =
            switch declaration.type {
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

  @Test("what asks for an administrator's window says that administrator rights are needed")
  func administrators() {
    for runbook in runbooks where !runbook.needsAdministrator {
      let texts = runbook.before.map(\.text) + runbook.parts.flatMap { $0.steps.map(\.text) } + runbook.after
      for text in texts {
        #expect(!text[.english].contains("administrator rights"), "\(runbook.remedy): \(text[.english])")
        #expect(!text[.japanese].contains("管理者権限"), "\(runbook.remedy): \(text[.japanese])")
      }
    }
  }

  @Test("what can be lost is said in a few words, and every step that destroys can be stopped by a fact")
  func losses() {
    for runbook in runbooks where runbook.impact == .losesData {
      for language in ReportLanguage.allCases {
        let words = runbook.losses?[language] ?? ""
        #expect(!words.isEmpty && words.count < 100 && !words.hasSuffix(".") && !words.hasSuffix("。"))
      }
      for step in runbook.parts.flatMap(\.steps) where step.destroys {
        #expect(runbook.before.contains { step.needs.contains($0.id) && !$0.stops.isEmpty })
      }
    }
  }

  @Test("the Japanese is Japanese, the English is English, and commands are the same in both")
  func languages() {
    let words = [
      "dsregcmd /leave", "tpm.msc", "Get-Tpm", "Initialize-Tpm", "Resume-BitLocker", "msinfo32", "winver",
      "3996", "2713", "2792", "{builds}", "Suspend-BitLocker -MountPoint C: -RebootCount 0",
      "certreq -enrollaik",
      "BackupToAAD-BitLockerKeyProtector", "Start-ADSyncSyncCycle -PolicyType Delta",
      "Confirm-SecureBootUEFI",
      "TpmReady", "TpmProtected", "DeviceAuthStatus", "TPM 1.2", "Windows Autopilot",
    ]
    for runbook in runbooks {
      let texts =
        [runbook.title, runbook.duration] + runbook.destroys + runbook.after + runbook.verification
        + [runbook.losses].compactMap { $0 }
        + runbook.before.flatMap { [$0.text, $0.reason] + $0.stops.map(\.text) }
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

  @Test("no runbook would let somebody lose data unprepared")
  func faults() {
    for runbook in runbooks { #expect(fault(in: runbook) == nil, "\(runbook.remedy)") }
  }

  @Test("a runbook that would let somebody lose data is seen")
  func seesFaults() throws {
    for (change, expected) in [
      ({ $0.parts[0].steps[0].destroys = true }, "a step destroys and needs nothing"),
      ({ $0.parts[0].steps[0].needs = ["other"] }, "a step needs 'other', which is not done before"),
      ({ $0.before = [.backup] }, "nothing needs 'backup'"),
      ({ $0.impact = .losesData }, "the impact does not fit the steps"),
      ({ $0.destroys = [LocalizedText("all", "すべて")] }, "what is lost does not fit the steps"),
      ({ $0.losses = LocalizedText("all", "すべて") }, "what is lost does not fit the steps"),
      (
        { $0.parts[0].title = LocalizedText("some", "一部") },
        "a part has a title without a condition, or none with one"
      ),
    ] as [((inout Runbook) -> Void, String)] {
      var runbook = KnownRemedy.rebootAndRetry.runbook
      change(&runbook)
      #expect(fault(in: runbook) == expected)
    }
    var runbook = KnownRemedy.clearTPM.runbook
    runbook.before[0].stops.removeLast()
    #expect(fault(in: runbook) == "'recovery_key' has no stop for all other devices")
    runbook = KnownRemedy.clearTPM.runbook
    runbook.before[0].satisfiedBy = []
    #expect(fault(in: runbook) == "'recovery_key' stops and no fact satisfies it")
  }

  /// Why a runbook must not be shown to anybody, or nil.
  private func fault(in runbook: Runbook) -> String? {
    let ids = Set(runbook.before.map(\.id))
    let steps = runbook.parts.flatMap(\.steps)
    for step in steps {
      if step.destroys, step.needs.isEmpty { return "a step destroys and needs nothing" }
      if let unknown = step.needs.first(where: { !ids.contains($0) }) {
        return "a step needs '\(unknown)', which is not done before"
      }
    }
    let needed = Set(steps.flatMap(\.needs))
    if let idle = runbook.before.first(where: { !needed.contains($0.id) }) {
      return "nothing needs '\(idle.id)'"
    }
    let destroys = steps.contains(where: \.destroys)
    if (runbook.impact == .losesData) != destroys { return "the impact does not fit the steps" }
    if destroys == runbook.destroys.isEmpty || destroys == (runbook.losses == nil) {
      return "what is lost does not fit the steps"
    }
    for part in runbook.parts {
      let conditions = (part.when == nil ? 0 : 1) + (part.build == nil ? 0 : 1)
      if conditions > 1 || (conditions == 0) != (part.title == nil) {
        return "a part has a title without a condition, or none with one"
      }
    }
    for precondition in runbook.before {
      let stops = precondition.stops
      if stops.dropLast().contains(where: { $0.when == nil }) || stops.last?.when != nil {
        return "'\(precondition.id)' has no stop for all other devices"
      }
      if !stops.isEmpty, precondition.satisfiedBy.isEmpty {
        return "'\(precondition.id)' stops and no fact satisfies it"
      }
    }
    return nil
  }
}

/// Facts of a device, for plans.
func deviceFacts(_ values: [String: Value]) -> RemedyFacts {
  RemedyFacts(FactSnapshot(values: values, source: "test"))
}

@Suite("RunbookPlan")
struct RunbookPlanTests {
  private func plan(_ remedy: KnownRemedy, _ facts: [String: Value]) throws -> RunbookPlan {
    RunbookPlan(remedy.runbook, for: deviceFacts(facts))
  }

  private func text(_ plan: RunbookPlan, _ language: ReportLanguage = .english) -> String {
    RunbookRenderer(plan, language: language).text()
  }

  private func json(_ plan: RunbookPlan, _ language: ReportLanguage = .english) throws -> JSONValue {
    try JSONValue(parsing: RunbookRenderer(plan, language: language).json())
  }

  @Test("with BitLocker on and no recovery key kept, it stops before the TPM is cleared and says why")
  func stops() throws {
    let plan = try plan(
      .clearTPM,
      ["bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(false)])
    #expect(plan.stop?.precondition.id == "recovery_key")
    let words = [
      ReportLanguage.english: (
        "!!  Stop here", "nothing shows that its recovery key is kept", "choose Clear TPM"
      ),
      .japanese: ("!!  ここで中止してください", "回復キーが保管されていることを確認できません", "を選び、確認画面で実行する"),
    ]
    for (language, (stop, reason, step)) in words {
      let text = text(plan, language)
      #expect(text.contains(stop) && unwrapped(text).contains(unwrapped(reason)), "\(text)")
      #expect(
        unwrapped(text).contains(
          unwrapped("bitlocker.recovery_key_escrowed = false, bitlocker.os_volume = on")), "\(text)")
      let renderer = RunbookRenderer(plan, language: language)
      for text in [
        text, renderer.markdown(), renderer.html(), String(decoding: renderer.json(), as: UTF8.self),
      ] { #expect(!unwrapped(text).contains(unwrapped(step)), "\(text)") }
      let value = try json(plan, language)
      #expect(value["stopped"] == .bool(true) && value["after"] == .array([]))
      #expect(items(value["before"]).first?["state"] == .string("missing"))
    }
  }

  @Test("what is not known stops it too, and so does a suspended BitLocker without a key")
  func stopsOnUnknown() throws {
    for facts: [String: Value] in [
      [:], ["bitlocker.os_volume": .symbol("suspended")], ["bitlocker.recovery_key_escrowed": .bool(false)],
    ] {
      let plan = try plan(.clearTPM, facts)
      #expect(plan.stop != nil && !text(plan).contains("choose Clear TPM"))
    }
    let sentence = try #require(try plan(.clearTPM, [:]).stop).sentence(in: .english)
    #expect(
      sentence
        == "Nothing shows that the BitLocker recovery key is kept, or that BitLocker is off (bitlocker.recovery_key_escrowed = ?, bitlocker.os_volume = ?)."
    )
  }

  @Test(
    "a kept recovery key, or a volume that is not encrypted, lets it go on",
    arguments: [
      ["bitlocker.os_volume": Value.symbol("on"), "bitlocker.recovery_key_escrowed": .bool(true)],
      ["bitlocker.os_volume": .symbol("off")],
    ])
  func goesOn(facts: [String: Value]) throws {
    let plan = try plan(.clearTPM, facts)
    let text = text(plan)
    #expect(plan.stop == nil && text.contains("choose Clear TPM"))
    #expect(text.contains("[x] Save the BitLocker recovery key") && text.contains("Afterwards"))
    #expect(items(try json(plan)["before"]).first?["state"] == .string("done"))
  }

  @Test(
    "a volume that is suspended already need not be suspended; one that is on is for the reader to suspend")
  func suspended() throws {
    let key: [String: Value] = ["bitlocker.recovery_key_escrowed": .bool(true)]
    func box(_ state: String) throws -> Bool {
      text(try plan(.clearTPM, key.merging(["bitlocker.os_volume": .symbol(state)]) { $1 }))
        .contains("[x] Suspend BitLocker")
    }
    #expect(try box("suspended"))
    #expect(try !box("on"))
  }

  @Test("without facts everything is shown, what comes before first")
  func withoutFacts() throws {
    let text = text(RunbookPlan(KnownRemedy.clearTPM.runbook))
    let before = try #require(text.range(of: "[ ] Save the BitLocker recovery key"))
    let clearing = try #require(text.range(of: "choose Clear TPM"))
    #expect(before.lowerBound < clearing.lowerBound && !text.contains("!!"))
  }

  @Test(
    "registering again is shown for the way in which the device is joined",
    arguments: [
      ("entra_joined", "Entra joined device"), ("hybrid_joined", "Entra hybrid joined device"),
      ("registered", "Entra registered personal device"),
    ])
  func joinTypes(type: String, title: String) throws {
    let plan = try plan(
      .registerDevice, ["join.type": .symbol(type), "bitlocker.os_volume": .symbol("off")])
    #expect(plan.parts.map { $0.title?[.english] } == [title])
    #expect(plan.headline(in: .english) == "Register the device with Entra ID again: \(title)")
    #expect(plan.before.contains { $0.precondition.id == "local_administrator" } == (type != "registered"))
    for language in ReportLanguage.allCases {
      let text = unwrapped(text(plan, language))
      #expect(text.contains(language.choose("stale", "古いデバイスオブジェクト")), "\(text)")
      #expect(text.contains(language.choose("Wait", "待つ")), "\(text)")
    }
  }

  @Test(
    "registering again is shown for all three when the join type is not known, and for none that is not joined"
  )
  func otherJoinTypes() throws {
    #expect(try plan(.registerDevice, [:]).parts.compactMap(\.title).count == 3)
    #expect(
      try plan(.registerDevice, [:]).headline(in: .english) == "Register the device with Entra ID again")
    let workgroup = try plan(.registerDevice, ["join.type": .symbol("workgroup")])
    #expect(workgroup.parts.isEmpty && workgroup.unfit.map(\.description) == ["join.type = workgroup"])
    #expect(text(workgroup).contains("No part of this runbook is meant for this device."))
  }

  @Test(
    "the build to update to is the minimum of this branch",
    arguments: [(19045, "19045.3996"), (22000, "22000.2713"), (22621, "22621.2792"), (22631, "22631.2792")])
  func branches(branch: Int64, build: String) throws {
    let plan = try plan(.updateWindows, ["os.branch": .int(branch)])
    #expect(plan.headline(in: .english).hasSuffix(", build \(build) or later"))
    let text = text(plan)
    for other in ["19045.3996", "22000.2713", "22621.2792", "22631.2792"] {
      #expect(text.contains(other) == (other == build))
    }
  }

  @Test("every branch of Windows is in the runbook, which has no part for another")
  func allBranches() throws {
    for branch in WindowsBranch.all where branch.build >= 10240 {
      let plan = try plan(.updateWindows, ["os.branch": .int(Int64(branch.build))])
      #expect(plan.unfit.isEmpty && plan.parts.count == 2, "\(branch)")
    }
  }

  @Test("HTML escapes what is not its own, and allows no script", arguments: ReportLanguage.allCases)
  func html(language: ReportLanguage) throws {
    #expect(htmlEscaped("<a href='x'>&\"") == "&lt;a href='x'&gt;&amp;&quot;")
    let page = RunbookRenderer(try plan(.clearTPM, [:]), language: language).html()
    #expect(page.contains("default-src 'none'") && page.contains("<html lang=\"\(language.rawValue)\">"))
    #expect(!page.contains("<script"))
  }
}

/// The elements of a JSON array; none of anything else.
func items(_ value: JSONValue?) -> [JSONValue] {
  guard case .array(let items) = value else { return [] }
  return items
}

/// A text without blanks and line ends, so that where it was broken does not matter.
func unwrapped(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }

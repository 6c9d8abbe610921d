import Diagnostics
import PolicyModel
import Testing

@testable import DeviceReports

@Suite("RemedyAdvice")
struct RemedyAdviceTests {
  /// A report on a TPM that is not ready.
  private func report() throws -> PolicyReport {
    var snapshot = SampleReport.good
    snapshot["tpm.ready"] = SampleReport.observation(.bool(false))
    return try SampleReport.report(snapshot)
  }

  private func advice(_ facts: [String: Value], arguments: [String] = ["--probe", "windows"]) throws
    -> RemedyAdvice
  {
    let report = try report()
    let besides = FactSnapshot(values: facts, source: "test")
    return RemedyAdvice(
      RemedyChoice(report), facts: RemedyFacts(report, besides: besides), arguments: arguments)
  }

  private func text(_ advice: RemedyAdvice, _ language: ReportLanguage) throws -> String {
    let text = TextReport(try report(), advice: advice, language: language).render()
    let heading = language.choose("  What to do:\n", "  対処:\n")
    return heading + (text.split(separator: heading).last ?? "")
  }

  private let locked: [String: Value] = [
    "bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(false),
  ]
  private let escrowed: [String: Value] = [
    "bitlocker.os_volume": .symbol("on"), "bitlocker.recovery_key_escrowed": .bool(true),
  ]

  @Test("each has title, harm, who, time and the command; a withheld one says why and what comes first")
  func english() throws {
    #expect(
      try text(advice(locked), .english) == """
          What to do:
            1. Restart and try again (reboot_and_retry)
                 The device restarts; nothing is lost. Needs no administrator rights. Time: About ten minutes.
                 Steps: policyc remedy reboot_and_retry --probe windows
            2. Let Windows prepare the TPM (prepare_tpm)
                 The device restarts; nothing is lost. Needs administrator rights. Time: About ten minutes.
                 Steps: policyc remedy prepare_tpm --probe windows
            If that does not help:
            3. Clear the TPM (clear_tpm)
                 Can be lost for good: every key in the TPM, Windows Hello, certificates. Needs administrator rights. Time: A quarter of an hour, then about ten minutes for the synchronization; reports and compliance can take up to a day.
                 ⚠ Steps that lose data are withheld. BitLocker encrypts the Windows volume, and nothing shows that its recovery key is kept (bitlocker.recovery_key_escrowed = false, bitlocker.os_volume = on).
                 First: Save the BitLocker recovery key of every encrypted drive away from this device, and read it there once (Entra ID, Active Directory, a printout).
                 Steps: policyc remedy clear_tpm --probe windows

        """)
  }

  @Test("the same in Japanese")
  func japanese() throws {
    #expect(
      try text(advice(locked), .japanese) == """
          対処:
            1. 再起動して再試行する (reboot_and_retry)
                 デバイスが再起動します。データの損失はありません。管理者権限は不要です。所要時間: 約 10 分。
                 手順: policyc remedy reboot_and_retry --probe windows
            2. Windows に TPM を準備させる (prepare_tpm)
                 デバイスが再起動します。データの損失はありません。管理者権限が必要です。所要時間: 約 10 分。
                 手順: policyc remedy prepare_tpm --probe windows
            解決しない場合:
            3. TPM をクリアする (clear_tpm)
                 元に戻せない損失が生じることがあります (TPM 内のすべてのキー、Windows Hello、証明書)。管理者権限が必要です。所要時間: 作業に 15 分程度、その後の同期に約 10 分。レポートやポリシー準拠の状態に反映されるまで、最大 1 日かかることがある。
                 ⚠ データが失われる手順は、準備を確認できるまで表示しません。Windows ボリュームは BitLocker で暗号化されていますが、回復キーが保管されていることを確認できません (bitlocker.recovery_key_escrowed = false, bitlocker.os_volume = on)。
                 先に行うこと: 暗号化されたすべてのドライブの BitLocker 回復キーをこのデバイス以外の場所 (Entra ID、Active Directory、印刷物など) に保存し、実際に読めることを確認する。
                 手順: policyc remedy clear_tpm --probe windows

        """)
  }

  @Test(
    "the steps of clearing appear only when the key is kept, in text and in JSON",
    arguments: ReportLanguage.allCases)
  func clearing(language: ReportLanguage) throws {
    let step = unwrapped(language.choose("In the pane Actions choose Clear TPM", "[TPM をクリア] を選び"))
    for (facts, isShown) in [(locked, false), ([:], false), (escrowed, true)] {
      let advice = try advice(facts)
      #expect(unwrapped(advice.runbooks(in: language)).contains(step) == isShown)
      #expect(unwrapped(try text(advice, language)).contains("⚠") != isShown)
      let json = JSONReport(try report(), advice: advice, language: language).render()
      #expect(unwrapped(String(decoding: json, as: UTF8.self)).contains(step) == isShown)
      let clearing = try #require(items(try JSONValue(parsing: json)["remedies"]).last)
      #expect(clearing["id"] == .string("clear_tpm") && clearing["further"] == .bool(true))
      #expect(clearing["withheld"] == .bool(!isShown))
      #expect(clearing["runbook"]?["stopped"] == .bool(!isShown))
      #expect((clearing["runbook"]?["stopped_because"] == .null) == isShown)
      #expect(
        clearing["command"]
          == .array(["policyc", "remedy", "clear_tpm", "--probe", "windows"].map { .string($0) }))
    }
  }

  @Test(
    "the one sentence of a remedy says what comes first whenever its plan stops",
    arguments: KnownRemedy.allCases)
  func sentences(remedy: KnownRemedy) throws {
    let report = try report()
    let plan = RunbookPlan(remedy.runbook, for: RemedyFacts(report))
    for language in ReportLanguage.allCases {
      let sentence = plan.sentence(in: language)
      #expect(
        (sentence == remedy.text(in: language)) == (plan.stop == nil), "\(sentence)")
      if let stop = plan.stop { #expect(sentence.hasPrefix(stop.precondition.text[language])) }
    }
    #expect(
      KnownRemedy.clearTPM.text(in: .english)
        == "Clear the TPM, once the BitLocker recovery key is saved and the data is backed up.")
  }

  @Test("probes that disagree about the recovery key do not count as knowing it")
  func contradiction() throws {
    let report = try report()
    var besides = FactSnapshot(values: escrowed, source: "a")
    besides.add(
      Observation(.value(.bool(false)), source: "b"), for: "bitlocker.recovery_key_escrowed")
    let facts = RemedyFacts(report, besides: besides)
    #expect(facts.value(of: "bitlocker.recovery_key_escrowed") == nil)
    #expect(facts.value(of: "bitlocker.os_volume") == .symbol("on"))
    #expect(RemedyAdvice(RemedyChoice(report), facts: facts).measures.last?.plan.stop != nil)
  }

  @Test(
    "what the policy's report says goes before what was observed besides, and counts only as the fact's type")
  func reportFirst() throws {
    var policy = SampleReport.policy
    policy.facts.append(FactDeclaration(name: "bitlocker.recovery_key_escrowed", type: .string))
    var snapshot = SampleReport.good
    snapshot["bitlocker.recovery_key_escrowed"] = SampleReport.observation(.string("true"))
    let report = try SampleReport.report(snapshot, policy: policy)
    #expect(RemedyFacts(report).value(of: "bitlocker.recovery_key_escrowed") == nil)
    let besides = FactSnapshot(values: escrowed, source: "test")
    #expect(RemedyFacts(report, besides: besides).value(of: "bitlocker.recovery_key_escrowed") == nil)
    #expect(RemedyFacts(report, besides: besides).value(of: "os.branch") == .int(22621))
    #expect(RemedyFacts(report).value(of: "tpm.ready") == nil)
  }

  @Test("what a probe is called cannot act on the terminal", arguments: [TextRepertoire.unicode, .ascii])
  func hostileProbes(repertoire: TextRepertoire) throws {
    let advice = try advice(locked, arguments: ["--probe", "file:\u{1B}[2J\u{202E}\r\n\u{7}"])
    let report = try report()
    let style = TerminalStyle(repertoire: repertoire)
    for language in ReportLanguage.allCases {
      let text = TextReport(report, advice: advice, language: language, style: style).render()
      for scalar in text.unicodeScalars where scalar != "\n" {
        #expect(!HiddenScalars.contains(scalar) && scalar.properties.generalCategory != .control)
      }
    }
  }

  @Test(
    "a command is quoted as a shell needs it",
    arguments: [
      (["policyc", "file:a.yaml"], "policyc file:a.yaml"), (["file:C:\\x"], #"'file:C:\x'"#),
      (["a b", "it's", ""], #"'a b' 'it'\''s' ''"#), (["$(rm)", "*", "~"], "'$(rm)' '*' '~'"),
      (["端末.yaml"], "'端末.yaml'"),
    ])
  func quoting(words: [String], line: String) {
    #expect(shellLine(words) == line)
  }
}

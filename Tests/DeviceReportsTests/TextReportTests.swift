import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("TextReport")
struct TextReportTests {
  private func text(
    _ snapshot: FactSnapshot, _ language: ReportLanguage = .english,
    policy: CompiledPolicy = SampleReport.policy,
    style: TerminalStyle = TerminalStyle()
  ) throws -> String {
    TextReport(try SampleReport.report(snapshot, policy: policy), language: language, style: style).render()
  }

  @Test("a device that fails is explained in English")
  func failingInEnglish() throws {
    let shown = try text(SampleReport.bad)
    #expect(
      shown == """
        ✗ does not comply   enrollment 1.0.0   Enrollment attestation
          status: this device cannot attest (another attempt will not help)
          also:   no usable TPM 2.0; the TPM is not ready

          ✗ supported_build  needs os.build 10.0.22621.2792 or later on its branch; this device has 10.0.22621.2000
                               os.build = 10.0.22621.2000       needs 10.0.22621.2792 or later on its branch (792 revisions short)  (file:laptop.yaml, reported)
                               also read: device.platform = physical (file:laptop.yaml, reported)
          ✗ tpm_2_0          This device has TPM 1.2; 2.0 is needed. [critical]
                               tpm.version = 1.2                needs 2.0 or later                            (tpm:/dev/tpmrm0, reported)
          ✗ tpm_ready        The TPM is not ready.
                               tpm.ready = false                needs true                                    (file:laptop.yaml, reported)
          ? aik_certificate  could not be told without attestation.aik_certificate
                               attestation.aik_certificate = ?  needs true                                    (run as administrator; exec:probe)
          ? secure_boot      could not be told without boot.secure_boot
                               attested boot.secure_boot = ?    needs on                                      (only reported, but the rule asks for attested evidence; file:laptop.yaml, reported)
          ! weak_tpm_key     warning: needs not (tpm.manufacturer == "IFX" and tpm.firmware < 4.34)
                               tpm.manufacturer = "IFX"         either other than "IFX"                       (tpm:/dev/tpmrm0, reported)
                               tpm.firmware = 4.33              either 4.34 or later                          (tpm:/dev/tpmrm0, reported)

          Probes disagree; the value named first was used:
            ! tpm.version = 1.2 (tpm:/dev/tpmrm0, reported), not 2.0 (file:laptop.yaml, reported)

          What to do:
            1. Update Windows: build 22621.2792 or later (update_windows)
                 The device restarts; nothing is lost. Needs no administrator rights. Time: Half an hour to two hours.
                 Steps: policyc remedy update_windows
            2. Switch the TPM on in the firmware settings (enable_tpm)
                 The device restarts; nothing is lost. Needs administrator rights. Time: About ten minutes.
                 Steps: policyc remedy enable_tpm
            3. Restart and try again (reboot_and_retry)
                 The device restarts; nothing is lost. Needs no administrator rights. Time: About ten minutes.
                 Steps: policyc remedy reboot_and_retry
            4. Let Windows prepare the TPM (prepare_tpm)
                 The device restarts; nothing is lost. Needs administrator rights. Time: About ten minutes.
                 Steps: policyc remedy prepare_tpm
            5. Update the firmware of the device and its TPM (update_firmware)
                 Can be lost for good: keys in the TPM where the update clears it. Needs administrator rights. Time: Half an hour to an hour.
                 ⚠ Steps that lose data are withheld. Nothing shows that the BitLocker recovery key is kept, or that BitLocker is off (bitlocker.recovery_key_escrowed = ?, bitlocker.os_volume = ?).
                 First: Save the BitLocker recovery key of every encrypted drive away from this device, and read it there once (Entra ID, Active Directory, a printout).
                 Steps: policyc remedy update_firmware
            If that does not help:
            6. Use a physical device (use_physical_device)
                 Nothing is lost and nothing restarts. Needs no administrator rights. Time: Depends on the stock.
                 Steps: policyc remedy use_physical_device

        """)
  }

  @Test("a device that fails is explained in Japanese, with the English message where there is no other")
  func failingInJapanese() throws {
    let shown = try text(SampleReport.bad, .japanese)
    #expect(
      shown == """
        ✗ 不適合   enrollment 1.0.0   Enrollment attestation
          状態の詳細: このデバイスは構成証明に対応していない (再試行では解決しません)
          ほかに:     使用できる TPM 2.0 がない、TPM の準備ができていない

          ✗ supported_build  os.build は 同じブランチで 10.0.22621.2792 以降が必要ですが、このデバイスは 10.0.22621.2000 です
                               os.build = 10.0.22621.2000       必要: 同じブランチで 10.0.22621.2792 以降 (リビジョンが 792 不足)  (file:laptop.yaml, 報告値)
                               ほかに参照: device.platform = physical (file:laptop.yaml, 報告値)
          ✗ tpm_2_0          TPM 1.2 です。2.0 が必要です。 [critical]
                               tpm.version = 1.2                必要: 2.0 以降                                (tpm:/dev/tpmrm0, 報告値)
          ✗ tpm_ready        The TPM is not ready. (日本語のメッセージがないため英語で表示)
                               tpm.ready = false                必要: true                                    (file:laptop.yaml, 報告値)
          ? aik_certificate  attestation.aik_certificate が不明なため確認できませんでした
                               attestation.aik_certificate = ?  必要: true                                    (run as administrator; exec:probe)
          ? secure_boot      boot.secure_boot が不明なため確認できませんでした
                               attested boot.secure_boot = ?    必要: on                                      (報告値のみで、ルールは構成証明済みの値を求めています; file:laptop.yaml, 報告値)
          ! weak_tpm_key     警告: not (tpm.manufacturer == "IFX" and tpm.firmware < 4.34) が必要です
                               tpm.manufacturer = "IFX"         いずれか: "IFX" 以外                          (tpm:/dev/tpmrm0, 報告値)
                               tpm.firmware = 4.33              いずれか: 4.34 以降                           (tpm:/dev/tpmrm0, 報告値)

          プローブの値が食い違っています (先に示す値を使用):
            ! tpm.version = 1.2 (tpm:/dev/tpmrm0, 報告値) ≠ 2.0 (file:laptop.yaml, 報告値)

          対処:
            1. Windows を更新する: ビルド 22621.2792 以降 (update_windows)
                 デバイスが再起動します。データの損失はありません。管理者権限は不要です。所要時間: 30 分から 2 時間程度。
                 手順: policyc remedy update_windows
            2. ファームウェアの設定で TPM を有効にする (enable_tpm)
                 デバイスが再起動します。データの損失はありません。管理者権限が必要です。所要時間: 約 10 分。
                 手順: policyc remedy enable_tpm
            3. 再起動して再試行する (reboot_and_retry)
                 デバイスが再起動します。データの損失はありません。管理者権限は不要です。所要時間: 約 10 分。
                 手順: policyc remedy reboot_and_retry
            4. Windows に TPM を準備させる (prepare_tpm)
                 デバイスが再起動します。データの損失はありません。管理者権限が必要です。所要時間: 約 10 分。
                 手順: policyc remedy prepare_tpm
            5. デバイスと TPM のファームウェアを更新する (update_firmware)
                 元に戻せない損失が生じることがあります (更新で TPM がクリアされた場合の TPM 内のキー)。管理者権限が必要です。所要時間: 30 分から 1 時間程度。
                 ⚠ データが失われる手順は、準備を確認できるまで表示しません。BitLocker 回復キーが保管されていること、または BitLocker が無効であることを確認できません (bitlocker.recovery_key_escrowed = ?, bitlocker.os_volume = ?)。
                 先に行うこと: 暗号化されたすべてのドライブの BitLocker 回復キーをこのデバイス以外の場所 (Entra ID、Active Directory、印刷物など) に保存し、実際に読めることを確認する。
                 手順: policyc remedy update_firmware
            解決しない場合:
            6. 物理デバイスを使用する (use_physical_device)
                 データの損失も再起動もありません。管理者権限は不要です。所要時間: 在庫による。
                 手順: policyc remedy use_physical_device

        """)
  }

  @Test("a device that complies has one line a rule and no advice")
  func passing() throws {
    let shown = try text(SampleReport.good)
    #expect(
      shown == """
        ✓ complies   enrollment 1.0.0   Enrollment attestation

          ✓ supported_build  os.build = 10.0.22621.3007          needs 10.0.22621.2792 or later on its branch  (file:laptop.yaml, reported)
                               also read: device.platform = physical (file:laptop.yaml, reported)
          ✓ tpm_2_0          tpm.version = 2.0                   needs 2.0 or later                            (tpm:/dev/tpmrm0, reported)
          ✓ tpm_ready        tpm.ready = true                    needs true                                    (file:laptop.yaml, reported)
          ✓ aik_certificate  attestation.aik_certificate = true  needs true                                    (file:laptop.yaml, reported)
          ✓ secure_boot      attested boot.secure_boot = on      needs on                                      (log, attested)
          ✓ weak_tpm_key     tpm.firmware = 7.85                 needs 4.34 or later                           (tpm:/dev/tpmrm0, reported)
                               also read: tpm.manufacturer = "IFX" (tpm:/dev/tpmrm0, reported)

        """)
  }

  @Test("a policy that is not meant for the device says for which it is, and gives no advice")
  func notApplicable() throws {
    var snapshot = SampleReport.bad
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 9600)))
    let text = try text(snapshot)
    #expect(text.hasPrefix("– not applicable by the device's own report   enrollment 1.0.0"))
    #expect(text.contains("only what the device reports of itself exempts it"))
    #expect(
      text.contains(
        "The policy is not meant for this device; it applies to Windows 10, Windows 11. Its rules are"))
    #expect(
      text.contains(
        "    os.build = 10.0.9600.0  applies to 10.0.10240.0 or later  (file:laptop.yaml, reported)\n")
    )
    #expect(!text.contains("What to do"))
  }

  @Test("a rule whose guard is false says what it applies to")
  func falseGuard() throws {
    var snapshot = SampleReport.good
    snapshot["device.platform"] = SampleReport.observation(.symbol("virtual"))
    let lines = try text(snapshot).split(separator: "\n").map(String.init)
    #expect(lines[1] == "  – supported_build  not applicable")
    #expect(
      lines[2].hasPrefix(
        "                       device.platform = virtual           applies to physical  "))
  }

  @Test("a fact that keeps a rule from being told has one line, however often the rule tests it")
  func repeatedlyTested() throws {
    var policy = SampleReport.policy
    let firmware = SampleReport.fact("tpm.firmware")
    policy.rules = [
      Rule(
        name: "r", kind: .require,
        that: Condition(steps: [
          .compare(firmware, .less, .version(Version(5))), .compare(firmware, .greater, .version(Version(7))),
          .fact(SampleReport.fact("tpm.ready")), .or(3),
        ]))
    ]
    let lines = try text(FactSnapshot(), policy: policy).split(separator: "\n").suffix(3)
    #expect(
      Array(lines) == [
        "  ? r  could not be told without tpm.firmware, tpm.ready",
        "         tpm.firmware = ?              (no probe gave it)",
        "         tpm.ready = ?     needs true  (no probe gave it)",
      ])
  }

  @Test("one status has a line without a column for others")
  func oneStatus() throws {
    var snapshot = SampleReport.good
    snapshot["tpm.ready"] = SampleReport.observation(.bool(false))
    let lines = try text(snapshot).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1...2] == ["  status: the TPM is not ready", ""])
    #expect(try text(snapshot, .japanese).contains("\n  状態の詳細: TPM の準備ができていない\n\n"))
  }

  @Test("a rule that allows unknown is shown as unknown, and says that the policy allows it")
  func unknownAllowed() throws {
    var policy = SampleReport.policy
    policy.rules = [
      Rule(
        name: "r", kind: .require, that: Condition(steps: [.fact(SampleReport.fact("tpm.ready"))]),
        allowsUnknown: true),
      Rule(
        name: "s", kind: .require,
        that: Condition(steps: [
          .compare(SampleReport.fact("tpm.version"), .greaterOrEqual, .version(Version(2, 0, written: 2)))
        ])),
    ]
    let device = FactSnapshot([
      "os.build": SampleReport.observation(.build(OSBuild(branch: 22621))),
      "tpm.version": SampleReport.observation(.version(Version(2, 0, written: 2))),
    ])
    let english = try text(device, policy: policy)
    #expect(
      english == """
        ✓ complies   enrollment 1.0.0   Enrollment attestation

          ? r  could not be told without tpm.ready; the policy allows that
          ✓ s  tpm.version = 2.0  needs 2.0 or later  (file:laptop.yaml, reported)

        """)
    let japanese = try text(device, .japanese, policy: policy)
    #expect(japanese.hasPrefix("✓ 適合"))
    #expect(japanese.contains("? r  tpm.ready が不明なため確認できませんでした (このポリシーでは不明でも可)\n"))
  }

  @Test("a rule that allows unknown shows the reason where a probe gave one")
  func reasonOfTheAllowed() throws {
    var policy = SampleReport.policy
    policy.rules = [policy.rules[2]]
    policy.rules[0].allowsUnknown = true
    var device = SampleReport.good
    device["tpm.ready"] = Observation(.unknown(reason: "run as administrator"), source: "exec:probe")
    #expect(
      try text(device, policy: policy).hasSuffix(
        """
          ? tpm_ready  could not be told without tpm.ready; the policy allows that
                         tpm.ready = ?  needs true  (run as administrator; exec:probe)

        """))
  }

  @Test("an unlisted branch is told which branches there are")
  func unlistedBranch() throws {
    var snapshot = SampleReport.good
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 22000, revision: 9)))
    #expect(
      try text(snapshot).contains(
        "needs os.build a branch of supported (19045, 22621, or newer); this device has 10.0.22000.9"))
  }

  @Test("one revision short is in the singular")
  func singular() throws {
    var snapshot = SampleReport.good
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 22621, revision: 2791)))
    #expect(try text(snapshot).contains("(1 revision short)"))
  }

  @Test(
    "what facts and sources hold cannot act on the terminal",
    arguments: [
      "\u{1B}[2J\u{1B}]0;owned\u{07}", "\u{9B}31m", "\u{202E}txt", "a\r\nb", "\u{0}", "\u{7F}",
      "\u{2066}x\u{2069}",
    ])
  func hostileTexts(hostile: String) throws {
    var snapshot = SampleReport.bad
    snapshot["tpm.manufacturer"] = Observation(.value(.string(hostile)), source: hostile)
    snapshot["tpm.ready"] = Observation(.unknown(reason: hostile), source: hostile)
    snapshot["tpm.version"] = Observation(.value(.string(hostile)), source: hostile)
    var policy = SampleReport.policy
    policy.title = hostile
    policy.rules[5].messages = [Rule.Message(language: "en", text: "{tpm.manufacturer}\(hostile)")]
    policy.rules[0].status = hostile
    policy.rules[0].remedy = hostile
    policy.scope.names = [hostile]
    for device in [snapshot, FactSnapshot()] {
      for repertoire in [TextRepertoire.unicode, .ascii] {
        let style = TerminalStyle(repertoire: repertoire)
        for scalar in try text(device, policy: policy, style: style).unicodeScalars where scalar != "\n" {
          #expect(!HiddenScalars.contains(scalar))
          #expect(scalar.properties.generalCategory != .control)
        }
      }
    }
  }

  @Test("a value that nobody would read to its end is cut")
  func longValues() throws {
    var snapshot = SampleReport.bad
    snapshot["tpm.manufacturer"] = SampleReport.observation(.string(String(repeating: "x", count: 1_000_000)))
    #expect(try text(snapshot).utf8.count < 20_000)
  }

  @Test("colour adds escapes and changes nothing else")
  func colour() throws {
    let plain = try text(SampleReport.bad)
    let colored = try text(SampleReport.bad, style: TerminalStyle(isColored: true))
    #expect(colored != plain)
    var stripped = ""
    var rest = colored[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      stripped += rest[..<escape]
      rest = rest[escape...].drop { $0 != "m" }.dropFirst()
    }
    #expect(stripped + rest == plain)
  }

  @Test("columns align by cells, also under wide characters")
  func alignment() throws {
    var snapshot = SampleReport.good
    snapshot["tpm.manufacturer"] = SampleReport.observation(.string("製造元"))
    let lines = try text(snapshot, .japanese).split(separator: "\n").filter { $0.contains("  ✓ ") }
    let starts = lines.compactMap { line in
      line.range(of: "必要").map { displayWidth(of: line[..<$0.lowerBound]) }
    }
    #expect(starts.count == 6)
    #expect(Set(starts).count == 1)
  }

  @Test("ASCII marks stand for the others where the terminal shows no more")
  func asciiMarks() throws {
    let text = try text(SampleReport.bad, style: TerminalStyle(repertoire: .ascii))
    #expect(text.hasPrefix("x does not comply"))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
  }
}

extension Substring {
  /// The first place of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

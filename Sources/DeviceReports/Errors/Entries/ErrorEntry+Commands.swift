import Diagnostics

extension ErrorEntry {
  /// Commands of the TPM.
  static let commands: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x8028_0001: "TPM_E_AUTHFAIL"],
      meaning: LocalizedText("The TPM refused an authorization.", "TPM の認証に失敗しました。"),
      cause: LocalizedText(
        "The owner or key password that Windows has is not the TPM's, as after a change of ownership.",
        "所有者の変更後など、Windows が保持する認証値が TPM のものと一致しないため。"),
      cure: LocalizedText(
        """
        Restart and try again; do not repeat it often, since the TPM counts failures. If it stays, the \
        TPM has to be cleared.
        """,
        "再起動して再試行します。失敗は TPM が数えるため繰り返さないでください。解消しない場合は TPM のクリアが必要です。"),
      remedies: [.rebootAndRetry, .clearTPM]),
    ErrorEntry(
      codes: [
        0x8028_0006: "TPM_E_DEACTIVATED",
        0x8028_0007: "TPM_E_DISABLED",
        0x8028_0120: "TPM_20_E_DISABLED",
      ],
      meaning: LocalizedText("The TPM is disabled or deactivated.", "TPM が無効または非アクティブです。"),
      cause: LocalizedText("It is switched off in the firmware settings.", "ファームウェアの設定で TPM が無効になっているため。"),
      cure: LocalizedText(
        "Enable and activate the TPM in the firmware settings, then restart.",
        "ファームウェアの設定で TPM を有効かつアクティブにして、再起動します。"),
      remedies: [.enableTPM, .rebootAndRetry]),
    ErrorEntry(
      codes: [0x8028_0013: "TPM_E_NOTSEALED_BLOB"],
      meaning: LocalizedText(
        "What the TPM was given is nothing that it sealed.",
        "渡されたデータは、この TPM で保護されたものではありません。"),
      cause: LocalizedText(
        "The data is damaged, or another TPM made it; after a new mainboard all of it is another TPM's.",
        "データが破損しているか、別の TPM で作成されたため。メインボードの交換後はすべて別の TPM のものになります。"),
      cure: LocalizedText(
        "Make the key anew by registering the device again. BitLocker asks for its recovery key once.",
        "デバイスを登録し直してキーを作り直します。BitLocker では回復キーの入力を一度求められます。"),
      remedies: [.registerDevice]),
    ErrorEntry(
      codes: [0x8028_0014: "TPM_E_OWNER_SET"],
      meaning: LocalizedText("The TPM has an owner already.", "TPM にはすでに所有者が設定されています。"),
      cause: LocalizedText(
        "Another system, or an earlier Windows on this device, took ownership.",
        "別のシステム、または以前この端末にあった Windows が所有権を取得しているため。"),
      cure: LocalizedText(
        """
        Restart and let Windows prepare the TPM. If it stays not ready, clear it, once the BitLocker \
        recovery key is kept.
        """,
        "再起動して Windows による TPM の準備を待ちます。準備完了にならない場合は、BitLocker 回復キーの保管を確認してからクリアします。"),
      remedies: [.prepareTPM, .clearTPM]),
    ErrorEntry(
      codes: [
        0x8028_0018: "TPM_E_WRONGPCRVAL",
        0x8028_009D: "TPM_20_E_POLICY_FAIL",
        0x8028_0127: "TPM_20_E_PCR",
      ],
      meaning: LocalizedText(
        "The device did not boot as it did when the data was sealed.",
        "データの保護時と起動時の状態 (PCR) が一致しません。"),
      cause: LocalizedText(
        "Firmware, Secure Boot or the boot order was changed, or something else was started.",
        "ファームウェア、セキュア ブート、または起動順序が変更されたか、別のものが起動されたため。"),
      cure: LocalizedText(
        """
        Undo the change, or give BitLocker its recovery key once and resume its protection, which seals \
        anew.
        """,
        "変更を元に戻すか、BitLocker 回復キーを一度入力し、保護を再開して保護し直します。"),
      remedies: [.rebootAndRetry]),
    ErrorEntry(
      codes: [0x8028_001C: "TPM_E_FAILEDSELFTEST", 0x8028_0101: "TPM_20_E_FAILURE"],
      meaning: LocalizedText("The TPM failed its own test.", "TPM の自己テストが失敗しました。"),
      cause: LocalizedText("Faulty firmware or a faulty chip.", "ファームウェアまたはチップの故障が考えられます。"),
      cure: LocalizedText(
        """
        Switch the device off and on, not only restart it. Then update the firmware. If it stays, the \
        hardware has to be replaced.
        """,
        "再起動ではなく、電源を切って入れ直します。次にファームウェアを更新します。解消しない場合はハードウェアの交換が必要です。"),
      remedies: [.rebootAndRetry, .updateFirmware, .contactManufacturer]),
    ErrorEntry(
      codes: [0x8028_0036: "TPM_E_NOTFIPS"],
      meaning: LocalizedText(
        "Windows does not support this TPM in FIPS mode.", "FIPS モードの TPM はサポートされていません。"),
      cause: LocalizedText(
        """
        The TPM runs in FIPS mode. Since Windows 10 1809 the device registers without the TPM, so that \
        its key is not attested.
        """,
        "TPM が FIPS モードで動作しているため。Windows 10 1809 以降では TPM を使わずに登録されるため、キーの構成証明はできません。"),
      cure: LocalizedText(
        "Take the TPM out of FIPS mode in the firmware settings, or use another device.",
        "ファームウェアの設定で TPM の FIPS モードを解除するか、別のデバイスを使用します。"),
      remedies: [.contactManufacturer, .replaceDevice]),
    ErrorEntry(
      codes: [
        0x8028_0803: "TPM_E_DEFEND_LOCK_RUNNING",
        0x8028_0921: "TPM_20_E_LOCKOUT",
        0x8029_041B: "TPM_E_LOCKED_OUT",
      ],
      meaning: LocalizedText(
        "The TPM defends itself against guessing and is locked out.",
        "TPM が辞書攻撃対策によりロックアウトされています。"),
      cause: LocalizedText(
        "Too many wrong authorizations, or a switch-off without shutdown repeated many times.",
        "認証の失敗が続いたか、正常終了せずに電源を切ることが繰り返されたため。"),
      cure: LocalizedText(
        """
        Leave the device switched on and wait for the heal time that Get-Tpm shows; Unblock-Tpm resets \
        the count when the owner's authorization is known. Nothing has to be cleared.
        """,
        "電源を入れたまま Get-Tpm に表示される回復時間を待ちます。所有者の認証値がわかれば Unblock-Tpm で解除できます。クリアは不要です。"),
      remedies: [.retryAttestation]),
    ErrorEntry(
      codes: [0x8028_0400: "TPM_E_COMMAND_BLOCKED"],
      meaning: LocalizedText("Windows blocked a command to the TPM.", "TPM へのコマンドが Windows によりブロックされました。"),
      cause: LocalizedText(
        "A policy of the TPM base services lists the command as blocked.",
        "TPM 基本サービスのポリシーで、そのコマンドがブロック対象になっているため。"),
      cure: LocalizedText(
        """
        Look for the policy settings 'Configure the list of blocked TPM commands' and those beside it, \
        and allow the command.
        """,
        "「ブロックされる TPM コマンドの一覧を構成する」などのポリシー設定を確認し、コマンドを許可します。"),
      remedies: []),
  ]
}

import Diagnostics

extension ErrorEntry {
  /// Keys in the TPM (CNG key storage).
  static let keyStorage: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x8009_0016: "NTE_BAD_KEYSET"],
      meaning: LocalizedText(
        "The key that Windows looks for is not there, or the TPM refuses to use it.",
        "Windows が必要とするキーが見つからないか、TPM がそのキーの使用を拒否しました。"),
      cause: LocalizedText(
        """
        The TPM was cleared or the mainboard replaced after the device was registered; or the device was \
        imaged from a machine that had been registered, so that it refers to a key in another machine's \
        TPM.
        """,
        "デバイスの登録後に TPM をクリアしたかメインボードを交換したため、または登録済みのマシンから作成したイメージを展開し、別のマシンの TPM にあるキーを参照しているため。"),
      cure: LocalizedText(
        """
        Register the device again: the old registration cannot be repaired. Do not clear the TPM for it; \
        the key is already lost. Never make an image of a machine that is joined or registered.
        """,
        "デバイスを登録し直します (元の登録は修復できません)。キーはすでに失われているため、TPM をクリアする必要はありません。参加・登録済みのマシンからイメージを作成しないでください。"),
      remedies: [.registerDevice]),
    ErrorEntry(
      codes: [0x8009_0030: "NTE_DEVICE_NOT_READY", 0x8029_0401: "TPM_E_PCP_DEVICE_NOT_READY"],
      meaning: LocalizedText(
        "The TPM is there, and Windows' key storage cannot use it yet.",
        "TPM はありますが、Windows のキー格納機能がまだ使用できません。"),
      cause: LocalizedText(
        """
        The TPM is not provisioned, waits for a restart, was cleared a moment ago, or its firmware hangs.
        """,
        "TPM のプロビジョニングが済んでいない、再起動待ちである、クリア直後である、またはファームウェアが応答していないため。"),
      cure: LocalizedText(
        """
        Restart, give Windows some minutes, and read tpm.msc or Get-Tpm. If TpmReady stays false, update \
        the TPM's firmware. Clearing comes last, and only when the BitLocker recovery key is kept.
        """,
        """
        再起動して数分待ち、tpm.msc または Get-Tpm を確認します。TpmReady が False のままなら TPM \
        のファームウェアを更新します。クリアは最後の手段で、BitLocker 回復キーの保管を確認してから行います。
        """),
      remedies: [.rebootAndRetry, .prepareTPM, .updateFirmware, .clearTPM]),
    ErrorEntry(
      codes: [0x8009_0031: "NTE_AUTHENTICATION_IGNORED", 0x8029_0409: "TPM_E_PCP_AUTHENTICATION_IGNORED"],
      meaning: LocalizedText(
        "The TPM is locked out and does not look at authorizations for the moment.",
        "TPM がロックアウト中で、認証を一時的に受け付けません。"),
      cause: LocalizedText(
        "Too many wrong authorizations, a wrong PIN for instance.",
        "PIN の間違いなど、認証の失敗が続いたため。"),
      cure: LocalizedText(
        """
        Leave the device switched on and wait until the TPM heals (Get-Tpm shows LockoutHealTime), then \
        try again. Nothing has to be cleared.
        """,
        "電源を入れたまま、ロックアウトの回復 (Get-Tpm の LockoutHealTime) を待って再試行します。クリアは不要です。"),
      remedies: [.retryAttestation]),
    ErrorEntry(
      codes: [0x8009_0034: "NTE_ENCRYPTION_FAILURE"],
      meaning: LocalizedText("The key could not encrypt.", "キーによる暗号化に失敗しました。"),
      cause: LocalizedText(
        "Often a key that the TPM sealed before it was cleared.",
        "多くの場合、TPM のクリア前に保護されたキーを使おうとしたため。"),
      cure: LocalizedText(
        "Restart first. If it stays, register the device again, so that new keys are made.",
        "まず再起動します。解消しない場合は、新しいキーを作成するためデバイスを登録し直します。"),
      remedies: [.rebootAndRetry, .registerDevice]),
    ErrorEntry(
      codes: [0x8009_0035: "NTE_DEVICE_NOT_FOUND"],
      meaning: LocalizedText("Windows' key storage finds no TPM.", "Windows のキー格納機能が TPM を検出できません。"),
      cause: LocalizedText(
        "The TPM is switched off in the firmware settings, or the device has none.",
        "ファームウェアの設定で TPM が無効になっているか、TPM が搭載されていないため。"),
      cure: LocalizedText(
        "Switch the TPM on in the firmware settings. It may be called PTT, fTPM or security device there.",
        "ファームウェアの設定で TPM を有効にします (PTT、fTPM、セキュリティ デバイスなどと表示される場合があります)。"),
      remedies: [.enableTPM, .replaceDevice]),
    ErrorEntry(
      codes: [0x8029_0407: "TPM_E_PCP_INTERNAL_ERROR"],
      meaning: LocalizedText(
        "Windows' TPM key provider failed, and has no better word for it.",
        "Windows の TPM キー プロバイダーで内部エラーが発生しました。"),
      cause: LocalizedText(
        """
        Mostly the TPM's firmware. A device that registers with Entra ID since Windows 10 1809 goes on \
        without the TPM, so that its key is not attested.
        """,
        "多くは TPM のファームウェアが原因です。Windows 10 1809 以降では TPM を使わずに Entra ID へ登録されるため、キーの構成証明はできません。"),
      cure: LocalizedText(
        "Update the TPM's firmware and restart. If it stays, ask the device's manufacturer.",
        "TPM のファームウェアを更新して再起動します。解消しない場合はデバイスの製造元に問い合わせてください。"),
      remedies: [.updateFirmware, .rebootAndRetry, .contactManufacturer]),
    ErrorEntry(
      codes: [0x8029_041F: "TPM_E_PCP_IFX_RSA_KEY_CREATION_BLOCKED"],
      meaning: LocalizedText(
        "Windows refuses to make RSA keys in this TPM.",
        "この TPM での RSA キーの作成を Windows がブロックしています。"),
      cause: LocalizedText(
        "An Infineon TPM whose firmware makes weak RSA keys (CVE-2017-15361).",
        "弱い RSA キーを生成する脆弱性 (CVE-2017-15361) のあるファームウェアの Infineon 製 TPM であるため。"),
      cure: LocalizedText(
        """
        Update the TPM's firmware with the manufacturer's tool. The update can clear the TPM, so keep \
        the BitLocker recovery key and suspend BitLocker first.
        """,
        "製造元のツールで TPM のファームウェアを更新します。更新で TPM がクリアされることがあるため、先に BitLocker 回復キーを保管し、BitLocker を中断してください。"),
      remedies: [.updateFirmware]),
  ]
}

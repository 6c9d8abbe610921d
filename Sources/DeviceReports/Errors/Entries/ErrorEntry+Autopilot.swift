import Diagnostics

extension ErrorEntry {
  /// Autopilot.
  static let autopilot: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x8103_9001: "E_AUTOPILOT_CLIENT_TPM_MAX_ATTESTATION_RETRY_EXCEEDED"],
      meaning: LocalizedText("Autopilot gave up attesting the TPM.", "Autopilot での TPM の構成証明が、再試行の上限に達しました。"),
      cause: LocalizedText(
        """
        It comes and goes with the service and with the TPM's firmware; some TPMs with RSA-3072 \
        endorsement keys needed a firmware update.
        """,
        "サービスや TPM のファームウェアの状態により断続的に発生します。RSA-3072 の保証キーを持つ一部の TPM ではファームウェアの更新が必要でした。"),
      cure: LocalizedText(
        """
        Try again. If it stays, update the TPM's firmware, and check that the device reaches the \
        certificate service of its TPM's manufacturer.
        """,
        "再試行します。解消しない場合は TPM のファームウェアを更新し、TPM 製造元の証明書サービスに接続できることを確認します。"),
      remedies: [.retryAttestation, .updateFirmware, .checkNetwork]),
    ErrorEntry(
      codes: [0x8103_9023: nil],
      meaning: LocalizedText("Autopilot could not attest the TPM.", "Autopilot での TPM の構成証明が失敗しました。"),
      cause: LocalizedText(
        "An error of Windows 11 21H2 that KB5013943 mends.",
        "KB5013943 で修正された Windows 11 21H2 の不具合によるものです。"),
      cure: LocalizedText(
        "Install KB5013943 or a later update before Autopilot runs.",
        "Autopilot の実行前に KB5013943 以降の更新プログラムをインストールします。"),
      remedies: [.updateWindows]),
    ErrorEntry(
      codes: [0x8103_9024: nil],
      meaning: LocalizedText(
        "Attestation is refused for a TPM with a known vulnerability.",
        "既知の脆弱性がある TPM のため、構成証明が拒否されました。"),
      cause: LocalizedText(
        "The TPM's firmware is on the list of vulnerable ones.",
        "TPM のファームウェアが脆弱なものとして登録されているため。"),
      cure: LocalizedText(
        "Update the TPM's firmware with the manufacturer's tool; keep the BitLocker recovery key first.",
        "先に BitLocker 回復キーを保管し、製造元のツールで TPM のファームウェアを更新します。"),
      remedies: [.updateFirmware]),
    ErrorEntry(
      codes: [0x8007_0490: "ERROR_NOT_FOUND"],
      meaning: LocalizedText(
        "Something was not found; while attesting, it is the AMD firmware TPM's certificate.",
        "要素が見つかりません。構成証明では、AMD のファームウェア TPM の証明書が見つからないことを示します。"),
      cause: LocalizedText(
        """
        An older firmware of AMD's TPM does not get its certificate. Elsewhere in Windows the code has \
        many other causes.
        """,
        "AMD の TPM の古いファームウェアでは証明書を取得できないため。構成証明以外では原因が異なります。"),
      cure: LocalizedText("Update the device's firmware.", "デバイスのファームウェアを更新します。"),
      remedies: [.updateFirmware]),
    ErrorEntry(
      codes: [0x8007_05B4: "ERROR_TIMEOUT"],
      meaning: LocalizedText("A wait ended without an answer.", "待機がタイムアウトしました。"),
      cause: LocalizedText(
        """
        In a self-deploying deployment it is a virtual machine, or a device without TPM 2.0. Elsewhere \
        in Windows the code has many other causes.
        """,
        "自己展開では、仮想マシンまたは TPM 2.0 のないデバイスで発生します。それ以外では原因が異なります。"),
      cure: LocalizedText(
        "Use a physical device with TPM 2.0; else try again on a better network.",
        "TPM 2.0 を搭載した物理デバイスを使用します。それ以外の場合はネットワークを確認して再試行します。"),
      remedies: [.usePhysicalDevice, .checkNetwork]),
    ErrorEntry(
      codes: [0x8019_0190: "HTTP_E_STATUS_BAD_REQUEST"],
      meaning: LocalizedText("The attestation service answered HTTP 400.", "構成証明サービスが HTTP 400 を返しました。"),
      cause: LocalizedText(
        "It does not accept the TPM's endorsement certificate.",
        "TPM の保証キー (EK) 証明書が受け入れられなかったため。"),
      cure: LocalizedText(
        """
        Update the TPM's firmware. If it stays, ask the manufacturer for a valid endorsement certificate.
        """,
        "TPM のファームウェアを更新します。解消しない場合は、有効な EK 証明書について製造元に問い合わせます。"),
      remedies: [.updateFirmware, .contactManufacturer]),
  ]
}

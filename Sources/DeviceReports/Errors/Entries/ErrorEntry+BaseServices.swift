import Diagnostics

extension ErrorEntry {
  /// The TPM base services.
  static let baseServices: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x8028_4001: "TBS_E_INTERNAL_ERROR"],
      meaning: LocalizedText("The TPM base services failed.", "TPM 基本サービスで内部エラーが発生しました。"),
      cause: LocalizedText(
        "An error of Windows' service or driver, not of the TPM.",
        "TPM ではなく、Windows のサービスまたはドライバーのエラーです。"),
      cure: LocalizedText(
        "Restart, and install the latest update of Windows.",
        "再起動し、Windows の最新の更新プログラムをインストールします。"),
      remedies: [.rebootAndRetry, .updateWindows]),
    ErrorEntry(
      codes: [0x8028_4008: "TBS_E_SERVICE_NOT_RUNNING", 0x8028_4010: "TBS_E_SERVICE_DISABLED"],
      meaning: LocalizedText("The TPM base services do not run.", "TPM 基本サービスが実行されていません。"),
      cause: LocalizedText("The service was stopped or disabled.", "サービスが停止または無効化されているため。"),
      cure: LocalizedText(
        "Set the service TPM Base Services (TBS) to manual start, and restart.",
        "サービス「TPM Base Services」(TBS) のスタートアップを手動に設定し、再起動します。"),
      remedies: [.rebootAndRetry]),
    ErrorEntry(
      codes: [0x8028_400F: "TBS_E_TPM_NOT_FOUND"],
      meaning: LocalizedText("Windows sees no TPM.", "Windows から TPM が見えません。"),
      cause: LocalizedText(
        "It is switched off in the firmware settings, hidden, or there is none.",
        "ファームウェアの設定で無効または非表示になっているか、搭載されていないため。"),
      cure: LocalizedText(
        "Switch the TPM on in the firmware settings. A device without one cannot attest.",
        "ファームウェアの設定で TPM を有効にします。TPM のないデバイスは構成証明を行えません。"),
      remedies: [.enableTPM, .replaceDevice]),
    ErrorEntry(
      codes: [0x8028_4011: "TBS_E_NO_EVENT_LOG"],
      meaning: LocalizedText("There is no measured boot log.", "メジャー ブートのログがありません。"),
      cause: LocalizedText(
        "The firmware gave none, because it boots in BIOS mode or its TPM support is off.",
        "BIOS モードで起動しているか TPM の機能が無効で、ファームウェアがログを提供しなかったため。"),
      cure: LocalizedText("Boot in UEFI mode with the TPM on.", "TPM を有効にし、UEFI モードで起動します。"),
      remedies: [.enableTPM, .updateFirmware]),
    ErrorEntry(
      codes: [0x8028_4012: "TBS_E_ACCESS_DENIED", 0x8029_0108: "TPMAPI_E_ACCESS_DENIED"],
      meaning: LocalizedText("The caller may not use the TPM.", "TPM を使用する権限がありません。"),
      cause: LocalizedText("It ran without administrator rights.", "管理者権限なしで実行されたため。"),
      cure: LocalizedText(
        "Run it in a window that was opened as administrator. It says nothing about the TPM itself.",
        "管理者として開いたウィンドウで実行します。TPM 自体の異常を示すものではありません。"),
      remedies: []),
    ErrorEntry(
      codes: [0x8028_4016: "TBS_E_PROVISIONING_INCOMPLETE", 0x8029_0600: "TPM_E_PROVISIONING_INCOMPLETE"],
      meaning: LocalizedText("Windows has not finished to provision the TPM.", "TPM のプロビジョニングが完了していません。"),
      cause: LocalizedText(
        "Windows waits for a restart or for its maintenance task, or automatic provisioning is off.",
        "再起動またはメンテナンス タスクの待機中か、自動プロビジョニングが無効になっているため。"),
      cure: LocalizedText(
        """
        Restart and wait some minutes; Initialize-Tpm in PowerShell with administrator rights starts it \
        at once.
        """,
        "再起動して数分待ちます。管理者権限の PowerShell で Initialize-Tpm を実行すると直ちに開始されます。"),
      remedies: [.rebootAndRetry, .prepareTPM]),
  ]
}

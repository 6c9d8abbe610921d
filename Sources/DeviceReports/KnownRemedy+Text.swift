import Diagnostics
import PolicyModel

extension KnownRemedy {
  /// What to do, as one sentence.
  package func text(in language: ReportLanguage) -> String {
    switch self {
    case .checkNetwork:
      language.choose(
        "Check that the device reaches the certificate service, then try again.",
        "デバイスから証明書サービスに接続できることを確認し、再試行してください。")
    case .contactManufacturer:
      language.choose("Ask the device's manufacturer.", "デバイスの製造元に問い合わせてください。")
    case .enableBitLocker:
      language.choose("Turn BitLocker on for the Windows volume.", "Windows のボリュームで BitLocker を有効にしてください。")
    case .enableCredentialGuard:
      language.choose("Turn Credential Guard on and restart.", "Credential Guard を有効にして再起動してください。")
    case .enableDMAProtection:
      language.choose(
        "Turn kernel DMA protection on in the firmware settings.", "ファームウェアの設定でカーネル DMA 保護を有効にしてください。")
    case .enableHVCI:
      language.choose("Turn memory integrity on and restart.", "メモリ整合性を有効にして再起動してください。")
    case .enableSecureBoot:
      language.choose(
        "Turn Secure Boot on in the firmware settings.", "ファームウェアの設定でセキュア ブートを有効にしてください。")
    case .enableTPM:
      language.choose("Turn the TPM on in the firmware settings.", "ファームウェアの設定で TPM を有効にしてください。")
    case .enableVBS:
      language.choose(
        "Turn virtualization-based security on and restart.", "仮想化ベースのセキュリティを有効にして再起動してください。")
    case .prepareTPM:
      language.choose(
        "Restart the device, let Windows prepare the TPM, and try again.",
        "デバイスを再起動し、Windows による TPM の準備を待って再試行してください。")
    case .clearTPM:
      language.choose(
        "Clear the TPM, once the BitLocker recovery key is saved and the data is backed up.",
        "BitLocker 回復キーの保存とデータのバックアップを済ませてから、TPM をクリアしてください。")
    case .rebootAndRetry:
      language.choose("Restart the device and try again.", "デバイスを再起動して再試行してください。")
    case .registerDevice:
      language.choose("Register the device with Entra ID again.", "デバイスを Entra ID に再登録してください。")
    case .replaceDevice:
      language.choose("Use a device that meets the requirement.", "要件を満たすデバイスを使用してください。")
    case .retryAttestation:
      language.choose("Start the attestation again.", "構成証明をもう一度開始してください。")
    case .updateFirmware:
      language.choose("Update the firmware of the device and its TPM.", "デバイスと TPM のファームウェアを更新してください。")
    case .updateWindows:
      language.choose("Install the latest update of Windows.", "Windows の最新の更新プログラムをインストールしてください。")
    case .usePhysicalDevice:
      language.choose("Use a physical device.", "物理デバイスを使用してください。")
    }
  }
}

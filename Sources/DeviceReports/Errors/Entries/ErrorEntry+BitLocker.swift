import Diagnostics

extension ErrorEntry {
  /// BitLocker.
  static let bitLocker: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x8031_0001: "FVE_E_NOT_ENCRYPTED"],
      meaning: LocalizedText("The volume is not encrypted.", "ボリュームは暗号化されていません。"),
      cause: LocalizedText(
        "BitLocker was never turned on, or the volume was decrypted.",
        "BitLocker が有効化されていないか、暗号化が解除されたため。"),
      cure: LocalizedText("Turn BitLocker on, and keep its recovery key.", "BitLocker を有効にし、回復キーを保管します。"),
      remedies: [.enableBitLocker]),
    ErrorEntry(
      codes: [0x8031_0018: "FVE_E_TPM_NOT_OWNED"],
      meaning: LocalizedText("BitLocker needs a TPM that has an owner.", "BitLocker には所有者が設定された TPM が必要です。"),
      cause: LocalizedText("Windows has not prepared the TPM.", "Windows による TPM の準備が済んでいないため。"),
      cure: LocalizedText("Restart, and let Windows prepare the TPM.", "再起動し、Windows による TPM の準備を待ちます。"),
      remedies: [.prepareTPM]),
    ErrorEntry(
      codes: [0x8031_0021: "FVE_E_PROTECTION_DISABLED"],
      meaning: LocalizedText(
        "BitLocker's protection of the volume is suspended.",
        "ボリュームの BitLocker 保護が中断されています。"),
      cause: LocalizedText(
        "Somebody or an update suspended it; the key lies on the disk in the clear until it is resumed.",
        "手動または更新により保護が中断されたため。再開するまでキーはディスク上に保護されずに置かれます。"),
      cure: LocalizedText(
        "Resume the protection, once all firmware updates are done.",
        "ファームウェアの更新がすべて終わったら、保護を再開します。"),
      remedies: [.enableBitLocker]),
  ]
}

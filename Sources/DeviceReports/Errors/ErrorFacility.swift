import Diagnostics

/// Which part of Windows an error code is from, as far as its facility tells.
struct ErrorFacility: Hashable, Sendable {
  /// The name in the Windows SDK, without `FACILITY_`.
  let name: String
  /// The part of Windows, in a few words.
  let english: String
  let japanese: String

  /// What a code's facility says, or nil for one that is not known here.
  ///
  /// Numbers and names are those of winerror.h; two ranges of TPM errors share a facility, and are told apart by their codes.
  init?(of number: ErrorNumber) {
    guard !number.isOfCustomer, !number.isStatusOfKernel else { return nil }
    switch (number.facility, number.code) {
    case (0x007, _): self.init("WIN32", "Windows itself", "Windows")
    case (0x009, _): self.init("SECURITY", "security and key storage (NTE, SEC)", "セキュリティとキー格納 (NTE、SEC)")
    case (0x00B, _): self.init("CERT", "certificates", "証明書")
    case (0x018, _): self.init("", "MDM enrollment", "MDM 登録")
    case (0x019, _): self.init("HTTP", "HTTP", "HTTP")
    case (0x01C, _): self.init("", "registration with Entra ID (DSREG)", "Entra ID へのデバイス登録 (DSREG)")
    case (0x028, 0x4000...0x4FFF):
      self.init("TPM_SERVICES", "the TPM base services (TBS)", "TPM 基本サービス (TBS)")
    case (0x028, _): self.init("TPM_SERVICES", "a TPM's answer to a command", "コマンドに対する TPM の応答")
    case (0x029, 0x0100...0x01FF): self.init("TPM_SOFTWARE", "the TPM's programming interface", "TPM の API")
    case (0x029, 0x0200...0x02FF):
      self.init("TPM_SOFTWARE", "the TPM base services (TBS)", "TPM 基本サービス (TBS)")
    case (0x029, 0x0300...0x03FF):
      self.init("TPM_SOFTWARE", "the firmware's interface to the TPM (PPI)", "TPM のファームウェア インターフェイス (PPI)")
    case (0x029, 0x0400...0x04FF):
      self.init("TPM_SOFTWARE", "the TPM's key provider (PCP)", "TPM のキー プロバイダー (PCP)")
    case (0x029, _): self.init("TPM_SOFTWARE", "Windows' TPM software", "Windows の TPM ソフトウェア")
    case (0x031, _): self.init("FVE", "BitLocker", "BitLocker")
    default: return nil
    }
  }

  private init(_ name: String, _ english: String, _ japanese: String) {
    self.name = name
    self.english = english
    self.japanese = japanese
  }

  func text(in language: ReportLanguage) -> String {
    let words = language.choose(english, japanese)
    return name.isEmpty ? words : "FACILITY_\(name), \(words)"
  }
}

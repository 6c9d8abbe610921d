import Diagnostics
import PolicyModel

extension KnownStatus {
  /// What it means, in a few words without a full stop.
  package func text(in language: ReportLanguage) -> String {
    switch self {
    case .aikCertificateMissing: language.choose("no AIK certificate was given", "AIK 証明書がない")
    case .attestationInProcess: language.choose("attestation is under way", "構成証明の処理中")
    case .authenticationFailed: language.choose("the device could not authenticate", "デバイスの認証に失敗")
    case .clientRequestRejected: language.choose("the server rejected the request", "要求がサーバーに拒否された")
    case .entraKeyNotAttested:
      language.choose("the Entra key cannot be attested", "Entra のキーを構成証明できない")
    case .entraTokenMismatch:
      language.choose("the Entra token is of another device", "Entra トークンがデバイスの ID と一致しない")
    case .entraTokenWithoutDevice:
      language.choose("the Entra token names no device", "Entra トークンにデバイスの ID がない")
    case .featureNotSupported: language.choose("this device cannot attest", "このデバイスは構成証明に対応していない")
    case .mdmKeyAlreadyInTPM:
      language.choose("the MDM key is already in the TPM, but not attested", "MDM キーは TPM 内にあるが構成証明されていない")
    case .parametersMissing:
      language.choose("AIK certificate and AIK public key are missing", "AIK 証明書と AIK 公開キーがない")
    case .tpmNotAvailable: language.choose("no usable TPM 2.0", "使用できる TPM 2.0 がない")
    case .tpmNotReady: language.choose("the TPM is not ready", "TPM の準備ができていない")
    case .tpmNotTrusted: language.choose("the TPM is not trusted", "TPM が信頼されていない")
    }
  }
}

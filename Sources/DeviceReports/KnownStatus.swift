/// The status details that attestation services answer with, by the names that policies give them.
///
/// The set is that of Intune's device attestation report; a policy may use other names, which are shown as they are.
public enum KnownStatus: String, Hashable, Sendable, CaseIterable {
  case aikCertificateMissing = "aik_certificate_missing"
  case attestationInProcess = "attestation_in_process"
  case authenticationFailed = "authentication_failed"
  case clientRequestRejected = "client_request_rejected"
  case entraKeyNotAttested = "entra_key_not_attested"
  case entraTokenMismatch = "entra_token_mismatch"
  case entraTokenWithoutDevice = "entra_token_without_device"
  case featureNotSupported = "feature_not_supported"
  case mdmKeyAlreadyInTPM = "mdm_key_already_in_tpm"
  case parametersMissing = "parameters_missing"
  case tpmNotAvailable = "tpm_not_available"
  case tpmNotReady = "tpm_not_ready"
  case tpmNotTrusted = "tpm_not_trusted"

  /// What it means, in a few words without a full stop.
  public func text(in language: ReportLanguage) -> String {
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

  /// Whether another attempt can succeed once the cause is mended.
  public var retryCanHelp: Bool {
    switch self {
    case .clientRequestRejected, .entraTokenWithoutDevice, .featureNotSupported, .tpmNotTrusted: false
    default: true
    }
  }
}

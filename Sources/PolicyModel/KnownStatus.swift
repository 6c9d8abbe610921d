/// The status details that attestation answers with, by the names that policies give them.
///
/// The set and its order are those of Intune's device attestation report.
public enum KnownStatus: String, Hashable, Sendable, CaseIterable {
  case entraKeyNotAttested = "entra_key_not_attested"
  case attestationInProcess = "attestation_in_process"
  case tpmNotTrusted = "tpm_not_trusted"
  case tpmNotAvailable = "tpm_not_available"
  case tpmNotReady = "tpm_not_ready"
  case clientRequestRejected = "client_request_rejected"
  case aikCertificateMissing = "aik_certificate_missing"
  case parametersMissing = "parameters_missing"
  case mdmKeyAlreadyInTPM = "mdm_key_already_in_tpm"
  case featureNotSupported = "feature_not_supported"
  case entraTokenMismatch = "entra_token_mismatch"
  case entraTokenWithoutDevice = "entra_token_without_device"
  case authenticationFailed = "authentication_failed"

  /// Whether another attempt can succeed once the cause is mended.
  public var retryCanHelp: Bool {
    switch self {
    case .clientRequestRejected, .entraTokenWithoutDevice, .featureNotSupported, .tpmNotTrusted: false
    default: true
    }
  }
}

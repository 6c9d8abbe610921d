/// The status details that attestation answers with, by the names that policies give them.
///
/// The set is that of Intune's device attestation report. The order is ours: how fundamental a cause is. A cause that
/// explains another comes before it, so that of several the first is the one to mend first.
public enum KnownStatus: String, Hashable, Sendable, CaseIterable {
  /// Such a machine or such a Windows does not attest, whatever its TPM.
  case featureNotSupported = "feature_not_supported"
  /// Without a TPM 2.0 there is nothing to trust, to prepare, or to keep keys in.
  case tpmNotAvailable = "tpm_not_available"
  /// No service takes the word of such a TPM, however well it is prepared.
  case tpmNotTrusted = "tpm_not_trusted"
  /// A TPM that is not ready makes no keys.
  case tpmNotReady = "tpm_not_ready"
  /// The attestation identity key (AIK) comes first of the keys: it vouches for the others.
  case parametersMissing = "parameters_missing"
  /// The AIK may be there, but nobody has certified it.
  case aikCertificateMissing = "aik_certificate_missing"
  /// The Entra key comes before the token, which is issued to it.
  case entraKeyNotAttested = "entra_key_not_attested"
  /// A token without a device cannot be of the right one.
  case entraTokenWithoutDevice = "entra_token_without_device"
  case entraTokenMismatch = "entra_token_mismatch"
  /// Follows from what is missing of the AIK or of the Entra key.
  case mdmKeyAlreadyInTPM = "mdm_key_already_in_tpm"
  /// What the server says of a device that has come so far; whom it could not tell, it could not reject.
  case authenticationFailed = "authentication_failed"
  case clientRequestRejected = "client_request_rejected"
  /// Nothing is known to be wrong yet.
  case attestationInProcess = "attestation_in_process"

  /// The place among all statuses, 0 for the most fundamental cause.
  public var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

  /// Whether another attempt can succeed once the cause is mended.
  public var retryCanHelp: Bool {
    switch self {
    case .clientRequestRejected, .entraTokenWithoutDevice, .featureNotSupported, .tpmNotTrusted: false
    default: true
    }
  }
}

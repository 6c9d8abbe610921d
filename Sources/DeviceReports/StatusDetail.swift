import Diagnostics
import PolicyModel

/// What a status detail of the attestation report means, and what to do about it.
package struct StatusDetail: Hashable, Sendable {
  /// The status.
  package let status: KnownStatus
  /// What it means, in a few sentences.
  package let meaning: LocalizedText
  /// The facts by which the shipped policy for enrollment attestation decides it.
  package let decidedBy: [String]
  /// Other facts that show its cause.
  package let clues: [String]
  /// What to do, the least destructive first.
  package let remedies: [KnownRemedy]

  /// The detail of a status. Its causes are from Microsoft's description of the report, told in our words.
  package init(_ status: KnownStatus) {
    self.status = status
    switch status {
    case .entraKeyNotAttested:
      meaning = LocalizedText(
        "The key of the device's Entra certificate is not kept in the TPM, or no longer works, so that it cannot be attested. Devices that Autopilot joins to a domain offline are always so while they enroll: their Entra key comes later, and they attest from the report.",
        "デバイスの Entra 証明書のキーが TPM に保管されていないか、使用できなくなっているため、構成証明できません。Autopilot のオフライン ドメイン参加では、登録時には必ずこの状態になります。Entra のキーは登録後に作成されるため、レポートから構成証明を実行してください。"
      )
      decidedBy = [
        "entra.key_in_tpm", "entra.key_usable", "entra.recovery_needed", "attestation.recovery_status",
      ]
      clues = ["join.type"]
      remedies = [.retryAttestation, .registerDevice]
    case .attestationInProcess:
      meaning = LocalizedText(
        "The device was still at work when its status was asked for. It takes a few minutes.",
        "状態の照会時に、デバイスがまだ処理中でした。数分かかります。")
      decidedBy = ["attestation.recovery_status"]
      clues = []
      remedies = [.retryAttestation]
    case .tpmNotTrusted:
      meaning = LocalizedText(
        "The TPM's endorsement certificate leads to no manufacturer that the service trusts. Another attempt does not change that; a firmware update of the TPM can.",
        "TPM の保証キー (EK) 証明書から、サービスが信頼する製造元をたどれません。再試行では解決しませんが、TPM のファームウェア更新で解決することがあります。")
      decidedBy = ["tpm.trusted"]
      clues = ["tpm.ek_certificate", "tpm.manufacturer", "tpm.firmware", "tpm.vulnerable_firmware"]
      remedies = [.updateFirmware, .contactManufacturer, .replaceDevice]
    case .tpmNotAvailable:
      meaning = LocalizedText(
        "The device has no TPM 2.0 that Windows can see, or one whose firmware is too old to attest.",
        "Windows から使用できる TPM 2.0 がないか、ファームウェアが古く構成証明できません。")
      decidedBy = ["tpm.present", "tpm.version", "attestation.recovery_status"]
      clues = ["tpm.enabled", "tpm.firmware", "tpm.vulnerable_firmware"]
      remedies = [.enableTPM, .updateFirmware, .replaceDevice]
    case .tpmNotReady:
      meaning = LocalizedText(
        "Windows has not prepared the TPM, or its owner has to be set anew. Restarting and preparing come first; clearing is the last resort and can lose data.",
        "Windows による TPM の準備が済んでいないか、所有者の再設定が必要です。まず再起動と準備を行ってください。クリアは最後の手段で、データを失うおそれがあります。")
      decidedBy = ["tpm.ready", "attestation.recovery_status"]
      clues = ["tpm.ready_for_attestation", "tpm.owned", "tpm.locked_out"]
      remedies = [.rebootAndRetry, .prepareTPM, .clearTPM]
    case .clientRequestRejected:
      meaning = LocalizedText(
        "The request did not reach the MDM server, or the server rejected it. Look first whether the device can still sign in to Entra ID (dsregcmd /status, DeviceAuthStatus).",
        "要求が MDM サーバーに届かなかったか、拒否されました。まず、デバイスが Entra ID で認証できるか (dsregcmd /status の DeviceAuthStatus) を確認してください。"
      )
      decidedBy = ["attestation.recovery_status"]
      clues = ["join.type", "device.enrolled"]
      remedies = [.checkNetwork, .registerDevice]
    case .aikCertificateMissing:
      meaning = LocalizedText(
        "The device has no certificate for its attestation identity key (AIK). Mostly it could not reach the certificate service; once it has the certificate, an attempt succeeds.",
        "構成証明 ID キー (AIK) の証明書がありません。多くは証明書サービスに接続できなかったためで、証明書を取得した後の再試行で成功します。")
      decidedBy = ["attestation.aik_certificate"]
      clues = ["tpm.ek_certificate"]
      remedies = [.checkNetwork, .rebootAndRetry, .retryAttestation]
    case .parametersMissing:
      meaning = LocalizedText(
        "The device gave neither the certificate of its attestation identity key nor its public part.",
        "デバイスから、構成証明 ID キー (AIK) の証明書も公開部分も提示されませんでした。")
      decidedBy = ["attestation.aik_certificate", "attestation.aik_public_key"]
      clues = []
      remedies = [.rebootAndRetry, .checkNetwork, .retryAttestation]
    case .mdmKeyAlreadyInTPM:
      meaning = LocalizedText(
        "The MDM key is in the TPM, but the service could not attest it: the AIK's certificate or public part is missing, or the Entra key cannot be attested.",
        "MDM キーは TPM にありますが、AIK の証明書または公開部分がないか、Entra のキーを構成証明できないため、サービスで構成証明できませんでした。")
      decidedBy = [
        "attestation.mdm_key_in_tpm", "attestation.aik_certificate", "attestation.aik_public_key",
        "entra.key_in_tpm", "attestation.recovery_status",
      ]
      clues = []
      remedies = [.checkNetwork, .retryAttestation]
    case .featureNotSupported:
      meaning = LocalizedText(
        "The device cannot attest while it enrolls: it is a virtual machine (Hyper-V, Azure, Azure Virtual Desktop, Windows 365, Dev Box), or its Windows is too old.",
        "登録時の構成証明に対応していません。仮想マシン (Hyper-V、Azure、Azure Virtual Desktop、Windows 365、Dev Box) であるか、Windows のビルドが古いためです。"
      )
      decidedBy = ["attestation.supported", "device.platform", "os.build"]
      clues = ["device.virtual_machine", "device.model"]
      remedies = [.updateWindows, .usePhysicalDevice]
    case .entraTokenMismatch:
      meaning = LocalizedText(
        "The Entra token of the enrollment is of another device than the Entra key that was presented. The latest update of Windows, then another attempt, mends it.",
        "登録に使われた Entra トークンが、提示された Entra キーのデバイスと一致しません。Windows を最新に更新して再試行すると解決します。")
      decidedBy = ["attestation.token_matches_device"]
      clues = ["os.build"]
      remedies = [.updateWindows, .retryAttestation]
    case .entraTokenWithoutDevice:
      meaning = LocalizedText(
        "The Entra token of the enrollment names no device, as when a user enrolls a device that is not joined.",
        "登録に使われた Entra トークンにデバイスの ID がありません (参加していないデバイスをユーザーが登録した場合など)。")
      decidedBy = ["attestation.token_has_device"]
      clues = ["join.type"]
      remedies = [.registerDevice]
    case .authenticationFailed:
      meaning = LocalizedText(
        "The device could not authenticate while it attested, or Entra ID does not accept it: it is disabled or deleted there, or its registration is broken.",
        "構成証明の際にデバイスの認証に失敗したか、Entra ID がデバイスを受け入れていません。Entra ID でデバイスが無効化または削除されているか、登録が破損しています。")
      decidedBy = ["entra.device_authenticated", "attestation.recovery_status"]
      clues = ["join.type", "entra.key_in_tpm", "entra.key_usable", "entra.recovery_needed"]
      remedies = [.rebootAndRetry, .retryAttestation, .registerDevice]
    }
  }
}

extension KnownStatus {
  /// The page of the status.
  package var page: Page {
    let detail = StatusDetail(self)
    let retry =
      retryCanHelp
      ? LocalizedText("Another attempt can succeed once the cause is fixed.", "原因を解消すれば、再試行で成功する可能性があります。")
      : LocalizedText("Another attempt will not help.", "再試行では解決しません。")
    var page = Page(
      .attestationStatus, rawValue, LocalizedText(text(in:)))
    page.meaning = detail.meaning.followed(by: retry)
    page.decidedBy = detail.decidedBy
    page.clues = detail.clues
    page.remedies = detail.remedies.map(\.entry)
    return page
  }
}

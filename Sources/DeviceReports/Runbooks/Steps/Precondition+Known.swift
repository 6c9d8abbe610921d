import Diagnostics
import PolicyModel

extension Runbook.Precondition {
  /// The recovery key of every encrypted drive is kept elsewhere.
  static let recoveryKey = Self(
    id: "recovery_key",
    text: LocalizedText(
      """
      Save the BitLocker recovery key of every encrypted drive away from this device, and read it there \
      once (Entra ID, Active Directory, a printout).
      """,
      "暗号化されたすべてのドライブの BitLocker 回復キーをこのデバイス以外の場所 (Entra ID、Active Directory、印刷物など) に保存し、実際に読めることを確認する。"),
    reason: LocalizedText(
      "Without it the drive cannot be opened any more once the TPM has lost its keys, or refuses them.",
      "TPM のキーが失われたり使えなくなったりすると、回復キーなしではドライブのロックを解除できません。"),
    satisfiedBy: [
      FactChoice(fact: "bitlocker.recovery_key_escrowed", values: ["true"]),
      FactChoice(fact: "bitlocker.os_volume", values: ["off"]),
    ],
    stops: [
      Runbook.Stop(
        when: FactChoice(fact: "bitlocker.os_volume", values: ["on", "suspended"]),
        text: LocalizedText(
          "BitLocker encrypts the Windows volume, and nothing shows that its recovery key is kept.",
          "Windows ボリュームは BitLocker で暗号化されていますが、回復キーが保管されていることを確認できません。")),
      Runbook.Stop(
        when: nil,
        text: LocalizedText(
          "Nothing shows that the BitLocker recovery key is kept, or that BitLocker is off.",
          "BitLocker 回復キーが保管されていること、または BitLocker が無効であることを確認できません。")),
    ])

  /// The user's data is kept elsewhere.
  static let backup = Self(
    id: "backup",
    text: LocalizedText(
      "Back up the user's data to a place that is not on this device.",
      "ユーザーのデータを、このデバイス以外の場所にバックアップする。"),
    reason: LocalizedText(
      "If anything goes wrong with the recovery key, the backup is what remains.",
      "回復キーでもロックを解除できなかった場合、頼れるのはバックアップだけです。"))

  /// BitLocker opens the Windows volume without the TPM.
  static let suspendBitlocker = Self(
    id: "suspend_bitlocker",
    text: LocalizedText(
      """
      Suspend BitLocker on the Windows volume until it is resumed: Suspend-BitLocker -MountPoint C: \
      -RebootCount 0 in PowerShell with administrator rights.
      """,
      """
      管理者権限の PowerShell で Suspend-BitLocker -MountPoint C: -RebootCount 0 を実行し、再開するまで Windows ボリュームの \
      BitLocker を中断する。
      """),
    reason: LocalizedText(
      """
      A suspended volume opens without the TPM, so that no restart asks for the recovery key. Without \
      -RebootCount 0 BitLocker resumes by itself after one restart, which can be too early.
      """,
      """
      中断中は TPM を使わずにボリュームのロックが解除されるため、再起動しても回復キーを求められません。-RebootCount 0 を付けないと 1 \
      回の再起動で自動的に再開され、作業の途中で保護が有効になることがあります。
      """),
    satisfiedBy: [
      FactChoice(fact: "bitlocker.os_volume", values: ["off", "suspended"])
    ])

  /// What else keeps keys in the TPM is known.
  static let tpmSoftware = Self(
    id: "tpm_software",
    text: LocalizedText(
      """
      List what else keeps keys in the TPM (virtual smart cards, VPN and Wi-Fi certificates, password \
      managers, other systems on the same device), and how each is set up anew.
      """,
      """
      TPM にキーを保存しているほかのソフトウェア (仮想スマート カード、VPN や Wi-Fi の証明書、パスワード管理ソフト、同じデバイスに入っている別の OS など) \
      を洗い出し、それぞれの再設定方法を確認しておく。
      """),
    reason: LocalizedText(
      "Their keys are lost and cannot be restored from a backup.",
      "これらのキーは失われ、バックアップからも復元できません。"))

  /// Everybody can sign in without Windows Hello.
  static let signIn = Self(
    id: "sign_in",
    text: LocalizedText(
      """
      Make sure that everybody who uses this device can sign in without Windows Hello, with a password, \
      a security key or a Temporary Access Pass.
      """,
      "このデバイスを使う全員が、Windows Hello を使わずに (パスワード、セキュリティ キー、一時アクセス パスなどで) サインインできることを確認する。"),
    reason: LocalizedText(
      "PIN, fingerprints and face do not work any more until they are set up again.",
      "PIN、指紋、顔認証は、設定し直すまで使えません。"))

  /// The recovery keys that Entra ID keeps are copied.
  static let copiedKeys = Self(
    id: "copied_keys",
    text: LocalizedText(
      "Copy the BitLocker recovery keys that Entra ID keeps with the device object to another safe place.",
      "Entra ID のデバイス オブジェクトに保管されている BitLocker 回復キーを、別の安全な場所に控える。"),
    reason: LocalizedText("They are deleted together with the object.", "オブジェクトを削除すると、回復キーも一緒に削除されます。"),
    satisfiedBy: [
      FactChoice(fact: "bitlocker.os_volume", values: ["off"])
    ])

  /// A local administrator can sign in.
  static let localAdministrator = Self(
    id: "local_administrator",
    text: LocalizedText(
      """
      Sign in once with a local administrator account whose password you know, such as the one that \
      Windows LAPS manages. Note the password; LAPS keeps it with the device object.
      """,
      """
      パスワードがわかっているローカル管理者アカウント (Windows LAPS で管理されるアカウントなど) でサインインできることを確認する。LAPS のパスワードはデバイス \
      オブジェクトに保管されるため、控えておく。
      """),
    reason: LocalizedText(
      "After the device has left the organization, work accounts cannot sign in to it.",
      "参加を解除すると、職場アカウントではサインインできなくなります。"))
}

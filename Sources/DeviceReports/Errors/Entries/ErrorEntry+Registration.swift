import Diagnostics

extension ErrorEntry {
  /// Registration with Entra ID (DSREG).
  static let registration: [ErrorEntry] = [
    ErrorEntry(
      codes: [0x801C_001D: "DSREG_AUTOJOIN_ADCONFIG_READ_FAILED"],
      meaning: LocalizedText(
        "The device cannot read from Active Directory which tenant to register with.",
        "登録先のテナント情報を Active Directory から読み取れません。"),
      cause: LocalizedText(
        "The service connection point is missing or wrong, or no domain controller can be reached.",
        "サービス接続ポイント (SCP) がないか誤っている、またはドメイン コントローラーに接続できないため。"),
      cure: LocalizedText(
        """
        Check the service connection point with Entra Connect, and that the device reaches a domain \
        controller.
        """,
        "Entra Connect でサービス接続ポイントを確認し、ドメイン コントローラーに接続できることを確認します。"),
      remedies: [.checkNetwork]),
    ErrorEntry(
      codes: [0x801C_0021: nil],
      meaning: LocalizedText("The registration service could not be discovered.", "デバイス登録サービスを検出できませんでした。"),
      cause: LocalizedText(
        "The service connection point names a wrong endpoint, or the endpoint cannot be reached.",
        "サービス接続ポイントのエンドポイントが誤っているか、接続できないため。"),
      cure: LocalizedText(
        "Check the service connection point, the proxy and the firewall.",
        "サービス接続ポイント、プロキシ、ファイアウォールを確認します。"),
      remedies: [.checkNetwork]),
    ErrorEntry(
      codes: [0x801C_003D: "DSREG_AUTOJOIN_USERREALM_DISCOVERY_FAILED"],
      meaning: LocalizedText(
        "The realm of the user's domain could not be discovered.",
        "ユーザーのドメインの領域 (レルム) を検出できませんでした。"),
      cause: LocalizedText(
        """
        The sign-in service of Entra ID cannot be reached, often because of a proxy that asks the device \
        to sign in.
        """,
        "Entra ID のサインイン サービスに接続できないため。デバイスに認証を求めるプロキシが原因のことが多くあります。"),
      cure: LocalizedText(
        "Let the device itself, not only its user, reach the sign-in addresses of Entra ID.",
        "ユーザーだけでなくデバイス自体 (システム アカウント) が Entra ID のサインイン アドレスに接続できるようにします。"),
      remedies: [.checkNetwork]),
    ErrorEntry(
      codes: [0x801C_03EA: nil],
      meaning: LocalizedText(
        "The registration service did not authorize the user or the device.",
        "デバイス登録サービスが、ユーザーまたはデバイスを承認しませんでした。"),
      cause: LocalizedText(
        """
        Several things end so: the TPM could not be attested; the TPM runs as 1.2 and could run as 2.0; \
        two profiles of Autopilot are assigned; the user may not register devices, or has too many.
        """,
        "TPM の構成証明の失敗、2.0 に更新可能な TPM が 1.2 のまま、Autopilot プロファイルの重複割り当て、ユーザーに登録権限がない、登録台数の上限など、複数の原因があります。"),
      cure: LocalizedText(
        """
        In self-deploying and pre-provisioned deployments look at the TPM first (version 2.0, firmware), \
        else at the user's rights to register devices.
        """,
        "自己展開または事前プロビジョニングの場合は、まず TPM (バージョン 2.0、ファームウェア) を確認します。それ以外はユーザーの登録権限を確認します。"),
      remedies: [.updateFirmware, .registerDevice]),
    ErrorEntry(
      codes: [0x801C_03ED: "DSREG_E_NGC_INVALID_REQUEST"],
      meaning: LocalizedText("The registration service refused the request.", "デバイス登録サービスが要求を拒否しました。"),
      cause: LocalizedText(
        """
        When Windows Hello is set up, multi-factor authentication was needed and not done, or the token \
        lacked it. The same code is seen when a device limit is reached or a device is not allowed.
        """,
        "Windows Hello の設定では、必要な多要素認証が行われていないか、トークンに含まれていないため。デバイスの上限や登録制限でも同じコードが表示されます。"),
      cure: LocalizedText(
        """
        Sign out and in with multi-factor authentication. If it stays, register the device again, and \
        look at the sign-in log of Entra ID.
        """,
        "サインアウトし、多要素認証で再度サインインします。解消しない場合はデバイスを登録し直し、Entra ID のサインイン ログを確認します。"),
      remedies: [.registerDevice]),
    ErrorEntry(
      codes: [0x801C_03EE: nil],
      meaning: LocalizedText(
        "The key could not be attested while Windows Hello was set up.",
        "Windows Hello の設定中に、キーの構成証明が失敗しました。"),
      cause: LocalizedText("The TPM did not prove the new key.", "TPM が新しいキーを証明できなかったため。"),
      cure: LocalizedText(
        "Sign out and in, then set Windows Hello up again. If it stays, update the TPM's firmware.",
        "サインアウトして再度サインインし、Windows Hello を設定し直します。解消しない場合は TPM のファームウェアを更新します。"),
      remedies: [.rebootAndRetry, .updateFirmware]),
    ErrorEntry(
      codes: [0x801C_03F2: "DSREG_E_DIRECTORY_FAILURE"],
      meaning: LocalizedText("Entra ID does not know the device yet.", "Entra ID にデバイスがまだ登録されていません。"),
      cause: LocalizedText(
        "The device object of a hybrid join has not been synchronized from Active Directory.",
        "ハイブリッド参加のデバイス オブジェクトが、Active Directory からまだ同期されていないため。"),
      cure: LocalizedText(
        """
        Wait for the next synchronization of Entra Connect, then sign in again. Check that the device's \
        organizational unit is synchronized.
        """,
        "Entra Connect の次の同期を待って再度サインインします。デバイスの組織単位 (OU) が同期対象であることを確認します。"),
      remedies: [.registerDevice]),
    ErrorEntry(
      codes: [0x801C_03F3: nil],
      meaning: LocalizedText("Entra ID has deleted the device.", "Entra ID でデバイスが削除されています。"),
      cause: LocalizedText(
        "Somebody, or a clean-up, deleted the device object that this device registered with.",
        "このデバイスのデバイス オブジェクトが、管理者または自動クリーンアップにより削除されたため。"),
      cure: LocalizedText(
        "Register the device again; one of Autopilot also in Autopilot.",
        "デバイスを登録し直します。Autopilot のデバイスは Autopilot にも登録し直します。"),
      remedies: [.registerDevice]),
  ]
}

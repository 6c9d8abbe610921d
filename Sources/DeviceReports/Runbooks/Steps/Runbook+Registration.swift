import Diagnostics
import PolicyModel

/// Runbooks about the registration of the device.
extension Runbook {
  static let registerDevice = Runbook(
    remedy: .registerDevice,
    title: LocalizedText("Register the device with Entra ID again", "デバイスを Entra ID に登録し直す"),
    impact: .losesData,
    needsAdministrator: true,
    duration: LocalizedText(
      "Half an hour; a hybrid join waits for the next synchronization as well, mostly half an hour.",
      "約 30 分。ハイブリッド参加では、さらに次の同期 (通常 30 分間隔) を待つ。"),
    destroys: [
      LocalizedText(
        "The Windows Hello PIN, fingerprints and face of the work account.",
        "職場アカウントの Windows Hello (PIN、指紋、顔認証)。"),
      LocalizedText(
        "The enrollment in Intune, and what came with it; profiles and apps are installed anew.",
        "Intune への登録と、それに伴う構成。プロファイルとアプリは再び配布される。"),
      LocalizedText(
        """
        The BitLocker recovery keys that Entra ID keeps with the old device object, once that object is \
        removed.
        """,
        "古いデバイス オブジェクトに保管されている BitLocker 回復キー (オブジェクトの削除と同時に失われる)。"),
    ],
    losses: LocalizedText(
      "Windows Hello of the work account, the enrollment in Intune, recovery keys that Entra ID keeps",
      "職場アカウントの Windows Hello、Intune への登録、Entra ID に保管された回復キー"),
    before: [.recoveryKey, .copiedKeys, .backup, .signIn, .localAdministrator],
    parts: [
      Runbook.Part(
        when: FactChoice(fact: "join.type", values: ["entra_joined"]),
        title: LocalizedText("Entra joined device", "Entra 参加済みデバイス"),
        steps: [
          Runbook.Step("Sign in with the local administrator account.", "ローカル管理者アカウントでサインインする。"),
          Runbook.Step(
            """
            Settings, Accounts, Access work or school, the organization's account, Disconnect. Then \
            restart.
            """,
            "[設定] > [アカウント] > [職場または学校にアクセスする] で組織のアカウントを選び、[切断] する。その後、再起動する。", destroys: true,
            needs: [.recoveryKey, .backup, .signIn, .localAdministrator]),
          Runbook.Step(
            """
            In the Entra admin center remove the stale object of the device. Leave the device's Windows \
            Autopilot entry as it is, if it has one.
            """,
            "Entra 管理センターで、古いデバイス オブジェクトを削除する。Windows Autopilot に登録されている場合、その登録は削除しない。", destroys: true,
            needs: [.recoveryKey, .copiedKeys]),
          Runbook.Step(
            """
            Settings, Accounts, Access work or school, Connect, Join this device to Microsoft Entra ID; \
            sign in with the work account and restart.
            """,
            """
            [設定] > [アカウント] > [職場または学校にアクセスする] > [接続] > [このデバイスを Microsoft Entra ID に参加させる] \
            を選び、職場アカウントでサインインして、再起動する。
            """),
          Runbook.Step(
            "Wait about ten minutes for the first synchronization with Intune.",
            "Intune との最初の同期が終わるまで、10 分ほど待つ。"),
        ]),
      Runbook.Part(
        when: FactChoice(fact: "join.type", values: ["hybrid_joined"]),
        title: LocalizedText("Entra hybrid joined device", "Entra ハイブリッド参加済みデバイス"),
        steps: [
          Runbook.Step(
            "Connect the device to the organization's network, so that it reaches a domain controller.",
            "ドメイン コントローラーに接続できるよう、デバイスを組織のネットワークに接続する。"),
          Runbook.Step(
            """
            Run dsregcmd /leave in a command prompt with administrator rights. The membership in Active \
            Directory stays.
            """,
            "管理者権限のコマンド プロンプトで dsregcmd /leave を実行する。Active Directory ドメインへの参加は維持される。", destroys: true,
            needs: [.recoveryKey, .backup, .signIn, .localAdministrator]),
          Runbook.Step(
            "In the Entra admin center remove the stale object of the device.",
            "Entra 管理センターで、古いデバイス オブジェクトを削除する。", destroys: true, needs: [.recoveryKey, .copiedKeys]),
          Runbook.Step(
            """
            Restart and sign in with the domain account. The scheduled task Automatic-Device-Join begins \
            the registration.
            """,
            "再起動してドメイン アカウントでサインインする。タスク スケジューラの Automatic-Device-Join タスクによって登録が始まる。"),
          Runbook.Step(
            """
            Wait for the next synchronization of Entra Connect, at most half an hour (or start it on its \
            server with Start-ADSyncSyncCycle -PolicyType Delta), then sign out and in again.
            """,
            """
            Entra Connect の次の同期 (最長 30 分) を待つか、同期サーバーで Start-ADSyncSyncCycle -PolicyType Delta \
            を実行する。その後、サインアウトしてサインインし直す。
            """),
        ]),
      Runbook.Part(
        when: FactChoice(fact: "join.type", values: ["registered"]),
        title: LocalizedText("Entra registered personal device", "Entra 登録済みの個人所有デバイス"),
        steps: [
          Runbook.Step(
            """
            Settings, Accounts, Access work or school, the work account, Disconnect. Personal files \
            stay; what the organization manages is removed.
            """,
            "[設定] > [アカウント] > [職場または学校にアクセスする] で職場アカウントを選び、[切断] する。個人のファイルは残るが、組織が管理するデータは削除される。",
            destroys: true, needs: [.recoveryKey, .backup]),
          Runbook.Step(
            """
            In the Entra admin center remove the stale object of the device (its user can do so in My \
            Account, Devices).
            """,
            "Entra 管理センターで、古いデバイス オブジェクトを削除する (ユーザー本人がマイ アカウントの [デバイス] から削除することもできる)。", destroys: true,
            needs: [.recoveryKey, .copiedKeys]),
          Runbook.Step(
            """
            Restart, then Settings, Accounts, Access work or school, Connect, and sign in with the work \
            account.
            """,
            "再起動し、[設定] > [アカウント] > [職場または学校にアクセスする] > [接続] から職場アカウントでサインインする。"),
          Runbook.Step("Wait about ten minutes for the first synchronization.", "最初の同期が終わるまで、10 分ほど待つ。"),
        ]),
    ],
    after: [
      LocalizedText("Set Windows Hello up again.", "Windows Hello を設定し直す。"),
      LocalizedText(
        """
        Synchronize the account in Settings, Accounts, Access work or school, the account, Info, Sync, \
        and check the compliance in the Company Portal.
        """,
        "[設定] > [アカウント] > [職場または学校にアクセスする] でアカウントの [情報] を開いて [同期] を実行し、ポータル サイト アプリでポリシーへの準拠を確認する。"),
      LocalizedText(
        """
        Let BitLocker store its recovery key anew (BackupToAAD-BitLockerKeyProtector, or the policy that \
        does it).
        """,
        "BitLocker 回復キーを保管し直す (BackupToAAD-BitLockerKeyProtector を実行するか、自動で保管するポリシーを適用する)。"),
    ],
    verification: [
      LocalizedText(
        """
        dsregcmd /status shows the join or the registration, TpmProtected YES and, for a joined device, \
        DeviceAuthStatus SUCCESS.
        """,
        """
        dsregcmd /status に参加または登録の状態が表示され、TpmProtected が YES になる。参加済みデバイスでは DeviceAuthStatus も SUCCESS \
        になる。
        """)
    ],
    next: [.retryAttestation])
}

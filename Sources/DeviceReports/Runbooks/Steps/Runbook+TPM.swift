import Diagnostics
import PolicyModel

/// Runbooks about the TPM itself.
extension Runbook {
  static let enableTPM = Runbook(
    remedy: .enableTPM,
    title: LocalizedText("Switch the TPM on in the firmware settings", "ファームウェアの設定で TPM を有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("About ten minutes.", "約 10 分。"),
    before: [.recoveryKey, .suspendBitlocker],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Restart into the firmware settings (Settings, System, Recovery, Advanced startup; then \
            Troubleshoot, Advanced options, UEFI Firmware Settings). The firmware's administrator \
            password may be needed.
            """,
            """
            ファームウェアの設定を開く ([設定] > [システム] > [回復] > [PC の起動をカスタマイズする] から再起動し、[トラブルシューティング] > [詳細オプション] > \
            [UEFI ファームウェアの設定])。ファームウェアの管理者パスワードが必要な場合がある。
            """),
          Runbook.Step(
            """
            Switch on what is called TPM, Security Device, Intel PTT or AMD fTPM. Change nothing else \
            about it, and do not choose Clear.
            """,
            "TPM、Security Device、Intel PTT、AMD fTPM などと表示されている項目を有効にする。ほかの TPM 関連の項目は変更せず、[Clear] は選ばない。",
            needs: [.recoveryKey, .suspendBitlocker]),
          Runbook.Step(
            "Save, restart, sign in, and wait five minutes while Windows prepares the TPM.",
            "保存して再起動し、サインインして、Windows が TPM を準備するまで 5 分ほど待つ。"),
        ])
    ],
    after: [
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。")
    ],
    verification: [
      LocalizedText(
        """
        tpm.msc shows that the TPM is ready for use, and specification version 2.0. If it is 1.2, go on \
        with the firmware.
        """,
        "tpm.msc で TPM が使用可能な状態になり、仕様バージョンが 2.0 と表示される。1.2 の場合はファームウェアの更新に進む。")
    ],
    next: [.retryAttestation, .updateFirmware])

  static let prepareTPM = Runbook(
    remedy: .prepareTPM,
    title: LocalizedText("Let Windows prepare the TPM", "Windows に TPM を準備させる"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("About ten minutes.", "約 10 分。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step("Restart the device and sign in.", "デバイスを再起動してサインインする。"),
          Runbook.Step(
            """
            Run Initialize-Tpm in PowerShell with administrator rights, without -AllowClear. If it says \
            that a restart is needed, restart again.
            """,
            "管理者権限の PowerShell で Initialize-Tpm を実行する (-AllowClear は付けない)。再起動が必要と表示されたら、もう一度再起動する。"),
        ])
    ],
    verification: [
      LocalizedText("Get-Tpm shows TpmReady True.", "Get-Tpm の TpmReady が True になる。")
    ],
    next: [.retryAttestation])

  static let clearTPM = Runbook(
    remedy: .clearTPM,
    title: LocalizedText("Clear the TPM", "TPM をクリアする"),
    impact: .losesData,
    needsAdministrator: true,
    duration: LocalizedText(
      """
      A quarter of an hour, then about ten minutes for the synchronization; reports and compliance can \
      take up to a day.
      """,
      "作業に 15 分程度、その後の同期に約 10 分。レポートやポリシー準拠の状態に反映されるまで、最大 1 日かかることがある。"),
    destroys: [
      LocalizedText(
        """
        Every key in the TPM. What was encrypted with them cannot be read any more, a BitLocker drive \
        without its recovery key included.
        """,
        "TPM 内のすべてのキー。これらのキーで暗号化されたデータは読めなくなる (回復キーのない BitLocker ドライブを含む)。"),
      LocalizedText(
        """
        The Windows Hello PIN, fingerprints and face of every user of this device, and certificates \
        whose keys were in the TPM.
        """,
        "このデバイスの全ユーザーの Windows Hello (PIN、指紋、顔認証) と、キーが TPM にあった証明書。"),
      LocalizedText(
        """
        The device's registration with Entra ID, when its key was in the TPM; the device may have to be \
        registered again.
        """,
        "Entra ID へのデバイス登録 (キーが TPM にあった場合)。登録し直しが必要になることがある。"),
    ],
    losses: LocalizedText(
      "every key in the TPM, Windows Hello, certificates", "TPM 内のすべてのキー、Windows Hello、証明書"),
    before: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Make sure that the device is yours to clear; on one of an organization, ask its \
            administrators.
            """,
            "クリアしてよいデバイスであることを確認する。組織のデバイスの場合は、管理者の了承を得る。"),
          Runbook.Step(
            """
            Press Windows+R, type tpm.msc, and open it with Ctrl+Shift+Enter and an administrator's \
            account. Without administrator rights 'Clear TPM' is greyed out.
            """,
            """
            Windows+R を押して tpm.msc と入力し、Ctrl+Shift+Enter を押して管理者として開く。管理者権限がないと [TPM をクリア] \
            は淡色表示になり、選択できない。
            """),
          Runbook.Step(
            """
            In the pane Actions choose Clear TPM and confirm. Use Windows for it and not the firmware \
            settings, which skip its checks.
            """,
            "[操作] ウィンドウで [TPM をクリア] を選び、確認画面で実行する。ファームウェアの設定からはクリアしない (Windows による確認が行われないため)。",
            destroys: true, needs: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware]),
          Runbook.Step(
            "The device restarts. Confirm at the firmware's question, with the key that it names.",
            "デバイスが再起動する。ファームウェアの確認画面が表示されたら、画面に示されたキーを押して承認する。", destroys: true,
            needs: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware]),
          Runbook.Step(
            """
            Sign in with the password; the PIN is gone. Wait five minutes while Windows prepares the TPM.
            """,
            "パスワードでサインインする (PIN は使えない)。Windows が TPM を準備するまで 5 分ほど待つ。"),
        ])
    ],
    after: [
      LocalizedText(
        "Set the Windows Hello PIN up again (Settings, Accounts, Sign-in options).",
        "Windows Hello の PIN を設定し直す ([設定] > [アカウント] > [サインイン オプション])。"),
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。"),
      LocalizedText(
        "Sign in to the work or school account again when Windows asks for it.",
        "求められたら、職場または学校アカウントにサインインし直す。"),
      LocalizedText(
        """
        Synchronize it in Settings, Accounts, Access work or school, the account, Info, Sync. It takes \
        about ten minutes, and up to a day.
        """,
        "[設定] > [アカウント] > [職場または学校にアクセスする] でアカウントの [情報] を開き、[同期] を実行する。通常は約 10 分、最大 1 日かかる。"),
      LocalizedText(
        "Check the compliance of the device again in the Company Portal.",
        "ポータル サイト アプリで、デバイスがポリシーに準拠しているか再確認する。"),
      LocalizedText("Set up again what else had keys in the TPM.", "TPM にキーを保存していたほかのソフトウェアを設定し直す。"),
    ],
    verification: [
      LocalizedText(
        """
        Get-Tpm shows TpmReady True; dsregcmd /status shows TpmProtected YES and DeviceAuthStatus \
        SUCCESS.
        """,
        "Get-Tpm の TpmReady が True、dsregcmd /status の TpmProtected が YES、DeviceAuthStatus が SUCCESS になる。")
    ],
    next: [.retryAttestation, .registerDevice])
}

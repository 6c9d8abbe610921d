import Diagnostics
import PolicyModel

/// Runbooks about what is tried first.
extension Runbook {
  static let rebootAndRetry = Runbook(
    remedy: .rebootAndRetry,
    title: LocalizedText("Restart and try again", "再起動して再試行する"),
    impact: .restart,
    needsAdministrator: false,
    duration: LocalizedText("About ten minutes.", "約 10 分。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Save open work and restart the device with Restart, not with Shut down, which keeps parts of \
            the running system (fast startup).
            """,
            "作業中のデータを保存し、[シャットダウン] ではなく [再起動] を選んで再起動する (高速スタートアップが有効な場合、シャットダウンではシステムの状態の一部が引き継がれる)。"),
          Runbook.Step(
            """
            Sign in, and leave the device connected to the network for five minutes, so that Windows can \
            prepare the TPM and get its certificate.
            """,
            "サインインし、ネットワークに接続したまま 5 分ほど待つ。この間に Windows が TPM の準備と証明書の取得を行う。"),
        ])
    ],
    verification: [
      LocalizedText(
        "Get-Tpm in PowerShell with administrator rights shows TpmReady True.",
        "管理者権限の PowerShell で Get-Tpm を実行し、TpmReady が True であることを確認する。")
    ],
    next: [.retryAttestation])

  static let retryAttestation = Runbook(
    remedy: .retryAttestation,
    title: LocalizedText("Attest again", "構成証明を再試行する"),
    impact: .none,
    needsAdministrator: true,
    duration: LocalizedText("A few minutes; the report can lag by fifteen.", "数分 (レポートへの反映には最大 15 分程度)。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            "Switch the device on, connect it to the network, and sign in.",
            "デバイスの電源を入れてネットワークに接続し、サインインする。"),
          Runbook.Step(
            """
            Open Reports, Device attestation status in the Intune admin center, with a role that has the \
            remote task for attestation. Generate the report anew, select the device, and choose Attest \
            device.
            """,
            """
            構成証明のリモート タスクを許可されたロールで Intune 管理センターを開き、[レポート] のデバイス構成証明の状態 (Device attestation status) \
            を生成し直す。デバイスを選択し、構成証明 (Attest device) を実行する。
            """),
          Runbook.Step(
            "Select at most 100 devices at a time, and wait at least a minute between two requests.",
            "一度に選択するのは 100 台までとし、次の要求までに 1 分以上あける。"),
        ])
    ],
    verification: [
      LocalizedText(
        "After a refresh the report shows the device as completed.",
        "レポートを更新すると、デバイスの状態が完了になる。")
    ])

  static let checkNetwork = Runbook(
    remedy: .checkNetwork,
    title: LocalizedText("Check the connection to the certificate services", "証明書サービスへの接続を確認する"),
    impact: .none,
    needsAdministrator: true,
    duration: LocalizedText("About ten minutes.", "約 10 分。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            "Connect the device to a network without a captive portal and without inspection of TLS.",
            "ログイン画面 (キャプティブ ポータル) や TLS 検査のないネットワークに接続する。"),
          Runbook.Step(
            """
            Check that proxy and firewall let the device reach *.microsoftaik.azure.net and, for a TPM \
            in the processor, its maker's service with HTTPS (Intel ekop.intel.com, AMD ftpm.amd.com, \
            Qualcomm ekcert.spserv.microsoft.com).
            """,
            """
            プロキシとファイアウォールで、*.microsoftaik.azure.net への HTTPS 接続が許可されていることを確認する。プロセッサ内蔵の TPM では、製造元のサービス \
            (Intel は ekop.intel.com、AMD は ftpm.amd.com、Qualcomm は ekcert.spserv.microsoft.com) \
            への接続も必要になる。
            """),
          Runbook.Step(
            "Check that date and time are right; otherwise certificates are refused.",
            "日付と時刻が正しいことを確認する (ずれていると証明書が拒否される)。"),
          Runbook.Step(
            """
            Run certreq -enrollaik -config "" in a command prompt with administrator rights, which asks \
            for the certificate at once.
            """,
            "管理者権限のコマンド プロンプトで certreq -enrollaik -config \"\" を実行し、証明書をただちに要求する。"),
        ])
    ],
    verification: [
      LocalizedText("The command certreq ends without an error.", "certreq コマンドがエラーなく終了する。")
    ],
    next: [.retryAttestation])
}

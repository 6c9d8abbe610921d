import Diagnostics
import PolicyModel

/// Runbooks about updates.
extension Runbook {
  static let updateWindows = Runbook(
    remedy: .updateWindows,
    title: LocalizedText("Update Windows", "Windows を更新する"),
    impact: .restart,
    needsAdministrator: false,
    duration: LocalizedText("Half an hour to two hours.", "30 分から 2 時間程度。"),
    parts: [
      Runbook.Part(
        build: .sameBranch,
        title: LocalizedText("build {builds} or later", "ビルド {builds} 以降"),
        steps: [
          Runbook.Step(
            """
            Open Settings, Windows Update, Check for updates, and install the cumulative update of build \
            {builds} or a later one.
            """,
            "[設定] > [Windows Update] > [更新プログラムのチェック] で、ビルド {builds} 以降の累積更新プログラムをインストールする。")
        ]),
      Runbook.Part(
        build: .otherBranch,
        title: LocalizedText("a later version of Windows", "新しいバージョンの Windows"),
        steps: [
          Runbook.Step(
            """
            No update of this version of Windows is enough. Install the feature update to a version with \
            build {builds}; then its latest cumulative update.
            """,
            """
            現在の Windows のバージョンでは、どの更新プログラムを適用しても要件を満たさない。ビルド {builds} \
            のバージョンへの機能更新プログラムをインストールし、その後、最新の累積更新プログラムを適用する。
            """)
        ]),
      Runbook.Part(
        build: .met,
        title: LocalizedText("the latest update", "最新の更新プログラム"),
        steps: [
          Runbook.Step(
            """
            The build is new enough, but later ones attest more reliably. Open Settings, Windows Update, \
            Check for updates, and install the latest cumulative update.
            """,
            """
            ビルドの要件は満たしているが、新しいビルドほど構成証明に成功しやすい。[設定] > [Windows Update] > [更新プログラムのチェック] \
            で、最新の累積更新プログラムをインストールする。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(fact: "os.branch", values: ["19045"]),
        title: LocalizedText(
          "Windows 10 22H2, build 19045.3996 or later", "Windows 10 22H2、ビルド 19045.3996 以降"),
        steps: [
          Runbook.Step(
            """
            Open Settings, Windows Update, Check for updates, and install the cumulative update of build \
            19045.3996 or a later one. Builds before it cannot attest while they enroll.
            """,
            """
            [設定] > [Windows Update] > [更新プログラムのチェック] で、ビルド 19045.3996 \
            以降の累積更新プログラムをインストールする。それより前のビルドは、登録時の構成証明に対応していない。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(fact: "os.branch", values: ["22000"]),
        title: LocalizedText(
          "Windows 11 21H2, build 22000.2713 or later", "Windows 11 21H2、ビルド 22000.2713 以降"),
        steps: [
          Runbook.Step(
            """
            Open Settings, Windows Update, Check for updates, and install the cumulative update of build \
            22000.2713 or a later one. Builds before it cannot attest while they enroll.
            """,
            """
            [設定] > [Windows Update] > [更新プログラムのチェック] で、ビルド 22000.2713 \
            以降の累積更新プログラムをインストールする。それより前のビルドは、登録時の構成証明に対応していない。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(fact: "os.branch", values: ["22621"]),
        title: LocalizedText(
          "Windows 11 22H2, build 22621.2792 or later", "Windows 11 22H2、ビルド 22621.2792 以降"),
        steps: [
          Runbook.Step(
            """
            Open Settings, Windows Update, Check for updates, and install the cumulative update of build \
            22621.2792 or a later one. Builds before it cannot attest while they enroll.
            """,
            """
            [設定] > [Windows Update] > [更新プログラムのチェック] で、ビルド 22621.2792 \
            以降の累積更新プログラムをインストールする。それより前のビルドは、登録時の構成証明に対応していない。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(fact: "os.branch", values: ["22631"]),
        title: LocalizedText(
          "Windows 11 23H2, build 22631.2792 or later", "Windows 11 23H2、ビルド 22631.2792 以降"),
        steps: [
          Runbook.Step(
            """
            Open Settings, Windows Update, Check for updates, and install the cumulative update of build \
            22631.2792 or a later one. Builds before it cannot attest while they enroll.
            """,
            """
            [設定] > [Windows Update] > [更新プログラムのチェック] で、ビルド 22631.2792 \
            以降の累積更新プログラムをインストールする。それより前のビルドは、登録時の構成証明に対応していない。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(
          fact: "os.branch",
          values: [
            "10240", "10586", "14393", "15063", "16299", "17134", "17763", "18362", "18363", "19041", "19042",
            "19043", "19044",
          ]),
        title: LocalizedText("an older version of Windows 10", "以前のバージョンの Windows 10"),
        steps: [
          Runbook.Step(
            """
            No update of this version can attest while it enrolls. Install the feature update to Windows \
            10 22H2 or, where the hardware allows, to Windows 11; then its latest cumulative update.
            """,
            """
            このバージョンは、どの更新プログラムを適用しても登録時の構成証明に対応しない。Windows 10 22H2 (ハードウェアが対応していれば Windows 11) \
            への機能更新プログラムをインストールし、その後、最新の累積更新プログラムを適用する。
            """)
        ]),
      Runbook.Part(
        when: FactChoice(fact: "os.branch", values: ["26100", "26200", "28000"]),
        title: LocalizedText("Windows 11 24H2 or later", "Windows 11 24H2 以降"),
        steps: [
          Runbook.Step(
            """
            Every build of this version can attest. Install the latest cumulative update all the same \
            (Settings, Windows Update, Check for updates).
            """,
            """
            このバージョンはすべてのビルドが構成証明に対応しているが、最新の累積更新プログラムをインストールする ([設定] > [Windows Update] > \
            [更新プログラムのチェック])。
            """)
        ]),
      Runbook.Part(
        steps: [
          Runbook.Step(
            "Save open work, and restart when Windows asks for it.",
            "作業中のデータを保存し、求められたら再起動する。")
        ]),
    ],
    verification: [
      LocalizedText("winver shows the build or a later one.", "winver で、目的のビルド以降になったことを確認する。")
    ],
    next: [.retryAttestation])

  static let updateFirmware = Runbook(
    remedy: .updateFirmware,
    title: LocalizedText("Update the firmware of the device and its TPM", "デバイスと TPM のファームウェアを更新する"),
    impact: .losesData,
    needsAdministrator: true,
    duration: LocalizedText("Half an hour to an hour.", "30 分から 1 時間程度。"),
    destroys: [
      LocalizedText(
        """
        Some updates clear the TPM, and so does a change from TPM 1.2 to 2.0. Then every key in it is \
        lost, Windows Hello and certificates included.
        """,
        """
        更新の内容によっては TPM がクリアされる (TPM 1.2 から 2.0 への切り替えを含む)。その場合、Windows Hello や証明書のキーを含め、TPM \
        内のすべてのキーが失われる。
        """)
    ],
    losses: LocalizedText("keys in the TPM where the update clears it", "更新で TPM がクリアされた場合の TPM 内のキー"),
    before: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Look for updates of firmware and TPM among the optional updates of Windows Update, then with \
            the manufacturer's own tool (Dell Command Update, HP Image Assistant, Lenovo Vantage or \
            System Update, Surface app).
            """,
            """
            Windows Update のオプションの更新プログラムと、製造元のツール (Dell Command Update、HP Image Assistant、Lenovo \
            Vantage や System Update、Surface アプリなど) で、ファームウェアと TPM の更新を探す。
            """),
          Runbook.Step(
            """
            Connect the charger, install the update, and let the device restart as often as it wants. \
            Never switch it off meanwhile.
            """,
            "電源アダプターを接続して更新をインストールし、再起動がすべて終わるまで待つ。途中で電源を切らない。", destroys: true,
            needs: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware]),
          Runbook.Step(
            """
            If tpm.msc still shows specification version 1.2, look whether the firmware settings or the \
            manufacturer's tool offer TPM 2.0 (Intel PTT, AMD fTPM), and choose it. Keys in the TPM 1.2 \
            are lost by it.
            """,
            """
            tpm.msc の仕様バージョンが 1.2 のままなら、ファームウェアの設定または製造元のツールで TPM 2.0 (Intel PTT、AMD fTPM) \
            を選べるか確認し、選べる場合は切り替える。TPM 1.2 内のキーは失われる。
            """, destroys: true, needs: [.recoveryKey, .backup, .suspendBitlocker, .signIn, .tpmSoftware]),
        ])
    ],
    after: [
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。"),
      LocalizedText(
        "If the TPM was cleared, set up again what had keys in it, Windows Hello first.",
        "TPM がクリアされた場合は、Windows Hello をはじめ、TPM にキーを保存していたものを設定し直す。"),
    ],
    verification: [
      LocalizedText(
        "tpm.msc shows the new version, and Get-Tpm TpmReady True.",
        "tpm.msc に新しいバージョンが表示され、Get-Tpm の TpmReady が True になる。")
    ],
    next: [.retryAttestation])
}

import Diagnostics
import PolicyModel

/// Runbooks about what Windows protects itself with.
extension Runbook {
  static let enableSecureBoot = Runbook(
    remedy: .enableSecureBoot,
    title: LocalizedText("Turn Secure Boot on", "セキュア ブートを有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("A quarter of an hour.", "約 15 分。"),
    before: [.recoveryKey, .suspendBitlocker],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Check with msinfo32 that BIOS Mode is UEFI. If it is Legacy, the disk has to be converted \
            first (mbr2gpt /validate, then /convert), which is a task of its own.
            """,
            """
            msinfo32 の [BIOS モード] が UEFI であることを確認する。[レガシ] の場合は、先にディスクの変換 (mbr2gpt /validate、/convert) \
            を別の作業として行う。
            """),
          Runbook.Step(
            """
            Restart into the firmware settings, set Secure Boot to enabled with the standard keys, save \
            and restart.
            """,
            "ファームウェアの設定で、セキュア ブートを標準のキーで有効にし、保存して再起動する。", needs: [.recoveryKey, .suspendBitlocker]),
        ])
    ],
    after: [
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。")
    ],
    verification: [
      LocalizedText(
        "Confirm-SecureBootUEFI in PowerShell with administrator rights answers True.",
        "管理者権限の PowerShell で Confirm-SecureBootUEFI が True を返す。")
    ])

  static let enableVBS = Runbook(
    remedy: .enableVBS,
    title: LocalizedText("Turn virtualization-based security on", "仮想化ベースのセキュリティを有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("A quarter of an hour.", "約 15 分。"),
    before: [.recoveryKey, .suspendBitlocker],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            "Switch on virtualization (Intel VT-x and VT-d, AMD-V and IOMMU) in the firmware settings.",
            "ファームウェアの設定で仮想化機能 (Intel VT-x と VT-d、AMD-V と IOMMU) を有効にする。",
            needs: [.recoveryKey, .suspendBitlocker]),
          Runbook.Step(
            "Assign the setting DeviceGuard/EnableVirtualizationBasedSecurity to the device, and restart.",
            "設定 DeviceGuard/EnableVirtualizationBasedSecurity をデバイスに割り当て、再起動する。"),
        ])
    ],
    after: [
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。")
    ],
    verification: [
      LocalizedText(
        "msinfo32 shows 'Virtualization-based security' as running.",
        "msinfo32 の [仮想化ベースのセキュリティ] が「実行中」になる。")
    ])

  static let enableHVCI = Runbook(
    remedy: .enableHVCI,
    title: LocalizedText("Turn memory integrity on", "メモリ整合性を有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("A quarter of an hour.", "約 15 分。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Open Windows Security, Device security, Core isolation details. Update or remove the drivers \
            that it lists as incompatible.
            """,
            "Windows セキュリティの [デバイス セキュリティ] > [コア分離の詳細] を開き、互換性がないと表示されたドライバーを更新または削除する。"),
          Runbook.Step("Switch Memory integrity on and restart.", "[メモリ整合性] をオンにして再起動する。"),
        ])
    ],
    verification: [
      LocalizedText(
        "The same page shows Memory integrity as on after the restart.",
        "再起動後、同じページで [メモリ整合性] がオンになっている。")
    ])

  static let enableCredentialGuard = Runbook(
    remedy: .enableCredentialGuard,
    title: LocalizedText("Turn Credential Guard on", "Credential Guard を有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("A quarter of an hour.", "約 15 分。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Check that nothing on the device needs NTLMv1, unconstrained Kerberos delegation or saved \
            Windows credentials for MS-CHAPv2.
            """,
            "NTLMv1、制約のない Kerberos 委任、MS-CHAPv2 での保存済み Windows 資格情報に依存するものが、デバイスにないことを確認する。"),
          Runbook.Step(
            "Assign the setting DeviceGuard/LsaCfgFlags to the device, and restart.",
            "設定 DeviceGuard/LsaCfgFlags をデバイスに割り当て、再起動する。"),
        ])
    ],
    verification: [
      LocalizedText(
        "msinfo32 lists Credential Guard among the virtualization-based security services that run.",
        "msinfo32 の [実行中の仮想化ベースのセキュリティ サービス] に Credential Guard が表示される。")
    ])

  static let enableDMAProtection = Runbook(
    remedy: .enableDMAProtection,
    title: LocalizedText("Turn kernel DMA protection on", "カーネル DMA 保護を有効にする"),
    impact: .restart,
    needsAdministrator: true,
    duration: LocalizedText("About ten minutes.", "約 10 分。"),
    before: [.recoveryKey, .suspendBitlocker],
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Switch on IOMMU (Intel VT-d, AMD-Vi) and kernel or pre-boot DMA protection in the firmware \
            settings, save and restart.
            """,
            "ファームウェアの設定で IOMMU (Intel VT-d、AMD-Vi) と、カーネル DMA 保護または起動前 DMA 保護を有効にし、保存して再起動する。",
            needs: [.recoveryKey, .suspendBitlocker])
        ])
    ],
    after: [
      LocalizedText(
        "Resume BitLocker (Resume-BitLocker -MountPoint C:).",
        "BitLocker を再開する (Resume-BitLocker -MountPoint C:)。")
    ],
    verification: [
      LocalizedText("msinfo32 shows Kernel DMA Protection as on.", "msinfo32 の [カーネル DMA 保護] が「オン」になる。")
    ])

  static let enableBitLocker = Runbook(
    remedy: .enableBitLocker,
    title: LocalizedText("Turn BitLocker on", "BitLocker を有効にする"),
    impact: .none,
    needsAdministrator: true,
    duration: LocalizedText("Minutes to hours, in the background.", "数分から数時間 (バックグラウンドで実行)。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            "Turn BitLocker on for the Windows volume, or resume it when it is suspended.",
            "Windows ボリュームの BitLocker を有効にする。中断中の場合は再開する。"),
          Runbook.Step(
            "Store the recovery key in Entra ID or Active Directory before the next restart.",
            "次回の再起動までに、回復キーを Entra ID または Active Directory に保管する。"),
        ])
    ],
    verification: [
      LocalizedText(
        "manage-bde -status shows Protection On for the Windows volume.",
        "manage-bde -status で、Windows ボリュームの保護がオンになっている。")
    ])
}

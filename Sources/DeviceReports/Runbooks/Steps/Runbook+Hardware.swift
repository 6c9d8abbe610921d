import Diagnostics
import PolicyModel

/// Runbooks about other hardware.
extension Runbook {
  static let usePhysicalDevice = Runbook(
    remedy: .usePhysicalDevice,
    title: LocalizedText("Use a physical device", "物理デバイスを使用する"),
    impact: .none,
    needsAdministrator: false,
    duration: LocalizedText("Depends on the stock.", "在庫による。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Virtual machines (Hyper-V, Azure, Azure Virtual Desktop, Windows 365, Dev Box) cannot \
            attest, even with a virtual TPM. Exclude them from the policy, or give the user a physical \
            device.
            """,
            """
            仮想マシン (Hyper-V、Azure、Azure Virtual Desktop、Windows 365、Dev Box) は、仮想 TPM \
            があっても構成証明に対応していない。ポリシーの対象から外すか、物理デバイスを用意する。
            """)
        ])
    ],
    verification: [
      LocalizedText(
        "The policy's report does not list the device as failed any more.",
        "レポートで、このデバイスが失敗と表示されなくなる。")
    ])

  static let replaceDevice = Runbook(
    remedy: .replaceDevice,
    title: LocalizedText("Replace the device", "デバイスを交換する"),
    impact: .none,
    needsAdministrator: false,
    duration: LocalizedText("Depends on the stock.", "在庫による。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            The device lacks hardware that no update adds. Plan a device that meets the requirement, and \
            move the user's data.
            """,
            "更新では解決できないハードウェアの要件を満たしていない。要件を満たすデバイスを手配し、ユーザーのデータを移行する。")
        ])
    ],
    verification: [
      LocalizedText("policyc check on the new device passes.", "新しいデバイスで policyc check の判定が適合になる。")
    ])

  static let contactManufacturer = Runbook(
    remedy: .contactManufacturer,
    title: LocalizedText("Ask the manufacturer", "製造元に問い合わせる"),
    impact: .none,
    needsAdministrator: false,
    duration: LocalizedText("Depends on the manufacturer.", "製造元による。"),
    parts: [
      Runbook.Part(
        steps: [
          Runbook.Step(
            """
            Write down model, firmware version, TPM manufacturer and TPM firmware version (policyc probe \
            prints them), and the error code.
            """,
            "機種、ファームウェアのバージョン、TPM の製造元とファームウェアのバージョン (policyc probe で確認できる)、エラー コードを控える。"),
          Runbook.Step(
            """
            Ask for an endorsement key certificate that is valid, or for a firmware that mends the error.
            """,
            "有効な保証キー (EK) 証明書の提供、またはエラーを修正するファームウェアについて問い合わせる。"),
        ])
    ],
    verification: [
      LocalizedText("Attestation succeeds after what the manufacturer gave.", "製造元の対応後、構成証明が成功する。")
    ])
}

/// Small inputs that are good, to be damaged.
enum Samples {
  /// A policy without anything that a later catalogue could turn into a finding.
  static let policy = """
    /// A small policy.
    policy hello version 1.0.0 {
      applies to windows 11
      require tpm_2_0 {
        that tpm.present and tpm.version >= 2.0
        message en "A TPM 2.0 is needed."
      }
      test "a TPM 2.0" {
        given { os.build = 10.0.22631.2792  tpm.present = true  tpm.version = 2.0 }
        expect pass
      }
    }

    """

  static let snapshot = """
    os.build: 10.0.22631.2792
    tpm:
      present: true
      version: 2.0

    """

  static let payload = """
    <SyncML xmlns="SYNCML:SYNCML1.2"><SyncBody><Get><CmdID>1</CmdID><Item><Target>\
    <LocURI>./Device/Vendor/MSFT/DeviceStatus/TPM/ManufacturerName</LocURI></Target></Item></Get><Final/></SyncBody></SyncML>

    """

  /// A policy whose one condition is the given text.
  static func policy(condition: String) -> String {
    "policy hello version 1.0.0 {\n  applies to windows 11\n  require r {\n    that \(condition)\n  }\n}\n"
  }
}

import CCatalogData
import PolicyModel
import YAMLInput

/// Firmware of TPMs that published advisories call vulnerable, by maker and version.
///
/// It only ever accuses: advisories say what is affected, and none says of a firmware that it has no vulnerability at all.
package struct VulnerableFirmware: Sendable {
  /// What one advisory says of one maker's firmware.
  package struct Row: Hashable, Sendable {
    /// The vulnerability, such as `CVE-2017-15361`.
    package let cve: String
    /// The maker's registered id.
    package let manufacturer: String
    /// The family of TPMs that the row is of, or nil for any.
    package let family: Version?
    /// The versions that are affected.
    package let affected: [Range<Version>]
    /// The versions that the advisory names as fixed.
    package let fixed: [Version]
    /// The maker's page.
    package let advisory: String
    /// The page that has the numbers.
    package let source: String

    /// Whether it is of the firmware of a TPM. A row of TPM 1.2 needs to know that the TPM is one; of TPM 2.0 are all whose family is not told.
    func covers(_ firmware: Version, family: Version?) -> Bool {
      if let wanted = self.family, wanted != family ?? Version(2) { return false }
      return affected.contains { $0.contains(firmware) }
    }
  }

  /// The version of the table.
  package let version: String
  /// The rows in the order of the table.
  package let rows: [Row]

  /// The table that comes with the program. It is read when it is first asked for.
  package static let embedded: VulnerableFirmware = {
    do throws(YAMLError) {
      let size = vulnerable_firmware_size()
      return try VulnerableFirmware(
        yaml: Array(UnsafeBufferPointer(start: vulnerable_firmware_bytes(), count: size)))
    } catch {
      preconditionFailure("vulnerable-firmware.yaml: \(error)")
    }
  }()

  /// Reads a table, of which every row is checked.
  package init(yaml bytes: [UInt8]) throws(YAMLError) {
    (version, rows) = try VulnerableFirmwareReader.read(YAMLNode(yaml: bytes))
  }

  /// The rows about the firmware of a TPM.
  ///
  /// - Parameter firmware: The version in the form of `tpm.firmware`.
  package func rows(manufacturer: String, firmware: Version, family: Version?) -> [Row] {
    rows.filter { $0.manufacturer == manufacturer && $0.covers(firmware, family: family) }
  }
}

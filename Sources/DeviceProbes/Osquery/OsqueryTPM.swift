import PolicyModel
import TPMEvidence

/// What the table tpm_info says, which is made of Win32_Tpm.
struct OsqueryTPM {
  /// The rows of the table, or nil when the file does not have it.
  let rows: [OsqueryRow]?

  func findings() -> FactFindings {
    var findings = FactFindings()
    let row = row()
    findings.set("tpm.present", row.map { _ in .bool(true) })
    findings.set("tpm.manufacturer", row.flatMap { $0.text("manufacturer_name") }.map { .string($0) })
    findings.set("tpm.version", row.flatMap { Self.version($0, part: 0) })
    findings.set("tpm.spec_revision", row.flatMap { Self.version($0, part: 2) })
    for column in ["enabled", "activated", "owned"] {
      findings.set("tpm.\(column)", row.flatMap { Self.flag($0, column) })
    }
    return findings
  }

  /// An empty table is one of a device without a TPM, or of an account without rights.
  private func row() -> Result<OsqueryRow, Unread> {
    guard let rows else { return .unread("the file has no rows of the table 'tpm_info'") }
    guard let row = rows.first else {
      return .unread("the table 'tpm_info' is empty, as it is without a TPM and without administrator rights")
    }
    guard rows.allSatisfy({ $0 == row }) else {
      return .unread("the table 'tpm_info' has \(rows.count) rows, and which one counts is not told")
    }
    guard ["manufacturer_name", "spec_version"].contains(where: { (try? row.text($0).get()) != nil }) else {
      return .unread(
        "the row of 'tpm_info' names neither a manufacturer nor a version, as without administrator rights")
    }
    return .success(row)
  }

  /// A part of the three in `2.0, 0, 1.59`: family, level, revision.
  private static func version(_ row: OsqueryRow, part: Int) -> Result<Value, Unread> {
    row.text("spec_version").flatMap { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
        MachineNames.trimmed(String($0))
      }
      guard parts.count == 3 || (part == 0 && parts.count == 1), let version = Version(parts[part]) else {
        return .unread(row.strange("spec_version", text))
      }
      return .success(.version(version))
    }
  }

  /// A yes; osquery writes 0 for a no and for a question that failed.
  private static func flag(_ row: OsqueryRow, _ column: String) -> Result<Value, Unread> {
    row.text(column).flatMap { text in
      switch text {
      case "1": .success(.bool(true))
      case "0":
        .unread("the column '\(column)' of 'tpm_info' holds 0, which is a no or a question that failed")
      default: .unread(row.strange(column, text))
      }
    }
  }
}

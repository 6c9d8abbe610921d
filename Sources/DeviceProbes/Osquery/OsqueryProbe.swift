import FileAccess
import PolicyModel

/// `osquery:FILE`: tables of osquery in JSON, as `osqueryi --json` prints them or as the daemon logs them.
///
/// What they say is reported. Columns are taken by osquery's schema; what a column does not tell apart, such as a failure from a no, is
/// unknown.
package struct OsqueryProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String

  package init(path: String) { self.path = path }

  /// `osquery:PATH`
  package var name: String { "osquery:\(path)" }

  /// The facts that the tables give.
  static let names = [
    "os.build", "os.architecture", "tpm.present", "tpm.enabled", "tpm.activated", "tpm.owned", "tpm.version",
    "tpm.spec_revision", "tpm.manufacturer", "device.platform", "device.model", "device.manufacturer",
    "boot.secure_boot",
    "boot.uefi", "vbs.running", "hvci.status", "credential_guard.status", "system_guard.status",
    "disk.os_volume_encrypted",
    "bitlocker.os_volume", "antivirus.status", "firewall.status", "cpu.cores", "cpu.speed", "cpu.bits64",
    "memory.size",
    "storage.size",
  ]

  /// It does.
  package var readsFile: Bool { true }

  /// The facts that the tables give.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: Self.names.map { ($0, EvidenceLevel.reported) }))
  }

  /// Reads the file.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name)).intersection(Self.names)
    guard !wanted.isEmpty else { return [:] }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: OsqueryFile.byteLimit)
    } catch {
      throw .file(error)
    }
    do throws(SnapshotError) {
      return try Self.observations(in: bytes, of: wanted, source: name)
    } catch {
      throw .content(path: path == "-" ? standardInputName : path, error)
    }
  }

  /// What the bytes of a file say of the wanted facts.
  package static func observations(
    in bytes: [UInt8], of wanted: Set<String>, source: String
  ) throws(SnapshotError) -> [String: Observation] {
    OsqueryFacts(try OsqueryFile(bytes)).findings().observations(of: wanted, source: source)
  }

  /// Whether osquery has a table of that name which tells of facts.
  package static func hasTable(named name: String) -> Bool { OsqueryTable(named: name) != nil }

  /// What rows of tables, by the tables' names, say of the wanted facts.
  package static func observations(
    inTables tables: [JSONMember], of wanted: Set<String>, source: String
  ) -> [String: Observation] {
    guard let file = try? OsqueryFile(tables: tables) else { return [:] }
    return OsqueryFacts(file).findings().observations(of: wanted, source: source)
  }
}

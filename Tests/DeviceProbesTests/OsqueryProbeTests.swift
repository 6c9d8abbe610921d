import CSPCatalog
import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes

/// What the probe says of JSON.
private func tables(_ json: String) throws(SnapshotError) -> [String: Observation.Content] {
  try OsqueryProbe.observations(in: Array(json.utf8), of: Set(OsqueryProbe.names), source: "osquery:x")
    .mapValues(\.content)
}

private func reason(_ content: Observation.Content?) -> String {
  guard case .unknown(let reason)? = content else { return "" }
  return reason
}

@Suite("OsqueryProbe")
struct OsqueryProbeTests {
  /// The tables of a made-up laptop.
  static let rows: [String: String] = [
    "os_version": """
    [{"name":"Microsoft Windows 11 Pro","version":"10.0.22631","major":"10","minor":"0","build":"22631","platform":"windows",
    "platform_like":"windows","codename":"Microsoft Windows 11 Pro","arch":"64-bit","install_date":"","revision":"4317"}]
    """,
    "system_info": """
    [{"hostname":"pc-17","uuid":"","cpu_type":"x86_64","cpu_brand":"Example","cpu_physical_cores":"8","cpu_sockets":"1",
    "physical_memory":"17179869184","hardware_vendor":"Dell Inc.","hardware_model":"Latitude 7440","hardware_version":""}]
    """,
    "platform_info": #"[{"vendor":"Dell Inc.","version":"1.2.3","firmware_type":"uefi"}]"#,
    "chassis_info": #"[{"manufacturer":"Dell Inc.","smbios_tag":""}]"#,
    "cpu_info": """
    [{"device_id":"CPU0","number_of_cores":"8","address_width":"64","max_clock_speed":"2600"}]
    """,
    "tpm_info": """
    [{"activated":"1","enabled":"1","owned":"1","manufacturer_version":"1.2.3.4","manufacturer_id":"1398033696",
    "manufacturer_name":"STM ","product_name":"","physical_presence_version":"1.3","spec_version":"2.0, 0, 1.38"}]
    """,
    "secureboot": #"[{"secure_boot":"1","setup_mode":"0"}]"#,
    "deviceguard_status": """
    [{"version":"1.0","vbs_status":"VBS_ENABLED_AND_RUNNING","configured_security_services":"CREDENTIAL_GUARD,MEMORY_INTEGRITY",
    "running_security_services":"CREDENTIAL_GUARD,MEMORY_INTEGRITY"}]
    """,
    "windows_security_center":
      #"[{"firewall":"Good","antivirus":"Good","windows_security_center_service":"Good"}]"#,
    "bitlocker_info": """
    [{"device_id":"a","drive_letter":"C:","conversion_status":"1","protection_status":"1","encryption_method":"XTS_AES_256"},
    {"device_id":"b","drive_letter":"D:","conversion_status":"0","protection_status":"0","encryption_method":"None"}]
    """,
    "logical_drives": """
    [{"device_id":"C:","boot_partition":"1"},{"device_id":"D:","boot_partition":"0"}]
    """,
    "disk_info": #"[{"disk_index":"0","disk_size":"512105932800","id":"\\\\.\\PHYSICALDRIVE0"}]"#,
    "services": #"[{"name":"Spooler","service_type":"OWN_PROCESS","start_type":"AUTO_START"}]"#,
    "osquery_info": #"[{"pid":"1"}]"#,
  ]

  /// The laptop with other rows in a table, or without the table.
  static func file(_ changes: [String: String?] = [:]) -> String {
    var tables = rows
    for (name, rows) in changes { tables[name] = rows }
    return "{"
      + tables.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ",\n") + "}"
  }

  @Test("a laptop tells all facts")
  func laptop() throws {
    let found = try tables(Self.file())
    let expected: [String: Value] = [
      "os.build": .build(OSBuild(branch: 22631, revision: 4317)), "os.architecture": .symbol("x64"),
      "tpm.present": .bool(true),
      "tpm.enabled": .bool(true), "tpm.activated": .bool(true), "tpm.owned": .bool(true),
      "tpm.version": .version(Version(2, 0)),
      "tpm.spec_revision": .version(Version(1, 38)), "tpm.manufacturer": .string("STM"),
      "device.platform": .symbol("physical"),
      "device.model": .string("Latitude 7440"), "device.manufacturer": .string("Dell Inc."),
      "boot.secure_boot": .symbol("on"),
      "boot.uefi": .bool(true), "vbs.running": .bool(true), "hvci.status": .symbol("running"),
      "credential_guard.status": .symbol("running"), "system_guard.status": .symbol("not_configured"),
      "disk.os_volume_encrypted": .bool(true), "bitlocker.os_volume": .symbol("on"),
      "antivirus.status": .symbol("on"),
      "firewall.status": .symbol("on"), "cpu.cores": .int(8), "cpu.speed": .int(2600),
      "cpu.bits64": .bool(true),
      "memory.size": .int(17_179_869_184), "storage.size": .int(512_105_932_800),
    ]
    #expect(Set(expected.keys) == Set(OsqueryProbe.names))
    for (name, value) in expected {
      #expect(found[name] == .value(value), "\(name): \(String(describing: found[name]))")
      #expect(value.isOf(try #require(FactCatalog.embedded[name]).type), "\(name)")
    }
  }

  @Test(
    "a table that is not in the file, or is empty, makes its facts unknown", arguments: rows.keys.sorted())
  func missing(table: String) throws {
    for rows in [nil, "[]"] {
      let whole = try tables(Self.file())
      let found = try tables(Self.file([table: rows]))
      for (name, content) in found where content != whole[name] {
        #expect(!reason(content).isEmpty, "\(name) changed to \(content)")
      }
    }
  }

  @Test(
    "the rows of one table are known by their columns",
    arguments: rows.keys.sorted().filter { $0 != "osquery_info" })
  func oneTable(table: String) throws {
    let rows = try #require(Self.rows[table])
    let file = try OsqueryFile(Array(rows.utf8))
    #expect(file.rows.keys.map(\.rawValue) == [table])
    #expect(try OsqueryFile(Array("{\"\(table)\": \(rows)}".utf8)) == file)
  }

  @Test("numbers, single rows without an array and UTF-16 are read too")
  func forms() throws {
    let numbers = #"{"secureboot": {"secure_boot": 1, "setup_mode": 0}, "cpu_info": []}"#
    #expect(try tables(numbers)["boot.secure_boot"] == .value(.symbol("on")))
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in numbers.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let found = try OsqueryProbe.observations(in: wide, of: ["boot.secure_boot"], source: "x")
    #expect(found.keys.sorted() == ["boot.secure_boot"])
    #expect(found["boot.secure_boot"]?.value == .symbol("on"))
    #expect(
      try tables(#"{"hvci_status": [{"vbs_status": "VBS_NOT_ENABLED"}]}"#)["vbs.running"]
        == .value(.bool(false)))
  }

  @Test("the results log is followed: snapshots replace, events add and remove")
  func log() throws {
    let log = """
      {"name":"pack/boot","action":"snapshot","snapshot":[{"secure_boot":"1","setup_mode":"0"}],"unixTime":1}
      {"name":"pack/boot","action":"snapshot","snapshot":[{"secure_boot":"0","setup_mode":"0"}],"unixTime":2}
      {"name":"firmware","action":"added","columns":{"vendor":"A","firmware_type":"bios"}}
      {"name":"firmware","action":"added","columns":{"vendor":"A","firmware_type":"uefi"}}
      {"name":"firmware","action":"removed","columns":{"vendor":"A","firmware_type":"bios"}}
      {"name":"other","action":"added","columns":{"pid":"4"}}
      """
    let found = try tables(log)
    #expect(found["boot.secure_boot"] == .value(.symbol("off")))
    #expect(found["boot.uefi"] == .value(.bool(true)))
    #expect(
      try tables(log.split(separator: "\n").first.map(String.init) ?? "")["boot.secure_boot"]
        == .value(.symbol("on")))
  }

  @Test(
    "what is not tables of osquery ends the reading",
    arguments: [
      ("", "expected"), ("[]", "no rows of a table that is read"), ("{}", "no rows of a table that is read"),
      ("5", "expected tables with their rows, found an integer"),
      (#"{"users": []}"#, "which are os_version, system_info"),
      (#"{"secureboot": "on"}"#, "'secureboot' has a string among its rows"),
      (#"{"secureboot": [[]]}"#, "has an array among"),
      (#"[{"secure_boot":"1"}, 5]"#, "has an integer among"), ("{\"secureboot\": [}", "expected"),
      ("[{\"secure_boot\":\"1\"}]\n[{\"vendor\":\"A\"}]", "expected"), ("not JSON", "expected"),
    ])
  func refused(json: String, part: String) {
    do {
      _ = try tables(json)
      Issue.record("was read")
    } catch {
      #expect(error.message.contains(part), "\(error.message)")
    }
  }

  /// A table's rows, a fact, and a part of the reason or a value.
  static let cases: [(table: String, rows: String, fact: String, expected: String)] = [
    (
      "os_version", #"[{"name":"Somix","platform":"somix","build":""}]"#, "os.build",
      "the device runs Somix, not Windows"
    ),
    (
      "os_version", #"[{"platform":"windows","build":"x","revision":"1"}]"#, "os.build",
      "column 'build' of 'os_version' holds 'x'"
    ),
    ("os_version", #"[{"platform":"windows","build":"22631"}]"#, "os.build", "has no column 'revision'"),
    (
      "os_version", #"[{"platform":"windows","build":"99999999999","revision":"1"}]"#, "os.build",
      "'99999999999'"
    ),
    ("system_info", #"[{"cpu_type":"ARM"}]"#, "os.architecture", "= arm64"),
    ("system_info", #"[{"cpu_type":"x86"}]"#, "os.architecture", "holds 'x86', which does not tell"),
    ("system_info", #"[{"cpu_type":"riscv"}]"#, "os.architecture", "'riscv'"),
    (
      "system_info", #"[{"hardware_vendor":"-1","hardware_model":"-1"}]"#, "device.manufacturer", "holds '-1'"
    ),
    ("system_info", #"[{"physical_memory":"-1"}]"#, "memory.size", "holds '-1'"),
    ("system_info", #"[{"physical_memory":["1"]}]"#, "memory.size", "holds an array, not a string"),
    ("system_info", #"[{"physical_memory":"1"},{"physical_memory":"2"}]"#, "memory.size", "has 2 rows"),
    (
      "system_info",
      #"[{"hardware_vendor":"LENOVO","hardware_model":"21XXCTO1WW","hardware_version":"ThinkPad Z9"}]"#,
      "device.model", "= 21XXCTO1WW"
    ),
    (
      "system_info",
      #"[{"hardware_vendor":"LENOVO","hardware_model":"ThinkPad Z9","hardware_version":"21XXCTO1WW"}]"#,
      "device.model", "= 21XXCTO1WW"
    ),
    (
      "system_info", #"[{"hardware_vendor":"LENOVO","hardware_model":"A","hardware_version":"B"}]"#,
      "device.model", "'A', 'B'"
    ),
    ("platform_info", #"[{"firmware_type":"bios"}]"#, "boot.uefi", "= false"),
    ("platform_info", #"[{"firmware_type":"unknown"}]"#, "boot.uefi", "holds 'unknown'"),
    (
      "tpm_info", #"[{"enabled":"0","manufacturer_name":"INTC"}]"#, "tpm.enabled",
      "a no or a question that failed"
    ),
    ("tpm_info", #"[{"enabled":"yes","manufacturer_name":"INTC"}]"#, "tpm.enabled", "holds 'yes'"),
    (
      "tpm_info", #"[{"manufacturer_id":"-1","manufacturer_name":"","spec_version":""}]"#, "tpm.present",
      "administrator"
    ),
    ("tpm_info", "[]", "tpm.present", "without a TPM"),
    ("tpm_info", #"[{"manufacturer_name":"IFX","spec_version":"1.2, 2, 3"}]"#, "tpm.version", "= 1.2"),
    ("tpm_info", #"[{"manufacturer_name":"IFX","spec_version":"2.0"}]"#, "tpm.spec_revision", "holds '2.0'"),
    (
      "tpm_info", #"[{"manufacturer_name":"IBM","spec_version":"2.0, 0, 1.64"}]"#, "device.platform",
      "contradict"
    ),
    ("secureboot", #"[{"secure_boot":"-1","setup_mode":"-1"}]"#, "boot.secure_boot", "holds '-1'"),
    ("secureboot", #"[{"secure_boot":"1","setup_mode":"1"}]"#, "boot.secure_boot", "= off"),
    ("secureboot", #"[{"secure_boot":"1"}]"#, "boot.secure_boot", "= on"),
    ("secureboot", #"[{"secure_boot":true}]"#, "boot.secure_boot", "holds a boolean"),
    ("deviceguard_status", #"[{"vbs_status":"UNKNOWN"}]"#, "vbs.running", "holds 'UNKNOWN'"),
    (
      "deviceguard_status",
      #"[{"running_security_services":"NONE","configured_security_services":"MEMORY_INTEGRITY"}]"#,
      "hvci.status", "configured and not as running"
    ),
    (
      "deviceguard_status", #"[{"running_security_services":"NONE","configured_security_services":"NONE"}]"#,
      "hvci.status",
      "= not_configured"
    ),
    (
      "deviceguard_status",
      #"[{"running_security_services":"NONE","configured_security_services":"UNKNOWN"}]"#, "hvci.status",
      "lists a service as UNKNOWN"
    ),
    ("windows_security_center", #"[{"antivirus":"Poor"}]"#, "antivirus.status", "holds 'Poor'"),
    ("cpu_info", #"[{"number_of_cores":"8"},{"number_of_cores":"16"}]"#, "cpu.cores", "= 24"),
    ("cpu_info", #"[{"max_clock_speed":"2000"},{"max_clock_speed":"3000"}]"#, "cpu.speed", "= 3000"),
    ("cpu_info", #"[{"max_clock_speed":"-1"}]"#, "cpu.speed", "holds '-1'"),
    (
      "disk_info", #"[{"disk_size":"1"},{"disk_size":"2"}]"#, "storage.size",
      "has 2 rows, and which one counts is not told"
    ),
    ("services", #"[{"name":"RDAgentBootLoader"}]"#, "device.platform", "contradict"),
    ("logical_drives", "[]", "bitlocker.os_volume", "which drive Windows booted from"),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"1","protection_status":"0","encryption_method":"AES_128"}]"#,
      "bitlocker.os_volume", "= suspended"
    ),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"0","protection_status":"0","encryption_method":"None"}]"#,
      "bitlocker.os_volume", "= off"
    ),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"2","protection_status":"0","encryption_method":"AES_128"}]"#,
      "disk.os_volume_encrypted", "= false"
    ),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"0","protection_status":"1","encryption_method":"None"}]"#,
      "bitlocker.os_volume", "protected and not encrypted"
    ),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"0","protection_status":"0","encryption_method":"AES_256"}]"#,
      "bitlocker.os_volume", "holds 'AES_256'"
    ),
    (
      "bitlocker_info",
      #"[{"drive_letter":"C:","conversion_status":"1","protection_status":"-1","encryption_method":"AES_256"}]"#,
      "bitlocker.os_volume", "holds '-1'"
    ),
  ]

  @Test("columns are taken for what they say and no more", arguments: cases)
  func columns(table: String, rows: String, fact: String, expected: String) throws {
    let found = try tables(Self.file([table: rows]))[fact]
    if expected.hasPrefix("= ") {
      guard case .value(let value)? = found else {
        Issue.record("\(String(describing: found))")
        return
      }
      #expect("= \(value)" == expected)
    } else {
      #expect(reason(found).contains(expected), "\(String(describing: found))")
    }
  }

  @Test("the device that is mounted at / is looked for among the encrypted ones of Linux")
  func linux() throws {
    func found(_ mounts: String) throws -> [String: Observation.Content] {
      try tables(
        """
        {"os_version": [{"name":"Somix","platform":"somix"}],
         "system_info": [{"cpu_type":"aarch64","physical_memory":"1000","cpu_physical_cores":"4"}],
         "cpu_info": [{"max_clock_speed":"8300","address_width":"64"}], "tpm_info": [],
         "disk_encryption": [{"name":"/dev/dm-1","encrypted":"1","encryption_status":"encrypted"},
           {"name":"/dev/sda1","encrypted":"0","encryption_status":"not encrypted"},
           {"name":"/dev/sdb","encrypted":"0","encryption_status":"undefined"}], "mounts": \(mounts)}
        """)
    }
    let fact = "disk.os_volume_encrypted"
    let root =
      #"[{"path":"/boot","device":"/dev/sda1"},{"path":"/","device":"/dev/mapper/vg-root","device_alias":"/dev/dm-1"}]"#
    let answers = try found(root)
    #expect(answers[fact] == .value(.bool(true)))
    #expect(
      try found(#"[{"path":"/","device":"/dev/sda1","device_alias":"/dev/sda1"}]"#)[fact]
        == .value(.bool(false)))
    #expect(reason(try found(#"[{"path":"/","device":"/dev/sdb"}]"#)[fact]).contains("'undefined'"))
    #expect(
      reason(try found(#"[{"path":"/","device":"overlay"}]"#)[fact]).contains("has 0 rows for the device"))
    #expect(reason(try found("[]")[fact]).contains("no table 'mounts'"))
    #expect(answers["os.architecture"] == .value(.symbol("arm64")))
    #expect(reason(answers["memory.size"]).contains("on Windows alone"))
    #expect(reason(answers["cpu.speed"]).contains("on Windows alone"))
    #expect(reason(answers["cpu.cores"]).contains("'cpu_sockets'"))
  }

  @Test("whatever byte is damaged, values are of their facts' types or the file is refused")
  func damage() throws {
    let bytes = Array(Self.file().utf8)
    for place in stride(from: 0, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[place] = UInt8(truncatingIfNeeded: place &* 31)
      guard let found = try? OsqueryProbe.observations(in: damaged, of: Set(OsqueryProbe.names), source: "x")
      else { continue }
      for (name, observation) in found {
        guard let value = observation.value else { continue }
        #expect(value.isOf(try #require(FactCatalog.embedded[name]).type), "\(name) at \(place)")
      }
    }
  }

  @Test("a file is read, and one that is not there or no table is an error")
  func files() throws {
    let folder = try TemporaryFolder()
    let facts = declarations("boot.uefi", "join.type")
    let path = try folder.file("tables.json", Self.file())
    let found = try OsqueryProbe(path: path).observe(facts)
    #expect(found.mapValues(\.source) == ["boot.uefi": "osquery:\(path)"])
    #expect(throws: ProbeError.self) { try OsqueryProbe(path: path + "x").observe(facts) }
    let empty = try folder.file("empty.json", "{}")
    #expect(throws: ProbeError.self) { try OsqueryProbe(path: empty).observe(facts) }
    #expect(try OsqueryProbe(path: empty).observe(declarations("join.type")).isEmpty)
  }
}

/// The floors of the building, from the ground up: the one place where their order is declared. Package.swift and
/// docs/architecture.md are checked against it. A target may import targets of lower floors only.
let floors: [[String]] = [
  ["CLibXML2", "CLibYAML", "CTSS2", "CZlib", "CCatalogData", "CDigest", "COpenSSL", "CStarter"],
  ["Diagnostics", "PolicyModel", "FileAccess", "Cryptography"],
  ["XMLInput", "YAMLInput", "ZipInput"],
  ["CSPCatalog"],
  ["SyncML"],
  ["PolicySyntax"],
  ["PolicyCompiler"],
  ["PolicyTargets"],
  ["TPMEvidence"],
  ["Endorsement"],
  ["DeviceProbes"],
  ["DeviceReports"],
  ["FleetReports"],
  ["policyc"],
]

/// The floor of each target, 0 being the ground.
let floorOfTarget: [String: Int] = Dictionary(
  uniqueKeysWithValues: floors.enumerated().flatMap { level, names in names.map { ($0, level) } })

/// Modules of the platform, which every floor may import.
let platformModules: Set<String> = [
  "Swift", "Glibc", "Musl", "Darwin", "Android", "Synchronization", "Builtin",
]

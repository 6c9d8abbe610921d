/// A part of the building that stands by itself: its targets know those of the wings that it stands on, and no others.
struct Wing {
  let name: String
  /// The wings whose targets its own may import, beside their own lower floors.
  let on: [String]
  /// Its targets, each with its floor: the longest way down from it, 0 being the ground.
  let floors: [String: Int]
}

/// The wings of the building: the one place where they are declared. Package.swift and docs/architecture.md are checked against it.
let wings: [Wing] = [
  Wing(
    name: "ground", on: [],
    floors: [
      "CLibXML2": 0, "CLibYAML": 0, "CTSS2": 0, "CZlib": 0, "CCatalogData": 0, "CDigest": 0, "COpenSSL": 0,
      "CStarter": 0, "Diagnostics": 0, "FileAccess": 0, "Cryptography": 1, "XMLInput": 1, "YAMLInput": 1,
      "ZipInput": 1,
    ]),
  Wing(name: "model", on: ["ground"], floors: ["PolicyModel": 1]),
  Wing(name: "windows", on: ["ground", "model"], floors: ["CSPCatalog": 2, "SyncML": 3]),
  Wing(
    name: "language", on: ["ground", "model", "windows"],
    floors: ["PolicySyntax": 1, "PolicyCompiler": 4, "PolicyTargets": 5]),
  Wing(name: "evidence", on: ["ground", "model"], floors: ["TPMEvidence": 2, "Endorsement": 3]),
  Wing(name: "device", on: ["ground", "model", "windows", "evidence"], floors: ["DeviceProbes": 4]),
  Wing(
    name: "reports", on: ["ground", "model", "windows", "evidence", "device"],
    floors: ["DeviceReports": 3, "FleetReports": 5]),
  Wing(
    name: "command line", on: ["ground", "model", "windows", "language", "evidence", "device", "reports"],
    floors: ["policyc": 6]),
]

/// Every target under Sources.
let targetNames: [String] = wings.flatMap { $0.floors.keys.sorted() }

/// The wing of each target.
let wingOfTarget: [String: Wing] = Dictionary(
  uniqueKeysWithValues: wings.flatMap { wing in wing.floors.keys.map { ($0, wing) } })

/// Whether a target may import another: one of its own wing that is on a lower floor, or any of a wing that its own stands on.
func mayImport(_ target: String, _ lower: String) -> Bool {
  guard let wing = wingOfTarget[target], let other = wingOfTarget[lower] else { return false }
  if let floor = wing.floors[target], let below = wing.floors[lower] { return below < floor }
  return wing.on.contains(other.name)
}

/// Modules of the platform, which every floor may import.
let platformModules: Set<String> = [
  "Swift", "Glibc", "Musl", "Darwin", "Android", "Synchronization", "Builtin",
]

import CSPCatalog
import DeviceProbes
import PolicyModel

/// The files that the probe `linux` reads, cut at the bytes 1Eh; the last takes the rest.
func fuzzLinuxFiles(_ bytes: [UInt8]) {
  let variables = "/sys/firmware/efi/efivars"
  let global = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
  let paths = [
    "/etc/os-release", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
    "/sys/class/dmi/id/bios_vendor",
    "/sys/class/dmi/id/chassis_asset_tag", "/proc/cpuinfo", "/proc/meminfo", "/proc/cmdline",
    "/proc/self/mountinfo",
    "/sys/dev/block/253:0/dm/uuid", "/sys/class/tpm/tpm0/tpm_version_major",
    "/sys/devices/system/cpu/present",
    "/sys/devices/system/cpu/online", "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list",
    "/sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq", "/sys/kernel/security/lockdown",
    "/sys/bus/thunderbolt/devices/domain0/iommu_dma_protection", "\(variables)/SecureBoot-\(global)",
    "\(variables)/SetupMode-\(global)", "/sys/firmware/dmi/tables/DMI",
  ]
  let parts = bytes.split(separator: 0x1E, maxSplits: paths.count - 1, omittingEmptySubsequences: false)
  let contents = Dictionary(uniqueKeysWithValues: zip(paths, parts.map { Array($0) }))
  let probe = LinuxProbe(contents: contents, machine: "x86_64")
  guard let found = try? probe.observe(catalogFacts) else { fatalError("the probe throws") }
  check(found)
  require((try? probe.observe(catalogFacts)) == found, "the same files say two things")
}

/// Tables of osquery.
func fuzzOsquery(_ bytes: [UInt8]) {
  let names = Set(catalogFacts.map(\.name))
  do throws(SnapshotError) {
    check(try OsqueryProbe.observations(in: bytes, of: names, source: "osquery:fuzz"))
  } catch {
    require(!error.message.isEmpty, "the error says nothing")
  }
}

private let catalogFacts = FactCatalog.embedded.entries.map(\.declaration)
private let types = Dictionary(uniqueKeysWithValues: catalogFacts.map { ($0.name, $0.type) })

/// Values are of their facts' types, and reasons are fit for a terminal.
private func check(_ found: [String: Observation]) {
  for (name, observation) in found {
    guard let type = types[name] else { fatalError("there is no fact \(name)") }
    require(observation.level == .reported, "\(name) is attested")
    switch observation.content {
    case .value(let value): require(value.isOf(type), "\(name) is \(value)")
    case .unknown(let reason):
      require(
        !reason.isEmpty && reason.utf8.count < 4096, "\(name): the reason has \(reason.utf8.count) bytes")
      require(
        reason.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
        "\(name): the reason acts on a terminal")
    }
  }
}

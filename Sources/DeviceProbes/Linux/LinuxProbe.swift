import PolicyModel

#if canImport(Glibc)
  import Glibc
#endif

/// `linux`: the Linux that policyc runs on, from the files in which its kernel tells of the machine.
///
/// All of it is reported: whoever owns the kernel writes these files. Facts of Windows are not given; `os.build` and `os.edition` are
/// unknown for the reason that the device does not run Windows.
package struct LinuxProbe: DeviceProbe {
  private let files: LinuxFiles
  private let machine: String

  /// A probe of the machine whose files are below a folder, which is another than `/` in an image or a test.
  ///
  /// - Parameter machine: what `uname -m` prints there, by default what it prints here.
  package init(root: String = "/", machine: String? = nil) {
    self.init(files: LinuxFiles(root: root), machine: machine ?? Self.machineOfKernel())
  }

  init(files: LinuxFiles, machine: String) {
    self.files = files
    self.machine = machine
  }

  /// A probe of made-up files, by absolute path.
  package init(contents: [String: [UInt8]], machine: String) {
    self.init(files: LinuxFiles(contents: contents), machine: machine)
  }

  /// The facts that it gives.
  static let names: [String] = [
    "os.architecture", "tpm.present", "tpm.version", "tpm.pcr_sha1", "tpm.pcr_sha256", "tpm.pcr_sha384",
    "device.platform",
    "device.model", "device.manufacturer", "boot.secure_boot", "boot.uefi", "boot.kernel_lockdown",
    "dma.kernel_protection",
    "disk.os_volume_encrypted", "cpu.cores", "cpu.speed", "cpu.bits64", "memory.size",
  ]

  private static let ofWindows = ["os.build", "os.edition"]

  /// `linux`
  package var name: String { "linux" }

  /// The facts that a Linux kernel tells.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: Self.names.map { ($0, EvidenceLevel.reported) }))
  }

  /// Reads the files of the wanted facts. It never throws: what is missing or not understood is unknown.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let wanted = Set(facts.map(\.name))
    var findings = FactFindings()
    let sources: [([String], () -> FactFindings)] = [
      (Self.ofWindows, { LinuxSystem(files: files).notWindows(Self.ofWindows) }),
      (
        ["os.architecture", "cpu.cores", "cpu.speed", "cpu.bits64"],
        LinuxProcessor(files: files, machine: machine).findings
      ),
      (
        ["tpm.present", "tpm.version", "tpm.pcr_sha1", "tpm.pcr_sha256", "tpm.pcr_sha384"],
        LinuxTPM(files: files).findings
      ),
      (
        ["device.platform", "device.model", "device.manufacturer"],
        LinuxMachine(files: files, machine: machine).findings
      ),
      (
        ["boot.secure_boot", "boot.uefi", "boot.kernel_lockdown", "dma.kernel_protection"],
        LinuxBoot(files: files).findings
      ),
      (["disk.os_volume_encrypted"], LinuxVolume(files: files).findings),
      (["memory.size"], LinuxSystem(files: files).memory),
    ]
    for (names, read) in sources where !wanted.isDisjoint(with: names) { findings.add(read()) }
    return findings.observations(of: wanted, source: name)
  }

  private static func machineOfKernel() -> String {
    var names = utsname()
    guard uname(&names) == 0 else { return "" }
    return withUnsafeBytes(of: &names.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

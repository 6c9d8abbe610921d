import CSPCatalog
import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes

@Suite("LinuxProbe")
struct LinuxProbeTests {
  private func reason(_ content: Observation.Content?) -> String {
    guard case .unknown(let reason)? = content else { return "" }
    return reason
  }

  @Test("a laptop tells all facts")
  func laptop() throws {
    let answers = try LinuxTree.laptop().answers()
    let expected: [String: Value] = [
      "os.architecture": .symbol("x64"), "tpm.present": .bool(true), "tpm.version": .version(Version(2, 0)),
      "tpm.pcr_sha1": .bool(false), "tpm.pcr_sha256": .bool(true), "tpm.pcr_sha384": .bool(true),
      "device.platform": .symbol("physical"), "device.model": .string("Latitude 7440"),
      "device.manufacturer": .string("Dell Inc."), "boot.secure_boot": .symbol("on"),
      "boot.uefi": .bool(true),
      "boot.kernel_lockdown": .symbol("integrity"), "dma.kernel_protection": .bool(true),
      "disk.os_volume_encrypted": .bool(true), "cpu.cores": .int(2), "cpu.speed": .int(4700),
      "cpu.bits64": .bool(true),
      "memory.size": .int(16 << 30),
    ]
    #expect(Set(expected.keys) == Set(LinuxProbe.names))
    for (name, value) in expected {
      #expect(answers[name] == .value(value), "\(name): \(String(describing: answers[name]))")
    }
    #expect(answers["os.build"] == .unknown(reason: "the device runs Somix 7 (Example), not Windows"))
    #expect(answers["os.edition"] == answers["os.build"])
    #expect(answers["tpm.ready"] == nil)
  }

  @Test("only wanted facts are answered")
  func wanted() throws {
    let tree = try LinuxTree.laptop()
    let probe = LinuxProbe(root: tree.root + "/", machine: "x86_64")
    #expect(try probe.observe(declarations("boot.uefi", "join.type")).keys.sorted() == ["boot.uefi"])
    #expect(try probe.observe([]).isEmpty)
  }

  @Test("a guest of Hyper-V, one of Azure and one of QEMU are told apart")
  func guests() throws {
    let tree = try LinuxTree([
      "/sys/class/dmi/id/sys_vendor": "Microsoft Corporation\n",
      "/sys/class/dmi/id/product_name": "Virtual Machine\n",
      "/sys/class/dmi/id/bios_vendor": "Microsoft Corporation\n",
      "/sys/class/dmi/id/chassis_asset_tag": "5148-1023-9917-0462-7711-2840-33\n",
      "/proc/cpuinfo": "flags\t\t: fpu lm hypervisor\n",
    ])
    #expect(try tree.answers()["device.platform"] == .value(.symbol("hyper_v")))
    try tree.add("/sys/class/dmi/id/chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77\n")
    #expect(try tree.answers()["device.platform"] == .value(.symbol("azure_vm")))
    try tree.add("/sys/class/dmi/id/chassis_asset_tag", "\n")
    try tree.add("/sys/class/dmi/id/sys_vendor", "QEMU\n")
    try tree.add("/sys/class/dmi/id/product_name", "Standard PC (Q35 + ICH9, 2009)\n")
    try tree.add("/sys/class/dmi/id/bios_vendor", "Somix distribution of EDK II\n")
    #expect(try tree.answers()["device.platform"] == .value(.symbol("other_vm")))
    #expect(try tree.answers()["device.model"] == .value(.string("Standard PC (Q35 + ICH9, 2009)")))
    try tree.add("/sys/class/dmi/id/sys_vendor", "LENOVO\n")
    try tree.add("/sys/class/dmi/id/product_name", "21XXCTO1WW\n")
    try tree.add("/sys/class/dmi/id/bios_vendor", "LENOVO\n")
    #expect(reason(try tree.answers()["device.platform"]).contains("contradict"))
    try tree.add("/proc/xen/capabilities", "control_d\n")
    #expect(try tree.answers()["device.platform"] == .value(.symbol("physical")))
  }

  @Test("a board with a device tree and no SMBIOS has the model of its tree")
  func deviceTree() throws {
    let tree = try LinuxTree([
      "/sys/firmware/devicetree/base/model": "Example Board 4 Model B\0",
      "/proc/cpuinfo": "CPU architecture: 8\n",
      "/proc/cmdline": "console=tty1\n",
    ])
    let answers = try tree.answers(machine: "aarch64")
    #expect(answers["os.architecture"] == .value(.symbol("arm64")))
    #expect(answers["cpu.bits64"] == .value(.bool(true)))
    #expect(answers["device.model"] == .value(.string("Example Board 4 Model B")))
    #expect(reason(answers["device.manufacturer"]).contains("/sys/class/dmi/id/sys_vendor"))
    #expect(reason(answers["device.platform"]).contains("the system's manufacturer and model"))
    #expect(answers["boot.uefi"] == .value(.bool(false)))
    #expect(answers["boot.secure_boot"] == .value(.symbol("unsupported")))
    try tree.add("/sys/firmware/devicetree/base/model", "linux,dummy-virt\0")
    try tree.add("/sys/firmware/devicetree/base/hypervisor/compatible", "linux,kvm\0")
    #expect(try tree.answers(machine: "aarch64")["device.platform"] == .value(.symbol("other_vm")))
  }

  @Test("a container that is shown nothing knows nothing but its architecture")
  func container() throws {
    let answers = try LinuxTree().answers()
    for name in LinuxProbe.names where !["os.architecture", "cpu.bits64"].contains(name) {
      #expect(!reason(answers[name]).isEmpty, "\(name): \(String(describing: answers[name]))")
      #expect(!reason(answers[name]).contains("policyc-"), "a reason names the folder of the test: \(name)")
    }
    #expect(answers["os.build"] == .unknown(reason: "the device runs Linux, not Windows"))
  }

  @Test(
    "Secure Boot is what two variables of five bytes say",
    arguments: [
      ([6, 0, 0, 0, 1], [6, 0, 0, 0, 0], Value?.some(.symbol("on"))),
      ([6, 0, 0, 0, 1], nil, .symbol("on")),
      ([6, 0, 0, 0, 1], [6, 0, 0, 0, 1], .symbol("off")),
      ([6, 0, 0, 0, 0], [6, 0, 0, 0, 0], .symbol("off")),
      (nil, [6, 0, 0, 0, 0], .symbol("unsupported")),
      ([6, 0, 0, 0, 2], nil, nil), ([6, 0, 0, 0], nil, nil), ([1], nil, nil), ([], nil, nil),
      ([6, 0, 0, 0, 1, 0], nil, nil), ([6, 0, 0, 0, 1], [], nil),
    ] as [([UInt8]?, [UInt8]?, Value?)])
  func secureBoot(variable: [UInt8]?, setup: [UInt8]?, expected: Value?) throws {
    let tree = try LinuxTree()
    if let variable { try tree.variable("SecureBoot", variable) }
    if let setup { try tree.variable("SetupMode", setup) }
    let found = try tree.answers()["boot.secure_boot"]
    if let expected {
      #expect(found == .value(expected))
    } else {
      #expect(
        reason(found).contains("not four bytes of attributes and 00 or 01"), "\(String(describing: found))")
    }
    #expect(try tree.answers()["boot.uefi"] == .value(.bool(true)))
  }

  @Test("variables that are not shown make Secure Boot unknown")
  func hiddenVariables() throws {
    let tree = try LinuxTree()
    try tree.folder("/sys/firmware/efi/efivars")
    #expect(reason(try tree.answers()["boot.secure_boot"]).contains("shows no variables"))
  }

  @Test("a kernel that was told to leave UEFI out does not say how it booted")
  func noEFI() throws {
    let tree = try LinuxTree(["/sys/firmware/memmap/0/type": "x", "/proc/cmdline": "quiet noefi\n"])
    #expect(reason(try tree.answers()["boot.uefi"]).contains("noefi"))
    try tree.add("/proc/cmdline", "quiet\n")
    #expect(try tree.answers()["boot.uefi"] == .value(.bool(false)))
    #expect(try tree.answers()["boot.secure_boot"] == .value(.symbol("unsupported")))
  }

  @Test(
    "the level of lockdown is the one in brackets",
    arguments: [
      ("[none] integrity confidentiality\n", "none"), ("none integrity [confidentiality]", "confidentiality"),
      ("none integrity confidentiality\n", nil), ("[none] [integrity]", nil), ("[else]", nil), ("", nil),
      ("[]", nil),
    ] as [(String, String?)])
  func lockdown(text: String, level: String?) throws {
    let found = try LinuxTree(["/sys/kernel/security/lockdown": text]).answers()["boot.kernel_lockdown"]
    if let level {
      #expect(found == .value(.symbol(level)))
    } else {
      #expect(reason(found).contains("lockdown"))
    }
  }

  @Test("a TPM 1.2 has a version and no banks; two TPMs have neither")
  func tpms() throws {
    let tree = try LinuxTree(["/sys/class/tpm/tpm0/tpm_version_major": "1\n"])
    var answers = try tree.answers()
    #expect(answers["tpm.version"] == .value(.version(Version(1, 2))))
    #expect(reason(answers["tpm.pcr_sha256"]) == "the TPM is of version 1.2")
    try tree.add("/sys/class/tpm/tpm0/tpm_version_major", "2\n")
    #expect(reason(try tree.answers()["tpm.pcr_sha256"]).contains("before 5.12"))
    try tree.add("/sys/class/tpm/tpm0/tpm_version_major", "two\n")
    #expect(reason(try tree.answers()["tpm.version"]).contains("'two'"))
    try tree.add("/sys/class/tpm/tpm1/tpm_version_major", "2\n")
    answers = try tree.answers()
    #expect(answers["tpm.present"] == .value(.bool(true)))
    #expect(reason(answers["tpm.version"]) == "the kernel lists 2 TPMs")
    let none = try LinuxTree()
    try none.folder("/sys/class/tpm")
    #expect(try none.answers()["tpm.present"] == .value(.bool(false)))
    #expect(reason(try none.answers()["tpm.pcr_sha1"]) == "the device has no TPM")
  }

  @Test("cores are counted while all are online, or while threads are off")
  func cores() throws {
    let tree = try LinuxTree.laptop()
    try tree.add("/sys/devices/system/cpu/online", "0-1\n")
    #expect(reason(try tree.answers()["cpu.cores"]).contains("2 of 4 processors are not online"))
    try tree.add("/sys/devices/system/cpu/smt/control", "off\n")
    #expect(try tree.answers()["cpu.cores"] == .value(.int(2)))
    try tree.add("/sys/devices/system/cpu/present", "0-99999999999\n")
    #expect(reason(try tree.answers()["cpu.cores"]).contains("no list of processors"))
  }

  @Test(
    "a list of processors is numbers and ranges",
    arguments: [
      ("0", [0]), ("0-2,5", [0, 1, 2, 5]), ("", nil), ("2-1", nil), ("-1", nil), ("0-", nil), ("a", nil),
      ("0,,1", nil),
      ("0-70000", nil), ("9223372036854775807", nil), ("9999999999999999999999", nil),
    ] as [(String, Set<Int>?)])
  func processorLists(text: String, expected: Set<Int>?) {
    #expect(LinuxProcessor.numbers(in: text) == expected)
  }

  @Test("a 32-bit kernel on an x86 processor looks at its flags")
  func flags() throws {
    let tree = try LinuxTree(["/proc/cpuinfo": "flags\t\t: fpu lm\n"])
    #expect(try tree.answers(machine: "i686")["cpu.bits64"] == .value(.bool(true)))
    #expect(try tree.answers(machine: "i686")["os.architecture"] == .value(.symbol("x86")))
    try tree.add("/proc/cpuinfo", "flags\t\t: fpu\n")
    #expect(try tree.answers(machine: "i686")["cpu.bits64"] == .value(.bool(false)))
    try tree.add("/proc/cpuinfo", "Features\t: half\n")
    #expect(reason(try tree.answers(machine: "armv7l")["cpu.bits64"]).contains("no line of flags"))
    #expect(reason(try tree.answers(machine: "riscv64")["os.architecture"]).contains("'riscv64'"))
  }

  @Test("external ports are guarded when all domains are")
  func ports() throws {
    let tree = try LinuxTree.laptop()
    try tree.add("/sys/bus/thunderbolt/devices/domain1/iommu_dma_protection", "0\n")
    #expect(try tree.answers()["dma.kernel_protection"] == .value(.bool(false)))
    try tree.add("/sys/bus/thunderbolt/devices/domain1/iommu_dma_protection", "7\n")
    #expect(reason(try tree.answers()["dma.kernel_protection"]).contains("holds 7"))
  }

  @Test("values on the machine at hand are of the declared types, and agree with what its tools say")
  func thisMachine() throws {
    let entries = FactCatalog.embedded.entries
    let answers = try LinuxProbe().observe(entries.map(\.declaration))
    #expect(Set(LinuxProbe.names).isSubset(of: answers.keys))
    for (name, observation) in answers {
      guard let value = observation.value else {
        #expect(!reason(observation.content).isEmpty, "\(name)")
        continue
      }
      #expect(value.isOf(try #require(FactCatalog.embedded[name]).type), "\(name)")
      #expect(observation.level == .reported)
    }
    if case .int(let cores)? = answers["cpu.cores"]?.value {
      #expect(1...sysconf(Int32(_SC_NPROCESSORS_CONF)) ~= Int(cores))
    }
    if case .int(let memory)? = answers["memory.size"]?.value {
      #expect(memory >= Int64(ProcessInfo.processInfo.physicalMemory))
    }
    if case .bool(let isUEFI)? = answers["boot.uefi"]?.value {
      #expect(isUEFI == FileManager.default.fileExists(atPath: "/sys/firmware/efi"))
    }
  }
}

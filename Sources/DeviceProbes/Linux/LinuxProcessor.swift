import Diagnostics
import PolicyModel

/// The processor, as the kernel counts and describes it.
struct LinuxProcessor {
  let files: LinuxFiles
  /// What `uname -m` prints.
  let machine: String

  private static let folder = "/sys/devices/system/cpu"

  func findings() -> FactFindings {
    var findings = FactFindings()
    findings.set("os.architecture", architecture())
    findings.set("cpu.bits64", is64Bit())
    findings.set("cpu.cores", cores())
    findings.set("cpu.speed", speed())
    return findings
  }

  private func architecture() -> Result<Value, Unread> {
    switch machine {
    case "x86_64": .success(.symbol("x64"))
    case "i386", "i486", "i586", "i686": .success(.symbol("x86"))
    case "aarch64", "arm64": .success(.symbol("arm64"))
    case _ where machine.hasPrefix("armv"): .success(.symbol("arm"))
    default: .unread("uname -m is '\(shortened(machine, limit: 32))', for which there is no Windows")
    }
  }

  private func is64Bit() -> Result<Value, Unread> {
    if ["x86_64", "aarch64", "arm64"].contains(machine) { return .success(.bool(true)) }
    return flags().flatMap { flags in
      // Without the flags of an x86 processor nothing is said of the 32-bit kernels of others.
      guard let flags else { return .unread("'/proc/cpuinfo' has no line of flags") }
      return .success(.bool(flags.contains("lm")))
    }
  }

  /// The words of the first line of flags in /proc/cpuinfo, which x86 processors have; nil without one.
  func flags() -> Result<Set<Substring>?, Unread> {
    files.lines("/proc/cpuinfo", limit: 16 << 20).map { lines in
      for line in lines where line.hasPrefix("flags") {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, MachineNames.trimmed(String(parts[0])) == "flags" else { continue }
        return Set(parts[1].split(separator: " "))
      }
      return nil
    }
  }

  /// The threads of one core share a list of siblings, which tells cores apart whatever their packages and dies.
  private func cores() -> Result<Value, Unread> {
    let present: Set<Int>
    let online: Set<Int>
    switch (numbers("present"), numbers("online")) {
    case (.success(let first), .success(let second)): (present, online) = (first, second)
    case (.failure(let unread), _), (_, .failure(let unread)): return .failure(unread)
    }
    if present != online, !threadsAreOff() {
      return .unread(
        "\(present.count - online.count) of \(present.count) processors are not online, and their cores not known"
      )
    }
    var siblings: Set<String> = []
    for number in online.sorted() {
      switch files.line("\(Self.folder)/cpu\(number)/topology/thread_siblings_list") {
      case .success(let list) where !list.isEmpty: siblings.insert(list)
      case .success: return .unread("'\(Self.folder)/cpu\(number)/topology/thread_siblings_list' is empty")
      case .failure(let unread): return .failure(unread)
      }
    }
    guard !siblings.isEmpty else { return .unread("'\(Self.folder)/online' lists no processors") }
    return .success(.int(Int64(siblings.count)))
  }

  private func threadsAreOff() -> Bool {
    guard case .success(let control) = files.line("\(Self.folder)/smt/control") else { return false }
    return control == "off" || control == "forceoff"
  }

  private func numbers(_ name: String) -> Result<Set<Int>, Unread> {
    let path = "\(Self.folder)/\(name)"
    return files.line(path).flatMap { text in
      Self.numbers(in: text).map { .success($0) }
        ?? .unread("'\(path)' holds '\(shortened(text, limit: 64))' and no list of processors")
    }
  }

  /// The numbers of a list such as `0-3,8`, at most 65536; nil when it is not one.
  static func numbers(in list: String) -> Set<Int>? {
    var result: Set<Int> = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, 0 <= first, first <= last,
        last < 65536
      else { return nil }
      result.formUnion(first...last)
    }
    return result.isEmpty ? nil : result
  }

  /// The highest of the rates that the kernel's drivers can set, in kHz there.
  private func speed() -> Result<Value, Unread> {
    let folder = "\(Self.folder)/cpufreq"
    let policies = (files.names(folder) ?? []).filter { $0.hasPrefix("policy") }
    guard !policies.isEmpty else {
      return .unread(
        "there is no '\(folder)/policy0', as on most virtual machines, so that the highest clock rate is not known"
      )
    }
    var highest: Int64 = 0
    for policy in policies {
      switch files.number("\(folder)/\(policy)/cpuinfo_max_freq") {
      case .success(let rate): highest = max(highest, rate / 1000)
      case .failure(let unread): return .failure(unread)
      }
    }
    guard 1...1_000_000 ~= highest else {
      return .unread("'\(folder)' gives \(highest) MHz, which no processor has")
    }
    return .success(.int(highest))
  }

}

#if canImport(Glibc)
  import Glibc
#endif

/// What the kernel shows of a TPM, before it is asked.
struct TPMDevices {
  /// Where device files are, `/dev`.
  var devices = "/dev"
  /// Where the kernel lists its TPMs.
  var list = "/sys/class/tpm"

  /// What can be said of the TPM from here.
  enum Finding: Hashable, Sendable {
    /// There is a device that may be opened: ask it.
    case usable
    /// The kernel has no TPM.
    case absent
    /// A TPM of the family 1.2, which tpm2-tss cannot talk to.
    case version12
    /// Neither is known, for this reason.
    case undecided(reason: String)
  }

  /// What can be said of the TPM that the kernel's resource manager serves.
  func find() -> Finding {
    let manager = devices + "/tpmrm0"
    if access(manager, F_OK) == 0 { return Self.usability(of: manager) }
    let raw = devices + "/tpm0"
    if access(raw, F_OK) == 0 {
      if majorVersion() == 1 { return .version12 }
      return .undecided(reason: "there is \(raw) but no \(manager); name it: tpm:device:\(raw)")
    }
    guard let listed = folderNames(list) else {
      return .undecided(
        reason: "there is no \(manager), and no \(list) that would say whether there is a TPM")
    }
    guard let first = listed.first else { return .absent }
    if majorVersion() == 1 { return .version12 }
    return .undecided(
      reason:
        "the kernel has the TPM \(first) but there is no \(manager); a container must be given that device")
  }

  /// Whether a device may be opened, and how to get there if not.
  static func usability(of path: String) -> Finding {
    if access(path, R_OK | W_OK) == 0 { return .usable }
    switch errno {
    case ENOENT: return .undecided(reason: "there is no device \(path)")
    case EACCES, EPERM:
      return .undecided(
        reason:
          "this account may not use \(path); run as root, or add the account to the group of that device "
          + "(tss on most systems)")
    default: return .undecided(reason: "\(path) cannot be used: \(String(cString: strerror(errno)))")
    }
  }

  /// What can be said of the TPM behind a TCTI; nil for one that is not the kernel's.
  func find(_ tcti: String) -> Finding? {
    if tcti == TPMProbe.defaultTCTI { return find() }
    guard tcti.hasPrefix("device:") else { return nil }
    return Self.usability(of: String(tcti.dropFirst("device:".count)))
  }

  /// Why the TPM behind a TCTI cannot be used, as one plain sentence; nil when it may be opened.
  func obstacle(to tcti: String) -> String? {
    switch find(tcti) {
    case nil, .usable: nil
    case .undecided(let reason): reason
    case .absent: "the device has no TPM"
    case .version12: "the TPM is of version 1.2, and one of version 2.0 is needed"
    }
  }

  private func majorVersion() -> Int? {
    guard let file = fopen(list + "/tpm0/tpm_version_major", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 16)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    return Int(
      String(decoding: line.prefix { $0 >= 0x30 && $0 <= 0x39 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}

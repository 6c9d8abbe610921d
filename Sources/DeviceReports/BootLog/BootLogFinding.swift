import PolicyModel
import TPMEvidence

/// One thing that a log says or does not say, with the names that people and machines know it by.
struct BootLogFinding: Sendable {
  /// A value in both forms.
  struct Shown: Hashable, Sendable {
    let lines: [String]
    let json: JSONValue

    init(_ lines: [String], _ json: JSONValue) {
      self.lines = lines
      self.json = json
    }

    init(_ text: String) { self.init([text], .string(text)) }

    init(_ flag: Bool) { self.init([flag ? "yes" : "no"], .bool(flag)) }

    init(_ number: UInt64) { self.init(["\(number)"], .exact(Int64(clamping: number))) }
  }

  let label: String
  let member: String
  let finding: BootFinding<Shown>

  init(_ label: String, _ member: String, _ finding: BootFinding<Shown>) {
    self.label = label
    self.member = member
    self.finding = finding
  }

  /// `{"value": …}` or `{"unknown": reason}`.
  var json: JSONMember { JSONMember(member, Self.json(finding.map(\.json))) }

  static func json(_ finding: BootFinding<JSONValue>) -> JSONValue {
    switch finding {
    case .known(let value): .object([JSONMember("value", value)])
    case .unknown(let reason): .object([JSONMember("unknown", .string(reason))])
    }
  }
}

extension BootEvidence {
  /// The keys and databases of Secure Boot.
  var keyFindings: [BootLogFinding] {
    [
      BootLogFinding("platform key", "platform_key", secureBoot.platformKey.map(Self.shown)),
      BootLogFinding("key exchange keys", "key_exchange_keys", secureBoot.keyExchangeKeys.map(Self.shown)),
      BootLogFinding("allowed (db)", "allowed", secureBoot.allowed.map(Self.shown)),
      BootLogFinding("forbidden (dbx)", "forbidden", secureBoot.forbidden.map(Self.shown)),
      BootLogFinding(
        "DMA protection", "dma_protection",
        secureBoot.openMemory.map { .init(["disabled, by event \($0) in PCR 7"], .string("disabled")) }),
    ]
  }

  /// What Windows measured.
  var windowsFindings: [BootLogFinding] {
    [
      BootLogFinding(
        "boot manager verified by", "verified_by", loader.signer.map { .init([$0.name], $0.json) }),
      BootLogFinding("boot counter", "boot_counter", windows.bootCounter.map { .init($0) }),
      BootLogFinding("event counter", "event_counter", windows.eventCounter.map { .init($0) }),
      BootLogFinding(
        "boot applications' SVNs", "application_svns",
        windows.applicationSVNs.map { numbers in
          .init(
            [numbers.map(String.init).joined(separator: ", ")], .array(numbers.map { .integer(Int64($0)) }))
        }),
      BootLogFinding(
        "boot revocation list", "boot_revocation_list", windows.bootRevocationList.map(Self.shown)),
      BootLogFinding("OS revocation list", "os_revocation_list", windows.osRevocationList.map(Self.shown)),
      BootLogFinding(
        "BitLocker unlocked by", "bitlocker_unlocks",
        windows.bitlockerUnlocks.map { flags in
          let names = flags.map(Self.unlock)
          return .init([names.joined(separator: ", then ")], .array(names.map(JSONValue.string)))
        }),
      BootLogFinding(
        "early-launch antimalware", "antimalware_drivers",
        windows.antimalwareDrivers.map {
          .init([$0.joined(separator: ", ")], .array($0.map(JSONValue.string)))
        }),
      BootLogFinding(
        "hypervisor launch type", "hypervisor_launch_type", windows.hypervisorLaunchType.map { .init($0) }),
      BootLogFinding("VSM launch type", "vsm_launch_type", windows.vsmLaunchType.map { .init($0) }),
      BootLogFinding("HVCI policy", "hvci_policy", windows.hvciPolicy.map { .init($0) }),
      BootLogFinding(
        "boot DMA protection", "boot_dma_protection", windows.hasBootDMAProtection.map { .init($0) }),
      BootLogFinding("SMM isolation level (DRTM)", "smm_level", windows.smmLevel.map { .init(UInt64($0)) }),
      BootLogFinding(
        "modules", "modules",
        windows.modules.map { modules in
          let unsigned = modules.count { $0.isValidated == false }
          let doubt = unsigned == 0 ? "" : ", \(unsigned) of them without a good signature"
          return .init(["\(modules.count)\(doubt)"], .array(modules.map(\.json)))
        }),
    ]
  }

  private static func shown(_ entries: [SignatureEntry]) -> BootLogFinding.Shown {
    var lines: [String] = []
    var digests = 0
    var others = 0
    for entry in entries {
      switch entry {
      case .certificate(let certificate): lines.append(certificate.name)
      case .sha256: digests += 1
      case .other: others += 1
      }
    }
    if digests > 0 { lines.append("\(digests) digest\(digests == 1 ? "" : "s") of images") }
    if others > 0 { lines.append("\(others) of another kind") }
    return .init(lines.isEmpty ? ["empty"] : lines, .array(entries.map(\.json)))
  }

  private static func shown(_ list: WindowsBootEvidence.RevocationList) -> BootLogFinding.Shown {
    let digest = hexadecimal(list.digest)
    return .init(
      ["of \(day(ofFileTime: list.created)), \(list.algorithm.name) \(digest)"],
      .object([
        JSONMember("created", .string(day(ofFileTime: list.created))),
        JSONMember("algorithm", .string(list.algorithm.name)), JSONMember("digest", .string(digest)),
      ]))
  }

  /// FVEB_UNLOCK_FLAG_… of Windows' `bootstatus`: the ways by which a volume was unlocked.
  private static func unlock(_ flags: UInt32) -> String {
    guard flags != 0 else { return "nothing" }
    let names: [(UInt32, String)] = [
      (0x01, "a cached key"), (0x02, "media"), (0x04, "the TPM"), (0x10, "a PIN"), (0x20, "an external key"),
      (0x40, "recovery"),
    ]
    let known = names.reduce(0) { $0 | $1.0 }
    var parts = names.filter { flags & $0.0 != 0 }.map(\.1)
    if flags & ~known != 0 { parts.append("0x" + String(flags & ~known, radix: 16)) }
    return parts.joined(separator: " and ")
  }

  /// `2023-05-09`, of 100 ns since 1601-01-01.
  static func day(ofFileTime time: UInt64) -> String {
    // Days since 0000-03-01, then the calendar's cycle of 400 years.
    let days = Int(time / 864_000_000_000) + 584_694
    let era = days / 146_097
    let inEra = days % 146_097
    let year = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
    let inYear = inEra - (365 * year + year / 4 - year / 100)
    let month = (5 * inYear + 2) / 153
    let day = inYear - (153 * month + 2) / 5 + 1
    let shownMonth = month < 10 ? month + 3 : month - 9
    let shownYear = year + era * 400 + (shownMonth <= 2 ? 1 : 0)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    return "\(padded(shownYear, 4))-\(padded(shownMonth, 2))-\(padded(day, 2))"
  }
}

extension Certificate {
  var json: JSONValue {
    var members: [JSONMember] = []
    if let subject { members.append(JSONMember("subject", .string(subject))) }
    members.append(JSONMember("thumbprint", .string(hexadecimal(thumbprint))))
    return .object(members)
  }
}

extension SignatureEntry {
  var json: JSONValue {
    switch self {
    case .certificate(let certificate): certificate.json
    case .sha256(let digest): .object([JSONMember("sha256", .string(hexadecimal(digest)))])
    case .other(let type, _): .object([JSONMember("type", .string(type.description))])
    }
  }

  /// A name for people.
  var text: String {
    switch self {
    case .certificate(let certificate): certificate.name
    case .sha256(let digest): "the digest \(hexadecimal(digest))"
    case .other(let type, _): "an entry of the type \(type)"
    }
  }
}

extension WindowsBootEvidence.LoadedModule {
  var json: JSONValue {
    var members: [JSONMember] = []
    if let path { members.append(JSONMember("path", .string(path))) }
    if let digest { members.append(JSONMember("digest", .string(hexadecimal(digest)))) }
    if let publisher { members.append(JSONMember("publisher", .string(publisher))) }
    if let issuer { members.append(JSONMember("issuer", .string(issuer))) }
    if let thumbprint { members.append(JSONMember("thumbprint", .string(hexadecimal(thumbprint)))) }
    if let isValidated { members.append(JSONMember("validated", .bool(isValidated))) }
    if let svn { members.append(JSONMember("svn", .integer(Int64(svn)))) }
    return .object(members)
  }
}

import PolicyModel

/// What `dsregcmd /status` prints: fields in sections, in English on every Windows.
///
/// It is asked by the user who signed in, since another user's answer lacks what that one registered. `MdmUrl` is where the device would
/// enrol and no sign that it has.
enum DsregcmdStatus: ToolParser {
  static let names = ["join.type", "entra.key_in_tpm"]

  private static let tool = "dsregcmd"

  static func findings(in text: ToolText) -> FactFindings {
    let status = Sections(text)
    guard !status.isEmpty else { return ToolRefusal.findings(names, tool: tool, in: text) }
    var facts = FieldFacts(tool: tool)
    let join = JoinState(status)
    switch join.type {
    case .known(let type): facts.findings.set("join.type", .symbol(type))
    case .unknown(let reason): facts.findings.miss("join.type", reason)
    }
    takeKey(status, join, &facts)
    return facts.findings
  }

  /// Where the key is that Entra ID knows the device by: that of a joined device, or that of the registered one's accounts.
  private static func takeKey(_ status: Sections, _ join: JoinState, _ facts: inout FieldFacts) {
    let fact = "entra.key_in_tpm"
    if let details = status["Device Details"] {
      if case .several = join.entraLine {
        facts.findings.miss(fact, "dsregcmd does not say clearly whether the device is joined to Entra ID")
        return
      }
      // A device that is joined to AD FS only has such a section too.
      guard join.isEntraJoined != false, join.isEnterpriseJoined != true else {
        facts.findings.miss(
          fact, "dsregcmd says that the device is not joined to Entra ID, so that its key is another one")
        return
      }
      return takeKey(of: details, &facts)
    }
    switch (join.isEntraJoined, status.accounts.isEmpty) {
    case (true?, _): facts.findings.miss(fact, "the output of dsregcmd has no section 'Device Details'")
    case (nil, _): facts.findings.miss(fact, "dsregcmd does not say whether the device is joined to Entra ID")
    case (false?, true):
      facts.findings.miss(
        fact, "dsregcmd shows no Entra key: neither that of a joined device nor that of a work account")
    case (false?, false):
      var first: FieldFacts?
      for account in status.accounts {
        var one = FieldFacts(tool: tool)
        takeKey(of: account, &one)
        if let first, first.findings != one.findings {
          facts.findings.miss(
            fact, "dsregcmd says of one work account that its key is in the TPM, and does not of another")
          return
        }
        first = one
      }
      if let first { facts.findings.add(first.findings) }
    }
  }

  /// `TpmProtected`, and `KeyProvider`, which says the same.
  private static func takeKey(of section: ToolFields, _ facts: inout FieldFacts) {
    let fact = "entra.key_in_tpm"
    let provider = section["KeyProvider"]
    let byProvider: Bool? =
      switch provider.field?.value {
      case "Microsoft Platform Crypto Provider": true
      case "Microsoft Software Key Storage Provider": false
      default: nil
      }
    if case .none = section["TpmProtected"], let byProvider, case .one = provider {
      facts.findings.set(fact, .bool(byProvider))
      return
    }
    facts.take(fact, section["TpmProtected"], named: "TpmProtected", isWhole: true) {
      yesOrNo($0).map { .bool($0) }
    }
    if case .value(.bool(let value))? = facts.findings[fact], let byProvider, byProvider != value,
      let first = section["TpmProtected"].field, let second = provider.field
    {
      facts.findings.miss(fact, facts.contradiction(first, second))
    }
  }

  fileprivate static func yesOrNo(_ text: String) -> Bool? {
    switch text {
    case "YES": true
    case "NO": false
    default: nil
    }
  }
}

/// The fields of an output by the sections that they stand in, since names repeat in several.
private struct Sections {
  private var fields: [String: ToolFields] = [:]
  /// The sections of the registered device's accounts, in order.
  private(set) var accounts: [ToolFields] = []

  var isEmpty: Bool { fields.isEmpty }

  subscript(name: String) -> ToolFields? { fields[name] }

  /// A section begins with its name between two rules; some outputs have one more rule where it ends.
  init(_ text: ToolText) {
    var section: String?
    var isBelowName = false
    let last = text.endsWithinLine ? text.lines.count - 1 : text.lines.count
    for (place, line) in text.lines.enumerated() {
      switch line.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
      case "+":
        if !isBelowName { section = nil }
        isBelowName = false
      case "|":
        section = ToolFields.trim(line.prefix(200).filter { $0 != "|" })
        isBelowName = true
      default:
        isBelowName = false
        guard let section, let field = ToolFields.field(in: line, isCut: place == last) else { continue }
        fields[section, default: ToolFields(lines: [])].add(field)
      }
    }
    let names = fields.keys.filter { $0.hasPrefix("Work Account ") }.sorted()
    accounts = names.compactMap { fields[$0] }
  }
}

/// What the sections of the device and of its user say of how it is joined.
private struct JoinState {
  let isEntraJoined: Bool?
  let isEnterpriseJoined: Bool?
  /// The line that ``isEntraJoined`` is from.
  let entraLine: ToolFields.Lookup
  let type: Finding

  enum Finding {
    case known(String)
    case unknown(String)
  }

  init(_ status: Sections) {
    let device = status["Device State"] ?? ToolFields(lines: [])
    let user = status["User State"] ?? ToolFields(lines: [])
    let entra = Self.answer(device, "AzureAdJoined")
    let enterprise = Self.answer(device, "EnterpriseJoined")
    let domain = Self.answer(device, "DomainJoined")
    isEntraJoined = entra.value
    entraLine = device["AzureAdJoined"]
    isEnterpriseJoined = enterprise.value
    switch (entra.value, enterprise.value, domain.value) {
    case (nil, _, _): type = .unknown(entra.reason)
    case (_, nil, _): type = .unknown(enterprise.reason)
    case (_, _, nil): type = .unknown(domain.reason)
    case (true?, true?, _):
      type = .unknown("dsregcmd says both 'AzureAdJoined : YES' and 'EnterpriseJoined : YES'")
    case (false?, true?, _):
      type = .unknown(
        "the device is joined to a registration service of its own organization, which is no kind of join here"
      )
    case (true?, false?, true?): type = .known("hybrid_joined")
    case (true?, false?, false?): type = .known("entra_joined")
    case (false?, false?, true?): type = .known("domain_joined")
    case (false?, false?, false?): type = Self.ofUser(user, status)
    }
  }

  /// A device that is not joined may be registered, by the user who asked.
  private static func ofUser(_ user: ToolFields, _ status: Sections) -> Finding {
    let workplace = answer(user, "WorkplaceJoined")
    switch workplace.value {
    case nil: return .unknown(workplace.reason)
    case true?: return .known("registered")
    case false?:
      if let diagnostics = status["Diagnostic Data"], diagnostics["User Context"].field?.value == "SYSTEM" {
        return .unknown("dsregcmd was run as SYSTEM, and only the user who registered a device sees that")
      }
      if !status.accounts.isEmpty {
        return .unknown("dsregcmd says 'WorkplaceJoined : NO', and has a section of a work account")
      }
      return .known("workgroup")
    }
  }

  private static func answer(_ section: ToolFields, _ name: String) -> (value: Bool?, reason: String) {
    var facts = FieldFacts(tool: "dsregcmd")
    facts.take(name, section[name], named: name, isWhole: true) {
      DsregcmdStatus.yesOrNo($0).map { .bool($0) }
    }
    switch facts.findings[name] {
    case .value(.bool(let value)): return (value, "")
    case .unknown(let reason): return (nil, reason)
    default: return (nil, facts.missing(name))
    }
  }
}

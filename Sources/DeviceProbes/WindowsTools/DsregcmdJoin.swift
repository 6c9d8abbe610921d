import PolicyModel

/// What the sections of the device and of its user say of how it is joined.
struct DsregcmdJoin {
  let isEntraJoined: Bool?
  let isEnterpriseJoined: Bool?
  /// The line that ``isEntraJoined`` is from.
  let entraLine: ToolFields.Lookup
  let type: Finding

  enum Finding {
    case known(String)
    case unknown(String)
  }

  init(_ status: DsregcmdSections) {
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
  private static func ofUser(_ user: ToolFields, _ status: DsregcmdSections) -> Finding {
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

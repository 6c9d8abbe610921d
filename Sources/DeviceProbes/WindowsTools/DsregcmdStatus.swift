import PolicyModel

/// What `dsregcmd /status` prints: fields in sections, in English on every Windows.
///
/// It is asked by the user who signed in, since another user's answer lacks what that one registered. `MdmUrl` is where the device would
/// enrol and no sign that it has.
enum DsregcmdStatus: ToolParser {
  static let names = ["join.type", "entra.key_in_tpm"] + DsregcmdRegistration.names

  private static let tool = "dsregcmd"

  static func findings(in text: ToolText) -> FactFindings {
    let status = DsregcmdSections(text)
    guard !status.isEmpty else { return ToolRefusal.findings(names, tool: tool, in: text) }
    var facts = FieldFacts(tool: tool)
    let join = DsregcmdJoin(status)
    switch join.type {
    case .known(let type): facts.findings.set("join.type", .symbol(type))
    case .unknown(let reason): facts.findings.miss("join.type", reason)
    }
    takeKey(status, join, &facts)
    DsregcmdRegistration.take(status, join, &facts)
    return facts.findings
  }

  /// Where the key is that Entra ID knows the device by: that of a joined device, or that of the registered one's accounts.
  private static func takeKey(_ status: DsregcmdSections, _ join: DsregcmdJoin, _ facts: inout FieldFacts) {
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

  /// `YES` or `NO`.
  static func yesOrNo(_ text: String) -> Bool? {
    switch text {
    case "YES": true
    case "NO": false
    default: nil
    }
  }
}

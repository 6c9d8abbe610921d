import PolicyModel

/// What `dsregcmd /status` says of the registration of a joined device: whether Entra ID still takes it, and whether its key still works.
///
/// Microsoft's page on dsregcmd ("Troubleshoot devices by using the dsregcmd command", device details and post-join diagnostics) says what the values
/// mean. Windows tests them while it answers, so that a test that could not run says nothing.
enum DsregcmdRegistration {
  static let names = ["entra.device_authenticated", "entra.recovery_needed", "entra.key_usable"]

  /// Takes the facts, none of a device that is not joined to Entra ID: a work account is registered by its user, whose key these lines do not test.
  static func take(_ status: DsregcmdSections, _ join: DsregcmdJoin, _ facts: inout FieldFacts) {
    if case .several = join.entraLine {
      facts.miss(names, "dsregcmd does not say clearly whether the device is joined to Entra ID")
      return
    }
    guard join.isEntraJoined != false, join.isEnterpriseJoined != true else {
      facts.miss(names, "dsregcmd says that the device is not joined to Entra ID")
      return
    }
    takeAuthentication(status, &facts)
    let recovery = "AadRecoveryEnabled"
    let recoveryLine = lookup(recovery, in: status)
    facts.take("entra.recovery_needed", recoveryLine, named: recovery, isWhole: true) {
      DsregcmdStatus.yesOrNo($0).map { .bool($0) }
    }
    takeKeyTest(status, &facts)
  }

  /// `SUCCESS`, `FAILED. Device is either disabled or deleted`, or `FAILED. ERROR` where the test could not run; Windows 10 21H1 and later.
  private static func takeAuthentication(_ status: DsregcmdSections, _ facts: inout FieldFacts) {
    let fact = "entra.device_authenticated"
    let name = "DeviceAuthStatus"
    let lookup = lookup(name, in: status)
    if let field = lookup.field, !field.isCut, field.value.hasPrefix("FAILED. ERROR") {
      facts.findings.miss(
        fact, "dsregcmd could not ask Entra ID about the device: \(ToolText.quote(field.line))")
      return
    }
    facts.take(fact, lookup, named: name) { text in
      text == "SUCCESS" ? .bool(true) : text.hasPrefix("FAILED. ") ? .bool(false) : nil
    }
    quote(lookup, fact, &facts)
  }

  /// `PASSED`, or `FAILED.` with a code; the test needs administrator rights, and without them the line says so.
  private static func takeKeyTest(_ status: DsregcmdSections, _ facts: inout FieldFacts) {
    let fact = "entra.key_usable"
    let name = "KeySignTest"
    let lookup = lookup(name, in: status)
    if let field = lookup.field, !field.isCut {
      let text = field.value.lowercased()
      if text.contains("elevated") {
        facts.findings.miss(fact, "dsregcmd tests the key only with administrator rights")
        return
      }
      if refusals.contains(where: text.contains) {
        facts.findings.miss(fact, "dsregcmd was not allowed to test the key: \(ToolText.quote(field.line))")
        return
      }
    }
    facts.take(fact, lookup, named: name) { text in
      text == "PASSED" ? .bool(true) : text == "FAILED" || text.hasPrefix("FAILED.") ? .bool(false) : nil
    }
    quote(lookup, fact, &facts)
  }

  /// Codes that say that the test was not allowed, not that the key failed: NTE_PERM and E_ACCESSDENIED.
  private static let refusals = ["0x80090010", "0x80070005"]

  /// A line of the diagnostics, which older Windows has among what it says of the device.
  private static func lookup(_ name: String, in status: DsregcmdSections) -> ToolFields.Lookup {
    for section in ["Diagnostic Data", "Device Details", "Device State"] {
      guard let fields = status[section] else { continue }
      if case .none = fields[name] { continue }
      return fields[name]
    }
    return .none
  }

  /// Keeps the line of a failure, which may have a code.
  private static func quote(_ lookup: ToolFields.Lookup, _ fact: String, _ facts: inout FieldFacts) {
    guard facts.findings[fact] == .value(.bool(false)), let field = lookup.field else { return }
    facts.findings.set(fact, .bool(false), remark: ToolText.quote(field.line))
  }
}

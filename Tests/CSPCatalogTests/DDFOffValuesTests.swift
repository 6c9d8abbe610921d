import Testing

@testable import CSPCatalog

@Suite("DDFOffValues") struct DDFOffValuesTests {
  private func off(_ node: String, _ values: [(String, String)]) -> [String] {
    DDFOffValues.values(
      of: .enumeration(values.map(\.0)), described: Dictionary(uniqueKeysWithValues: values), node: node)
  }

  static let offTexts: [(String, String)] = [
    ("EnableFirewall", "Disable Firewall"), ("EnableVirtualizationBasedSecurity", "disable it."),
    ("LsaCfgFlags", "(Disabled) Some explanation of what that does."), ("AllowCamera", "Not allowed."),
    ("AllowCamera", "Not allowed. More about it when it matters."), ("AllowIt", "Block"),
    ("AllowIt", "Blocked."),
    ("AllowIt", "Do not allow the thing."), ("AuditLogon", "Off/None"), ("AllowIt", "Prevented/Not allowed."),
    ("Hash", "Disabled / Not Configured"), ("AllowIt", "Not allowed or not configured."),
    ("AllowIt", "Off - Nobody may."), ("State", "Off: no cost"), ("Sync", "Turned off/not syncing."),
    ("TurnOffThing", "Disable Thing"), ("DisableParsing", "Parsing is disabled"),
    ("AllowMonitoring", "The connection is disabled."), ("Level", "Turn off all of it, including the rest"),
  ]

  @Test("a description that begins with it switches off", arguments: offTexts)
  func isOff(node: String, text: String) {
    #expect(off(node, [("0", text), ("1", "Something else")]) == ["0"])
  }

  static let otherTexts: [(String, String)] = [
    ("HideClock", "Disabled (visible)."), ("DisableBackoff", "Disable."),
    ("DisableUI", "(Disable) Users see it."),
    ("Action", "Block"), ("DefaultInboundAction", "Block Inbound By Default"),
    ("Cookies", "Block all cookies"),
    ("Expiration", "Do not allow it to exceed the maximum"), ("AllowIt", "Allowed, and disabled later."),
    ("Notifications", "Turn off all of them, excluding warnings"), ("Mode", "Enabled but off at first"),
    ("AllowIt", "If you disable this, nothing happens"), ("Preview", "Disable it once the next is public"),
    ("Override", "Prevented/turned on."), ("Prevent", "Prevented"), ("AllowIt", ""), ("It", "None"),
    ("AllowIt", "Not blocked."), ("It", "Office"), ("It", "Do not disable."), ("It", "No"), ("It", "False"),
  ]

  @Test("anything else does not", arguments: otherTexts)
  func isNotOff(node: String, text: String) {
    #expect(off(node, [("0", text), ("1", "Something else")]).isEmpty)
  }

  @Test("what narrows another value's text is off in part only")
  func parts() {
    #expect(
      off("Enable", [("0", "Disable NetBIOS"), ("2", "Disable NetBIOS on Public Networks"), ("1", "Enable")])
        == ["0"])
  }

  @Test("'not configured' is off where nothing else is, and the text says no more")
  func notConfigured() {
    #expect(off("EnableMode", [("false", "Not configured."), ("true", "Enabled")]) == ["false"])
    #expect(off("AllowIt", [("0", "Not allowed."), ("2", "Not configured.")]) == ["0"])
    #expect(off("Channel", [("0", "Not configured. The device follows."), ("1", "Beta")]).isEmpty)
    #expect(off("HideIt", [("0", "Not configured"), ("1", "Hide")]).isEmpty)
  }

  @Test("values without enumeration have none")
  func others() {
    #expect(DDFOffValues.values(of: .any, described: ["0": "Off"], node: "A").isEmpty)
    #expect(DDFOffValues.values(of: .flags([0]), described: ["0": "Off"], node: "A").isEmpty)
  }

  @Test("what attestation depends on is among the embedded catalogue's")
  func embedded() {
    for (path, values) in [
      ("DeviceGuard/EnableVirtualizationBasedSecurity", ["0"]), ("DeviceGuard/LsaCfgFlags", ["0"]),
      ("VirtualizationBasedTechnology/HypervisorEnforcedCodeIntegrity", ["0"]),
      ("LocalSecurityAuthority/ConfigureLsaProtectedProcess", ["0"]),
      ("DeviceGuard/ConfigureSystemGuardLaunch", []),
    ] {
      let node = CSPCatalog.embedded.node(at: "./Device/Vendor/MSFT/Policy/Config/\(path)")
      #expect(node?.offValues == values, "\(path)")
    }
    let firewall = "./Vendor/MSFT/Firewall/MdmStore/DomainProfile/EnableFirewall"
    #expect(CSPCatalog.embedded.node(at: firewall)?.offValues == ["false"])
  }
}

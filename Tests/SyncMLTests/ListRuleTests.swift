import CSPCatalog
import SyncML
import Testing

@Suite struct ListRuleTests {
  private static let policies = "./Device/Vendor/MSFT/Policy/Config"
  private static let logOn = "\(policies)/UserRights/AllowLocalLogOn"
  private static let message =
    "\(policies)/LocalPoliciesSecurityOptions/InteractiveLogon_MessageTextForUsersAttemptingToLogOn"
  private static let devices = "./Device/Vendor/MSFT/Defender/Configuration/SecuredDevicesConfiguration"
  private static let interfaces = "./Device/Vendor/MSFT/Firewall/MdmStore/FirewallRules/Web/InterfaceTypes"

  @Test(
    "what is said about the delimiters and the items of a list",
    arguments: [
      (logOn, "Administrators&#xF000;*S-1-5-32-545", []), (logOn, "A\u{F000}B", []),
      (logOn, "A&amp;#61440;B", []),
      (logOn, "Administrators", []), (logOn, "", []), (logOn, "$GROUPS", []),
      (logOn, "*S-1-5-32-544;$GROUP", []),
      (logOn, "Administrators;Users", ["SM1710"]), (logOn, "Administrators, Users", ["SM1710"]),
      (logOn, "Administrators|Users", ["SM1710"]), (logOn, "A\\uF000B", ["SM1710"]),
      (logOn, "A\u{F000}\u{F000}B", ["SM1711"]),
      // A combining mark behind a delimiter makes no other character of it.
      (logOn, "A;\u{301}B", ["SM1710"]), (logOn, "A\u{F000}\u{301}B", []),
      ("\(policies)/Defender/ExcludedPaths", "C:\\a|C:\\b", []),
      ("\(policies)/Defender/ExcludedPaths", "C:\\a;C:\\b", ["SM1710"]),
      ("\(policies)/Defender/ExcludedPaths", "C:\\a&#xF000;C:\\b", ["SM1710"]),
      ("\(policies)/Defender/ExcludedPaths", "C:\\a, b; c", []),
      ("\(policies)/Defender/ExcludedPaths", "|C:\\a", ["SM1711"]),
      ("\(policies)/Defender/ExcludedPaths", "C:\\a|", []),
      ("\(policies)/KioskBrowser/BlockedUrls", "https://a.com;https://b.com", ["SM1710"]),
      (message, "Hello, you; and you|too", []), (message, "Hello&#xF000;&#xF000;you", []),
      (devices, "CdRomDevices|WpdDevices|", []), (devices, "CdRomDevices, WpdDevices", ["SM1710"]),
      (devices, "CdRomDevices|cdromdevices", ["SM1702"]), (devices, "CdRomDevices||WpdDevices", ["SM1711"]),
      (devices, "CdRomDevices|Floppy", ["SM1702"]), (devices, "{devices}|CdRomDevices", []),
      (interfaces, "RemoteAccess, Lan", []), (interfaces, "RemoteAccess;Lan", ["SM1710"]),
    ])
  func lists(path: String, data: String, codes: [String]) {
    let payload =
      "<Replace><CmdID>1</CmdID><Item><Target><LocURI>\(path)</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Data>\(data)</Data></Item></Replace>"
    let report = validatePayload(Array(payload.utf8), PayloadOptions(catalog: .embedded))
    #expect(report.findings.map(\.code.text).filter { $0.hasPrefix("SM17") } == codes)
  }

  @Test("a value of a thousand mistakes is judged in time, each told once")
  func hostile() {
    let element = "&lt;data id=\"a\" value=\"0xF000\"/&gt;"
    let admx = "&lt;disabled/&gt;" + String(repeating: element, count: 30_000)
    let path = "./User/Vendor/MSFT/Policy/Config/InternetExplorer/DisableHomePageChange"
    let list = String(repeating: "|;,", count: 100_000)
    let payload = [(path, admx), (Self.devices, list), (Self.logOn, list)].map {
      "<Replace><Item><Target><LocURI>\($0.0)</LocURI></Target><Data>\($0.1)</Data></Item></Replace>"
    }
    let time = ContinuousClock().measure {
      let report = validatePayload(Array(payload.joined().utf8), PayloadOptions(catalog: .embedded))
      #expect(report.findings.count < 20)
    }
    #expect(time < .seconds(60))
  }
}

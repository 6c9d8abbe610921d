import CSPCatalog
import Testing

/// Slips that people make, with the path that they meant.
@Suite struct SuggestionTests {
  private static let policies = "./Device/Vendor/MSFT/Policy/Config"

  @Test(
    "the first suggestion is what was meant",
    arguments: [
      // A letter wrong in an area, a CSP, a leaf.
      ("\(policies)/DeviceGard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      (
        "./Vendor/MSFT/Bitlocke/RequireDeviceEncryption",
        "./Device/Vendor/MSFT/BitLocker/RequireDeviceEncryption"
      ),
      ("\(policies)/DeviceLock/MinDevicePasswordLenght", "\(policies)/DeviceLock/MinDevicePasswordLength"),
      // Another area.
      ("\(policies)/Security/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      ("\(policies)/Defender/AllowTelemetry", "\(policies)/System/AllowTelemetry"),
      // Policy/Config left out, in part, or where there is none.
      ("./Device/Vendor/MSFT/DeviceGuard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      ("./Vendor/MSFT/Policy/DeviceGuard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      ("./Device/Vendor/MSFT/Config/DeviceGuard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      (
        "\(policies)/BitLocker/RequireDeviceEncryption",
        "./Device/Vendor/MSFT/BitLocker/RequireDeviceEncryption"
      ),
      // Vendor/MSFT left out, ./Device left out or doubled.
      ("./Device/Policy/Config/DeviceGuard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      ("./Policy/Config/DeviceGuard/LsaCfgFlags", "\(policies)/DeviceGuard/LsaCfgFlags"),
      ("./MSFT/BitLocker/RequireDeviceEncryption", "./Device/Vendor/MSFT/BitLocker/RequireDeviceEncryption"),
      ("./Device/Device/Vendor/MSFT/Reboot/RebootNow", "./Device/Vendor/MSFT/Reboot/RebootNow"),
      ("./Device/Vendor/MSTF/Reboot/RebootNow", "./Device/Vendor/MSFT/Reboot/RebootNow"),
      // The other scope, with a slip beside.
      ("./User/Vendor/MSFT/Rebot/RebootNow", "./Device/Vendor/MSFT/Reboot/RebootNow"),
      ("./Vendor/MSFT/DevDetail/SwV", "./DevDetail/SwV"),
      ("./Device/Vendor/MSFT/Firewall/DomainProfile/EnableFirewall", ""),
      // No path at all.
      (" ./Device/Vendor/MSFT//Reboot/RebootNow", "./Device/Vendor/MSFT/Reboot/RebootNow"),
      (#".\Device\Vendor\MSFT\Reboot\RebootNow"#, "./Device/Vendor/MSFT/Reboot/RebootNow"),
      ("Device/Vendor/MSFT/Reboot/RebootNow", "./Device/Vendor/MSFT/Reboot/RebootNow"),
    ])
  func first(path: String, meant: String) {
    guard case .unknown(_, let suggestions) = CSPCatalog.embedded.resolve(path) else {
      Issue.record("\(path) was found")
      return
    }
    #expect((suggestions.first ?? "") == meant, "\(suggestions)")
  }

  @Test func `nothing is suggested for what is like no node`() {
    for path in ["./Device/Vendor/MSFT/Qqqqqq/Zzzzz", "./Device/Vendor/MSFT/BitLocker/Jjjjjjjj", "x"] {
      guard case .unknown(_, let suggestions) = CSPCatalog.embedded.resolve(path) else {
        Issue.record("\(path) was found")
        continue
      }
      #expect(suggestions.isEmpty, "\(path)")
    }
  }

  @Test func `a path in other letters is mended, and names that somebody chose stay`() {
    let catalog = CSPCatalog.embedded
    #expect(
      catalog.mendingCase(of: "./vendor/msft/healthattestation/correlationid")
        == "./Device/Vendor/MSFT/HealthAttestation/CorrelationID")
    #expect(
      catalog.mendingCase(of: "./User/Vendor/MSFT/vpnv2/My VPN/EDPmodeid")
        == "./User/Vendor/MSFT/VPNv2/My VPN/EdpModeId")
    #expect(catalog.mendingCase(of: "./Vendor/MSFT/HealthAttestation/CorrelationIdent") == nil)
    #expect(catalog.mendingCase(of: "./Vendor/MSFT/Policy/Config/NoArea/NoPolicy") == nil)
    #expect(catalog.mendingCase(of: "x") == nil)
    #expect(
      catalog.mendingCase(of: "./User/Vendor/MSFT/vpnv2/A%2FB/EdpModeId")
        == "./User/Vendor/MSFT/VPNv2/A%2FB/EdpModeId")
    #expect(
      catalog.mendingCaseOfBeginning(of: "./User/Vendor/MSFT/vpnv2/A%2FB/Nothing%25/x")
        == "./User/Vendor/MSFT/VPNv2/A%2FB/Nothing%25/x")
  }
}

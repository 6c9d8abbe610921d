import CSPCatalog
import SyncML
import Testing

@Suite struct NodeHistoryTests {
  private static let catalog = """
    policyc-csp-catalog 1
    source test
    date 2025-02-01
    nodes 5
    gone 3

    ./Device/Vendor/MSFT/A\tG\tnode\t1\tA
    ./Device/Vendor/MSFT/A/{Id}\tADG\tnode\t*\tA
    ./Device/Vendor/MSFT/A/{Id}/New\tADGR\tint\t?\tA
    ./Device/Vendor/MSFT/B\tG\tnode\t1\tB\tfrom=ddf1
    ./Device/Vendor/MSFT/B/C\tG\tint\t1\tB\tfrom=ddf1
    gone ./Device/Vendor/MSFT/A/{Id}/Old\tmoved=./Device/Vendor/MSFT/A/{Id}/New
    gone ./Device/Vendor/MSFT/A/{Id}/Top\tremoved=2022-12
    gone ./Device/Vendor/MSFT/Phone\tphone

    """

  @Test(
    "a path that is gone is told with what became of it, as an error where no device can have it",
    arguments: [
      (
        "./Vendor/MSFT/A/x/Old", "./Device/Vendor/MSFT/A/{Id}/Old is now ./Device/Vendor/MSFT/A/{Id}/New",
        true
      ),
      ("./Vendor/MSFT/A/x/Top", "2022-12 is the last release of the catalogue that has it", false),
      ("./Vendor/MSFT/Phone/Anything", "./Device/Vendor/MSFT/Phone was for Windows phones only", true),
    ])
  func gone(path: String, said: String, isError: Bool) throws {
    let catalog = try CSPCatalog(bytes: Array(Self.catalog.utf8))
    let payload = """
      <Get><Item><Target><LocURI>\(path)</LocURI></Target></Item></Get>
      """
    let report = validatePayload(Array(payload.utf8), PayloadOptions(catalog: catalog))
    #expect(report.findings.map(\.code) == ["SM1601"])
    #expect(report.findings.first?.message.contains(said) == true, "\(report.findings)")
    #expect(report.findings.first?.severity == (isError ? .error : .warning))
    #expect(report.findings.first?.status == (isError ? .notFound : nil))
  }

  @Test func `a CSP of an old description is told of once`() throws {
    let catalog = try CSPCatalog(bytes: Array(Self.catalog.utf8))
    let get = "<Get><Item><Target><LocURI>./Vendor/MSFT/B/C</LocURI></Target></Item></Get>"
    let report = validatePayload(Array((get + get).utf8), PayloadOptions(catalog: catalog))
    #expect(report.findings.map(\.code) == ["SM1602"])
    #expect(report.notes == 1)
  }
}

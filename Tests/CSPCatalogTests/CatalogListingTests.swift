import CSPCatalog
import Testing

@Suite struct CatalogListingTests {
  private let catalog = CSPCatalog.embedded

  @Test("entries below a path are its children, and lead to as many nodes as there are")
  func entries() {
    for path in [
      "./Device/Vendor/MSFT/BitLocker", "./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}", "./DevDetail",
    ] {
      let entries = catalog.entries(below: path)
      #expect(entries.compactMap(\.node) == catalog.children(of: path))
      #expect(entries.reduce(1) { $0 + 1 + $1.nodesBelow } == catalog.nodes(below: path).count)
    }
  }

  @Test("every node is below an outermost path")
  func all() {
    let entries = catalog.entries(below: ".")
    #expect(entries.map(\.path).contains("./Device") && Set(entries.map(\.path)).count == entries.count)
    #expect(entries.reduce(0) { $0 + $1.nodesBelow + ($1.node == nil ? 0 : 1) } == catalog.nodeCount)
    #expect(catalog.nodes(below: ".").elementsEqual(catalog.nodes))
  }

  @Test("a path is spelt as the catalogue spells it")
  func spelling() {
    #expect(catalog.spelling(of: "./Vendor/MSFT") == "./Device/Vendor/MSFT")
    #expect(catalog.spelling(of: "./Vendor/MSFT/") == "./Device/Vendor/MSFT")
    #expect(
      catalog.spelling(of: "./Vendor/MSFT/DMClient/Provider/x")
        == "./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}")
    #expect(catalog.spelling(of: "./Vendor/MSFT/Nothing") == nil && catalog.spelling(of: "LAPS") == nil)
    #expect(catalog.spelling(of: ".") == ".")
  }
}

import CSPCatalog
import Testing

@Suite("A catalogue with another added")
struct AddedCatalogTests {
  private static func catalog(_ source: String, _ lines: [String]) throws -> CSPCatalog {
    let header = """
      policyc-csp-catalog 1
      from a test
      source \(source)
      date 2026-01-01
      nodes \(lines.count)
      editions p 30


      """
    return try CSPCatalog(
      bytes: Array((header + lines.sorted().map { $0 + "\n" }.joined()).utf8))
  }

  private static func both() throws -> CSPCatalog {
    let base = try catalog(
      "base",
      [
        "./Device/Vendor/MSFT/A\tG\tnode\t1\tA\tb=10.0.22000\troot",
        "./Device/Vendor/MSFT/A/Old\tG\tint\t1\tA",
        "./Device/Vendor/MSFT/A/Same\tG\tint\t1\tA",
        "./Device/Vendor/MSFT/A/{Any}\tG\tnode\t*\tA",
        "./Device/Vendor/MSFT/A/{Any}/X\tG\tint\t1\tA",
      ])
    let added = try catalog(
      "own",
      [
        "./Device/Vendor/Contoso\tG\tnode\t1\tContoso\troot",
        "./Device/Vendor/Contoso/Setting\tGR\tint\t1\tContoso\tv=enum:0,1",
        "./Device/Vendor/MSFT/A\tG\tnode\t1\tA\tb=10.0.26100\te=p\troot",
        "./Device/Vendor/MSFT/A/New\tGR\tint\t1\tA",
        "./Device/Vendor/MSFT/A/Same\tGR\tchr\t1\tA",
        "./Device/Vendor/MSFT/A/{Any}/Y\tG\tint\t1\tA",
      ])
    return base.adding(added, from: "own.txt")
  }

  @Test("nodes of both are there, and of a path that both have the added one")
  func nodes() throws {
    let catalog = try Self.both()
    #expect(
      catalog.nodes.map(\.locURI) == [
        "./Device/Vendor/Contoso", "./Device/Vendor/Contoso/Setting", "./Device/Vendor/MSFT/A",
        "./Device/Vendor/MSFT/A/New", "./Device/Vendor/MSFT/A/Old", "./Device/Vendor/MSFT/A/Same",
        "./Device/Vendor/MSFT/A/{Any}", "./Device/Vendor/MSFT/A/{Any}/X", "./Device/Vendor/MSFT/A/{Any}/Y",
      ])
    #expect(catalog.nodeCount == 9)
    #expect(catalog.node(at: "./Vendor/MSFT/A/Same")?.format == .chr)
    #expect(catalog.node(at: "./Vendor/MSFT/A/Old")?.format == .int)
    #expect(catalog.version == "base + own" && catalog.date.description == "2026-01-01")
  }

  @Test("what a node inherits is from its own catalogue")
  func inheritance() throws {
    let catalog = try Self.both()
    let old = try #require(catalog.node(at: "./Vendor/MSFT/A/Old"))
    #expect(old.applicability.builds.map(\.description) == ["10.0.22000"] && old.editions.isEmpty)
    let new = try #require(catalog.node(at: "./Vendor/MSFT/A/New"))
    #expect(new.applicability.builds.map(\.description) == ["10.0.26100"] && new.editions == [0x30])
  }

  @Test("children, dynamic names and suggestions are those of both")
  func search() throws {
    let catalog = try Self.both()
    #expect(
      catalog.children(of: "./Device/Vendor/MSFT/A").map { $0.locURI.dropFirst(23) } == [
        "New", "Old", "Same", "{Any}",
      ])
    #expect(catalog.node(at: "./Vendor/MSFT/A/any name/X")?.locURI.hasSuffix("{Any}/X") == true)
    #expect(catalog.node(at: "./Vendor/MSFT/A/any name/Y")?.locURI.hasSuffix("{Any}/Y") == true)
    #expect(
      catalog.resolve("./Vendor/MSFT/A/x/new")
        == .unknown(
          deepestKnown: "./Device/Vendor/MSFT/A/{Any}", suggestions: ["./Device/Vendor/MSFT/A/New"]))
    #expect(
      catalog.resolve("./Vendor/Contoso/Seting")
        == .unknown(
          deepestKnown: "./Device/Vendor/Contoso", suggestions: ["./Device/Vendor/Contoso/Setting"]))
  }

  @Test("the source of a node is told")
  func provenance() throws {
    let catalog = try Self.both()
    let old = try #require(catalog.node(at: "./Vendor/MSFT/A/Old"))
    #expect(catalog.provenance(of: old) == ("base", nil))
    let same = try #require(catalog.node(at: "./Vendor/MSFT/A/Same"))
    #expect(catalog.provenance(of: same) == ("own", "own.txt"))
  }

  @Test("the whole catalogue with itself added is the same")
  func itself() {
    let twice = CSPCatalog.embedded.adding(.embedded, from: "again")
    #expect(twice.nodeCount == CSPCatalog.embedded.nodeCount)
    #expect(twice.nodes.elementsEqual(CSPCatalog.embedded.nodes))
  }
}

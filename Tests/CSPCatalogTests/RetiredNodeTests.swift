import Testing

@testable import CSPCatalog

@Suite("What is gone") struct RetiredNodeTests {
  private static let text = """
    policyc-csp-catalog 1
    source s
    date 2025-02
    nodes 3
    gone 5

    ./Device/Vendor/MSFT/A\tG\tnode\t1\tA
    ./Device/Vendor/MSFT/A/{Id}\tG\tnode\t*\tA
    ./Device/Vendor/MSFT/A/{Id}/New\tG\tint\t?\tA\toff=enum:0,a\\,b\tfrom=ddf1
    gone ./Device/Vendor/MSFT/A/Top\tremoved=2022-12
    gone ./Device/Vendor/MSFT/A/{Id}/Old\tmoved=./Device/Vendor/MSFT/A/{Id}/New
    gone ./Device/Vendor/MSFT/A/{Id}/{Name}/Leaf\tremoved=2019
    gone ./Device/Vendor/MSFT/Phone\tphone
    gone ./Device/Vendor/MSFT/Tree\tremoved=2019

    """
  private let catalog: CSPCatalog

  init() throws { catalog = try CSPCatalog(bytes: Array(Self.text.utf8)) }

  static let cases: [(String, String, RetiredNode.Reason)] = [
    ("A/Top", "A/Top", .removed(lastSeen: "2022-12")),
    ("A/Top/Below/It", "A/Top", .removed(lastSeen: "2022-12")),
    ("A/1/Old", "A/{Id}/Old", .moved(to: "./Device/Vendor/MSFT/A/{Id}/New")),
    ("A/1/x/Leaf", "A/{Id}/{Name}/Leaf", .removed(lastSeen: "2019")),
    ("Phone", "Phone", .phoneOnly), ("Phone/Ring", "Phone", .phoneOnly),
    ("Tree/{x}/y", "Tree", .removed(lastSeen: "2019")),
  ]

  @Test(
    "a path is gone by itself, as an instance of a dynamic node, or with what it lies below", arguments: cases
  )
  func found(path: String, gone: String, reason: RetiredNode.Reason) {
    let expected = RetiredNode(path: "./Device/Vendor/MSFT/\(gone)", reason: reason)
    #expect(catalog.retired("./Device/Vendor/MSFT/\(path)") == expected)
    #expect(catalog.retired("./Vendor/MSFT/\(path)") == expected)
  }

  @Test(
    "what is there, or never was, is not gone",
    arguments: ["A", "A/1", "A/1/New", "A/1/Never", "A/1/x", "A/1/x/Other", "Never", "Phon", "Phone2"])
  func others(path: String) { #expect(catalog.retired("./Device/Vendor/MSFT/\(path)") == nil) }

  @Test("what is gone is no node, and neither found nor suggested")
  func noNode() {
    #expect(catalog.nodes.map(\.locURI).count == 3)
    #expect(catalog.node(at: "./Device/Vendor/MSFT/Tree") == nil)
    #expect(
      catalog.resolve("./Device/Vendor/MSFT/Tre")
        == .unknown(deepestKnown: "./Device/Vendor/MSFT", suggestions: []))
    #expect(catalog.children(of: "./Device/Vendor/MSFT/A").map(\.locURI) == ["./Device/Vendor/MSFT/A/{Id}"])
  }

  @Test("a node says which description it is from, and which values switch it off")
  func provenance() throws {
    let node = try #require(catalog.node(at: "./Device/Vendor/MSFT/A/1/New"))
    #expect(node.source == .ddf1)
    #expect(node.offValues == ["0", "a,b"])
    #expect(catalog.node(at: "./Device/Vendor/MSFT/A")?.source == .ddf2)
  }

  @Test("the lines are written as they were read")
  func roundTrip() {
    let retired = Self.text.split(separator: "\n").filter { $0.hasPrefix("gone ./") }.compactMap {
      try? RetiredLine.decode(String($0))
    }
    let written = CatalogWriter.write(
      Array(catalog.nodes), retired: retired.reversed(), source: "s", date: CalendarDate(known: 2025, 2, 1))
    let body = Self.text.split(separator: "\n").filter { $0.contains("./") }
    #expect(
      String(decoding: written, as: UTF8.self).split(separator: "\n").filter { $0.contains("./") } == body)
    #expect(retired.count == 5)
  }
}

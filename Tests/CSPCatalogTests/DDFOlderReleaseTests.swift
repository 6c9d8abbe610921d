import Testing
import XMLInput

@testable import CSPCatalog

@Suite("DDFImport of DDF v1 and older releases") struct DDFOlderReleaseTests {
  private typealias Sample = DDFImportTests

  private static let version2 = "<MSFT:AllowedValues ValueType=\"None\"></MSFT:AllowedValues>"

  /// A file with a root below `./Device/Vendor/MSFT`, or where `path` says, and leaves below it.
  private static func file(
    _ csp: String, _ leaves: [String], version: Int, path: String = "./Device/Vendor/MSFT"
  ) -> [UInt8] {
    let below = leaves.map { name in
      Sample.node(name, path: nil, Sample.properties(version == 2 ? version2 : ""))
    }
    return Sample.file(
      Sample.node(csp, path: path, Sample.properties(format: "node") + below.joined()))
  }

  private func catalog(_ ddf: DDFImport) throws -> CSPCatalog {
    try CSPCatalog(bytes: ddf.catalog(source: "2025-02", date: CalendarDate(known: 2025, 2, 1)))
  }

  @Test("a file says by its elements which version it is, and v1 nodes state no builds")
  func versions() throws {
    var ddf = DDFImport()
    try ddf.add(Self.file("New", ["A"], version: 2), named: "New.xml")
    try ddf.add(Self.file("Old", ["A"], version: 1), named: "old.xml")
    let catalog = try catalog(ddf)
    let old = try #require(catalog.node(at: "./Vendor/MSFT/Old/A"))
    #expect(old.source == .ddf1 && old.applicability.builds.isEmpty && old.origin == "old")
    #expect(catalog.node(at: "./Vendor/MSFT/New/A")?.source == .ddf2)
    #expect(ddf.summary == DDFImport.Summary(version2: 2, version1: 2, retired: catalog.retiredCount))
  }

  @Test("a star is a dynamic name, and Microsoft's elements of v1 are passed over")
  func dialect() throws {
    var ddf = DDFImport()
    let leaf = Sample.node(
      "*", path: nil,
      Sample.properties(
        """
        <DFTitle>Hash</DFTitle><MSFT:SupportedValues low="0" high="1"><MSFT:SupportedValue value="0"/>
        </MSFT:SupportedValues><MSFT:RWAccess>3</MSFT:RWAccess><MSFT:ADMXBacked>x.admx</MSFT:ADMXBacked>
        """))
    let root = Sample.node(
      "MSFT", path: "./Vendor",
      Sample.properties(format: "node")
        + Sample.node(
          "Old", path: nil, Sample.properties(format: "node") + leaf))
    try ddf.add(Sample.file(root), named: "old.xml")
    let node = try #require(try catalog(ddf).node(at: "./Vendor/MSFT/Old/any"))
    #expect(node.locURI == "./Device/Vendor/MSFT/Old/{Hash}" && node.isDynamic && node.source == .ddf1)
    #expect(ddf.notes.isEmpty)
    #expect(try catalog(ddf).node(at: "./Vendor/MSFT") == nil)
  }

  @Test("where any release has v2, nodes of v1 are none, and what v2 lacks is gone")
  func version2Wins() throws {
    var ddf = DDFImport()
    try ddf.add(Self.file("A", ["Stays", "New"], version: 2), named: "A.xml")
    try ddf.add(Self.file("A", ["Stays", "Gone"], version: 1), named: "a.xml", ofOlderRelease: "2019")
    try ddf.add(Self.file("A", ["Left"], version: 2), named: "A.xml", ofOlderRelease: "2022-12")
    try ddf.add(Self.file("Whole", ["X"], version: 2), named: "Whole.xml", ofOlderRelease: "2022-12")
    try ddf.add(Self.file("Whole", ["X", "Y"], version: 1), named: "whole.xml", ofOlderRelease: "2019")
    let catalog = try catalog(ddf)
    #expect(
      catalog.nodes.map { $0.locURI.dropFirst(21) } == ["A", "A/New", "A/Stays"])
    #expect(catalog.retired("./Vendor/MSFT/A/Gone")?.reason == .removed(lastSeen: "2019"))
    #expect(catalog.retired("./Vendor/MSFT/A/Left")?.reason == .removed(lastSeen: "2022-12"))
    #expect(
      catalog.retired("./Vendor/MSFT/Whole/X")
        == RetiredNode(path: "./Device/Vendor/MSFT/Whole", reason: .removed(lastSeen: "2022-12")))
    #expect(catalog.retired("./Vendor/MSFT/Whole/Y")?.reason == .removed(lastSeen: "2019"))
    #expect(catalog.retired("./Vendor/MSFT/A/Stays") == nil)
  }

  @Test("a node moved where it is in the other scope now, or once more in its CSP below the same parent")
  func moved() throws {
    func nested(_ outer: String, _ leaf: String) -> [UInt8] {
      let inner = Sample.node(
        "Group", path: nil,
        Sample.properties(format: "node") + Sample.node(leaf, path: nil, Sample.properties(Self.version2)))
      let outer = Sample.node(outer, path: nil, Sample.properties(format: "node") + inner)
      return Sample.file(
        Sample.node("C", path: "./Device/Vendor/MSFT", Sample.properties(format: "node") + outer))
    }
    var ddf = DDFImport()
    try ddf.add(Self.file("S", ["X"], version: 2, path: "./User/Vendor/MSFT"), named: "S.xml")
    try ddf.add(nested("Second", "Leaf"), named: "C.xml")
    try ddf.add(Self.file("S", ["X", "Y"], version: 1), named: "s.xml", ofOlderRelease: "2019")
    try ddf.add(nested("First", "Leaf"), named: "C.xml", ofOlderRelease: "2019")
    let catalog = try catalog(ddf)
    #expect(catalog.retired("./Vendor/MSFT/S/X")?.reason == .moved(to: "./User/Vendor/MSFT/S/X"))
    #expect(catalog.retired("./Vendor/MSFT/S/Y")?.reason == .removed(lastSeen: "2019"))
    #expect(
      catalog.retired("./Vendor/MSFT/C/First/Group/Leaf")?.reason
        == .moved(to: "./Device/Vendor/MSFT/C/Second/Group/Leaf"))
  }

  @Test("a node that was there before is not where another moved")
  func notMoved() throws {
    var ddf = DDFImport()
    try ddf.add(Self.file("S", ["X"], version: 2, path: "./User/Vendor/MSFT"), named: "S.xml")
    try ddf.add(
      Self.file("S", ["X"], version: 2, path: "./User/Vendor/MSFT"), named: "S.xml", ofOlderRelease: "1")
    try ddf.add(Self.file("S", ["X"], version: 2), named: "T.xml", ofOlderRelease: "1")
    #expect(try catalog(ddf).retired("./Vendor/MSFT/S/X")?.reason == .removed(lastSeen: "1"))
  }

  @Test(
    "names that stood for any name are not told from names that never were, nor other letters from others")
  func unsure() throws {
    var ddf = DDFImport()
    try ddf.add(Self.file("A", ["Name"], version: 2), named: "A.xml")
    let old = Sample.node(
      "A", path: "./Device/Vendor/MSFT",
      Sample.properties(format: "node") + Sample.node("NAME", path: nil, Sample.properties())
        + Sample.node("", path: nil, Sample.properties("<DFTitle>Any</DFTitle>")))
    try ddf.add(Sample.file(old), named: "a.xml", ofOlderRelease: "2019")
    let catalog = try catalog(ddf)
    #expect(catalog.retired("./Vendor/MSFT/A/NAME") == nil)
    #expect(catalog.retired("./Vendor/MSFT/A/x") == nil)
  }

  @Test("a CSP of phones is gone in both scopes, with all that its file describes")
  func phones() throws {
    var ddf = DDFImport()
    let roots = ["RemoteRing", "Root"].map { name in
      Sample.node(name, path: "./Device/Vendor/MSFT", Sample.properties(format: "node"))
    }
    try ddf.add(Sample.file(roots.joined()), named: "remotering.xml", ofOlderRelease: "2019")
    let catalog = try catalog(ddf)
    #expect(catalog.nodeCount == 0)
    #expect(catalog.retired("./Vendor/MSFT/RemoteRing/Ring")?.reason == .phoneOnly)
    #expect(catalog.retired("./User/Vendor/MSFT/RemoteRing/Ring")?.reason == .phoneOnly)
    #expect(catalog.retired("./Vendor/MSFT/Root") == nil)
  }

  @Test("the order of files and releases does not matter, even where two describe a node differently")
  func order() throws {
    let files: [(String, String?, [UInt8])] = [
      ("A.xml", nil, Self.file("A", ["X"], version: 2)),
      ("o1.xml", "2019", Self.file("Old", ["X"], version: 1)),
      ("o2.xml", "2019", Sample.file(Sample.node("Old", Sample.properties(format: "chr")))),
      ("o3.xml", "2018", Self.file("Old", ["Z"], version: 1)),
      ("B.xml", "2022-12", Self.file("A", ["W"], version: 2)),
    ]
    func result(_ order: [Int]) throws -> ([UInt8], [DDFImport.Note]) {
      var ddf = DDFImport()
      for index in order {
        try ddf.add(files[index].2, named: files[index].0, ofOlderRelease: files[index].1)
      }
      return (ddf.catalog(source: "s", date: CalendarDate(known: 2025, 1, 1)), ddf.notes)
    }
    let (bytes, notes) = try result([0, 1, 2, 3, 4])
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
      let other = try result(order)
      #expect(other.0 == bytes)
      #expect(other.1 == notes)
    }
    #expect(notes.map(\.kind) == [.describedTwice])
    #expect(notes.first?.file == "o2.xml")
  }
}

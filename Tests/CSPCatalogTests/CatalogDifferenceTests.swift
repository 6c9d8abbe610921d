import CSPCatalog
import Foundation
import Testing

@Suite struct CatalogDifferenceTests {
  private static func catalog(_ lines: [String]) throws -> CSPCatalog {
    let header =
      "policyc-csp-catalog 1\nfrom a test\nsource s\ndate 2026-01-01\nnodes \(lines.count)\neditions p 30\neditions q 4 30\n\n"
    return try CSPCatalog(bytes: Array((header + lines.sorted().map { $0 + "\n" }.joined()).utf8))
  }

  @Test("a node that one lacks is added or removed, and facts that differ are told")
  func kinds() throws {
    let old = try Self.catalog([
      "./Device/A\tG\tnode\t1\tA\tb=10.0.22000,10.0.19041.5\te=p\troot", "./Device/A/Gone\tG\tint\t1\tA",
      "./Device/A/Kept\tG\tint\t1\tA\tv=enum:0,1\tatomic",
      "./Device/A/Same\tG\tint\t1\tA",
    ])
    let new = try Self.catalog([
      "./Device/A\tG\tnode\t1\tA\tb=10.0.19041.5,10.0.22000\te=q\troot",
      "./Device/A/Kept\tGR\tint\t1\tA\tv=enum:0,1,2\td=0",
      "./Device/A/New\tG\tint\t1\tA", "./Device/A/Same\tG\tint\t1\tOther\tb=10.0.26100",
    ])
    let difference = CatalogDifference(from: old, to: new)
    #expect(difference.removed.map(\.locURI) == ["./Device/A/Gone"])
    #expect(difference.added.map(\.locURI) == ["./Device/A/New"])
    #expect(difference.changed.map(\.path) == ["./Device/A", "./Device/A/Kept", "./Device/A/Same"])
    #expect(difference.changed[0].changes.map { "\($0.fact) \($0.words)" } == ["editions gained: enterprise"])
    #expect(
      difference.changed[1].changes.map { "\($0.fact) \($0.words)" } == [
        "commands was: Get; is: Get, Replace", "values was: one of 0 or 1; is: one of 0, 1 or 2",
        "atomic was: the node and all below it stand in an Atomic; is no longer stated",
        "default was not stated; is: 0",
      ])
    #expect(
      difference.changed[2].changes.map(\.words) == [
        "was: Windows 10 2004 with revision 5, Windows 11 21H2 and later (10.0.22000, 10.0.19041.5); "
          + "is: Windows 11 24H2 and later (10.0.26100)"
      ])
  }

  @Test("a catalogue does not differ from itself")
  func itself() {
    let difference = CatalogDifference(from: .embedded, to: .embedded)
    #expect(difference.added.isEmpty && difference.removed.isEmpty && difference.changed.isEmpty)
  }

  private static func release(_ name: String) throws -> CSPCatalog {
    let folder = SharedData.folder.appendingPathComponent("ddf/\(name)")
    var ddf = DDFImport()
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where file.hasSuffix(".xml") {
      try ddf.add([UInt8](Data(contentsOf: folder.appendingPathComponent(file))), named: file)
    }
    return try CSPCatalog(bytes: ddf.catalog(source: name, date: try #require(CalendarDate(name))))
  }

  /// The numbers were counted in the XML by another program.
  @Test(
    "the releases 2022-12 and 2025-02 differ as their files do",
    .enabled(if: SharedData.hasDDF, "no shared/data beside the checkout"))
  func releases() throws {
    let (old, new) = (try Self.release("2022-12"), try Self.release("2025-02"))
    let difference = CatalogDifference(from: old, to: new)
    #expect(difference.added.count == 322 && difference.removed.count == 74)
    var facts: [String: Int] = [:]
    for change in difference.changed.flatMap(\.changes) { facts[change.fact, default: 0] += 1 }
    #expect(facts["builds"] == 45)
    #expect(facts["editions"] == 3463)
    #expect(facts["commands"] == 5)
    #expect(facts["format"] == 3)
    #expect(facts["default"] == 6)
    #expect(facts["deprecated"] == 4)
  }
}

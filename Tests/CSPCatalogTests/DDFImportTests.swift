import Testing
import XMLInput

@testable import CSPCatalog

@Suite("DDFImport") struct DDFImportTests {
  /// A DDF file with the given nodes in it.
  static func file(_ nodes: String) -> [UInt8] {
    Array(
      """
      \u{FEFF}<?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE MgmtTree PUBLIC " -//OMA//DTD-DM-DDF 1.2//EN" "http://www.openmobilealliance.org/x.dtd"
        [<?oma-dm-ddf-ver supported-versions="1.2"?>]>
      <MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM">
        <VerDTD>1.2</VerDTD>
      \(nodes)
      </MgmtTree>
      """.utf8)
  }

  static func properties(_ rest: String = "", verbs: String = "<Get/>", format: String = "int") -> String {
    """
    <DFProperties><AccessType>\(verbs)</AccessType><DFFormat><\(format)/></DFFormat>
    <Occurrence><One/></Occurrence><Scope><Permanent/></Scope><DFType><MIME/></DFType>\(rest)</DFProperties>
    """
  }

  static func node(_ name: String, path: String? = "./Vendor/MSFT", _ rest: String = "") -> String {
    "<Node><NodeName>\(name)</NodeName>\(path.map { "<Path>\($0)</Path>" } ?? "")\(rest)</Node>"
  }

  private func imported(_ nodes: String) throws -> (CSPCatalog, [DDFImport.Note]) {
    var ddf = DDFImport()
    try ddf.add(Self.file(nodes), named: "Sample.xml")
    let bytes = ddf.catalog(source: "test", date: CalendarDate(known: 2025, 2, 1))
    return (try CSPCatalog(bytes: bytes), ddf.notes)
  }

  @Test("a node keeps every fact that its description has")
  func everyFact() throws {
    let leaf = Self.node(
      "Leaf", path: nil,
      Self.properties(
        """
        <DefaultValue>a	b
        c\\</DefaultValue><Description>Prose that is left out.</Description><CaseSense><CIS/></CaseSense>
        <MSFT:Applicability><MSFT:OsBuildVersion>10.0.22621, 10.0.22000.1165</MSFT:OsBuildVersion>
        <MSFT:CspVersion>1.0</MSFT:CspVersion><MSFT:EditionAllowList>0x4;0x30;</MSFT:EditionAllowList>
        </MSFT:Applicability>
        <MSFT:AllowedValues ValueType="ENUM"><MSFT:Enum><MSFT:Value>a,b</MSFT:Value>
        <MSFT:ValueDescription>Prose.</MSFT:ValueDescription></MSFT:Enum><MSFT:Enum><MSFT:Value>c</MSFT:Value>
        </MSFT:Enum><MSFT:List Delimiter="0xF000"/></MSFT:AllowedValues>
        <MSFT:RebootBehavior>Automatic</MSFT:RebootBehavior><MSFT:Deprecated OsBuildDeprecated="10.0.26100.712"/>
        <MSFT:DependencyBehavior><MSFT:DependencyGroup FriendlyId="a; group">
        <MSFT:DependencyChangedAllowedValues ValueType="Range"><MSFT:Value>[1-5]</MSFT:Value>
        </MSFT:DependencyChangedAllowedValues>
        <MSFT:Dependency Type="Not"><MSFT:DependencyUri>Vendor/MSFT/Sample/[Some Name]</MSFT:DependencyUri>
        <MSFT:DependencyAllowedValue ValueType="ENUM"><MSFT:Enum><MSFT:Value>x;y</MSFT:Value></MSFT:Enum>
        </MSFT:DependencyAllowedValue></MSFT:Dependency></MSFT:DependencyGroup></MSFT:DependencyBehavior>
        <MSFT:ConflictResolution>LowestValueMostSecure</MSFT:ConflictResolution><MSFT:AtomicRequired/>
        """, verbs: "<Add/><Replace/><Get/>", format: "chr"))
    let (catalog, _) = try imported(Self.node("Sample", Self.properties(format: "node") + leaf))
    let expected = CSPNode(
      locURI: "./Device/Vendor/MSFT/Sample/Leaf", scope: .device, access: [.add, .get, .replace],
      format: .chr,
      occurrence: .one, applicability: try #require(NodeApplicability("10.0.22621,10.0.22000.1165")),
      editions: [0x4, 0x30], allowedValues: .enumeration(["a,b", "c"]), listDelimiter: "\u{F000}",
      defaultValue: "a\tb\nc\\", isPermanent: true, atomicRequired: true, isCaseSensitive: false,
      deprecation: Deprecation(since: .init(branch: 26100, revision: 712)),
      conflictResolution: .lowestValueMostSecure, reboot: .automatic,
      dependencies: [
        DependencyGroup(
          name: "a; group", changedValues: .ranges([1...5]),
          dependencies: [
            .init(
              locURI: "./Device/Vendor/MSFT/Sample/{Some Name}", isNegated: true,
              values: .enumeration(["x;y"]))
          ])
      ], origin: "Sample")
    #expect(catalog.node(at: "./Vendor/MSFT/Sample/Leaf") == expected)
  }

  @Test("a dynamic node is named by its title, and builds and editions come from above, each by itself")
  func inheritance() throws {
    let above = """
      <MSFT:Applicability><MSFT:OsBuildVersion>10.0.17763</MSFT:OsBuildVersion>
      <MSFT:EditionAllowList>0x30;</MSFT:EditionAllowList></MSFT:Applicability>
      """
    let below =
      "<MSFT:Applicability><MSFT:OsBuildVersion>10.0.22621</MSFT:OsBuildVersion></MSFT:Applicability>"
    let (catalog, notes) = try imported(
      Self.node(
        "Sample", path: "./User/Vendor/MSFT",
        Self.properties(above, format: "node")
          + Self.node(
            "", path: nil,
            Self.properties("<DFTitle>Id</DFTitle>\(below)", format: "node")
              + Self.node("Leaf", path: nil, Self.properties()))))
    let leaf = try #require(catalog.node(at: "./User/Vendor/MSFT/Sample/{Id}/Leaf"))
    #expect(leaf.scope == .user)
    #expect(leaf.applicability == NodeApplicability("10.0.22621"))
    #expect(leaf.editions == [0x30])
    #expect(catalog.node(at: "./User/Vendor/MSFT/Sample/{Id}")?.isDynamic == true)
    #expect(notes.isEmpty)
  }

  static let rangeTexts: [(String, [ClosedRange<Int64>]?)] = [
    ("[0-100]", [0...100]), ("[(-1)-4294967295]", [-1...4_294_967_295]), ("[1]", [1...1]),
    ("[6,17]", [6...6, 17...17]),
    ("[5-1]", nil), ("[]", nil), ("0-1", nil), ("[99999999999999999999]", nil), ("[(-1]", nil),
    ("[1-2-3]", nil),
  ]

  @Test("ranges are read in all their spellings", arguments: Self.rangeTexts)
  func ranges(text: String, expected: [ClosedRange<Int64>]?) {
    #expect(DDFText.ranges(text) == expected)
  }

  @Test("what contradicts itself is a note with its place, and does not stop the import")
  func notes() throws {
    let (catalog, notes) = try imported(
      Self.node(
        "Sample", path: "./Vendor/MSFT/",
        Self.properties(
          """
          <DefaultValue>7</DefaultValue>
          <MSFT:Applicability><MSFT:OsBuildVersion>22631.2050</MSFT:OsBuildVersion>
          <MSFT:EditionAllowList>0x88*;pro</MSFT:EditionAllowList></MSFT:Applicability>
          <MSFT:AllowedValues ValueType="Range"><MSFT:Value>[0-5]</MSFT:Value></MSFT:AllowedValues>
          <MSFT:Novelty><MSFT:Inner/></MSFT:Novelty>
          """, verbs: "<Get/><Sing/>")))
    #expect(
      notes.map(\.message) == [
        "Path './Vendor/MSFT/' ends with a slash, which is left out",
        "default 7 is outside of its range 0 to 5",
        "verb Sing: expected Add, Copy, Delete, Exec, Get or Replace; it is left out",
        "build 22631.2050 of OsBuildVersion: expected four numbers, or three",
        "edition 'pro': expected a hexadecimal id such as 0x30; it is left out",
        "element <MSFT:Novelty> in <DFProperties> is not known; it is left out with all it holds",
      ])
    #expect(notes.first?.description.hasPrefix("Sample.xml:6:") == true)
    #expect(catalog.node(at: "./Device/Vendor/MSFT/Sample")?.editions == [0x88])
  }

  static let refusals: [(String, String)] = [
    ("<a/>", "1:1: not a DDF file: expected <MgmtTree> as its outermost element, found <a>"),
    ("<SyncML xmlns='SYNCML:SYNCML1.2'/>", "1:1: not a DDF file"),
    ("<MgmtTree><Node>", "1:17: the document ends inside <Node>, opened at 1:11"),
    ("<MgmtTree>\n<Node><NodeName>A</NodeName></Node></MgmtTree>", "2:1: node A has no <DFFormat>"),
    ("<MgmtTree><Node>\(properties())</Node></MgmtTree>", "1:11: node {Name} has no <Path>"),
    ("<MgmtTree><Node>\n\(properties(format: "tree"))</Node></MgmtTree>", "2:56: format tree: expected one"),
    ("", "1:1: the document holds no element"),
    ("not XML", "1:1: expected an element"),
  ]

  @Test(
    "a file that is no DDF, lacks what a node must have or is cut off is an error with its place",
    arguments: Self.refusals)
  func refused(text: String, message: String) {
    var ddf = DDFImport()
    do throws(XMLError) {
      try ddf.add(Array(text.utf8), named: "x.xml")
      Issue.record("the file was accepted")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
    #expect(ddf.nodeCount == 0)
  }

  static let hostileFiles: [String] = [
    "<!DOCTYPE MgmtTree [<!ENTITY a \"b\">]><MgmtTree>&a;</MgmtTree>",
    "<!DOCTYPE MgmtTree [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><MgmtTree>&a;</MgmtTree>",
    "<MgmtTree>" + String(repeating: "<Node>", count: 100_000),
    "<MgmtTree a='" + String(repeating: "x", count: 2 << 20) + "'/>",
    "<MgmtTree>" + String(repeating: "x", count: 2 << 20) + "</MgmtTree>",
    "<MgmtTree>\0</MgmtTree>",
  ]

  @Test(
    "hostile files are refused",
    arguments: Self.hostileFiles)
  func hostile(text: String) {
    var ddf = DDFImport()
    #expect(throws: XMLError.self) { try ddf.add(Array(text.utf8), named: "x.xml") }
  }

  @Test("the order of the files does not matter, and a node described twice is noted and taken once")
  func order() throws {
    let first = Self.file(Self.node("A", Self.properties()))
    let second = Self.file(Self.node("B", Self.properties()) + Self.node("A", Self.properties(format: "chr")))
    let third = Self.file(Self.node("C", path: "./User/Vendor/MSFT", Self.properties()))
    func catalog(_ files: [[UInt8]]) throws -> ([UInt8], Int) {
      var ddf = DDFImport()
      for file in files { try ddf.add(file, named: "X.xml") }
      return (ddf.catalog(source: "s", date: CalendarDate(known: 2025, 1, 1)), ddf.notes.count)
    }
    let (one, notes) = try catalog([first, second, third])
    #expect(try catalog([third, first, second]).0 == one)
    #expect(notes == 1)
    #expect(try CSPCatalog(bytes: one).nodeCount == 3)
  }
}

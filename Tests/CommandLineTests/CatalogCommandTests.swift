import Foundation
import Testing

@Suite struct CatalogCommandTests {
  private static let file = """
    <?xml version="1.0"?>
    <!DOCTYPE MgmtTree PUBLIC "x" "http://host.invalid/x.dtd" [<?oma-dm-ddf-ver supported-versions="1.2"?>]>
    <MgmtTree><Node><NodeName>Sample</NodeName><Path>./Vendor/MSFT</Path><DFProperties>
    <AccessType><Get/></AccessType><DFFormat><int/></DFFormat><DefaultValue>none</DefaultValue>
    </DFProperties></Node></MgmtTree>
    """

  @Test("show prints all that is known of a node")
  func show() throws {
    let run = try policyc("catalog", "show", "./Vendor/MSFT/DMClient/Provider/x/Recovery/InitiateRecovery")
    #expect(run.status == 0 && run.errors == "")
    let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines.first == "./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}/Recovery/InitiateRecovery")
    for line in [
      "commands  Exec", "format    int", "values    one of 0 or 1", "builds    10.0.22621, 10.0.22000.1165",
      "since     Windows 11 21H2 with revision 1165, 22H2 and later", "source    DMClient, DDF v2 2025-02",
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(run.output.contains("tpm ready"))
  }

  @Test("a node of DDF v1 says so, and that its builds are not stated")
  func version1() throws {
    let run = try policyc("catalog", "show", "./Vendor/MSFT/TPMPolicy/IsActiveZeroExhaust")
    #expect(run.output.contains("  since     not stated\n"), "\(run)")
    #expect(run.output.hasSuffix("  source    tpmpolicy, DDF v1 2019\n"), "\(run)")
  }

  @Test("a path that earlier releases had is said to be gone, and why")
  func gone() throws {
    let run = try policyc("catalog", "show", "./Vendor/MSFT/DeviceLock")
    #expect(run.status == 1 && run.errors.contains("is gone from Windows\n"), "\(run)")
  }

  @Test("show prints JSON")
  func json() throws {
    let run = try policyc("catalog", "show", "./DevDetail/SwV", "--format", "json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(object["locURI"] as? String == "./DevDetail/SwV")
    #expect(object["commands"] as? [String] == ["Get"])
  }

  @Test("an unknown node ends with 1 and says what may be meant")
  func unknown() throws {
    let run = try policyc("catalog", "show", "./Vendor/MSFT/DeviceStatus/secureBootState")
    #expect(run.status == 1 && run.output == "")
    #expect(run.errors.contains("did you mean ./Device/Vendor/MSFT/DeviceStatus/SecureBootState\n"))
  }

  @Test("import writes a catalogue that show reads")
  func importing() throws {
    let folder = try Folder()
    try folder.write(Self.file, to: "2024-09/Sample.xml")
    let run = try policyc(
      "catalog", "import", folder.path("2024-09"), "-o", folder.path("catalog.txt"))
    #expect(run.status == 0 && run.output == "")
    #expect(
      run.errors.contains("note: Sample.xml:3:11: ./Device/Vendor/MSFT/Sample: default 'none' of format int"))
    #expect(
      run.errors.hasSuffix(
        "0 nodes of DDF v2 and 1 of DDF v1 from 1 files\n1 contradictions in the files\n"))
    let shown = try policyc(
      "catalog", "show", "./Vendor/MSFT/Sample", "--catalog", folder.path("catalog.txt"))
    #expect(shown.output.contains("Sample, DDF v1 2024-09"))
    try folder.write("x", to: "cut.txt")
    let damaged = try policyc("catalog", "show", "./A", "--catalog", folder.path("cut.txt"))
    #expect(damaged.status == 4 && damaged.errors.contains("cut.txt:1: not a CSP catalogue"))
  }

  @Test(
    "a file that is no DDF or is cut off ends with 1, says where, and nothing is written",
    arguments: [("<SyncML/>", ":1:1: not a DDF file"), (String(file.prefix(300)), ": the document ends")])
  func refused(text: String, message: String) throws {
    let folder = try Folder()
    try folder.write(Self.file, to: "in/A.xml")
    try folder.write(text, to: "in/B.xml")
    try folder.write("old", to: "catalog.txt")
    let run = try policyc(
      "catalog", "import", folder.path("in"), "-o", folder.path("catalog.txt"), "--source", "x", "--date",
      "2025-01-01")
    #expect(run.status == 1)
    #expect(run.errors.contains("B.xml:") && run.errors.contains(message), "\(run.errors)")
    #expect(folder.text("catalog.txt") == "old")
  }

  @Test("an archive is imported as its files are, and older releases add what is gone")
  func archive() throws {
    let folder = try Folder()
    let old = Self.file.replacingOccurrences(of: "int/>", with: "node/>").replacingOccurrences(
      of: "</DFProperties></Node>",
      with: """
        </DFProperties><Node><NodeName>Gone</NodeName><DFProperties><AccessType><Get/></AccessType>
        <DFFormat><int/></DFFormat></DFProperties></Node></Node>
        """)
    let new = Self.file.replacingOccurrences(
      of: "</DFProperties>", with: "<MSFT:AtomicRequired/></DFProperties>"
    )
    .replacingOccurrences(
      of: "<MgmtTree>", with: "<MgmtTree xmlns:MSFT=\"http://schemas.microsoft.com/MobileDevice/DM\">")
    try folder.write(new, to: "in/2025-02/Sample.xml")
    try folder.write("not read", to: "in/2025-02/readme.txt")
    try folder.write(old, to: "v1-2019/sample.xml")
    let zip = try Tool.start(
      ["python3", "-m", "zipfile", "-c", "2025-02.zip", "in/2025-02"], in: folder
    ).end(within: 60)
    #expect(zip.status == 0, "\(zip)")
    let run = try policyc(
      "catalog", "import", folder.path("2025-02.zip"), "-o", folder.path("zip.txt"), "--quiet", "--older",
      folder.path("v1-2019"))
    #expect(run.status == 0, "\(run)")
    #expect(
      run.errors == """
        1 nodes of DDF v2 from 2 files; 1 paths are gone
        1 contradictions in the files (without --quiet they are printed)

        """)
    #expect(folder.text("zip.txt").contains("gone ./Device/Vendor/MSFT/Sample/Gone\tremoved=2019\n"))
    let named = try policyc(
      "catalog", "import", folder.path("in/2025-02"), "-o", folder.path("named.txt"), "--older",
      "2019=\(folder.path("v1-2019/sample.xml"))")
    #expect(named.status == 0 && folder.text("named.txt") == folder.text("zip.txt"), "\(named)")
    #expect(named.errors.hasPrefix("note: Sample.xml:3:"))
  }

  @Test("an archive that is damaged, or holds what is no DDF, ends with 1 and nothing is written")
  func damagedArchive() throws {
    let folder = try Folder()
    try folder.write("<MgmtTree>\n<Node>", to: "in/A.xml")
    _ = try Tool.start(["python3", "-m", "zipfile", "-c", "a.zip", "in"], in: folder).end(within: 60)
    let bytes = try #require(folder.bytes("a.zip"))
    try folder.write(Array(bytes.dropLast(5)), to: "cut.zip")
    for (file, message) in [
      ("a.zip", "a.zip(in/A.xml):2:7: the document ends inside <Node>, opened at 2:1"),
      ("cut.zip", "cut.zip: not a zip archive, or one that is cut off"),
    ] {
      let run = try policyc(
        "catalog", "import", folder.path(file), "-o", folder.path("out.txt"), "--date", "2025-01-01")
      #expect(run.status == 1 && run.output == "")
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(run.errors.hasSuffix("nothing was written to \(folder.path("out.txt"))\n"))
      #expect(folder.bytes("out.txt") == nil)
    }
  }

  @Test("a file that is missing ends with 4, a wrong command line with 2")
  func usage() throws {
    let folder = try Folder()
    try folder.write("", to: "in/x.txt")
    let missing = try policyc(
      "catalog", "import", folder.path("none.xml"), "-o", "-", "--source", "x", "--date", "2025-01-01")
    #expect(missing.status == 4 && missing.output == "")
    #expect(try policyc("catalog", "import", folder.path("in"), "-o", "-").status == 2)
    #expect(
      try policyc("catalog", "import", folder.path("in"), "-o", "-", "--date", "2025-02-30").status == 2)
    #expect(try policyc("catalog", "import", folder.path("none.xml"), "-o", "-").status == 2)
    #expect(
      try policyc("catalog", "import", folder.path("in"), "-o", "-", "--date", "2025-01-01").status == 1)
    #expect(try policyc("catalog", "show").status == 2)
  }
}

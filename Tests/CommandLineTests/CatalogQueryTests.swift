import Foundation
import Testing

/// `policyc catalog search`, `list` and `diff`.
@Suite struct CatalogQueryTests {
  private static let ddf = """
    <MgmtTree><Node><NodeName>Agent</NodeName><Path>./Vendor/Contoso</Path><DFProperties>
    <AccessType><Get/></AccessType><DFFormat><node/></DFFormat></DFProperties>
    <Node><NodeName>FlowRate</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType>
    <DFFormat><int/></DFFormat></DFProperties></Node></Node></MgmtTree>
    """

  private func object(_ run: Run) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("search prints the best nodes, and how many more there are")
  func search() throws {
    let run = try policyc("catalog", "search", "secure", "boot", "state")
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output == "./Device/Vendor/MSFT/DeviceStatus/SecureBootState  int  Get\n")
    let some = try policyc("catalog", "search", "tpm", "--limit", "2")
    #expect(some.output.split(separator: "\n").count == 2)
    #expect(some.errors.contains(" more; add a word, or raise --limit\n"))
    let json = try object(policyc("catalog", "search", "tpm", "--limit", "2", "--format", "json"))
    #expect((json["nodes"] as? [[String: Any]])?.count == 2 && (json["total"] as? Int ?? 0) > 10)
    let none = try policyc("catalog", "search", "no such words")
    #expect(none.status == 1 && none.output == "")
    #expect(try policyc("catalog", "search").status == 2)
    #expect(try policyc("catalog", "search", " ").status == 2)
  }

  @Test("list prints the CSPs, what is below one, or all of it")
  func list() throws {
    let csps = try policyc("catalog", "list")
    #expect(csps.status == 0)
    #expect(csps.output.contains("./Device/Vendor/MSFT/LAPS/") && csps.output.contains("./DevDetail/"))
    #expect(!csps.output.contains("./Device/Vendor/MSFT/LAPS/Policies"))
    let laps = try policyc("catalog", "list", "LAPS")
    #expect(
      laps.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
        "./Device/Vendor/MSFT/LAPS/Actions/", "./Device/Vendor/MSFT/LAPS/Policies/",
      ])
    let all = try policyc("catalog", "list", "./Vendor/MSFT/LAPS", "--all")
    #expect(all.output.split(separator: "\n").count == 22)
    let exec = try policyc("catalog", "list", "LAPS", "--accepts", "exec")
    #expect(exec.output == "./Device/Vendor/MSFT/LAPS/Actions/ResetPassword  null Exec\n")
    let leaf = try policyc("catalog", "list", "./DevDetail/SwV", "--format", "json")
    #expect(
      ((try object(leaf))["nodes"] as? [[String: Any]])?.first?["locURI"] as? String == "./DevDetail/SwV")
    let unknown = try policyc("catalog", "list", "./Vendor/MSFT/LAPSS")
    #expect(unknown.status == 1 && unknown.errors.contains("did you mean ./Device/Vendor/MSFT/LAPS"))
    let name = try policyc("catalog", "list", "devicegard")
    #expect(
      name.status == 1 && name.errors.hasSuffix("'devicegard'\n  did you mean DeviceGuard\n"), "\(name)")
    #expect(try policyc("catalog", "list", "--accepts", "Alert").status == 2)
  }

  @Test("a catalogue that is added is searched and listed")
  func added() throws {
    let folder = try Folder()
    try folder.write(Self.ddf, to: "Agent.xml")
    let found = try Tool.shell("policyc catalog search flow rate --catalog Agent.xml", in: folder)
    #expect(found.output == "./Device/Vendor/Contoso/Agent/FlowRate  int  Get, Replace\n")
    let listed = try Tool.shell("policyc catalog list --catalog Agent.xml", in: folder)
    #expect(listed.output.contains("./Device/Vendor/Contoso/Agent/"))
    let shown = try Tool.shell("policyc catalog show ./Vendor/Contoso/Agent --catalog Agent.xml", in: folder)
    #expect(shown.output.contains("; added by Agent.xml\n"))
  }

  @Test("diff says what was added, removed and changed")
  func diff() throws {
    let folder = try Folder()
    try folder.write(Self.ddf, to: "old.xml")
    try folder.write(
      Self.ddf.replacing("<Replace/>", with: "").replacing(
        "</Node></MgmtTree>",
        with:
          "<Node><NodeName>New</NodeName><DFProperties><AccessType><Exec/></AccessType><DFFormat><null/></DFFormat>"
          + "</DFProperties></Node></Node></MgmtTree>"), to: "new.xml")
    let run = try Tool.shell("policyc catalog diff old.xml new.xml", in: folder)
    #expect(run.status == 0)
    #expect(
      run.output == """
        ~ ./Device/Vendor/Contoso/Agent/FlowRate
            commands  was: Get, Replace; is: Get
        + ./Device/Vendor/Contoso/Agent/New  null  Exec  every Windows

        """)
    #expect(run.errors == "old.xml to new.xml: 1 node added, 0 removed, 1 changed\n")
    let back = try object(Tool.shell("policyc catalog diff new.xml old.xml --format json", in: folder))
    #expect(back["removed"] as? [String] == ["./Device/Vendor/Contoso/Agent/New"])
    let changes = (back["changed"] as? [[String: Any]])?.first?["changes"] as? [[String: String]]
    #expect(changes == [["fact": "commands", "old": "Get", "new": "Get, Replace"]])
  }

  @Test("the built-in catalogue is called builtin, and standard input can be one of two")
  func builtin() throws {
    let same = try policyc("catalog", "diff", "builtin", "builtin")
    #expect(
      same.status == 0 && same.output == "" && same.errors.contains("0 nodes added, 0 removed, 0 changed"))
    let folder = try Folder()
    try folder.write(Self.ddf, to: "own/Agent.xml")
    let json = try object(
      Tool.shell(
        "policyc catalog import own -o own.txt --source s --date 2026-01-01 && policyc catalog diff - own/Agent.xml --format json <own.txt",
        in: folder))
    #expect(json["old"] as? String == "s" && (json["added"] as? [Any])?.isEmpty == true)
    #expect(try policyc("catalog", "diff", "-", "-").status == 2)
    #expect(try policyc("catalog", "diff", "none.txt", "builtin").status == 4)
    #expect(try policyc("catalog", "diff", "builtin").status == 2)
  }
}

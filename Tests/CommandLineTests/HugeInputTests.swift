import Testing

@Suite("Input that is built to exhaust a reader")
struct HugeInputTests {
  func build(_ text: String, limit: Double = 60) throws -> Run {
    let folder = try Folder()
    try folder.write(text, to: "deep.attpolicy")
    let run = try Tool.run(["build", "deep.attpolicy", "-o", "out"], in: folder, limit: limit)
    if run.ending != .exit(0) { #expect(folder.contents(below: "out").isEmpty) }
    return run
  }

  @Test(
    "more devices than the memory holds are an error with a code, and the report that was there stays",
    arguments: ["csv", "ndjson", "json", "html", "text"])
  func devices(format: String) throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "good.attpolicy")
    try folder.write("old", to: "report")
    let run = try Tool.shell(
      """
      policyc build good.attpolicy -o out && { echo device_id; yes x | head -2000000; } > devices.csv && ulimit -v 500000 &&
      policyc report out/hello.compiled.json --input devices.csv --format \(format) -o report
      """, in: folder, limit: 120)
    #expect(run.ending == .exit(4), "\(run)")
    #expect(
      run.errors.contains("error[AP9030]: 'devices.csv' has more devices than the memory holds"), "\(run)")
    #expect(folder.text("report") == "old")
  }

  @Test("10,000 nested parentheses are an error at their place, not a stack overflow")
  func parentheses() throws {
    let count = 10_000
    let condition =
      String(repeating: "(", count: count) + "tpm.present" + String(repeating: ")", count: count)
    let run = try build(Samples.policy(condition: condition))
    #expect(run.ending == .exit(1), "\(run)")
    #expect(run.errors.contains("deep.attpolicy:4:"), "\(run)")
  }

  @Test(
    "nesting of every kind ends in an error",
    arguments: ["(", "not ", "not (", "[", "{", "not not ((", "atomic {", "\"{"])
  func nesting(opening: String) throws {
    let deep = String(repeating: opening, count: 100_000)
    for text in [Samples.policy(condition: deep), deep, "policy a version 1.0.0 { " + deep] {
      let run = try build(text)
      #expect(run.ending == .exit(1), "\(run)")
    }
  }

  @Test("a JSON file nested 1,000,000 deep is refused", arguments: ["[", "{\"a\":"])
  func nestedJSON(opening: String) throws {
    let folder = try Folder()
    try folder.write(String(repeating: opening, count: 1_000_000), to: "deep.compiled.json")
    let run = try Tool.run(["check", "deep.compiled.json", "--probe", "file:none.yaml"], in: folder)
    #expect(run.ending == .exit(4), "\(run)")
  }

  @Test("YAML of every kind of nesting is refused", arguments: ["[", "{a: ", "- ", "? "])
  func nestedYAML(opening: String) throws {
    let input = CommandInput.snapshotYAML
    let folder = try input.folder()
    try folder.write(String(repeating: opening, count: 50_000), to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    #expect(run.ending == .exit(4), "\(run)")
  }

  @Test("YAML aliases that multiply are refused")
  func billionLaughs() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let input = CommandInput.snapshotYAML
    let folder = try input.folder()
    try folder.write(text, to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder, memory: 128 << 20)
    #expect(run.ending == .exit(4), "\(run)")
  }

  @Test(
    "XML that nests, multiplies or reaches out is refused",
    arguments: [
      String(repeating: "<a>", count: 500_000),
      "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><SyncML>&c;</SyncML>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><SyncML/>",
      "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><SyncML>&b;</SyncML>",
      "<SyncML " + (0..<20_000).map { "a\($0)='' " }.joined() + "/>",
    ])
  func hostileXML(text: String) throws {
    let folder = try Folder()
    try folder.write(text, to: "deep.xml")
    let run = try Tool.run(["validate", "deep.xml"], in: folder)
    #expect(run.ending == .exit(1), "\(run)")
    #expect(run.errors.contains("deep.xml"), "\(run)")
  }

  @Test(
    "ten times the text takes about ten times as long, also on a single line",
    arguments: [" and tpm.present", " or not tpm.present", " and (tpm.present)"])
  func longConditions(term: String) throws {
    let short = try build(Samples.policy(condition: "tpm.present" + String(repeating: term, count: 5_000)))
    let long = try build(Samples.policy(condition: "tpm.present" + String(repeating: term, count: 50_000)))
    #expect(short.ending == long.ending, "\(short)\n\(long)")
    #expect(long.seconds < 30 * max(short.seconds, 0.05), "\(short.seconds) s, then \(long.seconds) s")
  }

  @Test("a file of many clauses on one line takes time in proportion")
  func oneLine() throws {
    func policy(_ rules: Int) -> String {
      "policy a version 1.0.0 { applies to windows 11 "
        + (0..<rules).map { "require r\($0) { that tpm.present } " }.joined() + "}"
    }
    let short = try build(policy(3_000))
    let long = try build(policy(30_000), limit: 120)
    #expect(short.ending == long.ending, "\(short)\n\(long)")
    #expect(long.seconds < 30 * max(short.seconds, 0.05), "\(short.seconds) s, then \(long.seconds) s")
  }

  @Test("a mistake in every line does not flood the terminal for minutes")
  func manyMistakes() throws {
    let run = try build(String(repeating: "policy ) version {\n", count: 50_000))
    #expect(run.ending == .exit(1), "\(run)")
    #expect(run.seconds < 30, "\(run.seconds) s")
  }

  @Test(
    "a payload with a piece that does not end is refused where it begins, in little memory",
    arguments: [
      "<Get a='", "<Get><Data>", "<Get><!--", "<Get", "<Get><CmdID>", "<Get><![CDATA[", "<?pi ", "<Get>&",
      " ",
    ])
  func endlessPiece(opening: String) throws {
    let folder = try Folder()
    try folder.write(opening, to: "opening")
    let run = try Tool.shell(
      "(cat opening; head -c 1000000000 /dev/zero | tr '\\0' x) | prlimit --data=268435456 -- \"$POLICYC\" validate -",
      in: folder)
    #expect(run.ending == .exit(1), "\(run)")
    #expect(run.errors.contains("<stdin>:1:"), "\(run)")
  }
}

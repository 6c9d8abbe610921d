import Foundation
import Testing

@Suite struct ValidateCommandTests {
  private static let valid = """
    <Replace>
      <Item>
        <Target>
          <LocURI>./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinimumPasswordAge</LocURI>
        </Target>
        <Meta>
          <Format xmlns="syncml:metinf">int</Format>
        </Meta>
        <Data>15</Data>
      </Item>
    </Replace>

    """
  private static var damaged: String { valid.replacing("15", with: "1500") }

  private func folder(_ files: [String: String]) throws -> Folder {
    let folder = try Folder()
    for (name, text) in files { try folder.write(text, to: name) }
    return folder
  }

  @Test("a valid payload is said to be so, with what was seen")
  func isValid() throws {
    let files = try folder(["a.xml": Self.valid])
    let run = try policyc("validate", files.path("a.xml"))
    #expect(run.status == 0)
    #expect(run.output == "\(files.path("a.xml")): single command: valid\n")
    #expect(run.errors == "")
  }

  @Test("an error ends with 1, its finding on standard error with the source line")
  func hasError() throws {
    let files = try folder(["a.xml": Self.damaged])
    let run = try policyc("validate", files.path("a.xml"))
    #expect(run.status == 1)
    #expect(run.output.hasSuffix(": single command: not valid, 1 error\n"))
    #expect(run.errors.hasPrefix("error[SM1703]: "))
    #expect(run.errors.contains("<Data>1500</Data>"))
  }

  @Test("a warning alone does not end with 1")
  func hasWarning() throws {
    let files = try folder(["a.xml": Self.valid.replacing("<Replace>", with: "<Replace id='1'>")])
    let run = try policyc("validate", files.path("a.xml"))
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("warning[SM1110]: "))
  }

  @Test("a file that cannot be read ends with 4, and the others are judged all the same")
  func unreadable() throws {
    let files = try folder(["a.xml": Self.valid, "b.xml": Self.damaged])
    let some = try policyc("validate", files.path("none.xml"), files.path("a.xml"))
    #expect(some.status == 4)
    #expect(some.errors.contains("none.xml' does not exist"))
    #expect(some.output.contains(": valid"))
    #expect(try policyc("validate", files.path("none.xml"), files.path("b.xml")).status == 1)
    #expect(try policyc("validate", files.path(".")).status == 4)
    #expect(try policyc("validate").status == 2)
  }

  @Test("- is standard input")
  func standardInput() throws {
    let run = try policyc("validate", "-", input: Self.damaged)
    #expect(run.status == 1)
    #expect(try policyc("validate", "-", "-").status == 2)
    #expect(run.output.hasPrefix("<stdin>: single command"))
  }

  @Test("JSON stands alone on standard output and has every finding")
  func json() throws {
    let files = try folder(["a.xml": Self.damaged])
    let run = try policyc("validate", "--format", "json", files.path("a.xml"))
    #expect(run.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let findings = try #require(object?["diagnostics"] as? [[String: Any]])
    #expect(findings.map { $0["code"] as? String } == ["SM1703"])
    let place = findings.first?["primary"] as? [String: Any]
    #expect((place?["start"] as? [String: Any])?["line"] as? Int == 9)
  }

  @Test("a name with a line end cannot forge a line of the summary")
  func forgedName() throws {
    let files = try folder(["a\nb.xml": Self.valid])
    let run = try Tool.shell("policyc validate a*", in: files)
    #expect(run.status == 0 && run.output.split(separator: "\n").count == 1, "\(run)")
  }

  @Test("of a payload too large to be kept the lines with findings are shown")
  func large() throws {
    let filler = "<!--" + String(repeating: " filler", count: 100_000) + "-->\n"
    let files = try folder(["a.xml": String(repeating: filler, count: 8) + Self.damaged])
    let run = try Tool.run(["validate", "a.xml"], in: files)
    #expect(run.status == 1)
    #expect(run.errors.contains("┌─ a.xml:17:11\n") && run.errors.contains("17 │     <Data>1500</Data>\n"))
    let stream = try Tool.shell("cat a.xml | policyc validate -", in: files)
    #expect(stream.status == 1)
    #expect(stream.errors.contains("┌─ <stdin>:17:11\n") && !stream.errors.contains("<Data>"))
  }
}

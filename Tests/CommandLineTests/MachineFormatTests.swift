import Foundation
import FoundationXML
import TestSupport
import Testing

/// Holds what machines read to the schema of its format, by programs that know it.
@Suite struct MachineFormatTests {
  private static let valid = """
    <Replace><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinimumPasswordAge</LocURI>
    </Target><Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>15</Data></Item></Replace>

    """
  private static var damaged: String { valid.replacing("15", with: "日本語\u{1F600}") }

  /// A folder with payloads of every kind: clean, with findings, no XML at all, too large to be kept.
  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Self.valid, to: "valid.xml")
    try folder.write(Self.damaged, to: "a b:%<日>.xml")
    try folder.write("<Replace><a/>\u{7}</Replace><Delete/>", to: "broken.xml")
    let filler = "<!--" + String(repeating: " filler", count: 100_000) + "-->\n"
    try folder.write(String(repeating: filler, count: 8) + Self.damaged, to: "large.xml")
    for golden in try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).sorted() {
      let input = Self.corpus.appending(path: "\(golden)/input.xml")
      try folder.write([UInt8](Data(contentsOf: input)), to: "corpus/\(golden).xml")
    }
    return folder
  }

  private static let corpus = Checkout.root.appending(path: "Tests/Corpus/syncml")

  private func validate(_ format: String, _ folder: Folder) throws -> Run {
    try Tool.shell("policyc validate --format \(format) *.xml corpus/*.xml none.xml", in: folder)
  }

  @Test("SARIF is valid by its schema, with every finding, and stands alone")
  func sarif() throws {
    let folder = try folder()
    let run = try validate("sarif", folder)
    #expect(run.status == 1)
    let log = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let results = try #require((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
    #expect(results.count > 100)
    #expect(run.output.contains(#""uri":"large.xml","uriBaseId":"%SRCROOT%"},"region":{"startLine":10,"#))
    #expect(run.output.contains(#""uri":"a%20b%3A%25%3C%E6%97%A5%3E.xml""#))

    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft4Validator.check_schema(schema)
      validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
      for error in validator.iter_errors(json.load(open(sys.argv[2], encoding="utf-8"))):
          print(list(error.absolute_path), error.message[:300])
      """
    try folder.write(run.output, to: "log.sarif")
    let schema = Checkout.root.appending(path: "Tests/Schemas/sarif-schema-2.1.0.json").path
    guard let verdict = try python(script, [schema, folder.path("log.sarif")], in: folder) else { return }
    #expect(verdict.status == 0 && verdict.output.isEmpty, "\(verdict)")
    let edits = [
      (#""version":"2.1.0""#, #""version":"2.2""#), (#""level":"error""#, #""level":"fatal""#),
      (#""startLine":2"#, #""startLine":0"#), (#""ruleId""#, #""rule""#),
    ]
    let small = try Tool.shell("policyc validate --format sarif a*.xml none.xml", in: folder).output
    for (from, to) in edits {
      #expect(small.contains(from))
      try folder.write(small.replacing(from, with: to), to: "log.sarif")
      let refused = try #require(try python(script, [schema, folder.path("log.sarif")], in: folder))
      #expect(refused.status == 0 && !refused.output.isEmpty, "the schema accepts \(to)")
    }
  }

  /// Runs python, or prints why not and gives nil.
  private func python(_ script: String, _ arguments: [String], in folder: Folder) throws -> Run? {
    let python = "/usr/bin/python3"
    let isThere =
      FileManager.default.isExecutableFile(atPath: python)
      ? try Tool.start([python, "-c", "import jsonschema"], in: folder).end(within: 60).status == 0 : false
    guard isThere else {
      print("skipped: \(python) with jsonschema (Debian: python3-jsonschema) is not installed")
      return nil
    }
    return try Tool.start([python, "-W", "ignore", "-c", script] + arguments, in: folder).end(within: 300)
  }

  @Test("JUnit is well-formed, and its numbers are those of its elements")
  func junit() throws {
    let folder = try folder()
    let run = try validate("junit", folder)
    #expect(run.status == 1)
    try folder.write(run.output, to: "report.xml")
    let lint = try Tool.shell("xmllint --noout report.xml", in: folder)
    #expect(lint.status == 0, "\(lint)")
    let document = try XMLDocument(data: Data(run.output.utf8))
    for suite in try document.nodes(forXPath: "//testsuite | /testsuites") {
      for (count, path) in [
        ("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"),
      ] {
        let stated = try suite.nodes(forXPath: "@\(count)").first?.stringValue
        #expect(stated == "\(try suite.nodes(forXPath: path).count)", "\(count)")
      }
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("corpus")).count + 5
    #expect(try document.nodes(forXPath: "/testsuites/testsuite").count == files)
    #expect(try document.nodes(forXPath: "//testcase[@file='large.xml'][@line='10']/failure").count == 1)
  }

  @Test("JSON names every file, what it is and what was found in it")
  func json() throws {
    let folder = try folder()
    let run = try validate("json", folder)
    let object = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let files = try #require(object["files"] as? [[String: Any]])
    let findings = try #require(object["diagnostics"] as? [[String: Any]])
    #expect(files.count == files.compactMap { $0["file"] as? String }.count)
    let valid: NSDictionary = [
      "file": "valid.xml", "shape": "commands", "commands": 1, "errors": 0, "warnings": 0, "notes": 0,
      "unlisted": 0,
    ]
    #expect(files.contains { $0 as NSDictionary == valid })
    let errors = files.reduce(0) { $0 + ($1["errors"] as? Int ?? 0) }
    #expect(errors == findings.count { $0["severity"] as? String == "error" } && errors > 50)
    #expect((object["summary"] as? [String: Int])?["errors"] == errors)
    #expect((object["summary"] as? [String: Int])?["unreadable"] == 1)
    #expect((files.last?["unreadable"] as? [String: Any])?["code"] as? String == "AP9001")
    #expect(findings.allSatisfy { $0["primary"] is [String: Any] })
    #expect(findings.contains { $0["deviceStatus"] as? Int == 404 })
  }

  @Test("build and test have the formats too", arguments: ["build -o out", "test"])
  func policies(command: String) throws {
    let folder = try Folder()
    try folder.write("policy p version 1.0.0 {\n  require a { that tpm.presnt }\n}\n", to: "p.attpolicy")
    let sarif = try Tool.shell("policyc \(command) p.attpolicy --format sarif", in: folder)
    #expect(sarif.status == 1)
    let log = try JSONSerialization.jsonObject(with: Data(sarif.output.utf8))
    #expect("\(log)".contains("p.attpolicy"))
    let junit = try Tool.shell("policyc \(command) p.attpolicy --format junit", in: folder)
    #expect(try XMLDocument(data: Data(junit.output.utf8)).nodes(forXPath: "//failure").count >= 1)
  }

  @Test("a policy that cannot be read is told in the document", arguments: ["build -o out", "test"])
  func unreadable(command: String) throws {
    let folder = try Folder()
    let run = try Tool.shell("policyc \(command) none.attpolicy --format sarif", in: folder)
    #expect(run.status == 4)
    let log = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let invocations = (log["runs"] as? [[String: Any]])?.first?["invocations"] as? [[String: Any]]
    #expect(invocations?.first?["executionSuccessful"] as? Bool == false)
    let json = try Tool.shell("policyc \(command) none.attpolicy --format json", in: folder)
    #expect(json.output.contains(#""unreadable":1"#))
  }
}

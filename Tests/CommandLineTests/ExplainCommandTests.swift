import Foundation
import Testing

@Suite struct ExplainCommandTests {
  @Test("a code's page goes to standard output", arguments: ["AP9003", "ap9003"])
  func page(code: String) throws {
    let run = try policyc("explain", code)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("error[AP9003]: a file has a NUL byte\n"))
    #expect(run.errors == "")
  }

  @Test("a code that there is not ends with 2 and names the nearest")
  func unknown() throws {
    let near = try policyc("explain", "AP9oo3")
    #expect(near.status == 2 && near.output == "")
    let typo = try policyc("explain", "A9003")
    #expect(typo.status == 2 && typo.output == "")
    #expect(typo.errors == "error: there is no code 'A9003'; did you mean AP9003?\n")
    let far = try policyc("explain", "nothing\u{1B}")
    #expect(
      far.errors == "error: there is no code 'NOTHING<U+001B>'; policyc explain --list prints every code\n")
  }

  @Test("JSON is one object, and one document for the list")
  func json() throws {
    let page = try policyc("explain", "AP9003", "--format", "json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(page.output.utf8)) as? [String: String])
    #expect(object["code"] == "AP9003")
    let list = try policyc("explain", "--list", "--format", "json")
    let document = try #require(JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any])
    #expect((document["rules"] as? [Any])?.isEmpty == false)
  }

  @Test("the list has a line for each code")
  func list() throws {
    let run = try policyc("explain", "--list")
    #expect(run.status == 0)
    #expect(run.output.contains("\nAP9003  error    a file has a NUL byte\n"))
  }

  @Test(
    "a wrong command line ends with 2 and says so on standard error",
    arguments: [["explain"], ["explain", "--list", "AP9003"], ["explain", "--format", "yaml"], ["nothing"]])
  func usage(arguments: [String]) throws {
    let run = try shell("\"$POLICYC\" " + arguments.joined(separator: " "))
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("Error: "))
  }

  @Test("help goes to standard output and is no error")
  func help() throws {
    let run = try policyc("explain", "--help")
    #expect(run.status == 0)
    #expect(run.output.contains("USAGE: policyc explain"))
  }
}

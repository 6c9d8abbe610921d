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

  @Test("a code that there is not ends with 1 and names the nearest")
  func unknown() throws {
    let typo = try policyc("explain", "A9003")
    #expect(typo.status == 1 && typo.output == "")
    #expect(typo.errors.hasPrefix("error[AP9014]: there is no page of 'A9003'\n"))
    #expect(typo.errors.contains("did you mean AP9003?"))
    #expect(try policyc("explain", "tpm_not_redy").errors.contains("did you mean tpm_not_ready?"))
    let far = try policyc("explain", "nothing\u{1B}")
    #expect(far.status == 1 && far.errors.hasPrefix("error[AP9014]: there is no page of 'nothing<U+001B>'\n"))
    #expect(far.errors.contains("policyc explain --list prints every code"))
  }

  @Test("JSON is one object, and one document for the list")
  func json() throws {
    let page = try policyc("explain", "AP9003", "--format", "json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(page.output.utf8)) as? [String: Any])
    #expect(object["code"] as? String == "AP9003")
    let list = try policyc("explain", "--list", "--format", "json")
    let document = try #require(JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any])
    let pages = try #require(document["pages"] as? [[String: Any]])
    #expect(Set(pages.compactMap { $0["kind"] as? String }).count == 5)
  }

  @Test("the list has a line for each code")
  func list() throws {
    let run = try policyc("explain", "--list")
    #expect(run.status == 0)
    for code in ["AP9003 ", "404 ", "0x87D1FDE8 ", "0x80090016 ", "tpm_not_ready ", "clear_tpm "] {
      let lines = run.output.split(separator: "\n").filter { $0.hasPrefix(code) }
      #expect(lines.count == 1, "\(code)")
      for line in lines {
        #expect(try policyc("explain", code.trimmingCharacters(in: .whitespaces)).status == 0, "\(line)")
      }
    }
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

  @Test("what a device answers has a page, by its status and by the error that Windows makes of it")
  func answers() throws {
    let page = try policyc("explain", "404")
    #expect(page.status == 0)
    #expect(page.output.hasPrefix("404 (0x87D10194, -2016345708): no such node\n"))
    #expect(try policyc("explain", "0x87d10194").output == page.output)
    #expect(try policyc("explain", "--", "-2016345708").output == page.output)
    #expect(try policyc("explain", "200").output.hasPrefix("200: done\n"))
    let intune = try policyc("explain", "0x87d1fde8")
    #expect(intune.output.hasPrefix("0x87D1FDE8 (-2016281112): the setting could not be applied\n"))
    let json = try policyc("explain", "507", "--format", "json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["code"] as? String == "507" && object?["title"] as? String == "Atomic failed")
    for unknown in ["999", "99999999999", "0xZZ"] {
      #expect(try policyc("explain", unknown).status == 1)
    }
  }

  @Test("an error of Windows has a page, by its number in any spelling and by its name, in both languages")
  func windowsErrors() throws {
    let page = try policyc("explain", "0x80090030")
    #expect(page.status == 0 && page.errors.isEmpty)
    #expect(page.output.hasPrefix("0x80090030 (NTE_DEVICE_NOT_READY, -2146893776)\n"))
    for spelling in ["-2146893776", "2148073520", "nte_device_not_ready"] {
      #expect(try policyc("explain", spelling).output == page.output, "\(spelling)")
    }
    #expect(
      try policyc("explain", "0x80090030", "--lang", "ja", environment: ["LC_ALL": "C.UTF-8"]).output
        .contains("再起動"))
    #expect(
      try policyc("explain", "0x80090030", environment: ["LC_ALL": "ja_JP.UTF-8"]).output.contains("再起動"))
    #expect(
      try policyc("explain", "-2146893776", "--format", "json").output.contains("\"code\":\"0x80090030\""))
    #expect(try policyc("explain", "0x80070005").output.contains("policyc does not know this code."))
    #expect(try policyc("explain", "0x80090030", "--lang", "fr").status == 2)
  }
}

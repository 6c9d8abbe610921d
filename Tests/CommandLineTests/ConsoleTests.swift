import Testing

@testable import policyc

@Suite struct ConsoleTests {
  @Test("a full disk under standard output ends with 4 and says so")
  func fullDisk() throws {
    let run = try shell("\"$POLICYC\" explain --list > /dev/full")
    #expect(run.status == 4)
    #expect(run.errors.hasPrefix("error[AP9006]: '<stdout>' cannot be written: the disk is full\n"))
  }

  @Test("a reader that has gone ends with 4 and says so, in one finding")
  func closedPipe() throws {
    // The reader is gone before policyc starts.
    let run = try shell("{ sleep 0.2; \"$POLICYC\" explain --list; echo $? >&2; } | true")
    #expect(run.errors.hasPrefix("error[AP9009]: '<stdout>' was closed"))
    #expect(run.errors.hasSuffix("\n4\n"))
  }

  @Test("a closed standard output ends with 4")
  func closedOutput() throws {
    let run = try shell("\"$POLICYC\" explain --list >&-")
    #expect(run.status == 4)
    #expect(run.errors.contains("'<stdout>' cannot be written"))
  }

  @Test("colour is written when asked for, and never to a pipe of itself")
  func color() throws {
    #expect(
      try policyc("explain", "AP9003", "--color", "always").output.hasPrefix("\u{1B}[1;31merror[AP9003]"))
    #expect(try policyc("explain", "AP9003").output.hasPrefix("error[AP9003]"))
    #expect(
      try policyc("explain", "AP9003", "--color", "always", environment: ["NO_COLOR": "1"]).output.contains(
        "\u{1B}"))
  }

  @Test(
    "a locale shows more than ASCII when its characters are UTF-8",
    arguments: [
      ([:], false), (["LANG": "C"], false), (["LANG": "en_US.UTF-8"], true), (["LANG": "ja_JP.utf8"], true),
      (["LANG": "C.UTF-8"], true), (["LANG": "de_DE.UTF-8@euro"], true), (["LANG": "ja_JP.eucJP"], false),
      (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "C.UTF-8"], true),
      (["LANG": "C.UTF-8", "LC_ALL": ""], true),
    ] as [([String: String], Bool)])
  func locale(variables: [String: String], isUTF8: Bool) {
    #expect(Environment { variables[$0] }.isUTF8 == isUTF8)
  }

  @Test(
    "messages are in the language of the locale",
    arguments: [
      ([:], "en"), (["LANG": "ja_JP.UTF-8"], "ja"), (["LANG": "C.UTF-8"], "en"), (["LANG": "POSIX"], "en"),
      (["LANG": "ja_JP.UTF-8", "LC_ALL": "de_DE"], "de"), (["LANG": "en_US", "LC_MESSAGES": "ja"], "ja"),
    ] as [([String: String], String)])
  func language(variables: [String: String], language: String) {
    #expect(Environment { variables[$0] }.language == language)
  }

  @Test("NO_COLOR counts when it is not empty, and a dumb terminal takes no escapes")
  func terminal() {
    #expect(Environment { $0 == "NO_COLOR" ? "0" : nil }.refusesColor)
    #expect(!Environment { $0 == "NO_COLOR" ? "" : nil }.refusesColor)
    #expect(Environment { $0 == "TERM" ? "dumb" : nil }.isDumb)
    #expect(Environment { $0 == "COLUMNS" ? "90" : nil }.columns == 90)
    #expect(Environment { $0 == "COLUMNS" ? "-1" : nil }.columns == nil)
  }
}

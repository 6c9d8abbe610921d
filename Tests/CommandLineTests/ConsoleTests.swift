import Testing

@testable import policyc

@Suite struct ConsoleTests {
  @Test("a full disk under standard output ends with 4 and says so")
  func fullDisk() throws {
    let run = try shell("\"$POLICYC\" explain --list > /dev/full")
    #expect(run.status == 4)
    #expect(run.errors.hasPrefix("error[AP9006]: '<stdout>' cannot be written: the disk is full\n"))
  }

  @Test("a reader that has gone is no error, and leaves the command its own exit code")
  func closedPipe() throws {
    // The reader is gone before policyc starts.
    for (command, code) in [
      ("explain --list", 0), ("catalog list", 0), ("explain --help", 0), ("catalog show ./Nothing", 1),
    ] {
      let run = try shell("{ sleep 0.2; \"$POLICYC\" \(command); echo \"ended $?\" >&2; } | true")
      #expect(run.errors.hasSuffix("ended \(code)\n") && !run.errors.contains("closed"), "\(run)")
    }
  }

  @Test("whoever asks for Japanese gets it, also without a locale")
  func japaneseWithoutLocale() throws {
    for locale in ["C", "POSIX", ""] {
      let run = try policyc("explain", "404", "--lang", "ja", environment: ["LC_ALL": locale, "LANG": ""])
      #expect(run.output.contains("ノードがない") && !run.output.contains("<U+"), "\(run)")
      #expect(
        try policyc("explain", "404", environment: ["LC_ALL": locale, "LANG": ""]).output.contains(
          "no such node"))
    }
  }

  @Test("the program says its version")
  func version() throws {
    let run = try policyc("--version")
    #expect(run.status == 0 && run.output == "policyc \(Policyc.version)\n" && run.errors.isEmpty)
  }

  @Test(
    "a mistyped command gets a suggestion, and a stranger the list",
    arguments: [
      (
        ["buidl", "Policies"],
        "Error: there is no command 'buidl'; did you mean 'build'?\nUsage: policyc <subcommand>"
      ),
      (
        ["catalog", "shwo", "x"],
        "Error: there is no command 'catalog shwo'; did you mean 'catalog show'?\nUsage: policyc catalog <subcommand>"
      ),
      (["frobnicate"], "Error: there is no command 'frobnicate'\nUsage: policyc <subcommand>"),
      (
        ["help", "chekc"],
        "Error: there is no command 'chekc'; did you mean 'check'?\nUsage: policyc <subcommand>"
      ),
      (
        ["vali\u{1B}[31mdate"],
        "Error: there is no command 'vali␛[31mdate'\nUsage: policyc <subcommand>"
      ),
    ])
  func mistyped(arguments: [String], expected: String) throws {
    let run = try Tool.run(arguments, in: Folder(), environment: ["LC_ALL": "C.UTF-8"])
    #expect(run.status == 2 && run.output.isEmpty && run.errors.hasPrefix(expected), "\(run)")
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

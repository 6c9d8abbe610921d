import TestSupport
import Testing

@testable import Diagnostics

@Suite struct TerminalRendererTests {
  @Test("the primary label comes first, then the cause, then what to do")
  func order() {
    #expect(
      rendering(
        """
        policy hello version 1.0.0 {
          applies to ‹windows 11›



          set ‹./Device/Vendor/MSFT/Policy› = 1
        }
        """, ["admits 21H2, 22H2", "not in Windows 11 21H2 (10.0.22000)"], primary: 1,
        help: ["narrow the clause:  when os.build >= 10.0.22621"]) == """

          error[XX0001]: something is the matter
            ┌─ hello.attpolicy:6:7
            │
          6 │   set ./Device/Vendor/MSFT/Policy = 1
            │       ━━━━━━━━━━━━━━━━━━━━━━━━━━━ not in Windows 11 21H2 (10.0.22000)
            │
          2 │   applies to windows 11
            │              ────────── admits 21H2, 22H2
            │
            = help: narrow the clause:  when os.build >= 10.0.22621


          """)
  }

  @Test("lines that are near are shown together, in order")
  func near() {
    #expect(
      rendering("a ‹b›\n\n‹c›\n", ["cause", "here"], primary: 1) == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:3:1
          │
        1 │ a b
          │   ─ cause
        2 │
        3 │ c
          │ ━ here


        """)
  }

  @Test("underlines stand under wide, combining and joined characters and after tabs")
  func cells() {
    #expect(
      rendering(
        "\tja ‹\"日本語のTPM\"› ‹e\u{301}›x‹👨‍👩‍👧›\t‹tab›", ["wide", "combining", "joined", "after a tab"], primary: 3
      )
        == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:1:24
          │
        1 │     ja "日本語のTPM" e\u{301}x👨‍👩‍👧   tab
          │        ───────────── ─ ──   ━━━ after a tab
          │        │             │ │
          │        │             │ joined
          │        │             combining
          │        wide


        """)
  }

  @Test("a combining mark alone is shown at its base")
  func markAlone() {
    #expect(rendering("xe‹\u{301}›y", ["mark"]).contains("\n  │  ━ mark\n"))
  }

  @Test("labels that overlap hang below, the shorter span drawn over the longer")
  func overlap() {
    #expect(
      rendering("a ‹bc ‹d› e› ‹f›", ["outer", "inner", "last"], primary: 1) == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:1:6
          │
        1 │ a bc d e f
          │   ───━── ─ last
          │   │  │
          │   │  inner
          │   outer


        """)
    #expect(
      rendering("‹‹same›› place", ["one", "two"]) == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:1:1
          │
        1 │ same place
          │ ━━━━
          │ │
          │ two
          │ one


        """)
  }

  @Test("a label without words is underlined only")
  func noWords() {
    #expect(rendering("a ‹bc› ‹d›", ["", "x"]).contains("\n  │   ━━ ─ x\n"))
  }

  @Test("a span of several lines is bracketed in the margin")
  func severalLines() {
    #expect(
      rendering("a\n  ‹require {\n    that x\n  }›", ["this rule"]) == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:2:3
          │
        2 │ ╭   require {
        3 │ │     that x
        4 │ │   }
          │ ╰───^ this rule


        """)
  }

  @Test("a span that begins within a line, and one within it, and lines left out")
  func nestedLines() {
    let marked = "a\n q ‹require {\n   x\n ‹  y› }\n1\n2\n3\n4\n\n8\n9›\n"
    #expect(
      rendering(marked, ["outer", "inner"]) == """

        error[XX0001]: something is the matter
           ┌─ hello.attpolicy:2:4
           │
         2 │    q require {
           │ ╭────^
         3 │ │    x
         4 │ │    y }
           │ │  ─── inner
           ⋮
        10 │ │ 8
        11 │ │ 9
           │ ╰─^ outer


        """)
    #expect(
      rendering(marked, ["outer", "inner"], style: TerminalStyle(repertoire: .ascii)) == """

        error[XX0001]: something is the matter
          --> hello.attpolicy:2:4
           |
         2 |    q require {
           |  ____^
         3 | |    x
         4 | |    y }
           | |  --- inner
           :
        10 | | 8
        11 | | 9
           | |_^ outer


        """)
  }

  @Test("brackets within brackets close from the inside")
  func nestedBrackets() {
    #expect(
      rendering("‹a {\n  ‹b {\n  }›\n}›", ["outer", "inner"]) == """

        error[XX0001]: something is the matter
          ┌─ hello.attpolicy:1:1
          │
        1 │ ╭   a {
        2 │ │ ╭   b {
        3 │ │ │   }
          │ │ ╰───' inner
        4 │ │   }
          │ ╰───^ outer


        """)
    #expect(
      rendering("‹a {\n  ‹b {\n  }››", ["outer", "inner"]).hasSuffix(
        """
        3 │ │ │   }
          │ │ ╰───' inner
          │ ╰─────^ outer


        """))
  }

  @Test("a span without length is a caret, at the end of a line and of the file too")
  func zeroLength() {
    #expect(
      rendering("policy ‹›{\r\n", ["name wanted"]).hasSuffix("\n1 │ policy {\n  │        ^ name wanted\n\n"))
    #expect(rendering("set x‹›\nb", ["= wanted"]).hasSuffix("\n1 │ set x\n  │      ^ = wanted\n\n"))
    #expect(
      rendering("policy {\n‹›", ["} wanted"]).hasSuffix(
        "  ┌─ hello.attpolicy:2:1\n  │\n2 │\n  │ ^ } wanted\n\n"))
    #expect(rendering("‹›", ["a policy wanted"]).hasSuffix("\n1 │\n  │ ^ a policy wanted\n\n"))
  }

  @Test("a line end in a span is not pointed at", arguments: ["\n", "\r\n", "\r"])
  func lineEnd(lineEnd: String) {
    #expect(rendering("ab ‹cd\(lineEnd)›e", ["x"]).hasSuffix("\n1 │ ab cd\n  │    ━━ x\n\n"))
    #expect(rendering("ab‹\(lineEnd)›e", ["x"]).hasSuffix("\n1 │ ab\n  │   ^ x\n\n"))
  }

  @Test("a byte order mark is not shown, and columns count after it")
  func byteOrderMark() {
    #expect(
      rendering("\u{FEFF}‹policy›", ["x"]).hasSuffix(":1:1\n  │\n1 │ policy\n  │ ━━━━━━ x\n\n"))
  }

  @Test("a long line is clipped around what is pointed at")
  func longLine() {
    let before = String(repeating: "abcdefghi ", count: 50)
    let after = " and " + String(repeating: "xyz", count: 50)
    let style = TerminalStyle(columns: 60)
    #expect(
      rendering(before + "‹here›" + after, ["long"], style: style).hasSuffix(
        """
        1 │ …fghi abcdefghi abcdefghi here and xyzxyzxyzxyzxyzxyzxy…
          │                           ━━━━ long


        """))
    #expect(
      rendering("‹begin›" + after, ["x"], style: style).hasSuffix(
        """
        1 │ begin and xyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxyzxy…
          │ ━━━━━ x


        """))
    #expect(
      rendering(before + "‹end›", ["x"], style: style).hasSuffix(
        """
        1 │ …fghi abcdefghi abcdefghi end
          │                           ━━━ x


        """))
  }

  @Test("a clipped line is no wider than the terminal and shows its span, wherever that lies")
  func clippedWidth() {
    for columns in [40, 61, 80] {
      for position in stride(from: 0, to: 400, by: 7) {
        for filler in ["ab c", "日本 ", "e\u{301}\t"] {
          let text =
            String(repeating: filler, count: position) + "‹@@›" + String(repeating: filler, count: 100)
          let rows = rendering(text, ["x"], style: TerminalStyle(columns: columns)).split(separator: "\n")
          let source = rows[3]
          #expect(displayWidth(of: source) <= columns)
          let underline = rows[4].prefix { $0 != "━" }
          let upToSpan = source.prefix { $0 != "@" }
          #expect(source.contains("@@"))
          #expect(displayWidth(of: underline) == displayWidth(of: upToSpan))
        }
      }
    }
  }

  @Test("a line as long as a file costs no more than what is shown of it")
  func hugeLine() {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "x", bytes: [UInt8](repeating: 0x61, count: 4_000_000)))
    let findings = (0..<200).map { number in
      let start = UInt32(3_900_000 + number)
      return Diagnostic("XX0001", .error, "x", at: Label(Span(file: file, start: start, end: start + 1), "x"))
    }
    let clock = ContinuousClock()
    var length = 0
    let time = clock.measure { length = TerminalRenderer(sources).render(findings).utf8.count }
    #expect(length < 200 * 700)
    #expect(time < .seconds(20))
  }

  @Test("controls and bidirectional overrides in the source are shown, not obeyed")
  func hidden() {
    let text = rendering("a\u{202E}‹evil›\u{2066}\u{7}\u{1B}[2J", ["\u{1B}[31mred\u{202E}"])
    #expect(
      text.hasSuffix(
        """
        1 │ a<U+202E>evil<U+2066>␇␛[2J
          │          ━━━━ ␛[31mred<U+202E>


        """))
  }

  @Test("bytes that are not UTF-8 are shown as U+FFFD")
  func invalidBytes() {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "x", bytes: [0x61, 0xFF, 0xFE, 0x62]))
    let finding = Diagnostic("XX0001", .error, "x", at: Label(Span(file: file, start: 2, end: 3), "here"))
    let text = TerminalRenderer(sources).render([finding])
    #expect(text.hasSuffix("1 │ a\u{FFFD}\u{FFFD}b\n  │   ━ here\n\n"))
  }

  @Test("labels in other files have the file's name above them")
  func otherFiles() {
    var sources = SourceMap()
    let lists = sources.add(SourceFile(name: "lists.attpolicy", bytes: Array("\nbuilds x { }\n".utf8)))
    let main = sources.add(SourceFile(name: "main.attpolicy", bytes: Array("import lists\nuse x\n".utf8)))
    let finding = Diagnostic(
      "XX0001", .warning, "x is so", at: Label(Span(file: main, start: 17, end: 18), "used here"),
      secondary: [Label(Span(file: lists, start: 8, end: 9), "declared here")])
    #expect(
      TerminalRenderer(sources).render([finding]) == """
        warning[XX0001]: x is so
          ┌─ main.attpolicy:2:5
          │
        2 │ use x
          │     ━ used here
          ┌─ lists.attpolicy:2:8
          │
        2 │ builds x { }
          │        ─ declared here


        """)
  }

  @Test("fix-its say what to write")
  func fixIts() {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "x", bytes: Array("widnows".utf8)))
    let span = Span(file: file, start: 0, end: 7)
    let finding = Diagnostic(
      "XX0001", .error, "x", at: Label(span, ""),
      fixIts: [
        FixIt(title: "write 'windows'", span: span, replacement: "windows"),
        FixIt(title: "require TPM 2.0", span: span, replacement: "  that tpm.version >= 2.0\n"),
        FixIt(title: "add a rule", span: span, replacement: "require x {\n  that y\n}\n"),
        FixIt(title: "remove it", span: span, replacement: ""),
      ])
    #expect(
      TerminalRenderer(sources).render([finding]).hasSuffix(
        """
          = fix: write 'windows'
          = fix: require TPM 2.0: that tpm.version >= 2.0
          = fix: add a rule:
                 + require x {
                 +   that y
                 + }
          = fix: remove it


        """))
  }

  @Test("the page of a code is named once in a run")
  func pageOnce() {
    let finding = Diagnostic("AP9001", "x", at: nil)
    let text = TerminalRenderer(SourceMap()).render([
      finding, finding, Diagnostic("ZZ0001", .note, "y", at: nil),
    ])
    #expect(
      text == """
        error[AP9001]: x
          = more: policyc explain AP9001

        error[AP9001]: x

        note[ZZ0001]: y


        """)
  }

  @Test("colour adds escapes and changes nothing else")
  func color() {
    let marked = "a ‹b\n c› ‹d›\n"
    let plain = rendering(marked, ["x", "y"], help: ["z"])
    let colored = rendering(marked, ["x", "y"], help: ["z"], style: TerminalStyle(isColored: true))
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[1;31merror[XX0001]\u{1B}[0m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test("any bytes with any spans are rendered in rows that stay on their lines")
  func anything() {
    var generator = SeededGenerator(seed: 11)
    let pool: [[UInt8]] = ["a", "\n", "\r", "\t", "日", "e\u{301}", "👩‍👧", "\u{202E}", "\u{0}", " "].map {
      Array($0.utf8)
    }
    for _ in 0..<1_500 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &generator) {
        bytes +=
          Int.random(in: 0..<12, using: &generator) == 0
          ? [UInt8.random(in: 0...255, using: &generator)] : pool.randomElement(using: &generator)!
      }
      var sources = SourceMap()
      let file = sources.add(SourceFile(name: "f\n", bytes: bytes))
      let labels = (0..<4).map { number in
        let start = UInt32.random(in: 0..<90, using: &generator)
        let length = UInt32.random(in: 0..<30, using: &generator)
        return Label(
          Span(file: file, start: start, end: start + length), number == 2 ? "" : "label \(number)")
      }
      let stray = Label(Span(file: FileID(index: -1), start: 0, end: .max), "stray")
      let finding = Diagnostic(
        "XX0001", .error, "x", at: labels[0], secondary: Array(labels.dropFirst()) + [stray], help: ["h"])
      for style in [
        TerminalStyle(columns: 40), TerminalStyle(isColored: true, repertoire: .ascii, columns: 1),
      ] {
        let text = TerminalRenderer(sources, style: style).render([finding])
        #expect(text.contains("label 0") && text.contains("label 1") && text.contains("label 3"))
        #expect(!text.unicodeScalars.contains { $0 == "\t" || $0 == "\r" || $0 == "\0" || $0 == "\u{202E}" })
      }
    }
  }
}

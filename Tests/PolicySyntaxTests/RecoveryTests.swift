import Diagnostics
import PolicySyntax
import TestSupport
import Testing

@Suite struct RecoveryTests {
  private func check(_ marked: String, location: SourceLocation = #_sourceLocation) {
    let policy = MarkedPolicy(marked)
    #expect(policy.found == policy.expected, "\(policy.diagnostics.map(\.message))", sourceLocation: location)
    #expect(policy.tree.defect == nil, sourceLocation: location)
  }

  @Test("five slips in rules are five findings, each at its place")
  func rules() {
    check(
      """
      policy p version 1.0.0 {
        require first { that tpm.present ⟦AP1010⟧= true }
        require second { that os.build meets⟦AP1005⟧
          status tpm_not_ready }
        require third { ⟦AP1007⟧staus tpm_not_ready that tpm.ready }
        ⟦AP1012⟧require fourth { status tpm_not_ready }
        require fifth { that tpm.ready message ⟦AP1005⟧"no language" }
        require sixth { that tpm.ready }
      }
      """)
  }

  @Test("slips before, in and behind 'unknown allowed' do not lose it")
  func unknownAllowed() {
    check(
      """
      policy p version 1.0.0 {
        require a { that tpm.ready unknown ⟦AP1005⟧refused }
        require b { that tpm.trusted unknown allowed ⟦AP1011⟧unknown allowed }
        require c { that tpm.trusted status⟦AP1005⟧
          unknown allowed }
        require d { that⟦AP1005⟧
          unknown allowed }
        require e { that tpm.trusted severity ⟦AP1005⟧5 unknown allowed ⟦AP1011⟧unknown allowed }
        require f { that tpm.trusted ⟦AP1007⟧unknwn allowed status tpm_not_trusted }
        require g { status unknown that tpm.version == unknown unknown allowed }
      }
      """)
  }

  @Test("slips in 'evidence' are one finding each, and the word may name things all the same")
  func evidence() {
    check(
      """
      policy evidence version 1.0.0 {
        applies editions pro
        evidence banks sha256, sha384
        evidence banks sha1 ⟦AP1005⟧sha512
        evidence banks sha256,⟦AP1005⟧
        evidence reference ⟦AP1005⟧model
        evidence reference "a" ⟦AP1005⟧"b"
        title ⟦AP1005⟧5
        applies to windows 11
        evidence ⟦AP1005⟧sha256
        evidence reference "a", "b"
        param evidence: bool = true
        require banks { that evidence }
        rules reference { ⟦AP1007⟧evidence banks sha256 require evidence { that tpm.present } }
      }
      """)
  }

  @Test("five slips in declarations are five findings, each at its place")
  func declarations() {
    check(
      """
      import ⟦AP1005⟧shared
      policy p version 1.0.0 {
        applies to windows 10 ⟦AP1005⟧windows 11
        builds supported {
          windows 10 22H2 ⟦AP1005⟧19045
          windows 12⟦⟧ 22H2 10.0.22621.1
          windows 11 22H2 10.0.22621.2792
          newer branches ⟦AP1005⟧yes
        }
        param minimum ⟦AP1005⟧= 2.0
        alias ready = ⟦AP1005⟧true
      }
      """.replacing("windows 12⟦⟧", with: "windows ⟦AP1005⟧12"))
  }

  @Test("five slips in commands are five findings, each at its place")
  func commands() {
    check(
      """
      policy p version 1.0.0 {
        set ./Device/A ⟦AP1005⟧1
        set ⟦AP1005⟧Device/B = 1
        collect ./Device/C ⟦AP1005⟧= 2
        set ./Device/D = [1 ⟦AP1005⟧2]
        set ./Device/E = 5 allow ⟦AP1005⟧because "I say so"
        atomic {
          set ./Device/F ⟦AP1010⟧== 3
          ⟦AP1008⟧status tpm_not_ready
          set ./Device/G = 4
        }
      }
      """.replacing("set ⟦AP1005⟧Device/B", with: "set ⟦AP1005⟧Device"))
  }

  @Test("five slips in tests are five findings, each at its place")
  func tests() {
    check(
      """
      policy p version 1.0.0 {
        require a { that tpm.ready }
        test ⟦AP1005⟧unquoted {
          given { tpm.ready ⟦AP1010⟧== true  tpm.present ⟦AP1005⟧true  os.build = 10.0.22621.1 }
          expect ⟦AP1005⟧passed
        }
        test "two" {
          ⟦AP1007⟧givn { tpm.ready = true }
          expect fail a, ⟦AP1005⟧5
        }
      }
      """)
  }

  @Test("five slips in conditions are five findings, each at its place")
  func conditions() {
    check(
      """
      policy p version 1.0.0 {
        require a { that x == 1 ⟦AP1010⟧&& y == 2 }
        require b { that ⟦AP1010⟧!x }
        require c { that 1 < x ⟦AP1010⟧< 5 < 7 }
        require d { that x in ⟦AP1005⟧5 }
        require e { that x and ⟦AP1005⟧}
        require f { that ⟦AP1006⟧(x or y }
        require g { that attested ⟦AP1005⟧5 }
      }
      """)
  }

  @Test("five foreign characters are five findings, each at its place")
  func characters() {
    check(
      """
      policy p version 1.0.0 {
        require a { ⟦AP1001⟧th\u{430}t tpm.ready }
        require b { that tpm.ready⟦AP1001⟧; status tpm_not_ready }
        require c { that tpm.manufacturer == ⟦AP1001⟧'IFX' }
        title ⟦AP1001⟧“Hello”
        require d { that tpm.ready⟦AP1001⟧\u{A0}and tpm.present }
        ⟦AP1001⟧/* as in C */
        require e { that tpm.ready message en ⟦AP1002⟧"Not ready }
        require f { that tpm.ready message en "a ⟦AP1003⟧\\d" }
        require g { that tpm.version > ⟦AP1004⟧1.2.3.4.5 }
        require h { that tpm.ready }
      }
      """)
  }

  @Test("a brace that is missing at an end is found where the block began")
  func missingClosingBrace() {
    check(
      """
      policy p version 1.0.0 {
        require a ⟦AP1006⟧{
          that tpm.ready
        require b { that tpm.present }
        builds list ⟦AP1006⟧{
          windows 11 22H2 10.0.22621.1
        test "t" {
          given ⟦AP1006⟧{ tpm.ready = true
          expect pass
        }
        require c { that ⟦AP1005⟧}
        warn d ⟦AP1006⟧{
          that tpm.ready
      }
      """)
  }

  @Test("a brace that is missing at a beginning is found there")
  func missingOpeningBrace() {
    check(
      """
      policy p version 1.0.0 {
        require a⟦AP1005⟧
          that tpm.ready
          status tpm_not_ready
        }
        require b ⟦AP1005⟧that tpm.present }
        require c⟦AP1005⟧
          that tpm.ready
        test "t"⟦AP1005⟧
          given { tpm.ready = true }
          expect pass
        }
        set ./Device/A = 1
      }
      """)
  }

  @Test("missing and needless braces in one file are told apart")
  func mixedBraces() {
    check(
      """
      policy p version 1.0.0 {
        require a ⟦AP1006⟧{
          that tpm.ready
        require b⟦AP1005⟧
          that tpm.present
        }
        ⟦AP1006⟧}
        require c { that ⟦AP1005⟧}
        set ./Device/A = ⟦AP1005⟧}
      }
      """.replacing("set ./Device/A = ⟦AP1005⟧}\n", with: "set ./Device/A =⟦AP1005⟧\n"))
  }

  @Test("a slip in a head does not lose the body")
  func heads() {
    check(
      """
      policy ⟦AP1005⟧version 1.0.0 {
        require ⟦AP1015⟧status { that tpm.ready }
        require ⟦AP1005⟧{ that ⟦AP1005⟧}
        when os.build >= ⟦AP1005⟧{ set ./Device/A ⟦AP1005⟧1 }
        test "t" { given somewhere with ⟦AP1005⟧expect pass }
        rules ⟦AP1005⟧a.b { require r { that tpm.ready ⟦AP1011⟧that tpm.present } }
      }
      """)
  }

  @Test("a clause in a place of others is told with the place where it belongs")
  func misplacedClauses() {
    let policy = MarkedPolicy(
      """
      ⟦AP1008⟧require a { that tpm.ready }
      policy p version 1.0.0 {
        ⟦AP1008⟧that tpm.ready
        require b { that tpm.ready ⟦AP1008⟧set ./Device/A = 1 }
        ⟦AP1008⟧import "x.attpolicy"
        rules r { ⟦AP1008⟧param x: int }
      }
      """)
    #expect(policy.found == policy.expected)
    #expect(
      policy.diagnostics.map(\.help) == [
        ["'require' belongs in a policy { … } or a rules { … } group"],
        ["'that' belongs in a require or warn rule"],
        ["'set' belongs in a policy"], ["'import' belongs at the top of a file"],
        ["'param' belongs in a policy"],
      ])
  }

  @Test("a misspelt clause is told with the one that was meant, as a fix")
  func suggestions() throws {
    let policy = MarkedPolicy("policy p version 1.0.0 { ⟦AP1007⟧reqiure a { that tpm.ready } }")
    #expect(policy.found == policy.expected)
    let fix = try #require(policy.diagnostics.first?.fixIts.first)
    #expect(fix.replacement == "require")
    #expect(policy.diagnostics.first?.help.first == "did you mean 'require'?")
  }

  @Test("a file of nothing but layout is one finding")
  func empty() {
    for source in ["", "  \n", "// nothing\n", "\u{FEFF}"] {
      #expect(parse(source.utf8).diagnostics.map(\.code) == ["AP1016"], "\(source.debugDescription)")
    }
  }

  @Test("no layout of a good file makes it a bad one")
  func anyLayout() {
    for source in [
      "policy p version 1.0.0 {\nrequire a {\nthat x\n}\nset ./A = 1\nwhen x\n{\nset ./B = 2\n}\n}",
      "policy p version 1.0.0 { set ./A = 1 when x when y { set ./B = 2 when z } }",
      "    policy p version 1.0.0\n{\n  require a\n{ that x }\n      }",
    ] {
      #expect(parse(source.utf8).diagnostics.isEmpty, "\(source)")
    }
  }

  @Test("one token left out of a shipped policy, or written twice, is one finding")
  func oneSlip() {
    var counts: [Int: Int] = [:]
    for (_, source) in Checkout.files(below: "Policies", suffix: ".attpolicy") {
      let tokens = Lexer.tokenize(source, file: FileID(index: 0)).tokens
      let solid = (0..<tokens.count - 1).filter { !tokens.kinds[$0].isTrivia }
      for token in stride(from: 0, to: solid.count, by: solid.count > 500 ? 9 : 2).map({ solid[$0] }) {
        let (start, end) = (tokens.start(of: token), tokens.end(of: token))
        counts[parse(source[..<start] + source[end...]).diagnostics.count, default: 0] += 1
        counts[parse(source[..<end] + [0x20] + source[start...]).diagnostics.count, default: 0] += 1
      }
    }
    let all = counts.values.reduce(0, +)
    let cascades = counts.filter { $0.key > 1 }.values.reduce(0, +)
    #expect(all > 500)
    #expect(cascades * 100 <= all, "\(counts)")
  }
}

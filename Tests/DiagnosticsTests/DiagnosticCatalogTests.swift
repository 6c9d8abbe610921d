import Diagnostics
import Testing

@Suite struct DiagnosticCatalogTests {
  @Test("codes are unique and in order")
  func codes() {
    let codes = DiagnosticCatalog.all.map(\.code)
    #expect(!codes.isEmpty)
    for (code, next) in zip(codes, codes.dropFirst()) { #expect(code < next) }
  }

  @Test("a code is two letters and four digits")
  func shape() {
    for code in DiagnosticCatalog.all.map(\.code.text) {
      #expect(["AP", "SM"].contains(code.prefix(2)), "\(code)")
      #expect(code.utf8.count == 6 && Int(code.dropFirst(2)) != nil, "\(code)")
    }
  }

  @Test("a row has every part, none with blanks around it")
  func parts() {
    for rule in DiagnosticCatalog.all {
      for part in [rule.title, rule.cause, rule.example, rule.cure, rule.corrected] {
        let edges = [part.first, part.last]
        #expect(edges.allSatisfy { $0?.isWhitespace == false }, "\(rule.code): \(part)")
      }
      #expect(rule.example != rule.corrected, "\(rule.code): the mended example differs")
    }
  }

  @Test("a title is a phrase in lower case, and cause and cure are sentences")
  func wording() {
    for rule in DiagnosticCatalog.all {
      // An abbreviation such as TPM may begin a title.
      let letters = Array(rule.title.unicodeScalars.prefix(2))
      let isCapitalized =
        letters.count == 2 && letters[0].properties.isUppercase && letters[1].properties.isLowercase
      #expect(!isCapitalized && rule.title.last != ".", "\(rule.code): \(rule.title)")
      #expect(rule.title.count <= 90 && !rule.title.contains("\n"), "\(rule.code): \(rule.title)")
      for sentences in [rule.cause, rule.cure] {
        #expect([".", "?", "!"].contains(sentences.last), "\(rule.code): \(sentences)")
      }
    }
  }

  @Test("every code is found, and others are not")
  func lookup() {
    for rule in DiagnosticCatalog.all { #expect(DiagnosticCatalog.rule(for: rule.code) == rule) }
    for code in ["", "AP", "AP0000", "AP9999", "ZZ0000", "ap9001"] {
      #expect(DiagnosticCatalog.rule(for: DiagnosticCode(code)) == nil)
    }
  }

  @Test("a mistyped code is near the one it means")
  func near() {
    #expect(DiagnosticCatalog.closestCode(to: "ap9001") == "AP9001")
    #expect(DiagnosticCatalog.closestCode(to: "A9001") == "AP9001")
    #expect(DiagnosticCatalog.closestCode(to: "hello") == nil)
  }

  @Test("a finding made without a severity has that of its row")
  func severity() {
    #expect(Diagnostic("AP9001", "'x' does not exist", at: nil).severity == .error)
    for rule in DiagnosticCatalog.all {
      #expect(Diagnostic(rule.code, "x", at: nil).severity == rule.severity)
    }
  }
}

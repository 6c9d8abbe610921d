import Diagnostics
import Foundation
import Testing

@Suite("Japanese texts of rules")
struct RuleTextTests {
  @Test("every rule has Japanese texts, and every text a rule")
  func areComplete() {
    let codes = Set(DiagnosticCatalog.all.map(\.code))
    #expect(Set(RuleText.japanese.keys) == codes)
    for family in RuleText.japanese.values {
      #expect(!family.title.isEmpty && !family.cause.isEmpty && !family.cure.isEmpty)
    }
  }

  @Test("titles are phrases, the rest sentences that end in です or ます", arguments: DiagnosticCatalog.all)
  func style(rule: DiagnosticRule) throws {
    let text = try #require(RuleText.japanese[rule.code])
    #expect(!text.title.hasSuffix("。") && text.title != rule.title)
    for part in [text.cause, text.cure] {
      #expect(part.hasSuffix("。"), "\(rule.code): \(part)")
      let plain = part.replacing(/[ ]?\([^()]*\)/, with: "")
      for sentence in plain.split(separator: "。") {
        let end = String(sentence.suffix(3))
        let isPolite = ["です", "ます", "ません", "ました", "でした"].contains { end.hasSuffix($0) }
        #expect(isPolite, "\(rule.code): \(sentence)")
      }
    }
  }

  @Test("options, codes, statuses and numbers are the same in both", arguments: DiagnosticCatalog.all)
  func marks(rule: DiagnosticRule) throws {
    let text = try #require(RuleText.japanese[rule.code])
    for (english, japanese) in [(rule.cause, text.cause), (rule.cure, text.cure)] {
      #expect(Self.marks(in: english) == Self.marks(in: japanese), "\(rule.code)")
    }
  }

  private static func marks(in text: String) -> Set<String> {
    let pattern =
      /--[a-z][a-z-]*|U\+[0-9A-F]+|CVE-[0-9-]+|SM1[0-9]xx|&[a-z]+;|[0-9]+(?:\.[0-9]+)+|[0-9]{3,}|[0-9]{1,3}(?:,[0-9]{3})+/
    return Set(text.matches(of: pattern).map { String($0.output) })
  }
}

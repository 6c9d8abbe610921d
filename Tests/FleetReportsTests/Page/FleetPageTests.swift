import DeviceReports
import Diagnostics
import Foundation
import PolicyModel
import TPMEvidence
import Testing

@testable import FleetReports

@Suite struct FleetPageTests {
  private func page(_ report: FleetReport, _ language: ReportLanguage = .english) -> String {
    String(decoding: FleetPage(report, language: language).bytes(), as: UTF8.self)
  }

  /// What stands between two marks that stand in the page once each.
  private func part(of page: String, from begin: String, to end: String) throws -> Substring {
    let start = try #require(page.range(of: begin))
    let finish = try #require(page.range(of: end, range: start.upperBound..<page.endIndex))
    return page[start.upperBound..<finish.lowerBound]
  }

  private func data(of page: String) throws -> [String: Any] {
    let json = try part(of: page, from: "id=\"data\">", to: "</script>")
    return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private func digest(of text: Substring) throws -> String {
    let digest = Array(text.utf8).withUnsafeBytes { HashAlgorithm.sha256.digest(of: $0) }
    return Data(try #require(digest)).base64EncodedString()
  }

  @Test func `the same report gives the same bytes`() {
    let report = PageFleet.report(devices: 40, problems: 3)
    #expect(
      FleetPage(report, language: .japanese).bytes() == FleetPage(report, language: .japanese).bytes())
  }

  @Test func `the policy names the digests of the style and the script that the page has`() throws {
    let page = page(PageFleet.report(devices: 1))
    let style = try part(of: page, from: "<style>", to: "</style>")
    let script = try part(of: page, from: "</script>\n<script>", to: "</script>")
    let policy = try part(of: page, from: "Security-Policy\" content=\"", to: "\">")
    #expect(policy.contains("style-src 'sha256-\(try digest(of: style))'; "))
    #expect(policy.contains("script-src 'sha256-\(try digest(of: script))'; "))
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(!policy.contains("unsafe"))
  }

  @Test func `style and script hold nothing that would end them, and no address`() {
    for asset in [PageAsset.style, PageAsset.script] {
      let text = String(decoding: asset.bytes, as: UTF8.self)
      for mark in ["</", "<!--", "\r", "http:", "https:", "url(", "@import", "innerHTML", "eval("] {
        #expect(!text.contains(mark), "\(mark)")
      }
    }
  }

  @Test func `whatever texts hold, the page has its own elements and no other`() throws {
    let page = page(PageFleet.hostileReport())
    #expect(page.ranges(of: "<script").count == 2)
    #expect(page.ranges(of: "</script").count == 2)
    #expect(page.ranges(of: "<style").count == 1)
    #expect(!page.contains("<!--"))
    #expect(!page.contains("<img"))
    let data = try part(of: page, from: "id=\"data\">", to: "</script>")
    for mark in ["<", ">", "&", "\u{2028}", "\u{202E}", "\u{0}"] { #expect(!data.contains(mark)) }
  }

  @Test func `each device has its texts, its place in the input and what the policy says of it`() throws {
    let report = PageFleet.report(devices: 300, problems: 2)
    let data = try data(of: page(report))
    let columns = try #require(data["columns"] as? [[String: Any]])
    #expect(columns.count == FleetColumn.allCases.count + 5)
    for column in columns {
      let id = try #require(column["id"] as? String)
      guard let told = FleetColumn(rawValue: id) else { continue }
      let table = column["table"] as? [String] ?? []
      let places = column["places"] as? [Int] ?? []
      let texts = column["texts"] as? [String]
      #expect(texts ?? places.map { table[$0] } == report.rows.map { $0.texts[told] ?? "" })
    }
    #expect(data["lines"] as? [Int] == report.rows.map(\.line))
    let outcomes = try #require(data["outcomes"] as? [[Any]])
    let devices = try #require(data["devices"] as? [Int])
    #expect(outcomes.count < 150)
    #expect(devices.map { outcomes[$0][4] as? [Int] } == report.rows.map(\.failed))
    #expect((data["problems"] as? [[Any]])?.count == 2)
  }

  @Test func `a message has its params filled in, and an ellipsis where it has a fact`() throws {
    let policy = PageFleet.policy()
    #expect(policy.rules[0].pageMessage(in: policy, .english).text == "Windows … is too old.")
    #expect(policy.rules[3].pageMessage(in: policy, .japanese).language == "en")
    #expect(
      policy.rules[3].pageMessage(in: policy, .japanese).text
        == "The AIK has no certificate. Wait 30 minutes.")
    #expect(policy.rules[4].pageMessage(in: policy, .english).text == "needs entra.key_in_tpm")
  }

  @Test func `a remedy that loses data goes with what must be done before`() throws {
    let data = try data(of: page(PageFleet.report(devices: 1)))
    let remedies = try #require(data["remedies"] as? [[String: Any]])
    for remedy in remedies where remedy["impact"] as? String == "loses_data" {
      #expect((remedy["before"] as? [Any])?.isEmpty == false)
    }
    #expect(remedies.contains { $0["impact"] as? String == "loses_data" })
  }

  @Test func `the script asks for texts that there are, and all texts are asked for`() throws {
    let script = String(decoding: PageAsset.script.bytes, as: UTF8.self)
    let frame = PageBody(PageFleet.report(devices: 1), language: .english).html
    var asked = Set(script.matches(of: /\bt\('([A-Za-z_]+)'/).map { String($0.1) })
    asked.formUnion(frame.matches(of: /data-(?:text|label)="([A-Za-z_]+)"/).map { String($0.1) })
    let known = Set(PageText.allCases.map(\.rawValue))
    #expect(asked.subtracting(known).isEmpty)
    let composed = known.filter { $0.hasPrefix("impact_") || $0.hasPrefix("severity_") }
    #expect(known.subtracting(asked).subtracting(composed).isEmpty)
  }

  @Test func `both languages give the same values to fill in`() {
    for text in PageText.allCases {
      func names(_ language: ReportLanguage) -> [String] {
        text.text[language].matches(of: /\{(\w+)\}/).map { String($0.1) }.sorted()
      }
      #expect(names(.english) == names(.japanese), "\(text)")
    }
  }

  @Test func `without scripts the totals are there`() {
    let page = page(PageFleet.report(devices: 50, problems: 4), .japanese)
    #expect(page.contains("<html lang=\"ja\">"))
    #expect(page.contains("読み取れなかった行: 4"))
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `base64 is that of RFC 4648`(text: String, encoded: String) {
    #expect(PageAsset.base64(Array(text.utf8)) == encoded)
  }
}

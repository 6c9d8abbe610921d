import Diagnostics
import SyncML
import Testing

@Suite struct DeviceAnswersTests {
  @Test("every status that a finding predicts has a page", arguments: DeviceStatus.allCases)
  func predicted(status: DeviceStatus) throws {
    let page = try #require(DeviceAnswers.page(of: "\(status.rawValue)"))
    #expect(page.code == "\(status.rawValue)" && page.title[.english] == status.meaning)
    for spelling in page.names { #expect(DeviceAnswers.page(of: spelling) == page) }
  }

  @Test(
    "every answer has its texts in both languages, sentences with their ends", arguments: DeviceAnswers.pages)
  func texts(page: Page) throws {
    #expect(page.title[.english] != page.title[.japanese] && !page.title[.japanese].hasSuffix("。"))
    for text in [try #require(page.cause), try #require(page.cure)] {
      #expect(text[.english].hasSuffix(".") && text[.japanese].hasSuffix("。"), "\(text)")
      for word in ["policyc", "--targets", "Atomic", "Get", "DevDetail", "SM11xx", "Provider/Admin"] {
        #expect(text[.english].contains(word) == text[.japanese].contains(word), "\(word): \(text)")
      }
    }
    #expect(DeviceAnswers.page(of: page.code) == page)
  }

  @Test(
    "a number that is no answer has none",
    arguments: ["", "0x", "-", "999", "0x87D10000", "0x80070005", "4294967296", "1e3"])
  func strangers(text: String) {
    #expect(DeviceAnswers.page(of: text) == nil)
  }
}

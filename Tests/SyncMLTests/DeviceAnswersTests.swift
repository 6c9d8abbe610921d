import SyncML
import Testing

@Suite struct DeviceAnswersTests {
  @Test("every status that a finding predicts has a page", arguments: DeviceStatus.allCases)
  func predicted(status: DeviceStatus) throws {
    let page = try #require(DeviceAnswers.page(of: "\(status.rawValue)"))
    #expect(page.name == "\(status.rawValue)")
    #expect(!page.cause.isEmpty && !page.cure.isEmpty)
    for spelling in page.spellings { #expect(DeviceAnswers.page(of: spelling) == page) }
  }

  @Test(
    "a number that is no answer has none",
    arguments: ["", "0x", "-", "999", "0x87D10000", "0x80070005", "4294967296", "1e3"])
  func strangers(text: String) {
    #expect(DeviceAnswers.page(of: text) == nil)
  }
}

import FleetReports
import Testing

@Suite struct FleetTextsTests {
  @Test func `every column keeps a text of its own, and an empty one is none`() {
    var texts = FleetTexts()
    for column in FleetColumn.allCases { texts[column] = column.rawValue }
    for column in FleetColumn.allCases { #expect(texts[column] == column.rawValue) }
    texts[.model] = ""
    #expect(texts[.model] == nil)
    #expect(texts[.deviceName] == "device_name")
  }
}

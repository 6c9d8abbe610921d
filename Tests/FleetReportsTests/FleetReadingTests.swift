import PolicyModel
import Testing

@testable import FleetReports

@Suite struct FleetReadingTests {
  @Test(arguments: ["true", "Yes", "1", "ON"])
  func `a yes`(text: String) { #expect(FleetReading.whole.value(of: text, as: .bool) == .bool(true)) }

  @Test(arguments: ["false", "No", "0", "off"])
  func `a no`(text: String) { #expect(FleetReading.whole.value(of: text, as: .bool) == .bool(false)) }

  @Test(arguments: ["2", "y", "ja", "true false", ""])
  func `neither a yes nor a no`(text: String) {
    #expect(FleetReading.whole.value(of: text, as: .bool) == nil)
  }

  @Test(arguments: [
    "10.0.22631", "22631.4037", "10.0.0.0", "10.1.22631.1", "10.0.22631.4037 ", "11.0.22631.1",
    "10.0.99999999999.1",
  ])
  func `a build has all its numbers`(text: String) {
    #expect(FleetReading.whole.value(of: text, as: .build) == nil)
  }

  @Test func `words of an enumeration count in any case`() {
    let type = ValueType.symbol(["on", "off"])
    #expect(FleetReading.whole.value(of: "On", as: type) == .symbol("on"))
    #expect(FleetReading.whole.value(of: "o n", as: type) == nil)
  }

  @Test func `parts of the version that a TPM follows`() {
    let text = "2.0, 0, 1.59"
    #expect(FleetReading.beforeComma.value(of: text, as: .version) == .version(Version(2, 0, written: 2)))
    #expect(FleetReading.thirdPart.value(of: text, as: .version) == .version(Version(1, 59, written: 2)))
    #expect(FleetReading.beforeComma.value(of: "1.2", as: .version) == .version(Version(1, 2, written: 2)))
    #expect(FleetReading.thirdPart.value(of: "2.0, 0", as: .version) == nil)
    #expect(FleetReading.whole.value(of: text, as: .version) == nil)
  }

  @Test(arguments: ["INTC", "AMD", "IFX", "STM"])
  func `the id of a manufacturer`(text: String) {
    #expect(FleetReading.tpmVendor.value(of: text, as: .string) == .string(text))
  }

  @Test(arguments: ["Intel", "1229", "INTCX", "A", "INT C"])
  func `no id of a manufacturer`(text: String) {
    #expect(FleetReading.tpmVendor.value(of: text, as: .string) == nil)
  }

  @Test func `what has a version or a maker is there`() {
    for text in ["2.0, 0, 1.59", "1.2", "INTC"] {
      #expect(FleetReading.presence.value(of: text, as: .bool) == .bool(true))
    }
    for text in ["0.0", "Not supported", "Intel", ""] {
      #expect(FleetReading.presence.value(of: text, as: .bool) == nil)
    }
  }

  @Test func `whole numbers`() {
    #expect(FleetReading.whole.value(of: "-12", as: .int) == .int(-12))
    #expect(FleetReading.whole.value(of: "1.5", as: .int) == nil)
    #expect(FleetReading.whole.value(of: "99999999999999999999", as: .int) == nil)
  }
}

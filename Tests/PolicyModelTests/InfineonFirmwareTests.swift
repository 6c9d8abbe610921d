import PolicyModel
import Testing

@Suite("Infineon's notation of firmware versions")
struct InfineonFirmwareTests {
  @Test(
    "a version with a count of builds becomes the four words of the TPM",
    arguments: [
      ("5.63.3353.0", "5.63.13.6400"), ("7.61.2785.0", "7.61.10.57600"), ("7.62.3126.2", "7.62.12.13826"),
      ("7.85.4555.0", "7.85.17.51968"), ("15.20.15686.0", "15.20.61.17920"), ("5.63.3353", "5.63.13.6400"),
      ("7.0.256.255", "7.0.1.255"), ("7.0.16777215.0", "7.0.65535.65280"),
    ])
  func converts(shown: String, version: String) throws {
    let parsed = try #require(Version(shown))
    let converted = try #require(InfineonFirmware.converted(parsed))
    #expect(converted.description == version)
    #expect(InfineonFirmware.converted(converted) == nil)
  }

  @Test(
    "a version that may be in the form of the fact is left alone",
    arguments: ["5.63.13.6400", "7.62", "6.43.255.0", "5.63.3353.256", "7.0.16777216.0", "4294967295.0.0.0"])
  func leaves(text: String) throws {
    #expect(InfineonFirmware.converted(try #require(Version(text))) == nil)
  }

  private func reading(_ firmware: String, _ maker: String?) throws -> FactReading {
    var snapshot = FactSnapshot(
      values: ["tpm.firmware": .version(try #require(Version(firmware)))], source: "file:laptop.yaml")
    snapshot["tpm.manufacturer"] = maker.map { Observation(.value(.string($0)), source: "file:laptop.yaml") }
    return FactReading(FactDeclaration(name: "tpm.firmware", type: .version), in: snapshot)
  }

  @Test(
    "the firmware of an Infineon TPM is read in the form of the fact, and its source names what was shown")
  func isRead() throws {
    let found = try reading("5.63.3353.0", "IFX")
    #expect(found.value == .version(Version(5, 63, 13, 6400)))
    #expect(found.observation?.source == "file:laptop.yaml, shown as 5.63.3353.0")
    #expect(try reading("5.63.3353.0", "IFX\0").value == .version(Version(5, 63, 13, 6400)))
    #expect(try reading("5.63.13.6400", "IFX").observation?.source == "file:laptop.yaml")
  }

  @Test("the firmware of another maker, or of one that is not known, is read as it is")
  func others() throws {
    for maker in ["STM", "INTC", nil] {
      #expect(try reading("5.63.3353.0", maker).value == .version(Version(5, 63, 3353, 0)))
    }
  }
}

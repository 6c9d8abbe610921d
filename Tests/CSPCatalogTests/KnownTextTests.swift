import CSPCatalog
import PolicyModel
import Testing

@Suite("Texts that a fact has in practice")
struct KnownTextTests {
  private func maker() throws -> FactEntry { try #require(FactCatalog.embedded["tpm.manufacturer"]) }

  @Test("the makers of TPMs are ids that fit into four bytes, each with a name")
  func makers() throws {
    let known = try maker().known
    #expect(known.count > 20)
    #expect(known.map(\.text) == known.map(\.text).sorted())
    for one in known {
      #expect((2...4).contains(one.text.utf8.count), "\(one.text)")
      #expect(one.text.utf8.allSatisfy { 0x41...0x5A ~= $0 }, "\(one.text)")
      #expect(!one.names.isEmpty)
    }
    for id in ["AMD", "IFX", "INTC", "NTC", "STM", "MSFT", "IBM", "GOOG", "VMW"] {
      #expect(try maker().isKnown(id), "\(id)")
    }
  }

  @Test(
    "another spelling of a maker leads to its id",
    arguments: [
      ("Infineon", "IFX"), ("INFINEON", "IFX"), ("ifx", "IFX"), ("Infineon Technologies AG", "IFX"),
      ("Infinion", "IFX"), ("IXF", "IFX"), ("Intel", "INTC"), ("Intel Corporation", "INTC"), ("intc", "INTC"),
      ("Nuvoton", "NTC"), ("STMicro", "STM"), ("STMicroelectronics", "STM"), ("STM ", "STM"),
      ("AMD\0", "AMD"),
      ("Advanced Micro Devices", "AMD"), ("Microsoft", "MSFT"), ("0x49465800", "IFX"), ("1229346816", "IFX"),
      ("0x53544D20", "STM"),
    ])
  func meant(text: String, id: String) throws {
    #expect(try !maker().isKnown(text))
    #expect(try maker().meant(by: text)?.text == id)
  }

  @Test(
    "a text that is near to nothing leads nowhere",
    arguments: ["", " ", "Contoso", "0x", "0x1", "12", "99999999999", String(repeating: "I", count: 5000)])
  func unknown(text: String) throws {
    #expect(try maker().meant(by: text) == nil)
  }

  @Test("any text is known of a fact without a list")
  func open() throws {
    let model = try #require(FactCatalog.embedded["device.model"])
    #expect(model.isKnown("Kumo 14 G3") && model.meant(by: "Kumo") == nil)
  }

  private func refusal(_ known: String, type: String = "string") -> String {
    let yaml = """
      version: 1.0.0
      facts:
        a.b:
          type: \(type)
          known: \(known)
          summary: {en: A., ja: あ。}
      """
    do throws(FactCatalogError) {
      return "\(try FactCatalog(yaml: Array(yaml.utf8)).entries.first?.known.count ?? -1)"
    } catch {
      return error.message
    }
  }

  @Test("a list of known texts is checked")
  func refusals() {
    #expect(refusal("{A: [Alpha], B: [Beta]}") == "2")
    #expect(refusal("{A: [Alpha]}", type: "int").contains("it is not a string"))
    #expect(refusal("{A: []}").contains("has no name"))
    #expect(
      refusal("{A: [Alpha], B: [alpha]}").contains("'alpha' in known of the fact 'a.b' stands for two texts"))
    #expect(refusal("[A]").contains("it is a mapping"))
  }
}

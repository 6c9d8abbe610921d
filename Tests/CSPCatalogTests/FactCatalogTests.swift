import CSPCatalog
import PolicyModel
import Testing

@Suite("FactCatalog")
struct FactCatalogTests {
  private func catalog(_ yaml: String) throws(FactCatalogError) -> FactCatalog {
    try FactCatalog(yaml: Array(yaml.utf8))
  }

  private func refusal(_ yaml: String) -> String {
    do throws(FactCatalogError) {
      _ = try catalog(yaml)
      return "accepted"
    } catch {
      return error.description
    }
  }

  @Test("the embedded catalogue is in order and every name finds its own entry")
  func embeddedIsSorted() {
    let catalog = FactCatalog.embedded
    let names = catalog.entries.map(\.name)
    #expect(names.count > 50)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    for name in names { #expect(catalog[name]?.name == name) }
    #expect(catalog["os.nothing"] == nil)
    #expect(Version(catalog.version) != nil)
  }

  @Test("every embedded entry has an English and a Japanese sentence")
  func summaries() {
    for entry in FactCatalog.embedded.entries {
      #expect(entry.summary["en"]?.hasSuffix(".") == true, "\(entry.name)")
      #expect(entry.summary["ja"]?.hasSuffix("。") == true, "\(entry.name)")
    }
  }

  @Test("facts that derive from the build name it and have no node of their own")
  func derived() {
    for name in ["os.branch", "os.revision", "os.product"] {
      let entry = FactCatalog.embedded[name]
      #expect(entry?.derivedFrom == "os.build")
      #expect(entry?.cspNode == nil)
    }
  }

  @Test(
    "the raw text of a node decodes to the fact's value",
    arguments: [
      ("os.build", "10.0.22631.2792", Value.build(OSBuild(branch: 22631, revision: 2792))),
      ("boot.secure_boot", "1", .symbol("on")),
      ("boot.secure_boot", "2", .symbol("off")),
      ("tpm.present", "Not available", .bool(false)),
      ("tpm.present", "2.0", .bool(true)),
      ("tpm.version", "2.0, 0, 1.38", .version(Version(2, 0))),
      ("tpm.manufacturer", "STM \0", .string("STM")),
      ("bitlocker.compliant", "0", .bool(true)),
      ("bitlocker.compliant", "8192", .bool(false)),
      ("os.edition", "49", .symbol("pro_n")),
      ("attestation.recovery_status", "6", .symbol("tpm_not_ready")),
      ("memory.size", "4096", .int(4_294_967_296)),
    ])
  func decodes(name: String, raw: String, expected: Value) throws {
    #expect(try #require(FactCatalog.embedded[name]).decodeCSP(raw) == expected)
  }

  @Test(
    "a raw text that tells nothing decodes to no value",
    arguments: [
      ("boot.secure_boot", "7"), ("tpm.version", "Not available"), ("os.edition", "0"), ("tpm.ready", "0"),
      ("os.build", "11"), ("memory.size", "9223372036854775807"), ("tpm.manufacturer", "  "),
      ("cpu.cores", "4"),
    ])
  func decodesNothing(name: String, raw: String) throws {
    #expect(try #require(FactCatalog.embedded[name]).decodeCSP(raw) == nil)
  }

  @Test("every node that a fact names exists, can be read, and answers in a format that the decoding takes")
  func nodesExist() throws {
    for entry in FactCatalog.embedded.entries {
      guard let path = entry.cspNode else { continue }
      let node = try #require(CSPCatalog.embedded.node(at: path), "\(entry.name): \(path)")
      #expect(node.locURI == path, "\(entry.name): \(path) is not the normal form")
      #expect(node.access.contains(.get), "\(entry.name)")
      #expect(node.format != .node && node.format != .null, "\(entry.name)")
      guard case .enumeration(let values) = node.allowedValues, entry.cspOtherwise == nil else { continue }
      for value in values {
        #expect(entry.decodeCSP(value) != nil, "\(entry.name) does not decode '\(value)'")
      }
    }
  }

  @Test(
    "the facts' decodings of enumerations take every number that a node can answer",
    arguments: [
      ("boot.secure_boot", 0...2), ("vbs.status", 0...5), ("hvci.status", 0...3),
      ("credential_guard.status", 0...4), ("system_guard.status", 0...3), ("dma.kernel_protection", 1...2),
      ("attestation.recovery_status", 0...8), ("antivirus.status", 0...4), ("firewall.status", 0...4),
    ])
  func decodesAll(name: String, numbers: ClosedRange<Int>) throws {
    let entry = try #require(FactCatalog.embedded[name])
    for number in numbers { #expect(entry.decodeCSP("\(number)") != nil, "\(number)") }
    #expect(entry.decodeCSP("\(numbers.upperBound + 1)") == nil)
  }

  @Test("editions have the names and the numbers that policies use")
  func editions() throws {
    let entry = try #require(FactCatalog.embedded["os.edition"])
    for edition in WindowsEdition.all {
      for id in edition.ids { #expect(entry.decodeCSP("\(id)") == .symbol(edition.name), "\(id)") }
    }
  }

  @Test("a misspelt name is answered with the nearest one and with those that end in the same word")
  func suggestions() {
    #expect(FactCatalog.embedded.suggestions(for: "tpm.verison").first == "tpm.version")
    #expect(FactCatalog.embedded.suggestions(for: "secure_boot") == ["boot.secure_boot"])
    #expect(FactCatalog.embedded.suggestions(for: "weather") == [])
  }

  @Test("an unknown key is refused with its place and the key that was meant")
  func unknownKey() {
    let text = refusal("version: 1\nfacts:\n  a.b:\n    tpye: bool\n")
    #expect(text.hasPrefix("4:5: the fact 'a.b' has no key 'tpye'; did you mean 'type'?"))
  }

  @Test(
    "an entry that says nothing sensible is refused at its place",
    arguments: [
      ("facts: {}", "1:1: the fact catalogue lacks the key 'version'"),
      ("version: 1\nfacts: [a]", "2:8: facts is a list; it is a mapping"),
      ("version: 1\nfacts: {A.b: {type: bool}}", "2:9: the fact name 'A.b' is not words"),
      ("version: 1\nfacts: {ab: {type: bool}}", "2:9: the fact name 'ab' is not words"),
      ("version: 1\nfacts: {a.b: {type: float}}", "2:21: type of the fact 'a.b' is 'float'"),
      (
        "version: 1\nfacts: {a.b: {type: enum, values: [x]}}",
        "2:21: the fact 'a.b' has fewer than two values"
      ),
      ("version: 1\nfacts: {a.b: {type: enum, values: [x, x]}}", "2:39: the value 'x' of"),
      ("version: 1\nfacts: {a.b: {type: int, bounds: [2, 1]}}", "2:34: bounds of the fact 'a.b' are not"),
      ("version: 1\nfacts: {a.b: {type: bool, needs: luck}}", "2:34: needs of the fact 'a.b' is 'luck'"),
      (
        "version: 1\nfacts: {a.b: {type: bool, summary: {en: E, ja: J}, csp: {node: ./X, values: {1: maybe}}}}",
        "2:81: 'maybe' is no value of the fact 'a.b'; it is true or false or unknown"
      ),
      (
        "version: 1\nfacts: {a.b: {type: bool, derived_from: a.c, summary: {en: E, ja: J}}}",
        "2:9: the fact 'a.b' derives from 'a.c', which is no fact"
      ),
    ])
  func refusals(yaml: String, message: String) {
    let text = refusal(yaml)
    #expect(text.hasPrefix(message), "\(text)")
  }
}

import Diagnostics
import PolicyCompiler
import Testing

@Suite struct ShippedPoliciesTests {
  private let shipped: ShippedPolicies

  init() throws { shipped = try ShippedPolicies() }

  @Test("every file of Policies compiles without any finding, and the policies are the four that ship")
  func noFindings() throws {
    var names: [String] = []
    for path in shipped.files.keys.sorted() {
      let compilation = try shipped.compile(path)
      #expect(compilation.diagnostics.map { "\(path): \($0.code) \($0.message)" } == [])
      names += compilation.policies.map(\.compiled.name)
    }
    #expect(names == ShippedPolicies.names)
  }

  @Test(
    "the tests of a shipped policy pass and see every rule hold and fail", arguments: ShippedPolicies.names)
  func ownTests(name: String) throws {
    let policy = try shipped.policy(name)
    let run = try runner(of: name).run(policy)
    #expect(run.results.count > 20)
    #expect(run.results.filter { !$0.hasPassed }.map(\.test.name) == [])
    #expect(run.unexercised.map { "\($0.rule): \($0.missing)" } == [])
  }

  @Test("every rule has a message in English and in Japanese, and a remedy", arguments: ShippedPolicies.names)
  func texts(name: String) throws {
    for rule in try shipped.policy(name).compiled.rules {
      #expect(rule.messages.map(\.language) == ["en", "ja"], "\(rule.name)")
      #expect(rule.remedy != nil, "\(rule.name)")
    }
  }

  @Test("without its waiver, each clause for attestation is an error that names Windows 10 22H2")
  func waivers() throws {
    let path = "windows-enrollment-attestation.attpolicy"
    let lines = String(decoding: try #require(shipped.files[path]), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let waivers = lines.indices.filter { lines[$0].contains("allow AP2104 because") }
    #expect(waivers.count == 4)
    for index in waivers {
      var rest = lines
      rest.remove(at: index)
      let compilation = try shipped.compile(path, replacing: [path: Array(rest.joined(separator: "\n").utf8)])
      let found = try #require(compilation.diagnostics.first)
      #expect(compilation.diagnostics.count == 1)
      #expect(found.code == "AP2104")
      #expect(found.severity == .error)
      #expect(found.primary?.text == "not on every build of Windows 10 22H2 (10.0.19045)")
      #expect(compilation.policies.first?.waived.count == 3)
    }
  }

  @Test("the accepted findings are the four about Windows 10, each with its reason")
  func waived() throws {
    for name in ShippedPolicies.names {
      let waived = try shipped.policy(name).waived
      guard name == "windows-enrollment-attestation" else {
        #expect(waived.isEmpty, "\(name)")
        continue
      }
      #expect(waived.map(\.code) == ["AP2104", "AP2104", "AP2104", "AP2104"])
      #expect(waived.allSatisfy { $0.reason.contains("10.0.19045.3996") })
      #expect(waived.contains { $0.message.contains("Recovery/RecoveryStatus") })
      #expect(waived.contains { $0.message.contains("CertAttestation/MDMClientCertAttestation") })
    }
  }

  private func runner(of name: String) throws -> TestRunner {
    TestRunner { settings in try? shipped.policy(name, settings: settings) }
  }
}

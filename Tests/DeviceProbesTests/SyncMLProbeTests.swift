import CSPCatalog
import Foundation
import PolicyModel
import SyncML
import TestSupport
import Testing
import XMLInput

@testable import DeviceProbes

@Suite("SyncMLProbe")
struct SyncMLProbeTests {
  static let entries = AnsweredFacts.entries(of: .embedded)
  static let secureBoot = "./Device/Vendor/MSFT/DeviceStatus/SecureBootState"

  private func finding(_ name: String, in text: String) throws -> Observation.Content {
    let entry = try #require(FactCatalog.embedded[name])
    return try AnsweredFacts(Array(text.utf8), about: [entry]).finding(of: entry)
  }

  private func reason(_ name: String, in text: String) throws -> String {
    guard case .unknown(let reason) = try finding(name, in: text) else { return "a value" }
    return reason
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  @Test("every value of every decoding table gives its fact", arguments: entries)
  func tables(entry: FactEntry) throws {
    let node = try #require(entry.cspNode)
    let path = node.replacing("{ProviderID}", with: "Contoso%20MDM")
    var expected: [String: Value?] = [:]
    for (raw, spelling) in entry.cspValues {
      expected[raw] = .some(spelling == "unknown" ? nil : entry.type.value(spelled: spelling))
    }
    if let other = entry.cspOtherwise {
      expected["31415"] = .some(other == "unknown" ? nil : entry.type.value(spelled: other))
    } else {
      switch entry.type {
      case .bool: expected.merge(["true": .bool(true), "false": .bool(false), "maybe": nil]) { $1 }
      case .int: expected.merge(["8192": .int(8192 * entry.cspScale), "many": nil]) { $1 }
      case .version: expected.merge(["7.2": .version(try #require(Version("7.2"))), "seven": nil]) { $1 }
      case .build: expected["10.0.22631.2792"] = .build(OSBuild(branch: 22631, revision: 2792))
      case .string: expected["Contoso \u{30C7}"] = .string("Contoso \u{30C7}")
      case .symbol: break
      }
    }
    #expect(expected.count >= 2 || entry.type == .build || entry.type == .string)
    for (raw, value) in expected {
      let text = MadeUpDevice.message(
        MadeUpDevice.status("200") + MadeUpDevice.results(path, data: escaped(raw)))
      let found = try finding(entry.name, in: text)
      if let value {
        #expect(found == .value(value), "\(entry.name) of '\(raw)'")
      } else {
        #expect(found.value == nil, "\(entry.name) of '\(raw)'")
        let reason = try reason(entry.name, in: text)
        #expect(raw.isEmpty || reason.contains("'\(raw)'"), "\(reason)")
      }
    }
  }

  @Test("a device's answer to the Gets of the enrollment policy is read", arguments: [false, true])
  func endToEnd(namesTargets: Bool) throws {
    let payload = try #require(
      Checkout.files(below: "Tests/Corpus/policies/windows-enrollment-attestation", suffix: "syncml.xml")
        .first)
    let device = MadeUpDevice(
      nodes: [
        "./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/Recovery/RecoveryStatus": ("int", "2"),
        "./Device/Vendor/MSFT/DeviceStatus/TPM/SpecificationVersion": ("chr", "2.0, 0, 1.38"),
        "./DevDetail/SwV": ("chr", "10.0.22631.2792"),
        "./Device/Vendor/MSFT/WindowsLicensing/Edition": ("int", "48"),
      ], namesTargets: namesTargets)
    let folder = try TemporaryFolder()
    let answer = try device.answer(to: payload.bytes)
    let path = try folder.file("answer.xml", answer)
    let probe = SyncMLProbe(path: path)
    let found = try probe.observe(Self.entries.map(\.declaration))
    #expect(found.keys.sorted() == Self.entries.map(\.name).sorted())
    #expect(found["attestation.recovery_status"]?.value == .symbol("finished"))
    #expect(found["attestation.recovery_status"]?.level == .reported)
    #expect(found["attestation.recovery_status"]?.source == "syncml:\(path)")
    let asked = String(decoding: payload.bytes, as: UTF8.self)
    let values: [String: Value?] = [
      "tpm.version": .version(try #require(Version("2.0"))), "tpm.present": .bool(true),
      "os.build": .build(OSBuild(branch: 22631, revision: 2792)), "os.edition": .symbol("pro"),
    ]
    for (name, value) in values {
      let node = try #require(FactCatalog.embedded[name]?.cspNode)
      #expect(found[name]?.value == (asked.contains(node) ? value : nil), "\(name)")
    }
  }

  @Test("with the payload in the file, a Status that names no node is understood")
  func conversation() throws {
    let payload = SyncMLMessage(
      target: "device", source: "server",
      commands: [SyncMLCommand(.get, Self.secureBoot), SyncMLCommand(.get, "./DevDetail/SwV")])
    let request = try SyncMLWriter().write(payload).bytes
    let answer = try MadeUpDevice(otherwise: "405").answer(to: request)
    let alone = try reason("boot.secure_boot", in: answer)
    #expect(
      alone
        == "there is no answer for \(Self.secureBoot); the Get of CmdID 1 was answered with status 405, command not allowed on the node, and it is not said for which node"
    )
    let together = String(decoding: request, as: UTF8.self).replacing(
      #"<?xml version="1.0" encoding="UTF-8"?>"#, with: "")
    #expect(
      try reason("boot.secure_boot", in: together + answer)
        == "the device answered the Get of \(Self.secureBoot) with status 405, command not allowed on the node"
    )
  }

  @Test(
    "a status other than 200 leaves the fact unknown, with what the status means",
    arguments: [
      ("404", "status 404, no such node"), ("405", "status 405, command not allowed on the node"),
      ("406", "status 406, property not supported"), ("403", "status 403, forbidden"),
      ("418", "status 418, already exists"), ("425", "status 425, access denied"),
      ("500", "status 500, command failed"), ("507", "status 507, Atomic failed"),
      ("213", "status 213, part accepted"), ("999", "status '999'"), ("OK", "status 'OK'"),
      ("", "a Status without a code"),
    ])
  func statuses(code: String, meaning: String) throws {
    let failed = MadeUpDevice.message(MadeUpDevice.status(code, target: Self.secureBoot))
    #expect(
      try reason("boot.secure_boot", in: failed)
        == "the device answered the Get of \(Self.secureBoot) with \(meaning)")
    let contradictory = MadeUpDevice.message(
      MadeUpDevice.status(code) + MadeUpDevice.results(Self.secureBoot, data: "1"))
    #expect(
      try reason("boot.secure_boot", in: contradictory)
        == "the device gave a value for \(Self.secureBoot), and answered the Get with \(meaning)")
  }

  @Test("Results count without a Status in a piece of a message, and not beside those of others")
  func lackingStatus() throws {
    let results = MadeUpDevice.results(Self.secureBoot, data: "1")
    #expect(try finding("boot.secure_boot", in: results) == .value(.symbol("on")))
    let other = MadeUpDevice.status("200", command: "9")
    #expect(
      try reason("boot.secure_boot", in: MadeUpDevice.message(other + results))
        == "the device gave a value for \(Self.secureBoot) without a Status for the Get")
    let unnumbered = MadeUpDevice.results(Self.secureBoot, data: "1", message: nil)
    #expect(
      try finding("boot.secure_boot", in: MadeUpDevice.message(MadeUpDevice.status("200") + unnumbered))
        == .value(.symbol("on")))
    let silent = MadeUpDevice.message(MadeUpDevice.status("200", target: Self.secureBoot))
    #expect(try reason("boot.secure_boot", in: silent).hasSuffix("with 200, and without a value"))
  }

  @Test(
    "a path is read in all of its forms",
    arguments: [
      ("./Device/Vendor/MSFT/DeviceStatus/SecureBootState", true),
      ("./Vendor/MSFT/DeviceStatus/SecureBootState", true),
      ("\n  ./Vendor/MSFT/DeviceStatus/SecureBootState\n  ", true),
      ("./Vendor/MSFT/DeviceStatus/Secure%42ootState", true),
      ("./User/Vendor/MSFT/DeviceStatus/SecureBootState", false),
      ("./Vendor/MSFT/DeviceStatus/SecureBootState/Value", false),
      ("./Vendor/MSFT/DeviceStatus/SecureBootState?prop=Name", false),
      ("./Vendor/MSFT/DeviceStatus/securebootstate", false),
    ])
  func paths(path: String, isRead: Bool) throws {
    let found = try finding("boot.secure_boot", in: MadeUpDevice.results(path, data: "1"))
    #expect(found.value == (isRead ? .symbol("on") : nil))
  }

  @Test("instances that agree give a value, and others are named")
  func instances() throws {
    func results(_ provider: String, _ status: String) -> String {
      MadeUpDevice.results(
        "./Vendor/MSFT/DMClient/Provider/\(provider)/Recovery/RecoveryStatus", format: "int", data: status)
    }
    let name = "attestation.recovery_status"
    #expect(try finding(name, in: results("A", "2") + results("B", "2")) == .value(.symbol("finished")))
    #expect(
      try reason(name, in: results("A", "2") + results("B", "1"))
        == "the device answered ./Vendor/MSFT/DMClient/Provider/A/Recovery/RecoveryStatus with '2' and ./Vendor/MSFT/DMClient/Provider/B/Recovery/RecoveryStatus with '1'"
    )
    #expect(try reason(name, in: results("A", "2") + results("B", "77")).contains("'77'"))
    let twice =
      MadeUpDevice.results(Self.secureBoot, data: "1") + MadeUpDevice.results(Self.secureBoot, data: "2")
    #expect(try reason("boot.secure_boot", in: twice).contains("with '1' and \(Self.secureBoot) with '2'"))
  }

  @Test(
    "a format is respected",
    arguments: [
      ("int", "1", nil), (" int ", " 1\n", nil), ("chr", "1", nil), ("xml", "1", nil), ("b64", "MQ==", nil),
      ("bin", "M Q\n==", nil), ("chr", "<![CDATA[1]]>", nil), ("chr", "&#49;", nil), (nil, "1", nil),
      ("int", "one", "with 'one', which is not of its format int"),
      ("bool", "one", "with 'one', which is not of its format bool"),
      ("b64", "M", "with 'M', which is not of its format b64"),
      ("b64", "/////w==", "is base64 of bytes that are no text in UTF-8"),
      ("node", "1", "as an interior node (Format node)"), ("null", "1", "without a value (Format null)"),
      ("float", "1", "in the format 'float', which is not understood"),
      ("int", "", "with an empty value"), ("chr", "<b>1</b>", "has elements in it where only text belongs"),
      ("int", nil, "without Data"), ("int", "3", "with '3', which tells nothing of boot.secure_boot"),
    ] as [(String?, String?, String?)])
  func formats(format: String?, data: String?, problem: String?) throws {
    let text = MadeUpDevice.results(Self.secureBoot, format: format, data: data)
    guard let problem else {
      #expect(try finding("boot.secure_boot", in: text) == .value(.symbol("on")))
      return
    }
    #expect(try reason("boot.secure_boot", in: text).hasSuffix(problem))
  }

  @Test("a value of the format bool is read where the table has numbers")
  func bits() throws {
    let path = "./Vendor/MSFT/DeviceStatus/OS/Mode"
    for (data, value) in [("true", true), ("FALSE", false), ("1", true), ("0", false)] {
      let text = MadeUpDevice.results(path, format: "bool", data: data)
      #expect(try finding("os.s_mode", in: text) == .value(.bool(value)))
    }
  }

  @Test("a number beyond what the fact can be, a value in parts and an empty message are no answers")
  func odd() throws {
    let memory = "./DevDetail/Ext/Microsoft/TotalRAM"
    #expect(
      try finding("memory.size", in: MadeUpDevice.results(memory, data: "8192")) == .value(.int(8192 << 20)))
    for data in ["9223372036854775807", "-1"] {
      #expect(
        try finding("memory.size", in: MadeUpDevice.results(memory, format: "int", data: data)).value == nil)
    }
    let part = MadeUpDevice.results(Self.secureBoot, data: "1").replacing(
      "</Item>", with: "<MoreData/></Item>")
    #expect(try reason("boot.secure_boot", in: part).contains("comes in parts (MoreData)"))
    let empty = MadeUpDevice.message("")
    #expect(try reason("boot.secure_boot", in: empty) == "there is no answer for \(Self.secureBoot)")
  }

  @Test("several items of one Results, SyncML 1.1 and a body alone are read")
  func shapes() throws {
    let items =
      MadeUpDevice.item("./DevDetail/SwV", data: "10.0.22631.1")
      + MadeUpDevice.item(Self.secureBoot, format: "int", data: "2")
    let results = "<Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef>\(items)</Results>"
    let status = MadeUpDevice.status("200")
    for text in [
      results, "<SyncBody>\(status)\(results)</SyncBody>", MadeUpDevice.message(status + results),
      MadeUpDevice.message(status + results, namespace: "SYNCML:SYNCML1.1"),
      MadeUpDevice.message(status) + MadeUpDevice.message(results, id: 2),
    ] {
      #expect(try finding("boot.secure_boot", in: text) == .value(.symbol("off")))
      #expect(try finding("os.build", in: text) == .value(.build(OSBuild(branch: 22631, revision: 1))))
    }
  }

  @Test("hostile answers are refused or bounded")
  func hostile() throws {
    let entity =
      #"<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]><Results><Item><Data>&e;</Data></Item></Results>"#
    #expect(throws: XMLError.self) { try finding("boot.secure_boot", in: entity) }
    let deep = String(repeating: "<Results>", count: 10_000)
    #expect(throws: XMLError.self) { try finding("boot.secure_boot", in: deep) }
    let many = String(repeating: MadeUpDevice.results(Self.secureBoot, data: "1"), count: 10_000)
    #expect(try reason("boot.secure_boot", in: many).hasSuffix("more than 64 times"))
    var others = ""
    for number in 0..<10_000 {
      others += MadeUpDevice.status("404", command: "\(number)")
      others += MadeUpDevice.results("./Vendor/\(number)", data: "1", command: "\(number)")
    }
    others += MadeUpDevice.status("200", command: "x")
    others += MadeUpDevice.results(Self.secureBoot, data: "1", command: "x")
    #expect(try finding("boot.secure_boot", in: others) == .value(.symbol("on")))
    let crowd = String(repeating: MadeUpDevice.status("200"), count: 1000)
    #expect(
      try reason("boot.secure_boot", in: crowd + MadeUpDevice.results(Self.secureBoot, data: "1"))
        .hasPrefix("there are too many Statuses"))
    #expect(
      try reason("boot.secure_boot", in: MadeUpDevice.results(Self.secureBoot, data: "\u{9B}31m")).contains(
        "'\u{9B}31m'"))
  }

  @Test("a file that is no SyncML is an error, and is not opened when no fact of it is wanted")
  func refuses() throws {
    let folder = try TemporaryFolder()
    func message(_ text: String) throws -> String {
      let path = try folder.file("x.xml", text)
      do throws(ProbeError) {
        return "\(try SyncMLProbe(path: path).observe(Self.entries.map(\.declaration)))"
      } catch {
        return "\(error)".replacing(path, with: "x.xml")
      }
    }
    #expect(try message("<a/>") == "x.xml: there is no SyncML in it, neither a message nor Results")
    #expect(try message("").hasPrefix("x.xml"))
    #expect(try message("<Results>").hasPrefix("x.xml:1:"))
    #expect(try SyncMLProbe(path: "nowhere.xml").observe(declarations("tpm.enabled")) == [:])
  }

  @Test("Results of real messages are read without an error")
  func recorded() throws {
    let folder = Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/data/syncml")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let xml = files.filter { $0.hasSuffix(".xml") }.sorted()
    guard !xml.isEmpty else {
      print("skipped: there is no folder ../shared/data/syncml beside the checkout")
      return
    }
    var answers = 0
    for name in xml {
      let text = try Data(contentsOf: folder.appendingPathComponent(name))
      // The folder has samples that are no XML at all, which other tests are about.
      if let read = try? GetAnswers(Array(text)) { answers += read.answers.count }
      if text.range(of: Data("<Results>".utf8)) != nil { _ = try GetAnswers(Array(text)) }
    }
    #expect(answers > 0)
  }
}

extension Observation.Content {
  /// The value, nil when unknown.
  var value: Value? {
    guard case .value(let value) = self else { return nil }
    return value
  }
}

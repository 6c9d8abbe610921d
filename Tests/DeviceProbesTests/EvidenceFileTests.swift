import PolicyModel
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("Evidence files")
struct EvidenceFileTests {
  static let full: EvidenceFile = {
    var file = EvidenceFile(evidence, facts: .object([JSONMember("os.build", .string("10.0.26100.1"))]))
    file.evidence.earlierLogs = [[20], [21, 22]]
    return file
  }()
  private static let evidence =
    Evidence(
      nonce: [1, 2, 3, 4, 5, 6, 7, 8], attestationKey: [4, 5], quote: [6], signature: [7, 8, 9],
      pcrs: PCRValues([
        .sha1: [0: [UInt8](repeating: 0xAB, count: 20), 23: [UInt8](repeating: 1, count: 20)],
        .sha256: [10: [UInt8](repeating: 0xCD, count: 32)],
      ]), endorsementKey: [10], endorsementCertificate: [11, 12], intermediateCertificates: [[13], [14]],
      bootLog: [15, 16, 17, 18], activation: [19])
  static let least = EvidenceFile(
    Evidence(
      nonce: [UInt8](repeating: 0, count: 8), attestationKey: [1], quote: [2], signature: [3]))

  /// The full one with certified keys.
  static let certified: EvidenceFile = {
    var file = full
    file.evidence.certifiedKeys = [
      KeyCertification(role: .mdm, key: [20], statement: [21], signature: [22]),
      KeyCertification(key: [23], statement: [24], signature: [25]),
    ]
    return file
  }()

  private func text(_ file: EvidenceFile) -> String { String(decoding: file.encode(), as: UTF8.self) }

  @Test("a file reads back as what was written", arguments: [full, least, certified])
  func roundTrip(_ file: EvidenceFile) throws {
    let bytes = file.encode()
    #expect(try EvidenceFile.decode(bytes) == file)
    #expect(try EvidenceFile.decode(bytes).encode() == bytes)
  }

  @Test("a file is canonical JSON, with bytes in Base64 and PCR values in hexadecimal")
  func text() {
    #expect(
      text(Self.least) == #"""
        {"attestation_key":"AQ==","format":"policyc-evidence","nonce":"AAAAAAAAAAA=","pcrs":{},"quote":"Ag==","signature":"Aw==","version":1}

        """#)
    #expect(
      text(Self.full).contains(#""pcrs":{"sha1":{"0":"abababababababababababababababababababab","23":"#))
  }

  @Test(
    "what is not evidence is refused with the place",
    arguments: [
      (#""quote":"Bg==""#, #""quote":6"#, "$.quote: expected bytes in Base64, found an integer"),
      (
        #""quote":"Bg==""#, #""quote":"B g=""#,
        "$.quote: expected bytes in Base64 (RFC 4648), found other text"
      ),
      (#""quote""#, #""qoute""#, #"$: there is no member "qoute"; did you mean "quote"?"#),
      (#","signature":"BwgJ""#, "", #"$: the member "signature" is missing"#),
      (
        #""version":1"#, #""version":2"#,
        "is of version 2 of its format; this policyc reads version 1"
      ),
      (#""version":1"#, #""version":0"#, "is of version 0 of its format"),
      (#""version":1"#, #""version":"1""#, "$.version: expected the version of the format, an integer"),
      (#""policyc-evidence""#, #""other""#, "expected an object with"),
      (#""sha1":{"#, #""md5":{"#, "$.pcrs.md5: there is no such bank"),
      (#""23":"#, #""24":"#, "$.pcrs.sha1.24: there is no such PCR; they are 0 to 23"),
      (#""23":"#, #""023":"#, "$.pcrs.sha1.023: there is no such PCR"),
      (#""23":"01"#, #""23":""#, "$.pcrs.sha1.23: expected a value of sha1 in hexadecimal"),
      (#""pcrs":{"#, #""pcrs":[],"x":{"#, #"there is no member "x""#),
      (
        #"["DQ==","Dg=="]"#, #"["DQ==",3]"#,
        "$.intermediate_certificates[1]: expected bytes in Base64, found an integer"
      ),
      (
        #""earlier_logs":["FA==","FRY="]"#, #""earlier_logs":"FA==""#,
        "$.earlier_logs: expected an array of boot logs, found a string"
      ),
      (
        #"["FA==","FRY="]"#, "[" + [String](repeating: #""FA==""#, count: 257).joined(separator: ",") + "]",
        "$.earlier_logs: it has 257 boot logs, and at most 256 are read"
      ),
      (
        #""nonce":"AQIDBAUGBwg=""#, #""nonce":"\#(String(repeating: "A", count: 92))""#,
        "$.nonce: it has 69 bytes, and at most 66"
      ),
      (
        #""nonce":"AQIDBAUGBwg=""#, #""nonce":"AQIDBAUGBw==""#,
        "$.nonce: it has 7 bytes; a nonce has at least 8"
      ),
      (#"{"os.build":"10.0.26100.1"}"#, "[]", "$.facts: expected an object of facts, found an array"),
      (#""version":1}"#, #""version":1"#, "not JSON at 2:1: "),
      (#""version":1}"#, #""version":1,"version":1}"#, "expected each name once"),
      (#"{"activation""#, "\u{FEFF}" + #"{"activation""#, "without a byte order mark"),
    ])
  func refusals(_ part: String, _ replacement: String, _ message: String) throws {
    let original = text(Self.full)
    #expect(original.contains(part))
    let error = #expect(throws: EvidenceFormatError.self) {
      try EvidenceFile.decode(Array(original.replacing(part, with: replacement).utf8))
    }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test(
    "certified keys that are none are refused with the place",
    arguments: [
      (#""certified_keys":["#, #""certified_key":["#, #"did you mean "certified_keys"?"#),
      (#"[{"key":"FA==""#, #"[7,{"key":"FA==""#, "$.certified_keys[0]: expected an object of a key"),
      (#""key":"Fw==","#, "", #"$.certified_keys[1]: the member "key" is missing"#),
      (#""key":"Fw==","#, #""key":7,"#, "$.certified_keys[1].key: expected bytes in Base64"),
      (#""role":"mdm""#, #""role":"tpm""#, "$.certified_keys[0].role: expected one of mdm, entra, hello"),
      (#""role":"mdm""#, #""role":null"#, "$.certified_keys[0].role: expected one of mdm, entra, hello"),
      (
        #""role":"mdm""#, #""rolle":"mdm""#, #"$.certified_keys[0]: there is no member "rolle"; did you mean"#
      ),
      (
        #""key":"Fw==","#, #""key":"Fw==","role":"mdm","#,
        "$.certified_keys[1].role: another key has the role 'mdm'"
      ),
    ])
  func certifiedKeyRefusals(_ part: String, _ replacement: String, _ message: String) throws {
    let original = text(Self.certified)
    #expect(original.contains(part))
    let bytes = Array(original.replacing(part, with: replacement).utf8)
    let error = #expect(throws: EvidenceFormatError.self) { try EvidenceFile.decode(bytes) }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    guard let answers = try JSONSchema("evidence").answers(for: [bytes]) else { return }
    #expect(answers.first?.hasPrefix("not valid") == true, "\(replacement)")
  }

  @Test("more certified keys than are read are refused, and so is one that is too long")
  func certifiedKeyLimits() throws {
    var file = Self.full
    let key = KeyCertification(key: [1], statement: [2], signature: [3])
    file.evidence.certifiedKeys = Array(repeating: key, count: 9)
    let error = #expect(throws: EvidenceFormatError.self) { try EvidenceFile.decode(file.encode()) }
    #expect(error?.description == "$.certified_keys: it has 9 keys, and at most 8 are read")
    file.evidence.certifiedKeys = [key]
    file.evidence.certifiedKeys[0].statement = [UInt8](repeating: 1, count: 4097)
    let long = #expect(throws: EvidenceFormatError.self) { try EvidenceFile.decode(file.encode()) }
    #expect(
      long?.description == "$.certified_keys[0].statement: it has 4097 bytes, and at most 4096 are read")
  }

  @Test("all boot logs together have as many bytes as one may have")
  func allLogs() throws {
    var file = Self.least
    file.evidence.bootLog = [UInt8](repeating: 1, count: 6 << 20)
    file.evidence.earlierLogs = [
      [UInt8](repeating: 1, count: 5 << 20), [UInt8](repeating: 1, count: 5 << 20),
    ]
    #expect(try EvidenceFile.decode(file.encode()) == file)
    file.evidence.earlierLogs.append([1])
    let error = #expect(throws: EvidenceFormatError.self) { try EvidenceFile.decode(file.encode()) }
    #expect(
      error?.description.contains(
        "$.earlier_logs: all boot logs together have 16777217 bytes, and at most 16777216 are read") == true)
  }

  @Test("a file beyond the limit is refused before it is read")
  func limit() {
    let error = #expect(throws: EvidenceFormatError.self) {
      try EvidenceFile.decode([UInt8](repeating: 0x20, count: EvidenceFile.byteLimit + 1))
    }
    #expect(error?.description.contains("at most 25165824 bytes") == true)
  }

  @Test("the schema accepts what is written")
  func schema() throws {
    guard
      let answers = try JSONSchema("evidence").answers(
        for: [Self.full, Self.least, Self.certified].map { $0.encode() })
    else {
      return
    }
    #expect(answers == ["valid", "valid", "valid"])
  }

  @Test("the schema refuses what the reader refuses")
  func schemaRefusals() throws {
    let edits = [
      (#""quote":"Bg==""#, #""quote":6"#), (#""quote":"Bg==""#, #""quote":"B g=""#),
      (#""quote""#, #""qoute""#),
      (#","signature":"BwgJ""#, ""), (#""version":1"#, #""version":2"#),
      (#""policyc-evidence""#, #""other""#),
      (#""sha1":{"#, #""md5":{"#), (#""23":"#, #""24":"#), (#""23":"#, #""023":"#),
      (#""23":"01"#, #""23":""#),
      (#""nonce":"AQIDBAUGBwg=""#, #""nonce":"AQIDBAUGBw==""#),
      (#""activation":"#, #""activated":"#), (#"["DQ==","Dg=="]"#, #"["DQ==",3]"#),
      (#"{"os.build":"10.0.26100.1"}"#, "[]"),
    ]
    let documents = edits.map { from, to in Array(text(Self.full).replacing(from, with: to).utf8) }
    for document in documents {
      #expect(throws: EvidenceFormatError.self) { try EvidenceFile.decode(document) }
    }
    guard let answers = try JSONSchema("evidence").answers(for: documents) else { return }
    for (edit, answer) in zip(edits, answers) { #expect(answer.hasPrefix("not valid"), "\(edit)") }
  }
}

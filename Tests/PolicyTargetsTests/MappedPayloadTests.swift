import CSPCatalog
import PolicyModel
import SyncML
import Testing

@testable import PolicyTargets

@Suite("Maps of payloads that strangers wrote")
struct MappedPayloadTests {
  private static let digest = Digest.sha256([])

  private func read(
    _ waivers: String = "", targets: String = #""10.0.22621""#, editions: String = "", more: String = ""
  ) throws -> MappedPayload? {
    let entry =
      #"{"payload":"p.syncml.xml","sha256":"\#(Self.digest)","targets":[\#(targets)],"editions":[\#(editions)],"#
      + #""waivers":[\#(waivers)]}"#
    let map = #"{"payloads":[\#(entry)\#(more)],"schema":1}"#
    return try MappedPayload(ofPayload: "p.syncml.xml", in: Array(map.utf8))
  }

  @Test("a sound map gives devices and waivers, and counts for one digest only")
  func sound() throws {
    let mapped = try #require(
      try read(
        #"{"cmdID":3,"code":"SM1803","reason":"tried"}"#, targets: #""10.0.22621.3000","10.0.26100""#,
        editions: #""pro""#))
    #expect(mapped.waivers == [PayloadWaiver(cmdID: 3, "SM1803", reason: "tried")])
    #expect(mapped.targets?.targets.map(\.branch) == [22621, 26100])
    #expect(mapped.targets?.targets.map(\.revision) == [3000, nil])
    #expect(mapped.targets?.editions.map(\.name) == ["pro"])
    #expect(mapped.isOf(sha256: Self.digest) && !mapped.isOf(sha256: Digest.sha256([0])))
  }

  @Test("a map of an earlier version says nothing")
  func earlier() throws {
    let map = #"{"payloads":[{"commands":[],"payload":"p.syncml.xml"}],"policy":"p","schema":1}"#
    #expect(try MappedPayload(ofPayload: "p.syncml.xml", in: Array(map.utf8)) == nil)
  }

  @Test(
    "a waiver that no build writes makes the whole map one of no use",
    arguments: [
      #"{"cmdID":0,"code":"SM1803","reason":"x"}"#, #"{"cmdID":"1","code":"SM1803","reason":"x"}"#,
      #"{"cmdID":1,"code":"SM1001","reason":"x"}"#, #"{"cmdID":1,"code":"SM1302x","reason":"x"}"#,
      #"{"cmdID":1,"code":"SM1501","reason":"x"}"#, #"{"cmdID":1,"code":"AP2104","reason":"x"}"#,
      #"{"cmdID":1,"code":"SM1803","reason":" "}"#, #"{"cmdID":1,"code":"SM1803"}"#, "1", "null",
    ])
  func waivers(waiver: String) {
    #expect(throws: PayloadMapError.self) { try read(waiver) }
  }

  @Test("devices that no build writes are refused")
  func devices() {
    #expect(throws: PayloadMapError.self) { try read(targets: "1") }
    #expect(throws: PayloadMapError.self) { try read(targets: #""windows 11""#) }
    #expect(throws: PayloadMapError.self) { try read(editions: #""pros""#) }
    let many = Array(repeating: #""10.0.22621""#, count: 5000).joined(separator: ",")
    #expect(throws: PayloadMapError.self) { try read(targets: many) }
  }

  @Test("a map without the payload, with two of its name, or cut off is refused")
  func shapes() {
    #expect(throws: PayloadMapError.self) { try read(more: #",{"payload":"p.syncml.xml"}"#) }
    for text in ["", "{}", "[]", #"{"schema":1,"payloads":[]}"#, #"{"schema":2,"payloads":[]}"#, "{"] {
      #expect(throws: PayloadMapError.self) {
        try MappedPayload(ofPayload: "p.syncml.xml", in: Array(text.utf8))
      }
    }
  }

  @Test("the payload of a guard has the map of its policy")
  func names() {
    #expect(MappedPayload.mapNames(ofPayload: "a.syncml.xml") == ["a.map.json"])
    #expect(MappedPayload.mapNames(ofPayload: "a.12.syncml.xml") == ["a.12.map.json", "a.map.json"])
    #expect(MappedPayload.mapNames(ofPayload: "12.syncml.xml") == ["12.map.json"])
    #expect(MappedPayload.mapNames(ofPayload: ".1.syncml.xml") == [".1.map.json"])
    #expect(MappedPayload.mapNames(ofPayload: ".syncml.xml") == [])
    #expect(MappedPayload.mapNames(ofPayload: "payload.xml") == [])
  }
}

import Foundation
import TPMEvidence
import Testing

/// The logs of `Tests/Corpus/bootlogs`, which the tests of other targets and the fuzzer start from.
@Suite("Sample logs") struct SampleLogTests {
  static let samples: [(name: String, bytes: [UInt8])] = {
    var off = MadeUpLogs.windows()
    let index = off.events.firstIndex { $0.register == 7 } ?? 0
    off.events[index] = off.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([0]))
    var edited = off
    edited.events[index].data = MadeUpLogs.secureBoot([1])
    var confidential = EditableLog([.sha384])
    confidential.headerRegister = 1
    confidential.add(1, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    return [
      ("windows.log", MadeUpLogs.windows().bytes), ("secure-boot-off.log", off.bytes),
      ("edited.log", edited.bytes), ("linux.bin", MadeUpLogs.linux().bytes),
      ("sha1-only.log", sha1Only(MadeUpLogs.windows([.sha1]))),
      ("sm3.bin", MadeUpLogs.windows([.sm3]).bytes),
      ("confidential.bin", confidential.bytes + [UInt8](repeating: 0xFF, count: 64)),
      ("cut.log", Array(MadeUpLogs.windows().bytes.prefix(700))),
    ]
  }()

  /// A log of one algorithm in the old form.
  static func sha1Only(_ log: EditableLog) -> [UInt8] {
    var old = EditableLog()
    old.events = log.events
    return old.bytes
  }

  @Test("the sample in the corpus is the one that is made here", arguments: samples.map(\.name))
  func isCurrent(name: String) throws {
    let bytes = try #require(Self.samples.first { $0.name == name }?.bytes)
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus/bootlogs/\(name)")
    if ProcessInfo.processInfo.environment["POLICYC_RECORD"] == "1" {
      try Data(bytes).write(to: place, options: .atomic)
      Issue.record("\(name) was recorded; run again without POLICYC_RECORD")
    }
    #expect(try Array(Data(contentsOf: place)) == bytes)
  }
}

import Testing

@testable import TPMEvidence

@Suite("EventLog")
struct EventLogTests {
  private func refusal(_ bytes: [UInt8], limits: EventLogLimits = EventLogLimits()) -> String {
    do throws(EventLogError) {
      return "read: \(try EventLog(bytes, limits: limits).events.count) events"
    } catch {
      return error.description
    }
  }

  @Test("a log of every set of algorithms is read, and replays in each of them")
  func algorithms() throws {
    for mask in 1..<(1 << HashAlgorithm.computable.count) {
      let algorithms = HashAlgorithm.computable.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(
        \.element)
      let log = try MadeUpLogs.windows(algorithms).read()
      #expect(log.form == .cryptoAgile && log.banks.map(\.algorithm) == algorithms)
      for algorithm in algorithms {
        let replay = try #require(log.replay(algorithm))
        let size = try #require(algorithm.byteCount)
        var expected = [UInt8](repeating: 0, count: size)
        for data in [MadeUpLogs.bootManager, MadeUpLogs.loader, Array("WBCL".utf8)] {
          expected = try #require(algorithm.digest(of: expected + (algorithm.digest(of: data) ?? [])))
        }
        #expect(replay[12] == expected)
        #expect(replay[17] == [UInt8](repeating: 0xFF, count: size))
        #expect(replay[23] == [UInt8](repeating: 0, count: size))
        #expect(replay[24] == nil)
      }
      #expect(BootEvidence(log).secureBoot.isOn == .known(true))
    }
  }

  @Test("a bank whose algorithm cannot be computed is passed over, and the others still count")
  func unknownAlgorithm() throws {
    let sha3 = HashAlgorithm(rawValue: 0x27)
    var log = MadeUpLogs.windows([.sha256, sha3])
    for index in log.events.indices { log.events[index].digests[1] = [UInt8](repeating: 5, count: 32) }
    let read = try log.read()
    #expect(read.replay(bank: 1) == nil)
    #expect(read.replay(sha3) == nil)
    #expect(BootEvidence(read).windows.isBootDebugged == .known(false))
    #expect(sha3.name == "algorithm 0x0027")
  }

  @Test("no fact rests on a log of unknown algorithms alone")
  func onlyUnknownAlgorithm() throws {
    var log = MadeUpLogs.windows([HashAlgorithm(rawValue: 0x27)])
    for index in log.events.indices { log.events[index].digests[0] = [UInt8](repeating: 5, count: 32) }
    #expect(BootEvidence(try log.read()).secureBoot.isOn.value == nil)
  }

  @Test("the startup locality is the first value of PCR 0", arguments: [0, 3, 4] as [UInt8])
  func startupLocality(locality: UInt8) throws {
    var log = EditableLog([.sha256])
    log.add(0, .noAction, Array("StartupLocality\0".utf8) + [locality])
    let replay = try #require(try log.read().replay(.sha256))
    #expect(replay[0] == [UInt8](repeating: 0, count: 31) + [locality])
    #expect(replay[1] == [UInt8](repeating: 0, count: 32))
  }

  @Test("a startup locality that comes late, twice or from nowhere is refused")
  func badStartupLocality() throws {
    let start = Array("StartupLocality\0".utf8)
    var log = EditableLog([.sha1])
    log.add(0, .efiAction, "x")
    log.add(0, .noAction, start + [3])
    #expect(refusal(log.bytes).hasSuffix("a startup locality comes twice, or after PCR 0 was extended"))
    log = EditableLog([.sha1])
    for _ in 0..<2 { log.add(0, .noAction, start + [3]) }
    #expect(refusal(log.bytes).hasPrefix("event 2, at byte "))
    log = EditableLog([.sha1])
    log.add(0, .noAction, start + [1])
    #expect(refusal(log.bytes).hasSuffix("a TPM is never started from locality 1"))
  }

  @Test("a dynamic launch begins the PCRs 17 to 22 with zeros")
  func dynamicLaunch() throws {
    var log = EditableLog([.sha256])
    log.add(20, .eventTag, MadeUpLogs.element(SIPATag.drtmSMMLevel, [30]))
    let read = try log.read()
    let replay = try #require(read.replay(.sha256))
    #expect(replay[17] == [UInt8](repeating: 0, count: 32))
    #expect(replay[20] != replay[17])
    #expect(WindowsBootEvidence(read).smmLevel == .known(30))
  }

  @Test("a log of a confidential virtual machine is read and replayed, and gives no facts of PCRs")
  func confidential() throws {
    var log = EditableLog([.sha384])
    log.headerRegister = 1
    log.add(1, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    log.add(4, .separator, MadeUpLogs.separator)
    let read = try EventLog(log.bytes + [UInt8](repeating: 0xFF, count: 4096))
    #expect(read.registers == .confidential)
    #expect(read.events.count == 3)
    #expect(read.end == log.bytes.count)
    let replay = try #require(read.replay(.sha384))
    #expect(replay.values.count == 5)
    let digest = try #require(read.digest(of: 1, bank: 0))
    #expect(replay[1] == HashAlgorithm.sha384.digest(of: [UInt8](repeating: 0, count: 48) + digest))
    #expect(replay[2] == [UInt8](repeating: 0, count: 48))
    let evidence = BootEvidence(read)
    let reason = "the log is one of a confidential virtual machine, whose registers are not PCRs"
    #expect(evidence.secureBoot.isOn == .unknown(reason))
    #expect(evidence.windows.isBootDebugged == .unknown(reason))
    #expect(evidence.isUEFI == .unknown(reason))
    #expect(evidence.images.isEmpty && evidence.secureBoot.authorities.isEmpty)
    log.add(7, .separator, MadeUpLogs.separator)
    #expect(refusal(log.bytes).hasSuffix("it extends register 7, which there is not"))
  }

  @Test("padding behind the log is no event", arguments: [0, 0xFF] as [UInt8])
  func padding(byte: UInt8) throws {
    let bytes = MadeUpLogs.windows().bytes
    let log = try EventLog(bytes + [UInt8](repeating: byte, count: 1000))
    #expect(log.end == bytes.count)
    #expect(log.replay(.sha1) == (try EventLog(bytes)).replay(.sha1))
  }

  @Test("nothing, and nothing but padding, is no log")
  func empty() {
    #expect(refusal([]) == "it holds no event")
    #expect(refusal([UInt8](repeating: 0, count: 4096)) == "it holds no event")
    #expect(
      refusal(Array("#!/bin/sh\necho a script that is no log\n".utf8)).hasPrefix(
        "event 0, at byte 32: the event's data takes "))
  }

  @Test("limits on size, events and algorithms are kept")
  func limits() {
    let bytes = MadeUpLogs.windows().bytes
    #expect(
      refusal(bytes, limits: EventLogLimits(bytes: 100))
        == "it is larger than 100 bytes, the most that a boot log may have")
    #expect(refusal(bytes, limits: EventLogLimits(events: 3)).hasSuffix("there are more than 3 events"))
    #expect(
      refusal(bytes, limits: EventLogLimits(banks: 1)).hasSuffix(
        "the header names 2 algorithms; 1 to 1 are allowed"))
  }

  @Test("a header that contradicts itself is refused")
  func headers() {
    #expect(refusal(EditableLog([]).bytes).hasSuffix("the header names 0 algorithms; 1 to 16 are allowed"))
    #expect(refusal(EditableLog([.sha1, .sha1]).bytes).hasSuffix("the header names sha1 twice"))
    var bytes = EditableLog([.sha1]).bytes
    bytes[62] = 32
    #expect(refusal(bytes) == "event 0, at byte 60: the header gives sha1 digests of 32 bytes")
  }

  @Test("digests that the header does not announce are refused")
  func digests() {
    var log = EditableLog([.sha1])
    log.add(0, .efiAction, "x")
    let start = EditableLog([.sha1]).bytes.count
    var bytes = log.bytes
    bytes[start + 8] = 2
    #expect(
      refusal(bytes)
        == "event 1, at byte \(start + 8): it has 2 digests, more than the header names algorithms")
    bytes = log.bytes
    bytes[start + 12] = 0x0B
    #expect(
      refusal(bytes)
        == "event 1, at byte \(start + 12): it has a digest by sha256, which the header does not name")
  }

  @Test("two digests by one algorithm are refused")
  func repeatedDigest() {
    var log = EditableLog([.sha256, .sm3])
    log.add(0, .efiAction, "x")
    let start = EditableLog([.sha256, .sm3]).bytes.count
    var bytes = log.bytes
    bytes[start + 12 + 34] = 0x0B
    #expect(refusal(bytes) == "event 1, at byte \(start + 46): it has two digests by sha256")
  }

  @Test("an event without a digest in a bank leaves the register open in that bank alone")
  func missingDigest() throws {
    var log = MadeUpLogs.windows()
    let index = try #require(log.first(7) { _ in true })
    log.events[index].digests[0] = []
    let read = try log.read()
    #expect(read.replay(.sha1)?[7] == nil)
    #expect(read.replay(.sha256)?[7] != nil)
    #expect(read.replay(.sha1)?.quoteDigest(of: [7], by: .sha1) == nil)
    let found = read.divergences(from: PCRValues([.sha1: [7: [UInt8](repeating: 1, count: 20)]]))
    #expect(found.first?.description.contains("an event of the log has no digest for it") == true)
  }

  @Test("a log cut anywhere is read up to there or refused at a place inside it")
  func truncated() throws {
    for log in [MadeUpLogs.windows(), EditableLog(try MadeUpLogs.windows([.sha1]).read())] {
      let bytes = log.bytes
      for count in 0..<bytes.count {
        do throws(EventLogError) {
          _ = BootEvidence(try EventLog(Array(bytes[..<count])))
        } catch {
          #expect((0...count).contains(error.offset))
        }
      }
    }
  }

  @Test("any four bytes may be any number without a trap")
  func numbers() throws {
    let bytes = MadeUpLogs.windows([.sha256]).bytes
    for place in 0..<bytes.count - 4 {
      for number in [0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
        var damaged = bytes
        damaged.replaceSubrange(place..<place + 4, with: little(number))
        guard let log = try? EventLog(damaged) else { continue }
        _ = BootEvidence(log)
      }
    }
  }

  @Test("containers within containers are read to a depth and no further")
  func depth() throws {
    var log = MadeUpLogs.windows()
    let end = try #require(log.separators(12).first)
    var data: [UInt8] = []
    for _ in 0..<2000 { data = MadeUpLogs.element(SIPATag.trustBoundary, data) }
    log.events.insert(log.event(12, .eventTag, data), at: end)
    #expect(
      WindowsBootEvidence(try log.read()).isSafeMode.reason?.hasSuffix(
        "is not a list of Windows' tagged elements") == true)
  }
}

import Testing

@testable import TPMEvidence

@Suite("The start of a kernel that was resumed: docs/boot-evidence.md")
struct ResumedKernelTests {
  private func find(_ last: EditableLog, _ earlier: [EditableLog]) throws -> BootFinding<KernelStart> {
    func read(_ log: EditableLog) throws -> KernelStart.Log {
      let log = try log.read()
      return KernelStart.Log(log, BootEvidence(log))
    }
    return KernelStart.find(resumedBy: try read(last), among: try earlier.map(read))
  }

  private func reason(_ earlier: [EditableLog], _ last: EditableLog = MadeUpStarts.resume(9)) throws -> String
  {
    try find(last, earlier).reason ?? ""
  }

  @Test("it is the one before an unbroken row of resumes, in whatever order the logs come")
  func found() throws {
    let logs = [MadeUpStarts.start(7), MadeUpStarts.resume(8), MadeUpStarts.start(6), MadeUpStarts.start(3)]
    for order in [logs, logs.reversed(), [logs[1], logs[3], logs[0], logs[2]]] {
      let start = try #require(try find(MadeUpStarts.resume(9), order).value)
      #expect(start.counter == 7)
      #expect(start.logs.map(\.windows.bootCounter) == [.known(7), .known(8), .known(9)])
      #expect(start.logs.map(\.windows.isResume) == [false, true, true])
    }
    #expect(try find(MadeUpStarts.resume(9), [MadeUpStarts.start(8)]).value?.counter == 8)
  }

  @Test("a log that is missing in between, or the start itself, leaves it open and is named")
  func gaps() throws {
    let text = "the log of start 8 is missing, which would tell what start 9 resumed"
    #expect(try reason([MadeUpStarts.start(7)]) == text)
    #expect(try reason([]) == text)
    #expect(
      try reason([MadeUpStarts.resume(8), MadeUpStarts.start(6)])
        == "the log of start 7 is missing, which would tell what start 8 resumed")
  }

  @Test("two logs of one start leave it open, also where they are the same")
  func duplicates() throws {
    let logs = [MadeUpStarts.start(7), MadeUpStarts.resume(8)]
    #expect(try reason(logs + [logs[1]]) == "two of the logs are of start 8")
    #expect(try reason(logs + [MadeUpStarts.start(8)]) == "two of the logs are of start 8")
    #expect(try reason(logs + [MadeUpStarts.start(9)]) == "two of the logs are of start 9")
  }

  @Test("a log of a later start than the quoted one leaves it open")
  func later() throws {
    #expect(
      try reason([MadeUpStarts.start(8), MadeUpStarts.start(10)])
        == "one of the logs is of start 10, and the quoted one of start 9")
  }

  @Test("counters that contradict each other leave it open")
  func counters() throws {
    var numbers = MadeUpStarts.Numbers(8)
    numbers.event = 9 << 8
    #expect(
      try reason([MadeUpStarts.log(numbers, isResume: false)])
        == "the logs of the starts 8 and 9 do not fit together: the event counter went from 2304 to 2304")
    numbers = MadeUpStarts.Numbers(8)
    numbers.id = 5
    #expect(
      try reason([MadeUpStarts.log(numbers, isResume: false)]).hasSuffix(
        "they name different counters, 5 and 21037312, and so different TPMs"))
    // Not every TPM has such a counter.
    (numbers.id, numbers.event) = (nil, nil)
    #expect(try reason([MadeUpStarts.log(numbers, isResume: false)]) == "")
  }

  @Test("a log without a boot counter cannot be placed, and none can without that of the quoted one")
  func noCounter() throws {
    var numbers = MadeUpStarts.Numbers(8)
    numbers.boot = nil
    let stranger = MadeUpStarts.log(numbers, isResume: false)
    #expect(
      try reason([MadeUpStarts.start(8), stranger])
        == "nothing tells which start one of the earlier logs is of: the log does not have Windows' element 'boot counter'"
    )
    numbers.boot = 0
    let uncounted = [MadeUpStarts.log(numbers, isResume: true), MadeUpStarts.log(numbers, isResume: false)]
    for log in uncounted {
      #expect(
        try reason([log], MadeUpStarts.resume(1))
          == "nothing tells which start one of the earlier logs is of: its boot counter is 0")
    }
    #expect(
      try reason([MadeUpStarts.resume(1)], MadeUpStarts.resume(2))
        == "the log of start 0 is missing, which would tell what start 1 resumed")
    for last in [stranger, MadeUpStarts.log(numbers, isResume: true)] {
      #expect(
        try reason([MadeUpStarts.start(8)], last)
          == "the log of the resume has no boot counter, so that nothing tells which log is the one before it"
      )
    }
  }

  @Test("a log of another machine leaves it open, though its counters fit", arguments: [0, 7] as [UInt32])
  func otherMachine(register: UInt32) throws {
    let other = MadeUpStarts.log(MadeUpStarts.Numbers(8), isResume: false) { log in
      log.events.insert(log.event(register, .efiAction, Array("other".utf8)), at: 0)
    }
    #expect(try reason([other]).contains("they lead to different values of PCR \(register), and so"))
  }

  @Test("a log that contradicts itself, or is no start of Windows, leaves it open")
  func unfit() throws {
    let twice = MadeUpStarts.log(MadeUpStarts.Numbers(8), isResume: false) {
      $0.add(14, .separator, EditableLog.wbcl)
    }
    #expect(try reason([twice]).hasPrefix("the log of start 8 contradicts itself: PCR 14 has 2 separators"))
    let noLoader = MadeUpStarts.log(MadeUpStarts.Numbers(8), isResume: false) { log in
      let last = log.events.lastIndex { $0.register == 12 && $0.type == .eventTag }
      log.events.remove(at: last ?? 0)
    }
    #expect(
      try reason([noLoader]).hasPrefix(
        "the log of start 8 does not have the start of a kernel: the log has no stage of Windows' loader"))
  }
}

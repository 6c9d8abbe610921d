import Testing

@Suite("Text as other systems write it")
struct LayoutTests {
  func outputs(of policy: [UInt8]) throws -> [String: [UInt8]] {
    let folder = try Folder()
    try folder.write(policy, to: "hello.attpolicy")
    let run = try Tool.run(["build", "hello.attpolicy", "-o", "out"], in: folder)
    #expect(run.ending == .exit(0), "\(run)")
    let written = folder.contents(below: "out")
    #expect(
      Set(written.keys) == [
        "hello.syncml.xml", "hello.compiled.json", "hello.map.json", "manifest.json",
      ])
    return written
  }

  @Test("a byte order mark changes nothing")
  func byteOrderMark() throws {
    let plain = try outputs(of: Array(Samples.policy.utf8))
    let marked = try outputs(of: [0xEF, 0xBB, 0xBF] + Array(Samples.policy.utf8))
    #expect(marked["hello.syncml.xml"] == plain["hello.syncml.xml"])
    #expect(marked["hello.compiled.json"] == plain["hello.compiled.json"])
  }

  @Test("lines that end in CR LF change nothing")
  func carriageReturns() throws {
    let plain = try outputs(of: Array(Samples.policy.utf8))
    let windows = try outputs(of: Array(Samples.policy.replacing("\n", with: "\r\n").utf8))
    #expect(windows["hello.syncml.xml"] == plain["hello.syncml.xml"])
    #expect(windows["hello.compiled.json"] == plain["hello.compiled.json"])
  }
}

import Foundation
import Testing

@Suite("Output that cannot be written, and runs that are cut short")
struct OutputTests {
  static let readers = [
    ["explain", "AP1005"],
    ["build", "broken.attpolicy", "-o", "out", "--format", "json"],
    ["test", "good.attpolicy"],
    ["validate", "good.xml"],
    ["check", "good/hello.compiled.json", "--probe", "file:good.yaml"],
    ["--help"],
  ]

  func folder() throws -> Folder {
    let folder = try CommandInput.snapshotYAML.folder()
    try folder.write("policy ", to: "broken.attpolicy")
    try folder.write(Samples.payload, to: "good.xml")
    return folder
  }

  @Test("a full disk under stdout is an error", arguments: readers)
  func fullOutput(arguments: [String]) throws {
    let folder = try folder()
    let command = arguments.joined(separator: " ")
    let plain = try Tool.run(arguments, in: folder)
    let run = try Tool.shell("policyc \(command) > /dev/full", in: folder)
    // A command that has nothing to say on stdout has nothing to lose there.
    if plain.output.isEmpty {
      #expect(run.ending == plain.ending, "\(run)")
    } else {
      #expect(run.ending == .exit(4), "\(run)")
      #expect(!run.errors.isEmpty)
    }
  }

  @Test("a reader that goes away is no crash", arguments: readers)
  func closedPipe(arguments: [String]) throws {
    let folder = try folder()
    let command = arguments.joined(separator: " ")
    let plain = try Tool.run(arguments, in: folder)
    let run = try Tool.shell("policyc \(command) | exec 0<&- ; exit ${PIPESTATUS[0]}", in: folder)
    #expect(run.ending == plain.ending, "\(run)")
    #expect(!run.errors.contains("Fatal error"), "\(run)")
  }

  @Test("closed standard streams are no crash", arguments: readers)
  func closedStreams(arguments: [String]) throws {
    let folder = try folder()
    let command = arguments.joined(separator: " ")
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
      let run = try Tool.shell("policyc \(command) \(closed)", in: folder)
      guard case .exit(let code) = run.ending else {
        Issue.record("\(closed): \(run)")
        continue
      }
      #expect([0, 1, 2, 3, 4].contains(code), "\(closed): \(run)")
    }
  }

  @Test("a disk that fills up leaves the output folder as it was")
  func fullDisk() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    let mount = "mkdir disk && mount -t tmpfs -o size=16k tmpfs disk"
    let probe = try Tool.shell("unshare -rm sh -c '\(mount)'", in: folder)
    guard probe.ending == .exit(0) else {
      print("skipped: no small disk can be mounted here: \(probe.errors)")
      return
    }
    try folder.write(
      """
      set -e
      mount -t tmpfs -o size=16k tmpfs disk
      mkdir disk/out
      echo before > disk/out/hello.syncml.xml
      cat /dev/zero > disk/fill 2>/dev/null || true
      code=0
      "$POLICYC" build hello.attpolicy -o disk/out || code=$?
      find disk/out -mindepth 1
      cat disk/out/hello.syncml.xml
      exit $code
      """, to: "script.sh")
    let run = try Tool.shell("unshare -rm sh script.sh", in: folder)
    #expect(run.ending == .exit(4), "\(run)")
    #expect(run.output == "disk/out/hello.syncml.xml\nbefore\n", "\(run)")
    #expect(run.errors.contains("disk/out"), "\(run)")
  }

  @Test(
    "an output folder that may not be written is an error that names it",
    arguments: ["/proc", "hello.attpolicy"])
  func unwritable(place: String) throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    let run = try Tool.run(["build", "hello.attpolicy", "-o", "\(place)/out"], in: folder)
    #expect(run.ending == .exit(4), "\(run)")
    #expect(run.errors.contains("'\(place)"), "\(run)")
  }

  @Test("an error in one policy leaves the outputs of all as they were")
  func errorsWriteNothing() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "policies/hello.attpolicy")
    #expect(try Tool.run(["build", "policies", "-o", "out"], in: folder).ending == .exit(0))
    let before = folder.contents(below: "out")
    try folder.write(
      Samples.policy.replacing("version 1.0.0", with: "version 1.0.1"), to: "policies/hello.attpolicy")
    try folder.write("policy broken version {", to: "policies/broken.attpolicy")
    let run = try Tool.run(["build", "policies", "-o", "out"], in: folder)
    #expect(run.ending == .exit(1), "\(run)")
    #expect(folder.contents(below: "out") == before)
  }

  @Test("SIGINT at any moment leaves all of the old outputs or all of the new")
  func interrupted() throws {
    let folder = try Folder()
    let policies = 40
    func write(_ version: String) throws {
      for number in 0..<policies {
        let text = Samples.policy.replacing(
          "policy hello version 1.0.0", with: "policy p\(number) version \(version)")
        try folder.write(text, to: "policies/p\(number).attpolicy")
      }
    }
    try write("1.0.0")
    let first = try Tool.run(["build", "policies", "-o", "out"], in: folder)
    #expect(first.ending == .exit(0), "\(first)")
    let old = folder.contents(below: "out")
    try write("2.0.0")
    let whole = try Tool.run(["build", "policies", "-o", "fresh"], in: folder)
    let new = folder.contents(below: "fresh")
    #expect(old != new)

    var outcomes: Set<Ending> = []
    for step in 0..<25 {
      let running = try Tool.start([Tool.path, "build", "policies", "-o", "out"], in: folder)
      usleep(UInt32(whole.seconds * 1.2e6 * Double(step) / 25))
      running.send(SIGINT)
      let run = try running.end(within: 20)
      outcomes.insert(run.ending)
      #expect([.signal(SIGINT), .exit(130), .exit(0)].contains(run.ending), "\(run)")
      let left = folder.contents(below: "out")
      #expect(left == old || left == new, "half written at step \(step): \(left.keys.sorted())")
      if left == new {
        // Put the old outputs back for the next step.
        for (name, bytes) in old where !name.hasSuffix("/") { try folder.write(bytes, to: "out/\(name)") }
      }
    }
    #expect(
      outcomes.contains(.signal(SIGINT)) || outcomes.contains(.exit(130)), "never interrupted: \(outcomes)")
  }
}

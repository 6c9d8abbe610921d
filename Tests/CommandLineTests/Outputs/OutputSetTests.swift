import Foundation
import Glibc
import Testing

@Suite("Outputs are one set, and nothing else is touched")
struct OutputSetTests {
  /// A folder with policies p0, p1, … of one version.
  private func policies(_ count: Int, version: String, in folder: Folder, at name: String = "policies") throws
  {
    for number in 0..<count {
      let text = Samples.policy.replacing(
        "policy hello version 1.0.0", with: "policy p\(number) version \(version)")
      try folder.write(text, to: "\(name)/p\(number).attpolicy")
    }
  }

  private func build(_ name: String, to output: String, in folder: Folder) throws {
    let run = try Tool.run(["build", name, "-o", output], in: folder)
    #expect(run.status == 0, "\(run)")
  }

  @Test(
    "links that a repository carries in an output folder lead no deletion out of it",
    arguments: [
      ".policyc-1/new", ".policyc-1/old", ".policyc-1", ".policyc-\(String(repeating: "0", count: 32))/new",
      ".policyc-\(String(repeating: "0", count: 32))", ".policyc-lock-\(geteuid())",
    ])
  func plantedLinks(place: String) throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    try folder.write("keep", to: "victim/thesis.txt")
    try folder.write("keep", to: "victim/new/thesis.txt")
    try folder.write("", to: "out/\(place.contains("/") ? String(place.dropLast(3)) + "x" : "x")")
    let up = place.contains("/") ? "../.." : ".."
    #expect(symlink("\(up)/victim", folder.path("out/\(place)")) == 0)
    try build("hello.attpolicy", to: "out", in: folder)
    #expect(folder.text("victim/thesis.txt") == "keep" && folder.text("victim/new/thesis.txt") == "keep")
    #expect(folder.bytes("out/manifest.json") != nil)
  }

  @Test("a link in the place of the default output folder is not followed, one that is named is")
  func defaultLink() throws {
    for place in ["build", "build/out"] {
      let folder = try Folder()
      try folder.write(Samples.policy, to: "hello.attpolicy")
      try folder.write("keep", to: "victim/out/manifest.json")
      try folder.write("", to: "x/y")
      if place == "build/out" { try folder.write("", to: "build/x") }
      let target = place == "build" ? "victim" : "../victim/out"
      #expect(symlink(target, folder.path(place)) == 0)
      let run = try Tool.run(["build", "hello.attpolicy"], in: folder)
      #expect(run.status == 4 && run.errors.contains("'\(place)' is a link"), "\(run)")
      #expect(folder.text("victim/out/manifest.json") == "keep")
      #expect(try Tool.run(["build", "hello.attpolicy", "-o", "build/out"], in: folder).status == 0)
    }
  }

  @Test("SIGKILL at any moment leaves a set that the next run makes whole")
  func killed() throws {
    let folder = try Folder()
    try policies(30, version: "1.0.0", in: folder)
    try build("policies", to: "out", in: folder)
    let old = folder.contents(below: "out")
    try policies(30, version: "2.0.0", in: folder)
    let whole = try Tool.run(["build", "policies", "-o", "fresh"], in: folder)
    let new = folder.contents(below: "fresh")
    #expect(whole.status == 0 && old != new, "\(whole)")
    try folder.write("os.build\n10.0.22631.1\n", to: "devices.csv")
    var wasKilled = 0
    for step in 0..<30 {
      let running = try Tool.start([Tool.path, "build", "policies", "-o", "out"], in: folder)
      // The files are written in the last part of a run.
      usleep(UInt32(whole.seconds * 1e6 * (0.4 + 0.7 * Double(step) / 30)))
      running.send(SIGKILL)
      if try running.end(within: 20).ending == .signal(SIGKILL) { wasKilled += 1 }
      // Any command that writes into the folder puts it in order.
      let next = try Tool.run(
        ["report", "fresh/p0.compiled.json", "--input", "devices.csv", "--format", "csv", "-o", "out/r.csv"],
        in: folder)
      #expect([0, 1, 3].contains(next.status), "\(next)")
      unlink(folder.path("out/r.csv"))
      let left = folder.contents(below: "out")
      #expect(left == old || left == new, "half written at step \(step): \(left.keys.sorted())")
      if left == new {
        for (name, bytes) in old where !name.hasSuffix("/") { try folder.write(bytes, to: "out/\(name)") }
      }
    }
    #expect(wasKilled > 0)
  }

  @Test("builds into one folder at the same time come one after the other")
  func together() throws {
    let folder = try Folder()
    let versions = ["1.0.0", "2.0.0", "3.0.0", "4.0.0"]
    var sets: [[String: [UInt8]]] = []
    for version in versions {
      try policies(10, version: version, in: folder, at: "v\(version)")
      try build("v\(version)", to: "fresh\(version)", in: folder)
      sets.append(folder.contents(below: "fresh\(version)"))
    }
    for _ in 0..<5 {
      let running = try versions.map { version in
        try Tool.start([Tool.path, "build", "v\(version)", "-o", "out"], in: folder)
      }
      for run in try running.map({ try $0.end(within: 60) }) { #expect(run.status == 0, "\(run)") }
      #expect(sets.contains(folder.contents(below: "out")))
    }
  }

  @Test("what a policy or a guard wrote that is gone leaves with the next build, which says so")
  func stale() throws {
    let folder = try Folder()
    try policies(2, version: "1.0.0", in: folder)
    try build("policies", to: "out", in: folder)
    try folder.write("mine", to: "out/notes.syncml.xml")
    try FileManager.default.removeItem(atPath: folder.path("policies/p1.attpolicy"))
    let run = try Tool.run(["build", "policies", "-o", "out"], in: folder)
    #expect(
      run.status == 0
        && run.errors
          == "1 policy compiled to out, removed p1.compiled.json, p1.map.json, p1.syncml.xml\n",
      "\(run)")
    #expect(
      folder.contents(below: "out").keys.sorted() == [
        "manifest.json", "notes.syncml.xml", "p0.compiled.json", "p0.map.json", "p0.syncml.xml",
      ])
  }

  @Test("a stale output that was edited stays, with a warning")
  func editedStale() throws {
    let folder = try Folder()
    try policies(2, version: "1.0.0", in: folder)
    try build("policies", to: "out", in: folder)
    try folder.write("edited", to: "out/p1.map.json")
    try FileManager.default.removeItem(atPath: folder.path("policies/p1.attpolicy"))
    let run = try Tool.run(["build", "policies", "-o", "out"], in: folder)
    #expect(run.status == 0, "\(run)")
    #expect(
      run.errors.contains(
        "warning: out: p1.map.json is of an earlier build, but was changed since; it stays\n"),
      "\(run)")
    #expect(folder.text("out/p1.map.json") == "edited" && folder.bytes("out/p1.syncml.xml") == nil)
  }

  @Test(
    "a manifest of a stranger removes nothing",
    arguments: [
      "../victim.map.json", "/victim.map.json", "victim.txt", "sub/victim.map.json", ".victim.map.json", "",
      "\u{1B}[2J.map.json",
    ])
  func foreignManifest(name: String) throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    for place in ["victim.map.json", "out/victim.txt", "out/sub/victim.map.json", "out/.victim.map.json"] {
      try folder.write("", to: place)
    }
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let text = try String(decoding: JSONEncoder().encode(name), as: UTF8.self)
    try folder.write(
      #"{"schema":1,"policies":[{"files":[{"name":\#(text),"bytes":0,"sha256":"\#(empty)"}]}]}"#,
      to: "out/manifest.json")
    let run = try Tool.run(["build", "hello.attpolicy", "-o", "out"], in: folder)
    #expect(run.status == 0 && run.errors.contains("warning: out: manifest.json"), "\(run)")
    #expect(!run.errors.contains("\u{1B}"))
    #expect(folder.contents(below: ".").keys.count { $0.contains("victim") } == 4)
  }

  @Test("--verify names what is missing, altered and surplus, one line each")
  func verify() throws {
    let folder = try Folder()
    try policies(2, version: "1.0.0", in: folder)
    try build("policies", to: "out", in: folder)
    let whole = try Tool.run(["build", "--verify", "out"], in: folder)
    #expect(
      whole.status == 0 && whole.output.isEmpty
        && whole.errors == "out has the 6 files of its manifest as they were built\n", "\(whole)")
    try folder.write("x", to: "out/p0.map.json")
    try folder.write("x", to: "out/old.syncml.xml")
    try folder.write("not an output", to: "out/readme.txt")
    unlink(folder.path("out/p1.map.json"))
    unlink(folder.path("out/p1.compiled.json"))
    try folder.write(folder.bytes("out/p0.compiled.json") ?? [], to: "elsewhere")
    unlink(folder.path("out/p0.compiled.json"))
    #expect(symlink("../elsewhere", folder.path("out/p0.compiled.json")) == 0)
    let before = folder.contents(below: "out")
    let run = try Tool.run(["build", "--verify", "out"], in: folder)
    #expect(run.status == 1, "\(run)")
    #expect(
      run.output == """
        surplus  old.syncml.xml
        altered  p0.compiled.json
        altered  p0.map.json
        missing  p1.compiled.json
        missing  p1.map.json

        """)
    #expect(folder.contents(below: "out") == before)
    let json = try Tool.run(["build", "--verify", "out", "--format", "json"], in: folder)
    #expect(json.status == 1 && json.output.contains(#""code":"AP9012""#), "\(json)")
  }

  @Test("--verify of what cannot be read ends with 4, and beside a build's options with 2")
  func verifyRefusals() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    for (name, text) in [("none/x", ""), ("broken/manifest.json", "{"), ("other/manifest.json", "{}")] {
      try folder.write(text, to: name)
    }
    for name in ["none", "broken", "other", "missing", "hello.attpolicy"] {
      let run = try Tool.run(["build", "--verify", name], in: folder)
      #expect(run.status == 4 && run.errors.contains(name), "\(run)")
    }
    for other in [["hello.attpolicy"], ["-o", "x"], ["--set", "a=b"], ["--strict"], ["--root", "."]] {
      let run = try Tool.run(["build", "--verify", "none"] + other, in: folder)
      #expect(run.status == 2, "\(run)")
    }
  }
}

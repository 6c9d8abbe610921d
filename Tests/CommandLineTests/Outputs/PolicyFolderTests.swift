import Foundation
import Glibc
import Testing

@Suite("Policies and imports stay in their folder")
struct PolicyFolderTests {
  /// A policy that imports a file, and that file somewhere else.
  private func project(importing name: String) throws -> Folder {
    let folder = try Folder()
    try folder.write("import \"\(name)\"\n" + Samples.policy, to: "project/in/hello.attpolicy")
    try folder.write(
      "builds supported {\n  windows 11 23H2 10.0.22631.2792\n  newer branches  allowed\n}\n",
      to: "project/shared.attpolicy")
    try folder.write("hunter2 is the secret\n", to: "outside.attpolicy")
    return folder
  }

  private func build(_ arguments: String..., at place: String, in folder: Folder) throws -> Run {
    let line = (["build"] + arguments + ["-o", folder.path("out")]).joined(separator: " ")
    return try Tool.shell("cd \(place) && policyc \(line)", in: folder)
  }

  @Test("a link to another file is refused, and nothing of that file is shown")
  func links() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "Policies/hello.attpolicy")
    try folder.write("hunter2\n", to: "secret")
    for target in ["../secret", folder.path("secret"), "/proc/self/environ"] {
      unlink(folder.path("Policies/e.attpolicy"))
      #expect(symlink(target, folder.path("Policies/e.attpolicy")) == 0)
      // The shell names the link where it expands a pattern.
      for named in ["Policies", "Policies/*.attpolicy", "Policies/e.attpolicy"] {
        let run = try Tool.shell(
          "policyc build \(named) -o out", in: folder, environment: ["TOKEN": "hunter2"])
        #expect(run.status == 4, "\(run)")
        #expect(run.errors.contains("AP9010") || run.errors.contains("AP9007"), "\(run)")
        #expect(!run.errors.contains("hunter2") && !run.output.contains("hunter2"), "\(run)")
      }
    }
    #expect(folder.bytes("out/manifest.json") == nil)
  }

  @Test("a link within the folder, or under a root that covers both ends, is followed")
  func goodLinks() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "shared/hello.attpolicy")
    try folder.write("", to: "Policies/x")
    #expect(symlink("../shared/hello.attpolicy", folder.path("Policies/hello.attpolicy")) == 0)
    for arguments in [
      ["Policies", "--root", "."], ["."], ["Policies/hello.attpolicy", "--root", folder.path],
    ]
    where arguments != ["."] {
      let run = try Tool.run(["build"] + arguments + ["-o", "out"], in: folder)
      #expect(run.status == 0, "\(run)")
    }
  }

  @Test("an import through a link out of the folder is an error at the import, without the file's text")
  func importedLink() throws {
    for way in ["link.attpolicy", "folder/outside.attpolicy"] {
      let folder = try project(importing: way)
      #expect(symlink("../../outside.attpolicy", folder.path("project/in/link.attpolicy")) == 0)
      #expect(symlink("../..", folder.path("project/in/folder")) == 0)
      let run = try build("in/hello.attpolicy", "--root", "in", at: "project", in: folder)
      #expect(run.status == 1 && run.errors.contains("AP9010"), "\(run)")
      #expect(run.errors.contains("in/hello.attpolicy:1:8"), "\(run)")
      #expect(!run.errors.contains("hunter2"), "\(run)")
    }
  }

  @Test(
    "the same import is in the folder or not, however the folder is named",
    arguments: [
      ("in", "..", []), ("project", "in", ["--root", "."]), ("project", ".", []),
      ("in", "hello.attpolicy", ["--root", ".."]), ("in", "hello.attpolicy", ["--root", "$PWD/.."]),
      ("in", ".", ["--root", "../../project"]), (".", "project/in/hello.attpolicy", ["--root", "project"]),
      (".", "project/in/hello.attpolicy", ["--root", "$PWD/project"]), (".", "$PWD/project", []),
    ] as [(String, String, [String])])
  func roots(place: String, path: String, options: [String]) throws {
    let at = place == "in" ? "project/in" : place
    let good = try project(importing: "../shared.attpolicy")
    let run = try build(path, options.joined(separator: " "), at: at, in: good)
    #expect(run.status == 0, "\(run)")
    #expect(good.text("out/hello.map.json").contains(#""payloads""#))
    let bad = try project(importing: "../../outside.attpolicy")
    let refused = try build(path, options.joined(separator: " "), at: at, in: bad)
    #expect(refused.status == 1, "\(refused)")
    #expect(refused.errors.contains("AP2019") || refused.errors.contains("AP9010"), "\(refused)")
    #expect(!refused.errors.contains("hunter2"), "\(refused)")
  }

  @Test("outputs name places from the policy folder, however it is named")
  func places() throws {
    let folder = try project(importing: "../shared.attpolicy")
    let guarded = Samples.policy.replacing(
      "applies to windows 11",
      with:
        "applies to windows 11\n  set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0"
    )
    try folder.write(guarded, to: "project/in/hello.attpolicy")
    var maps: Set<String> = []
    for (place, options) in [
      ("project", "in/hello.attpolicy --root ."), ("project/in", ". --root .."),
      ("project/in", "hello.attpolicy --root .."),
      (".", "project/in --root $PWD/project"), (".", "project"), (".", "$PWD/project"),
    ] {
      #expect(try build(options, at: place, in: folder).status == 0)
      maps.insert(folder.text("out/hello.map.json"))
    }
    #expect(maps.count == 1 && maps.first?.contains(#""file":"in/hello.attpolicy""#) ?? false, "\(maps)")
  }

  @Test("a policy that the shell pipes in is read")
  func substitution() throws {
    let folder = try Folder()
    try folder.write(Samples.policy, to: "hello.attpolicy")
    for line in [
      "build <(cat hello.attpolicy)", "build - < hello.attpolicy", "build /dev/stdin < hello.attpolicy",
    ] {
      let run = try Tool.shell("policyc \(line) -o out", in: folder)
      #expect(run.status == 0, "\(line): \(run)")
    }
  }
}

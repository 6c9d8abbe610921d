import FileAccess
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

extension FileAccessTests {
  @Suite struct OutputTransactionTests {
    private let scratch: ScratchFolder
    private var out: String { scratch.path + "/build/out" }

    init() throws { scratch = try ScratchFolder() }

    /// A whole build: every file, then the commit.
    private func build(_ files: [(String, String)], into folder: String? = nil) throws(FileError) {
      var transaction = try OutputTransaction(folder: folder ?? out)
      for (name, text) in files { try transaction.add(name, Array(text.utf8)) }
      try transaction.commit()
    }

    @Test("files appear together, in a folder that is created with those above it")
    func creates() throws {
      try build([("a.json", "1"), ("b.xml", "2")])
      #expect(scratch.everything() == ["build/", "build/out/", "build/out/a.json", "build/out/b.xml"])
      #expect(scratch.read("build/out/a.json") == "1")
    }

    @Test("files are replaced and others stay")
    func replaces() throws {
      try scratch.write("old", to: "build/out/a.json")
      try scratch.write("other", to: "build/out/other")
      try build([("a.json", "new")])
      #expect(scratch.read("build/out/a.json") == "new")
      #expect(scratch.everything() == ["build/", "build/out/", "build/out/a.json", "build/out/other"])
    }

    @Test("a replaced file keeps its permissions", arguments: [0o600, 0o640, 0o755] as [UInt32])
    func permissions(mode: UInt32) throws {
      let file = try scratch.write("old", to: "build/out/a")
      #expect(chmod(file, mode) == 0)
      try build([("a", "new")])
      var status = stat()
      #expect(stat(file, &status) == 0)
      #expect(status.st_mode & 0o777 == mode)
      #expect(scratch.read("build/out/a") == "new")
    }

    @Test("what is dropped without a commit has changed nothing")
    func dropped() throws {
      func begin() throws(FileError) {
        var transaction = try OutputTransaction(folder: out)
        try transaction.add("a", [1])
        #expect(scratch.everything().contains { $0.hasSuffix("/new/a") })
      }
      try begin()
      #expect(scratch.everything() == [])
    }

    @Test("when a later file cannot be moved, the earlier ones are put back")
    func rollsBack() throws {
      try scratch.write("old", to: "build/out/a")
      try scratch.write("", to: "build/out/c/inner")
      let before = scratch.everything()
      let found = problem { () throws(FileError) in try build([("a", "new"), ("b", "new"), ("c", "new")]) }
      #expect(found == .isFolder)
      #expect(scratch.everything() == before)
      #expect(scratch.read("build/out/a") == "old")
    }

    @Test("a named pipe in the place of a file is not replaced")
    func specialTarget() throws {
      try scratch.write("old", to: "build/out/a")
      #expect(mkfifo(out + "/b", 0o600) == 0)
      #expect(problem { () throws(FileError) in try build([("a", "new"), ("b", "new")]) } == .isSpecial)
      #expect(scratch.read("build/out/a") == "old")
    }

    @Test("a file in the way of a folder is named, and nothing is created")
    func fileInTheWay() throws {
      try scratch.write("x", to: "build")
      #expect(throws: FileError(scratch.path + "/build", .notAFolder, inWriting: true)) {
        try build([("a", "1")])
      }
      #expect(scratch.everything() == ["build"])
    }

    @Test("a file system that takes no files is named, and nothing is created")
    func unwritable() throws {
      let found = problem { () throws(FileError) in try build([("a", "1")], into: "/proc/policyc/out") }
      #expect(found != nil)
      #expect(scratch.everything() == [])
    }

    @Test(
      "a name that is not one plain name is refused",
      arguments: ["", ".", "..", "a/b", "/a", "a\0b", ".policyc-1", String(repeating: "a", count: 256)])
    func names(name: String) {
      #expect(problem { () throws(FileError) in try build([(name, "")]) } == .unsuitableName)
      #expect(scratch.everything() == [])
    }

    @Test("one name given twice is refused")
    func twice() {
      #expect(problem { () throws(FileError) in try build([("a", "1"), ("a", "2")]) } == .unsuitableName)
      #expect(scratch.everything() == [])
    }

    @Test("what a killed program left is removed, what another one uses is not")
    func leftovers() throws {
      try scratch.write("x", to: "build/out/.policyc-1-0/new/a")
      try scratch.write("x", to: "build/out/.policyc-1-0/old/b")
      var first = try OutputTransaction(folder: out)
      try first.add("a", Array("first".utf8))
      try build([("b", "second")])
      try first.commit()
      #expect(scratch.everything() == ["build/", "build/out/", "build/out/a", "build/out/b"])
      #expect(scratch.read("build/out/a") == "first")
    }

    @Test("a full disk leaves nothing behind")
    func fullDisk() throws {
      let disk = scratch.path + "/disk"
      #expect(mkdir(disk, 0o700) == 0)
      guard mount("none", disk, "tmpfs", 0, "size=1m") == 0 else {
        print("skipped: a small disk cannot be mounted here: \(String(cString: strerror(errno)))")
        return
      }
      defer { umount(disk) }
      try build([("a", "old")], into: disk + "/out")
      let large = String(repeating: "x", count: 3 << 20)
      let found = problem { () throws(FileError) in
        try build([("a", "new"), ("b", large)], into: disk + "/out")
      }
      #expect(found == .diskFull)
      #expect(scratch.everything() == ["disk/", "disk/out/", "disk/out/a"])
      #expect(scratch.read("disk/out/a") == "old")
    }

    private static let arrivals = Atomic<Int>(0)

    @Test(
      "a signal in the middle undoes what was begun, and then has its effect",
      arguments: [SIGINT, SIGTERM, SIGHUP])
    func signals(number: Int32) throws {
      try SignalTurn.take {
        try scratch.write("old", to: "build/out/a")
        let previous = signal(number) { _ in OutputTransactionTests.arrivals.add(1, ordering: .relaxed) }
        defer { signal(number, previous) }
        Self.arrivals.store(0, ordering: .relaxed)
        let found = problem { () throws(FileError) in
          var transaction = try OutputTransaction(folder: out)
          try transaction.add("a", Array("new".utf8))
          // Another thread takes it, so it may take a moment.
          kill(getpid(), number)
          for _ in 0..<5_000 where !Interruption.isRequested { usleep(1_000) }
          #expect(Self.arrivals.load(ordering: .relaxed) == 0)
          try transaction.add("b", Array("new".utf8))
          try transaction.commit()
        }
        #expect(found == .interrupted)
        #expect(Self.arrivals.load(ordering: .relaxed) == 1)
        #expect(scratch.everything() == ["build/", "build/out/", "build/out/a"])
        #expect(scratch.read("build/out/a") == "old")
        #expect(!Interruption.isRequested)
      }
    }

    @Test("a signal that was ignored stays ignored")
    func ignoredSignal() throws {
      try SignalTurn.take {
        let previous = signal(SIGHUP, SIG_IGN)
        defer { signal(SIGHUP, previous) }
        var transaction = try OutputTransaction(folder: out)
        kill(getpid(), SIGHUP)
        try transaction.add("a", Array("new".utf8))
        try transaction.commit()
        #expect(scratch.read("build/out/a") == "new")
      }
    }
  }
}

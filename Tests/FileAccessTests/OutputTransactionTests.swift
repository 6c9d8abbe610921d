import FileAccess
import Dispatch
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

    @Test("while one transaction writes to a folder, the next waits, and says so when it waits in vain")
    func turns() throws {
      var first = try OutputTransaction(folder: out)
      try first.add("a", Array("first".utf8))
      #expect(throws: FileError(out, .inUse(seconds: 0))) {
        _ = try OutputTransaction(folder: out, seconds: 0, hook: nil)
      }
      try first.commit()
      try build([("b", "second")])
      #expect(scratch.everything() == ["build/", "build/out/", "build/out/a", "build/out/b"])
      #expect(scratch.read("build/out/a") == "first")
    }

    @Test("transactions of many threads come one after the other, and outputs are those of one")
    func threads() throws {
      let names = (0..<6).map { "file\($0)" }
      let failures = Atomic<Int>(0)
      let out = out
      SignalTurn.take {
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
          for round in 0..<15 {
            do {
              var transaction = try OutputTransaction(folder: out)
              for name in names { try transaction.add(name, Array("\(thread) \(round)".utf8)) }
              try transaction.commit()
            } catch {
              failures.add(1, ordering: .relaxed)
            }
          }
        }
      }
      #expect(failures.load(ordering: .relaxed) == 0)
      #expect(Set(names.map { scratch.read("build/out/\($0)") }).count == 1)
      #expect(scratch.everything() == (["build/", "build/out/"] + names.map { "build/out/\($0)" }))
    }

    @Test("a lock file of another account, or a link in its place, is passed over")
    func foreignLock() throws {
      try scratch.write("kept", to: "victim")
      try scratch.write("", to: "build/out/x")
      let lock = ".policyc-lock-\(geteuid())"
      #expect(symlink("../../victim", "\(out)/\(lock)") == 0)
      #expect(mkdir("\(out)/\(lock)-1", 0o700) == 0)
      try build([("a", "1")])
      #expect(scratch.read("build/out/a") == "1")
      #expect(scratch.read("victim") == "kept")
      for number in 2..<8 { #expect(mkdir("\(out)/\(lock)-\(number)", 0o700) == 0) }
      #expect(problem { () throws(FileError) in try build([("a", "2")]) } == .lockTaken(lock))
      #expect(scratch.read("build/out/a") == "1")
    }

    @Test("folders that policyc did not mark are left alone, and links in them are not followed")
    func foreignStaging() throws {
      try scratch.write("kept", to: "victim/new")
      let name = ".policyc-" + String(repeating: "0", count: 31)
      try scratch.write("kept", to: "build/out/\(name)1/old/b")
      #expect(symlink("../../../victim", "\(out)/\(name)1/new") == 0)
      #expect(symlink("../../victim", "\(out)/\(name)2") == 0)
      let before = scratch.everything()
      try build([("a", "1")])
      #expect(scratch.everything() == (before + ["build/out/a"]).sorted())
      #expect(scratch.read("victim/new") == "kept")
    }

    /// A build that is killed at one of its changes to the file system.
    private func killed(at change: Int, _ files: [(String, String)]) {
      var count = 0
      do throws(FileError) {
        var transaction = try OutputTransaction(folder: out, seconds: 1) { _ in
          count += 1
          return count > change ? .ioError : nil
        }
        for (name, text) in files { try transaction.add(name, Array(text.utf8)) }
        try transaction.commit()
      } catch {}
    }

    @Test("a transaction that is killed at any change is whole or undone after the next one")
    func kills() throws {
      var wasOld = 0
      var wasNew = 0
      var wasMixed = 0
      for change in 0..<60 {
        try build([("a", "old"), ("b", "old"), ("c", "old")])
        killed(at: change, [("a", "new"), ("b", "new"), ("c", "new"), ("d", "new")])
        if Set(["a", "b", "c"].map { scratch.read("build/out/\($0)") }).count > 1 { wasMixed += 1 }
        try build([("other", "")])
        let found = ["a", "b", "c", "d"].map { scratch.read("build/out/\($0)") }
        if found == ["old", "old", "old", nil] { wasOld += 1 }
        if found == ["new", "new", "new", "new"] { wasNew += 1 }
        let left = scratch.everything().filter { $0.contains(".policyc-") }
        #expect(left.isEmpty, "after change \(change): \(left)")
        unlink(out + "/d")
      }
      #expect(wasOld + wasNew == 60)
      #expect(wasOld > 10 && wasNew > 10 && wasMixed > 0, "old \(wasOld), new \(wasNew), mixed \(wasMixed)")
    }

    @Test("what somebody wrote after a kill is not taken back")
    func changedAfterKill() throws {
      try build([("a", "old"), ("b", "old")])
      var change = 0
      while scratch.read("build/out/a") == "old" || scratch.read("build/out/b") == "new" {
        try build([("a", "old"), ("b", "old")])
        killed(at: change, [("a", "new"), ("b", "new")])
        change += 1
        try #require(change < 100)
      }
      try scratch.write("mine", to: "build/out/a")
      try build([("c", "")])
      #expect(scratch.read("build/out/a") == "mine")
      #expect(scratch.read("build/out/b") == "old")
    }

    @Test("a file leaves with the commit when it has the content that is expected, and stays else")
    func removes() throws {
      try scratch.write("gone", to: "build/out/gone")
      try scratch.write("edited", to: "build/out/edited")
      try scratch.write("victim", to: "victim")
      #expect(symlink("../../victim", "\(out)/link") == 0)
      func leave(_ transaction: inout OutputTransaction, _ name: String) throws -> OutputTransaction.Removal {
        try transaction.remove(name, size: 4) { $0 == Array("gone".utf8) }
      }
      func begin() throws {
        var transaction = try OutputTransaction(folder: out)
        _ = try leave(&transaction, "gone")
      }
      try begin()
      #expect(scratch.read("build/out/gone") == "gone")
      var transaction = try OutputTransaction(folder: out)
      try transaction.add("new", [])
      #expect(try leave(&transaction, "gone") == .leaves)
      #expect(try leave(&transaction, "edited") == .kept)
      #expect(try leave(&transaction, "link") == .kept)
      #expect(try leave(&transaction, "absent") == .absent)
      try transaction.commit()
      #expect(
        scratch.everything() == [
          "build/", "build/out/", "build/out/edited", "build/out/link", "build/out/new", "victim",
        ])
      #expect(scratch.read("victim") == "victim")
    }

    @Test("a file that somebody replaces while it is about to leave comes back")
    func removalChanged() throws {
      try scratch.write("gone", to: "build/out/gone")
      try scratch.write("old", to: "build/out/a")
      func replacing() throws {
        var transaction = try OutputTransaction(folder: out)
        try transaction.add("a", Array("new".utf8))
        #expect(try transaction.remove("gone", size: 4) { _ in true } == .leaves)
        try scratch.write("precious", to: "build/out/gone")
        try transaction.commit()
      }
      #expect(throws: FileError.self) { try replacing() }
      #expect(scratch.read("build/out/gone") == "precious")
      #expect(scratch.read("build/out/a") == "old")
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

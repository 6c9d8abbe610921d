import FileAccess
import Foundation
import Glibc
import Testing

extension FileAccessTests {
  @Suite struct WriteFileTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test("a file is written whole, and nothing else stays")
    func writes() throws {
      try writeAtomically(scratch.path + "/a", Array("new".utf8))
      try writeAtomically(scratch.path + "/a", Array("newer".utf8))
      #expect(scratch.everything() == ["a"])
      #expect(scratch.read("a") == "newer")
    }

    @Test("a link is followed, and what it leads to is replaced")
    func link() throws {
      try scratch.write("old", to: "b/real")
      #expect(symlink("b/real", scratch.path + "/link") == 0)
      try writeAtomically(scratch.path + "/link", Array("new".utf8))
      #expect(scratch.read("b/real") == "new")
      #expect(scratch.everything() == ["b/", "b/real", "link"])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path + "/link") == "b/real")
    }

    @Test("a link of another account in a folder that everybody may write to is not followed")
    func foreignLink() throws {
      guard geteuid() == 0 else {
        print("skipped: only root can lay a link of another account")
        return
      }
      try scratch.write("kept", to: "victim")
      #expect(mkdir(scratch.path + "/shared", 0o700) == 0 && chmod(scratch.path + "/shared", 0o1777) == 0)
      let link = scratch.path + "/shared/r.csv"
      #expect(symlink("../victim", link) == 0 && lchown(link, 65534, 65534) == 0)
      #expect(throws: FileError(link, .foreignLink)) { try writeAtomically(link, Array("new".utf8)) }
      #expect(scratch.read("victim") == "kept")
      #expect(lchown(link, 0, 0) == 0)
      try writeAtomically(link, Array("new".utf8))
      #expect(scratch.read("victim") == "new")
    }

    private func write(_ first: String, _ second: String) throws(FileError) {
      try writeAtomically(
        OutputFile("\(scratch.path)/\(first)", Array("1".utf8), isPrivate: true),
        OutputFile("\(scratch.path)/\(second)", Array("2".utf8)))
    }

    @Test("two files are written together, into one folder or two, in any order")
    func two() throws {
      for folder in ["a", "b"] { #expect(mkdir("\(scratch.path)/\(folder)", 0o700) == 0) }
      try write("one", "two")
      try write("a/one", "b/two")
      try write("b/three", "a/four")
      #expect(
        scratch.everything() == ["a/", "a/four", "a/one", "b/", "b/three", "b/two", "one", "two"])
      #expect(scratch.read("b/three") == "1" && scratch.read("a/four") == "2")
    }

    @Test("when one of two files cannot be written the other stays as it was", arguments: [true, false])
    func neither(isFirst: Bool) throws {
      try scratch.write("old", to: "a/secret")
      try scratch.write("", to: "b/folder/inner")
      let before = scratch.everything()
      #expect(throws: FileError.self) {
        if isFirst { try write("b/folder", "a/secret") } else { try write("a/secret", "b/folder") }
      }
      #expect(throws: FileError.self) { try write("a/secret", "missing/x") }
      #expect(throws: FileError("/dev/full", .diskFull)) {
        try writeAtomically(OutputFile("\(scratch.path)/a/secret", [1]), OutputFile("/dev/full", [1]))
      }
      #expect(scratch.read("a/secret") == "old")
      #expect(scratch.everything() == before)
    }

    @Test(
      "two paths of one file are refused, whatever they look like",
      arguments: ["x", "./x", "a/../x", "link", "a/up/x"])
    func same(path: String) throws {
      try scratch.write("old", to: "x")
      #expect(mkdir(scratch.path + "/a", 0o700) == 0)
      #expect(symlink("x", scratch.path + "/link") == 0)
      #expect(symlink("..", scratch.path + "/a/up") == 0)
      let other = "\(scratch.path)/\(path)"
      #expect(throws: FileError(other, .sameOutput)) { try write("x", path) }
      #expect(scratch.read("x") == "old")
    }

    @Test("a device is written to, never replaced")
    func device() throws {
      try writeAtomically("/dev/null", Array("x".utf8))
      var status = stat()
      #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
      #expect(throws: FileError("/dev/full", .diskFull)) { try writeAtomically("/dev/full", Array("x".utf8)) }
    }

    @Test("a folder, and a file in a folder that is missing, cannot be written")
    func refused() {
      #expect(throws: FileError(scratch.path, .isFolder, inWriting: true)) {
        try writeAtomically(scratch.path, [])
      }
      #expect(throws: FileError(scratch.path + "/a", .notFound, inWriting: true)) {
        try writeAtomically(scratch.path + "/a/b", [])
      }
    }

    @Test("a reader that has gone is an error of the write, not a signal")
    func closedPipe() throws {
      ignoreSignalsOfWriting()
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      close(ends[0])
      defer { close(ends[1]) }
      let path = "/proc/self/fd/\(ends[1])"
      #expect(problem { () throws(FileError) in try writeAtomically(path, Array("x".utf8)) } == .closedPipe)
    }

    @Test("a pipe that fills up is waited for")
    func slowReader() throws {
      let path = scratch.path + "/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = Thread {
        let file = open(path, O_RDONLY)
        var buffer = [UInt8](repeating: 0, count: 10_000)
        while read(file, &buffer, buffer.count) > 0 { usleep(100) }
        close(file)
      }
      reader.start()
      try writeAtomically(path, [UInt8](repeating: 0x61, count: 1_000_000))
    }
  }
}

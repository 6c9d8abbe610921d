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

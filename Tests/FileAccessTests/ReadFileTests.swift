import FileAccess
import Foundation
import Glibc
import Testing

extension FileAccessTests {
  @Suite struct ReadFileTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test("a file is read to its last byte", arguments: [0, 1, 4095, 4096, 4097, 300_000])
    func content(size: Int) throws {
      let text = String((0..<size).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
      let file = try scratch.write(text, to: "a")
      #expect(try readFile(file, limit: size) == Array(text.utf8))
    }

    @Test("a file larger than the limit is refused, and the message says the limit")
    func tooLarge() throws {
      let file = try scratch.write("12345", to: "a")
      #expect(throws: FileError(file, .tooLarge(limit: 4))) { try readFile(file, limit: 4) }
      #expect(FileError("a", .tooLarge(limit: 16 << 20)).description.contains("16 MiB"))
      #expect(FileError("a", .tooLarge(limit: 5000)).description.contains("5000 bytes"))
    }

    @Test("a file of 100 MB is refused before it is read")
    func hugeFile() throws {
      let file = try scratch.write("", to: "huge.attpolicy")
      #expect(truncate(file, 100_000_000) == 0)
      #expect(
        problem { () throws(FileError) in _ = try readFile(file, limit: FileLimit.policy) }
          == .tooLarge(limit: FileLimit.policy))
    }

    @Test("a file whose size is not known beforehand is read, within the limit")
    func procFile() throws {
      #expect(try readFile("/proc/self/status", limit: 1 << 20).count > 100)
      #expect(throws: FileError("/proc/self/status", .tooLarge(limit: 64))) {
        try readFile("/proc/self/status", limit: 64)
      }
    }

    @Test("a folder, a missing file and a path through a file are told apart")
    func kinds() throws {
      let file = try scratch.write("x", to: "a")
      #expect(throws: FileError(scratch.path, .isFolder)) { try readFile(scratch.path, limit: 10) }
      #expect(throws: FileError(scratch.path + "/b", .notFound)) {
        try readFile(scratch.path + "/b", limit: 10)
      }
      #expect(throws: FileError(file + "/b", .notAFolder)) { try readFile(file + "/b", limit: 10) }
      #expect(throws: FileError("", .notFound)) { try readFile("", limit: 10) }
    }

    @Test("a named pipe, a socket and a device are refused at once")
    func special() throws {
      let pipe = scratch.path + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(throws: FileError(pipe, .isSpecial)) { try readFile(pipe, limit: 10) }
      #expect(throws: FileError("/dev/zero", .isSpecial)) { try readFile("/dev/zero", limit: 10) }
    }

    @Test("a pipe that the shell hands over is read to its end")
    func inheritedPipe() throws {
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      #expect(write(ends[1], "hello", 5) == 5)
      close(ends[1])
      defer { close(ends[0]) }
      #expect(try readFile("/dev/fd/\(ends[0])", limit: 10) == Array("hello".utf8))
    }

    @Test("a link that leads to itself cannot be read")
    func linkLoop() throws {
      let link = scratch.path + "/loop"
      #expect(symlink("loop", link) == 0)
      let problem = problem { () throws(FileError) in _ = try readFile(link, limit: 10) }
      guard case .cannotRead = problem else { return #expect(Bool(false), "\(String(describing: problem))") }
    }

    @Test("every problem has a sentence that names the path and has no full stop")
    func sentences() {
      let problems: [FileError.Problem] = [
        .notFound, .notAFolder, .isFolder, .isSpecial, .readingNotPermitted, .tooLarge(limit: 1),
        .tooDeep(limit: 1),
        .tooManyEntries(limit: 1), .nameNotUTF8, .hasNoPolicies, .cannotRead(.ioError), .writingNotPermitted,
        .diskFull,
        .closedPipe,
        .unsuitableName, .cannotWrite(.ioError), .interrupted,
      ]
      for problem in problems {
        let error = FileError("some/path", problem)
        #expect(error.description.hasPrefix("'some/path' ") && error.description.last != ".")
        #expect(error.help?.last != ".")
      }
      #expect(Set(problems.map { FileError("x", $0).description }).count == problems.count)
    }
  }
}

import FileAccess
import Foundation
import Glibc
import Testing

extension FileAccessTests {
  @Suite struct FolderListingTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func names(_ paths: [String]) -> [String] {
      paths.map { String($0.dropFirst(scratch.path.utf8.count + 1)) }
    }

    @Test("policies are found in and below a folder, in the order of their bytes")
    func order() throws {
      for name in [
        "b.attpolicy", "a/z.attpolicy", "a.attpolicy", "B.attpolicy", "a-b.attpolicy", "ä.attpolicy", "c.txt",
      ] {
        try scratch.write("", to: name)
      }
      let found = try listFiles(under: scratch.path)
      #expect(
        names(found) == [
          "B.attpolicy", "a-b.attpolicy", "a.attpolicy", "a/z.attpolicy", "b.attpolicy", "ä.attpolicy",
        ])
      #expect(try listFiles(under: scratch.path + "//") == found)
    }

    @Test("hidden files and folders are left out")
    func hidden() throws {
      try scratch.write("", to: ".a.attpolicy")
      try scratch.write("", to: ".git/b.attpolicy")
      #expect(try listFiles(under: scratch.path) == [])
    }

    @Test("links to files are followed, links to folders are not, so that a loop ends")
    func links() throws {
      try scratch.write("", to: "a/real.attpolicy")
      #expect(symlink("..", scratch.path + "/a/up") == 0)
      #expect(symlink("a/real.attpolicy", scratch.path + "/link.attpolicy") == 0)
      #expect(names(try listFiles(under: scratch.path)) == ["a/real.attpolicy", "link.attpolicy"])
    }

    @Test("depth and number are bounded")
    func bounds() throws {
      try scratch.write("", to: "1/2/3/a.attpolicy")
      #expect(try listFiles(under: scratch.path, depth: 3).count == 1)
      #expect(throws: FileError(scratch.path, .tooDeep(limit: 2))) {
        try listFiles(under: scratch.path, depth: 2)
      }
      #expect(throws: FileError(scratch.path, .tooManyEntries(limit: 3))) {
        try listFiles(under: scratch.path, entries: 3)
      }
    }

    @Test("a folder that is missing, and a file, cannot be listed")
    func notListed() throws {
      let file = try scratch.write("", to: "a")
      #expect(throws: FileError(file, .notAFolder)) { try listFiles(under: file) }
      #expect(throws: FileError(scratch.path + "/b", .notFound)) { try listFiles(under: scratch.path + "/b") }
    }

    @Test("a policy whose name is not UTF-8 is reported, not skipped")
    func nameNotUTF8() throws {
      let name = Array(scratch.path.utf8) + [0x2F, 0xFF] + Array(".attpolicy".utf8) + [0]
      let file = name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
        open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600)
      }
      try #require(file >= 0)
      close(file)
      #expect(throws: FileError(scratch.path, .nameNotUTF8)) { try listFiles(under: scratch.path) }
    }

    @Test("paths stand for files, each once; standard input and what is missing stand for themselves")
    func paths() throws {
      let file = try scratch.write("", to: "a.attpolicy")
      #expect(try policyFiles(at: ["-", file, scratch.path, "missing"]) == ["-", file, "missing"])
    }

    @Test("a folder without policies is said to be one")
    func noPolicies() throws {
      try scratch.write("", to: "a.txt")
      #expect(throws: FileError(scratch.path, .hasNoPolicies)) { try policyFiles(at: [scratch.path]) }
    }
  }
}

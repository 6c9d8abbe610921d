import FileAccess
import Foundation
import Glibc
import Testing

extension FileAccessTests {
  @Suite struct SourceFolderTests {
    private let scratch: ScratchFolder
    private let folder: SourceFolder

    init() throws {
      scratch = try ScratchFolder()
      try scratch.write("secret", to: "outside/secret")
      try scratch.write("inside", to: "policies/deep/a")
      folder = try SourceFolder(scratch.path + "/policies")
    }

    private func read(_ name: String) throws(FileError) -> [UInt8] {
      try folder.read("\(scratch.path)/\(name)", limit: 100)
    }

    @Test("files in the folder are read, through links that stay in it too")
    func inside() throws {
      #expect(symlink("deep/a", scratch.path + "/policies/link") == 0)
      #expect(symlink("deep", scratch.path + "/policies/folder") == 0)
      for name in ["policies/deep/a", "policies/link", "policies/folder/a", "outside/../policies/deep/a"] {
        #expect(try read(name) == Array("inside".utf8))
      }
    }

    @Test("a file elsewhere is refused, whatever way leads to it")
    func outside() throws {
      #expect(symlink("../outside/secret", scratch.path + "/policies/link") == 0)
      #expect(symlink("../outside", scratch.path + "/policies/folder") == 0)
      #expect(symlink("link", scratch.path + "/policies/twice") == 0)
      #expect(mkdir(scratch.path + "/policies-too", 0o700) == 0)
      try scratch.write("secret", to: "policies-too/a")
      for name in [
        "policies/link", "policies/folder/secret", "policies/twice", "policies/../outside/secret",
        "outside/secret", "policies-too/a",
      ] {
        let problem = problem { () throws(FileError) in _ = try read(name) }
        #expect(problem == .leavesFolder(root: scratch.path + "/policies"), "\(name)")
      }
    }

    @Test("files of the kernel are refused, under the folder '/' too")
    func kernel() throws {
      #expect(symlink("/proc/self/environ", scratch.path + "/policies/link") == 0)
      for folder in [folder, try SourceFolder("/")] {
        let problem = problem { () throws(FileError) in
          _ = try folder.read(scratch.path + "/policies/link", limit: 1 << 20)
        }
        #expect(problem == .isKernelFile)
      }
      #expect(try SourceFolder("/").read(scratch.path + "/outside/secret", limit: 100).count == 6)
    }

    @Test("paths from the folder do not depend on how it is named")
    func relative() throws {
      #expect(folder.relative(scratch.path + "/policies/deep/../deep/a") == "deep/a")
      #expect(folder.relative(scratch.path + "/outside/../policies/x") == "x")
      #expect(folder.relative(scratch.path + "/outside/secret") == nil)
    }
  }
}

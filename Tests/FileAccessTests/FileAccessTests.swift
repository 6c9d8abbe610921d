import FileAccess
import Foundation
import Testing

/// Signals are those of the whole process, so the tests of this floor run one after the other.
@Suite(.serialized) struct FileAccessTests {}

/// A folder that is gone after a test.
final class ScratchFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "policyc-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Every file and folder in it, hidden ones too, folders with a slash.
  func everything() -> [String] {
    let paths = FileManager.default.subpaths(atPath: path) ?? []
    return paths.map { isFolder(path + "/" + $0) ? $0 + "/" : $0 }.sorted()
  }
}

/// The problem that some work runs into.
func problem(_ work: () throws(FileError) -> Void) -> FileError.Problem? {
  do {
    try work()
    return nil
  } catch {
    return error.problem
  }
}

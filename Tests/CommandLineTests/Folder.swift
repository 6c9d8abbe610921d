import Foundation

/// A folder of a test's own, removed with the last reference to it.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "policyc-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and creates the folders on the way to it.
  func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  /// Writes a program. Another process makes the file that is run: a fork of another test that still holds the descriptor by which
  /// it was written would keep it from being run (ETXTBSY, execve(2)).
  func writeProgram(_ text: String, to name: String) throws {
    try write(text, to: "\(name).text")
    let run = try Tool.shell("cp '\(name).text' '\(name)' && chmod 700 '\(name)'", in: self)
    guard run.status == 0 else { throw SampleFailure(run: run) }
  }

  /// A file that reads as so many NUL bytes and takes no room.
  func writeSparse(_ bytes: Int, to name: String) throws {
    try write([], to: name)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path(name)))
    try handle.truncate(atOffset: UInt64(bytes))
    try handle.close()
  }

  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path(name)).map { [UInt8]($0) }
  }

  /// The text of a file, or nothing when there is none.
  func text(_ name: String) -> String { String(decoding: bytes(name) ?? [], as: UTF8.self) }

  /// The content of every file in and below a folder, hidden ones too, by path.
  func contents(below name: String) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    let below = FileManager.default.enumerator(atPath: path(name))
    while let file = below?.nextObject() as? String {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path("\(name)/\(file)"), isDirectory: &isFolder) else {
        continue
      }
      found[isFolder.boolValue ? "\(file)/" : file] = isFolder.boolValue ? [] : bytes("\(name)/\(file)")
    }
    return found
  }
}

import Foundation
import TestSupport

extension Checkout {
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// The folders directly below a folder, sorted.
  static func folders(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: root.appendingPathComponent(path), includingPropertiesForKeys: [.isDirectoryKey]
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map(\.lastPathComponent).sorted()
  }

  /// The paths of all files below a folder that end in one of the suffixes, relative to the root, sorted.
  static func files(below path: String, suffixes: [String]) -> [String] {
    let below = FileManager.default.enumerator(atPath: root.appendingPathComponent(path).path)
    var found: [String] = []
    while let name = below?.nextObject() as? String {
      if suffixes.contains(where: name.hasSuffix) { found.append("\(path)/\(name)") }
    }
    return found.sorted()
  }
}

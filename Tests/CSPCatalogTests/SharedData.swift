import Foundation

/// Microsoft's files, which are not part of the project: beside the checkout in `shared/data`, where they are at all.
enum SharedData {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

  static let ddf = folder.appendingPathComponent("ddf/2025-02")
  static let branches = folder.appendingPathComponent("windows/windows-branches.tsv")

  static let hasDDF = FileManager.default.fileExists(atPath: ddf.path)
  static let hasBranches = FileManager.default.fileExists(atPath: branches.path)

  static func ddfFiles() throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: ddf.path).filter { $0.hasSuffix(".xml") }.map {
      name in
      (name, Array(try Data(contentsOf: ddf.appendingPathComponent(name))))
    }
  }
}

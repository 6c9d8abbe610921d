import CSPCatalog
import Foundation

/// Microsoft's files, which are not part of the project: beside the checkout in `shared/data`, where they are at all.
enum SharedData {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

  static let ddf = folder.appendingPathComponent("ddf/2025-02")
  static let anomalies = folder.appendingPathComponent("ddf/anomalies.tsv")
  static let branches = folder.appendingPathComponent("windows/windows-branches.tsv")

  static let hasDDF = FileManager.default.fileExists(atPath: ddf.path)
  static let hasBranches = FileManager.default.fileExists(atPath: branches.path)

  /// The DDF files of a release, by the name of its folder.
  static func ddfFiles(_ release: String = "2025-02") throws -> [(name: String, bytes: [UInt8])] {
    let folder = folder.appendingPathComponent("ddf/\(release)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }
      .map {
        name in
        (name, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
      }
  }

  /// What the embedded catalogue is made of.
  static func wholeImport() throws -> DDFImport {
    var ddf = DDFImport()
    for (folder, release) in [("2025-02", nil), ("2022-12", "2022-12"), ("v1-2019", "2019")].shuffled() {
      for file in try ddfFiles(folder).shuffled() {
        try ddf.add(file.bytes, named: file.name, ofOlderRelease: release)
      }
    }
    return ddf
  }
}

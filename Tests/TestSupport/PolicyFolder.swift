import Foundation

/// The sources of the shipped policies.
package struct PolicyFolder: Sendable {
  /// The files' bytes by their paths below `Policies`.
  package let files: [String: [UInt8]]

  /// Reads the checkout's folder.
  package init() throws {
    let folder = Checkout.root.appendingPathComponent("Policies")
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where path.hasSuffix(".attpolicy") {
      files[path] = Array(try Data(contentsOf: folder.appendingPathComponent(path)))
    }
    self.files = files
  }
}

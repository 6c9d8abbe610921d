import Foundation

/// Files of the checkout that tests read.
package enum Checkout {
  /// The root of the checkout.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The files below a folder of the checkout whose names have a suffix, with their bytes, sorted by path.
  package static func files(below folder: String, suffix: String) -> [(path: String, bytes: [UInt8])] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(suffix) }.sorted().compactMap { name in
      (try? Data(contentsOf: base.appendingPathComponent(name))).map { ("\(folder)/\(name)", Array($0)) }
    }
  }
}

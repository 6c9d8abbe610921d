import Foundation

/// A golden case: a folder under `Tests/Corpus/FAMILY/CODE-slug` that holds an input and, beside it, what came out when
/// it was last recorded and read by a person.
package struct GoldenCase: Sendable, CustomStringConvertible {
  /// Where it lies.
  package let folder: URL

  /// The folder's name, which begins with the code that the case is about.
  package var name: String { folder.lastPathComponent }
  /// The name, for the log of a test run.
  package var description: String { name }
  /// The code that the name begins with.
  package var code: String { String(name.prefix { $0 != "-" }) }

  /// The cases of a family, sorted by name.
  package static func all(of family: String) -> [GoldenCase] {
    let folder = Checkout.root.appendingPathComponent("Tests/Corpus/\(family)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map {
      GoldenCase(folder: folder.appendingPathComponent($0))
    }
  }

  /// A file of the case, or nil.
  package func bytes(_ file: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appendingPathComponent(file))).map { Array($0) }
  }

  /// Whether this run records instead of comparing. A run that records fails, so that nobody takes it for a test.
  package static var isRecording: Bool { ProcessInfo.processInfo.environment["POLICYC_RECORD"] == "1" }

  /// Compares an output with the recorded one; gives what differs, or nil. Records it first when asked to.
  package func difference(_ actual: String, from file: String = "expected.txt") -> String? {
    let place = folder.appendingPathComponent(file)
    if Self.isRecording {
      do {
        try Data(actual.utf8).write(to: place, options: .atomic)
      } catch {
        return "\(name)/\(file) could not be recorded: \(error)"
      }
      return "\(name)/\(file) was recorded; read the change and run again without POLICYC_RECORD"
    }
    guard let expected = bytes(file) else { return "\(name)/\(file) was never recorded: run make record" }
    if expected == Array(actual.utf8) { return nil }
    return
      "\(name)/\(file) differs.\n--- recorded\n\(String(decoding: expected, as: UTF8.self))\n--- now\n\(actual)"
  }
}

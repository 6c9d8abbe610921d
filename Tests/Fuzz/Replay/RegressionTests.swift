import Foundation
import FuzzEntries
import TestSupport
import Testing

@Suite("Inputs that once broke a reader, and the seeds of the fuzzer")
struct RegressionTests {
  static let home = Checkout.root.appendingPathComponent("Tests/Fuzz")

  static func inputs(_ folder: String, of target: FuzzTarget) -> [URL] {
    let url = home.appendingPathComponent("\(folder)/\(target.rawValue)")
    let files = (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }
  }

  @Test("every kept input is read without a trap", arguments: FuzzTarget.allCases)
  func replay(target: FuzzTarget) throws {
    let files = Self.inputs("regressions", of: target) + Self.inputs("seeds", of: target)
    #expect(!files.isEmpty, "\(target) has no input under Tests/Fuzz/seeds/\(target)")
    for file in files { target.run([UInt8](try Data(contentsOf: file))) }
  }

  @Test("a folder of inputs belongs to a target", arguments: ["regressions", "seeds"])
  func foldersHaveTargets(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.home.appendingPathComponent(folder).path)
    for name in names where !name.hasPrefix(".") {
      #expect(FuzzTarget(rawValue: name) != nil, "no fuzz target is called \(name)")
    }
  }
}

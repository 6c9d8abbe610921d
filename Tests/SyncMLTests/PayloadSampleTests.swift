import CSPCatalog
import Diagnostics
import Foundation
import SyncML
import Testing

/// Payloads that others have published, kept beside the checkout and not part of it.
enum PayloadSamples {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/data/syncml").standardizedFileURL

  /// Whether they are there; says so once when they are not.
  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder.path)
    if !isThere { print("skipped: there is no folder ../shared/data/syncml beside the checkout") }
    return isThere
  }()

  /// What `policyc validate` says of a payload without options.
  static func report(_ path: String) throws -> PayloadReport {
    let data = try Data(contentsOf: folder.appending(path: path))
    let targets = try TargetDevices.inService(on: CSPCatalog.embedded.date)
    return validatePayload([UInt8](data), PayloadOptions(catalog: .embedded, targets: targets))
  }
}

@Suite(.enabled(if: PayloadSamples.isThere, "needs ../shared/data/syncml")) struct PayloadSampleTests {
  @Test("every published payload is judged to its end, and what is read of it can be read")
  func all() throws {
    var count = 0
    for folder in ["docs", "fleet-gitops"] {
      let path = PayloadSamples.folder.appending(path: folder).path
      for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasSuffix(".xml") {
        count += 1
        let report = try PayloadSamples.report("\(folder)/\(name)")
        #expect(report.commands > 0 || !report.isValid, "\(name)")
        let bytes = [UInt8](try Data(contentsOf: PayloadSamples.folder.appending(path: "\(folder)/\(name)")))
        let isReadable = !report.findings.contains { ["SM1001", "SM1002", "SM1003"].contains($0.code.text) }
        #expect((try? SyncMLReader().read(bytes)) != nil || !isReadable, "\(name)")
      }
    }
    #expect(count > 100)
  }

  @Test("profiles that are deployed have no error")
  func deployed() throws {
    for name in ["AllowRebootlessUpdates", "BlockMDMUnenrollment", "Okta-SCEP", "windows-screenlock"] {
      let report = try PayloadSamples.report("fleet-gitops/AdamBaali__\(name).xml")
      #expect(report.isValid, "\(name): \(report.findings.map(\.message))")
      #expect(report.shape == .commands)
    }
  }

  @Test(
    "mistakes in published payloads are found with their code",
    arguments: [
      // A tag without its <, at the very beginning.
      ("001", "SM1001"),
      // Retired formats and misspelt or retired nodes.
      ("209", "SM1604"), ("213", "SM1601"), ("267", "SM1702"), ("207", "SM1605"), ("241", "SM1606"),
      // XML in a value that is not escaped.
      ("011", "SM1501"), ("005", "SM1501"),
      // A Get in an Atomic; SyncML 1.1; no header.
      ("229", "SM1304"), ("091", "SM1201"), ("023", "SM1502"), ("219", "SM1503"),
    ])
  func known(name: String, code: String) throws {
    let report = try PayloadSamples.report("docs/\(name).xml")
    #expect(report.findings.contains { $0.code.text == code }, "\(report.findings.map(\.code.text))")
  }
}

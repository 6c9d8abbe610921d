import DeviceReports
import Diagnostics
import FleetReports
import Foundation
import TestSupport
import Testing

/// The page in Chromium. The checks are in Tests/Browser; here are the reports that they open.
@Suite struct FleetPageBrowserTests {
  /// The Python in which scripts/browser-setup installs Playwright.
  private static let python = Checkout.root.appending(path: ".build/browser/bin/python3")

  @Test(.timeLimit(.minutes(15)))
  func `the page does in a browser what it is for, and nothing else`() throws {
    guard FileManager.default.isExecutableFile(atPath: Self.python.path) else {
      let reason = "there is no browser to test the page in; scripts/browser-setup installs one"
      if ProcessInfo.processInfo.environment["CI"] != nil { Issue.record("\(reason)") }
      print("skipped: \(reason)")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "fleet-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      if ProcessInfo.processInfo.environment["POLICYC_KEEP_PAGES"] == nil {
        try? FileManager.default.removeItem(at: folder)
      }
    }
    var part = PageFleet.report(devices: 400)
    part.rows.removeAll { $0.verdict != .fail }
    let reports: [(String, FleetReport, ReportLanguage)] = [
      ("sample", PageFleet.report(devices: 1200, problems: 140), .english),
      ("japanese", PageFleet.report(devices: 400, problems: 3), .japanese),
      ("hostile", PageFleet.hostileReport(), .english), ("empty", PageFleet.report(devices: 0), .english),
      ("part", part, .english), ("large", PageFleet.report(devices: 50_000, problems: 20), .english),
    ]
    for (name, report, language) in reports {
      let page = FleetPage(report, language: language).bytes()
      try Data(page).write(to: folder.appending(path: "\(name).html"))
      if report.rows.count < 10_000 {
        try report.expectation().write(to: folder.appending(path: "\(name).json"))
      }
    }
    let (status, output) = try run(folder)
    print(output)
    for line in output.split(separator: "\n") where line.hasPrefix("FAILED ") { Issue.record("\(line)") }
    #expect(status == 0)
  }

  private func run(_ folder: URL) throws -> (status: Int32, output: String) {
    let log = folder.appending(path: "output.txt")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [Checkout.root.appending(path: "Tests/Browser/fleet_page.py").path, folder.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
  }
}

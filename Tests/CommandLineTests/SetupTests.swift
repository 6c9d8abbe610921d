import Foundation
import TestSupport
import Testing

/// `make run` on a machine where something is missing and may not be installed.
@Suite("scripts/setup")
struct SetupTests {
  func setup(_ environment: [String: String], in folder: Folder) throws -> Run {
    let environment = environment.merging(["POLICYC_INSTALL": "no"]) { given, _ in given }
    let script = Checkout.root.appendingPathComponent("scripts/setup").path
    return try Tool.start([script], in: folder, environment: environment).end(within: 60)
  }

  @Test("missing libraries are named with the command that installs them, and it ends with 4")
  func missingLibraries() throws {
    let run = try setup(["PKG_CONFIG_LIBDIR": "/nonexistent", "PKG_CONFIG_PATH": ""], in: Folder())
    #expect(run.status == 4, "\(run)")
    #expect(
      run.errors.contains("sudo apt-get install libyaml-dev libxml2-dev libtss2-dev zlib1g-dev libssl-dev\n"),
      "\(run)")
  }

  @Test(
    "a Swift that is too old is named with its version, and it ends with 4",
    arguments: [
      "Swift version 5.10.1 (swift-5.10.1-RELEASE)", "Swift version 6.0 (swift-6.0-RELEASE)", "nonsense",
    ])
  func oldSwift(version: String) throws {
    let tools = try Folder()
    try tools.writeProgram("#!/bin/sh\necho '\(version)'\n", to: "swift")
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let run = try setup(["PATH": "\(tools.path):\(path)"], in: tools)
    #expect(run.status == 4, "\(run)")
    #expect(run.errors.contains("Swift 6.1 or newer is needed"), "\(run)")
  }

  @Test("a machine that has everything is left alone")
  func complete() throws {
    let run = try setup([:], in: Folder())
    #expect(run.status == 0, "\(run)")
    #expect(run.output.isEmpty && run.errors.isEmpty, "\(run)")
  }
}

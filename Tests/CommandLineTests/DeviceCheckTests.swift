import ArgumentParser
import DeviceReports
import Testing

@testable import policyc

@Suite("The plain command line of check")
struct DeviceCheckTests {
  static let plain: [[String]] = [
    ["check", "p.compiled.json"],
    ["check", "p.compiled.json", "--probe", "file:a.yaml"],
    ["check", "--probe", "tpm", "p.compiled.json", "--probe", "file:a.yaml"],
    ["check", "-", "--lang", "ja", "--format", "json", "--timeout", "60", "--color", "never"],
    ["check", "p", "--runbooks"], ["check", "--runbooks", "p", "--probe", "tpm", "--format", "json"],
    ["check", "p", "--allow-not-applicable", "--probe", "file:a.yaml"],
    ["check", "p", "--lang", "en_GB", "--color", "always", "--format", "text"],
  ]

  @Test("it is read as the general parser reads it", arguments: plain)
  func agrees(_ arguments: [String]) throws {
    let mine = try #require(DeviceCheck(plainly: arguments[...]))
    let command = try #require(try CheckCommand.parse(Array(arguments.dropFirst())) as CheckCommand?)
    #expect(mine == command.check)
  }

  @Test(
    "anything else is left to the general parser",
    arguments: [
      [], ["check"], ["build", "Policies"], ["check", "--help"], ["check", "a", "b"],
      ["check", "a", "--probe"],
      ["check", "a", "--probe=tpm"], ["check", "a", "--lang", "fr"], ["check", "a", "--timeout", "0"],
      ["check", "a", "--timeout", "x"], ["check", "a", "--format", "xml"], ["check", "a", "--nope", "1"],
      ["check", "a", "--lang", "ja", "--lang", "en"], ["check", "a", "--probe", "--lang"],
      ["check", "--", "a"], ["check", "a", "--runbooks", "yes"], ["check", "a", "--runbooks", "--runbooks"],
      ["check", "a", "--probe", "--runbooks"],
    ])
  func declines(_ arguments: [String]) {
    #expect(DeviceCheck(plainly: arguments[...]) == nil)
  }
}

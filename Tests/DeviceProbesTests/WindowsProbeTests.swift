import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

/// A made-up Windows, whose tools are shell scripts.
@Suite("WindowsProbe", .serialized)
struct WindowsProbeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("System32/WindowsPowerShell/v1.0"),
      withIntermediateDirectories: true)
  }

  private static let powershell = "WindowsPowerShell/v1.0/powershell.exe"

  private func tool(_ name: String, _ script: String) throws {
    _ = try folder.file("System32/\(name)", "#!/bin/sh\n\(script)\n", executable: true)
  }

  private func answer(_ facts: String..., seconds: Int = 5) throws -> String {
    let declared = facts.compactMap { FactCatalog.embedded[$0]?.declaration }
    let probe = WindowsProbe(
      systemRoot: folder.url.path, limits: ProgramLimits(seconds: seconds, outputBytes: 100_000))
    return spelled(try SignalTurn.take { try probe.observe(declared) })
  }

  @Test("another machine than Windows says what to do")
  func elsewhere() throws {
    let probe = WindowsProbe(systemRoot: nil)
    let facts = FactCatalog.embedded.entries.map(\.declaration)
    let found = try probe.observe(facts)
    #expect(Set(found.keys) == WindowsSource.facts.intersection(facts.map(\.name)))
    #expect(
      found["tpm.version"]?.content
        == .unknown(
          reason: "this machine does not run Windows; record the tools' output there and use recording:DIR"))
  }

  @Test("each tool tells its facts, and is named as their source")
  func healthy() throws {
    try tool(
      Self.powershell, #"echo '{"CurrentVersion":{"CurrentBuildNumber":"26100","UBR":1,"EditionID":"Core"}}'"#
    )
    try tool("bcdedit.exe", "printf 'Loader\\n-----\\nidentifier {current}\\nflightsigning Yes\\n'")
    #expect(
      try answer("os.build", "os.edition", "boot.flight_signing", "antivirus.status")
        == "boot.flight_signing=true; os.build=10.0.26100.1; os.edition=home")
    let probe = WindowsProbe(systemRoot: folder.url.path)
    let found = try SignalTurn.take { try probe.observe(declarations("os.build", "boot.flight_signing")) }
    #expect(found["os.build"]?.source == "windows/windows (CurrentVersion)")
    #expect(found["boot.flight_signing"]?.source == "windows/bcdedit")
    #expect(found["os.build"]?.level == .reported)
  }

  @Test("PowerShell is given the script as one argument, a trimmed environment and no input")
  func arguments() throws {
    try tool(
      Self.powershell,
      #"printf '%s\n' "$@" > "$0.arguments"; env > "$0.environment"; cat > "$0.input"; echo '{}'"#)
    _ = try answer("os.build", "memory.size")
    func kept(_ name: String) throws -> String {
      try String(
        contentsOf: folder.url.appendingPathComponent("System32/\(Self.powershell).\(name)"), encoding: .utf8)
    }
    let questions = WindowsScript.selection(for: ["os.build", "memory.size"])
    #expect(
      try kept("arguments")
        == "-NoLogo\n-NoProfile\n-NonInteractive\n-Command\n\(WindowsScript.commandLine(questions))\n")
    #expect(try kept("input") == "")
    let names = try kept("environment").split(separator: "\n").compactMap { $0.split(separator: "=").first }
    // The shell adds a few of its own.
    #expect(
      Set(names).isSubset(of: ["PWD", "SHLVL", "_", "OLDPWD", "SystemRoot", "WSL_INTEROP"]), "\(names)")
  }

  @Test("no program is started for facts that none tells")
  func lazy() throws {
    try tool(Self.powershell, "touch '\(folder.url.path)/started'")
    try tool("bcdedit.exe", "touch '\(folder.url.path)/started'")
    #expect(try answer("antivirus.status") == "")
    #expect(try answer("dma.kernel_protection").hasPrefix("dma.kernel_protection?msinfo32 takes a minute"))
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("started").path))
  }

  @Test("a tool that fails leaves its own facts unknown and no others")
  func failures() throws {
    try tool(Self.powershell, #"echo '{"Control":{"PEFirmwareType":2,"SystemStartOptions":"x"}}'"#)
    try tool("bcdedit.exe", "echo 'Access is denied.'; exit 5")
    #expect(
      try answer("boot.uefi", "boot.debugging")
        == "boot.debugging?it ended with exit code 5: 'Access is denied.'; boot.uefi=true")
    try tool("bcdedit.exe", "echo 'no' >&2; kill -9 $$")
    #expect(
      try answer("boot.uefi", "boot.debugging") == "boot.debugging?it was ended by signal 9; boot.uefi=true")
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("System32/bcdedit.exe"))
    #expect(
      try answer("boot.uefi", "boot.debugging").hasPrefix(
        "boot.debugging?this Windows does not have the program '"))
  }

  @Test("a tool that hangs or floods is ended")
  func hangsAndFloods() throws {
    try tool(Self.powershell, "yes x")
    try tool("bcdedit.exe", "sleep 1000")
    let start = ContinuousClock.now
    #expect(
      try answer("boot.uefi", "boot.debugging", seconds: 1)
        == "boot.debugging?it was ended after 1 s, the time limit; boot.uefi?it was ended after 100000 bytes of output, the limit"
    )
    #expect(ContinuousClock.now - start < .seconds(8))
  }

  @Test("a question that PowerShell leaves out is unknown")
  func leftOut() throws {
    try tool(Self.powershell, "echo '{\"MiniNT\":{\"Present\":false}}'")
    #expect(try answer("boot.winpe", "os.build") == "boot.winpe=false; os.build?no tool of Windows told it")
  }
}

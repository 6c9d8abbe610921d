import Foundation
import Testing

/// What is left of a probe's program when policyc itself is ended from outside.
@Suite("Programs of probes")
struct ProbeSurvivorTests {
  @Test(
    "no program outlives policyc, whatever ends it", arguments: [SIGKILL, SIGTERM, SIGINT, SIGHUP])
  func killed(by signal: Int32) throws {
    let folder = try Folder()
    try folder.write(
      """
      trap '' TERM HUP INT
      setsid sh -c 'echo $$ >> ids; sleep 1000 & echo $! >> ids; wait' &
      (sh -c 'trap "" TERM HUP INT; echo $$ >> ids; while :; do sleep 1; done' &)
      echo $$ >> ids
      while :; do sleep 1; done

      """, to: "probe")
    // The shell is the program: a script that was just written may still be open in a process that another test is starting.
    let probe = #"exec:["/bin/sh", "probe"]"#
    let running = try Tool.start([Tool.path, "probe", probe, "--timeout", "60"], in: folder)
    func ids() -> [Substring] { folder.text("ids").split(whereSeparator: \.isWhitespace) }
    for _ in 0..<1000 where ids().count < 4 { usleep(10_000) }
    #expect(ids().count == 4)
    running.send(signal)
    #expect(try running.end(within: 20).ending == .signal(signal))
    for id in ids() { #expect(ends(id), "\(id)") }
  }

  /// Whether a process ends within five seconds; one that nobody reaped counts as ended.
  private func ends(_ process: Substring) -> Bool {
    for _ in 0..<500 {
      guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        !status.contains(") Z ")
      else { return true }
      usleep(10_000)
    }
    return false
  }
}

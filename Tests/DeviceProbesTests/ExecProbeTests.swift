import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("ExecProbe", .serialized)
struct ExecProbeTests {
  static let facts = declarations("os.build", "tpm.present")

  /// What a shell script that is used as a probe gives: `name=value` and `name?reason`.
  private func answer(
    _ script: String, arguments: [String] = [], limits: ProgramLimits = ProgramLimits()
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.file("probe", "#!/bin/sh\n" + script, executable: true)
    return try answer([path] + arguments, limits: limits)
  }

  private func answer(_ command: [String], limits: ProgramLimits = ProgramLimits()) throws -> String {
    let found = try SignalTurn.take { try ExecProbe(arguments: command, limits: limits).observe(Self.facts) }
    return found.sorted { $0.key < $1.key }.map { name, observation in
      switch observation.content {
      case .value(let value): "\(name)=\(value)"
      case .unknown(let reason): "\(name)?\(reason)"
      }
    }.joined(separator: " ")
  }

  private func both(_ reason: String) -> String { "os.build?\(reason) tpm.present?\(reason)" }

  /// Whether a process ends within two seconds; one that nobody reaped counts as ended.
  private func ends(_ process: some StringProtocol) -> Bool {
    for _ in 0..<200 {
      guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        !status.contains(") Z ")
      else { return true }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return false
  }

  @Test("facts that a program prints as JSON are reported by it")
  func prints() throws {
    #expect(
      try answer(#"echo '{"os.build": "10.0.22631.2792", "tpm": {"present": true}}'"#)
        == "os.build=10.0.22631.2792 tpm.present=true")
    let folder = try TemporaryFolder()
    let path = try folder.file("p", "#!/bin/sh\necho '{\"tpm.present\": true}'", executable: true)
    let observation = try SignalTurn.take {
      try ExecProbe(arguments: [path]).observe(Self.facts)["tpm.present"]
    }
    #expect(observation?.source == "exec:\(path)")
    #expect(observation?.level == .reported)
  }

  @Test("arguments reach the program as they are, without a shell")
  func arguments() throws {
    #expect(
      try answer(
        #"[ "$1" = '$(id) "; *' ] && [ $# = 1 ] && echo '{"tpm.present": true}'"#, arguments: [#"$(id) "; *"#]
      )
        == "tpm.present=true")
  }

  @Test("the program learns which facts are wanted, has nothing to read, and inherits no descriptor of ours")
  func surroundings() throws {
    let leaked = open("/dev/null", O_RDONLY)
    defer { close(leaked) }
    #expect(
      try answer(
        """
        [ "$POLICYC_FACTS" = "os.build tpm.present" ] || { echo "facts: $POLICYC_FACTS" >&2; exit 1; }
        read line && { echo "stdin" >&2; exit 1; }
        for fd in /proc/$$/fd/*; do
          case ${fd##*/} in 0|1|2|10|255) continue ;; esac
          [ ! -e "$fd" ] || { echo "inherited: $fd" >&2; exit 1; }
        done
        echo '{"tpm.present": true}'
        """) == "tpm.present=true")
  }

  @Test(
    "a program that fails makes every fact unknown, with its first complaint",
    arguments: [
      ("echo 'no rights' >&2; echo more >&2; exit 3", "it ended with exit code 3: no rights"),
      ("echo '{\"tpm.present\": true}'; exit 1", "it ended with exit code 1"),
      ("printf 'a\\033[31mb\\n' >&2; exit 1", "it ended with exit code 1: a\u{1B}[31mb"),
      ("kill -SEGV $$", "it was ended by signal 11"),
      ("kill -KILL $$", "it was ended by signal 9"),
      (
        ":",
        "its output is not a JSON object of facts: expected a value, found the end of the input (line 1, column 1)"
      ),
      (
        "echo '[]'",
        "its output is not a JSON object of facts: the snapshot is a list; it is a mapping of facts to values (line 1, column 1)"
      ),
      (
        "echo 'tpm.present: true'",
        "its output is not a JSON object of facts: expected a value, found 't' (line 1, column 1)"
      ),
      (
        "echo '{\"tpm.presnt\": true}'",
        "its output is not a JSON object of facts: there is no fact 'tpm.presnt'; did you mean tpm.present?"
      ),
      (
        "echo '{\"tpm.present\": 1}'",
        "its output is not a JSON object of facts: tpm.present is 1; it is true or false"
      ),
    ])
  func fails(script: String, reason: String) throws {
    let found = try answer(script)
    #expect(found == both(reason))
  }

  @Test("a program that cannot be started makes every fact unknown and says why")
  func cannotStart() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.file("plain", "#!/bin/sh\necho {}")
    let orphan = try folder.file("orphan", "#!/no/such/interpreter\n", executable: true)
    let text = try folder.file("text", "just text\n", executable: true)
    #expect(try answer([plain]) == both("it cannot be started: it is not executable by this account"))
    let missing =
      "it cannot be started: there is no such program, or the interpreter that its first line names is missing"
    #expect(try answer([orphan]) == both(missing))
    #expect(try answer(["/no/such/program"]) == both(missing))
    #expect(try answer(["no-such-program-anywhere"]) == both(missing))
    #expect(try answer([text]).contains("it is neither a program for this machine nor a script"))
    #expect(try answer([folder.url.path]).contains("it cannot be started"))
  }

  @Test("a program that sleeps for ever is ended with its children when the time is over")
  func sleepsForEver() throws {
    let folder = try TemporaryFolder()
    let note = folder.url.appendingPathComponent("ids").path
    let start = ContinuousClock.now
    let text = try answer("sleep 1000 & echo $$ $! > '\(note)'; wait", limits: ProgramLimits(seconds: 1))
    #expect(text == both("it was ended after 1 s, the time limit"))
    #expect(ContinuousClock.now - start < .seconds(5))
    for process in try String(contentsOfFile: note, encoding: .utf8).split(whereSeparator: \.isWhitespace) {
      #expect(ends(process))
    }
  }

  @Test("a program that ignores signals is ended all the same")
  func ignoresSignals() throws {
    #expect(
      try answer("trap '' TERM INT HUP; while :; do sleep 1; done", limits: ProgramLimits(seconds: 1))
        == both("it was ended after 1 s, the time limit"))
  }

  @Test("a program that prints for ever is ended at the output limit")
  func printsForEver() throws {
    let start = ContinuousClock.now
    #expect(try answer(["yes"]) == both("it was ended after 1048576 bytes of output, the limit"))
    #expect(
      try answer("echo '{\"tpm.present\": true}'", limits: ProgramLimits(outputBytes: 21))
        == both("it was ended after 21 bytes of output, the limit"))
    #expect(
      try answer("printf '{\"tpm.present\": true}'", limits: ProgramLimits(outputBytes: 21))
        == "tpm.present=true")
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("complaints without end neither hold a program up nor fill memory")
  func complainsForEver() throws {
    #expect(
      try answer("yes x | head -c 3000000 >&2; echo '{\"tpm.present\": true}'") == "tpm.present=true")
    #expect(
      try answer("yes >&2", limits: ProgramLimits(seconds: 1))
        == both("it was ended after 1 s, the time limit"))
  }

  @Test("a child that holds the output open is not waited for, and is ended")
  func childHoldsPipe() throws {
    let folder = try TemporaryFolder()
    let note = folder.url.appendingPathComponent("id").path
    let start = ContinuousClock.now
    let text = try answer("sleep 1000 & echo $! > '\(note)'; echo '{\"tpm.present\": true}'")
    #expect(text == "tpm.present=true")
    #expect(ContinuousClock.now - start < .seconds(5))
    let process = try String(contentsOfFile: note, encoding: .utf8).trimmingCharacters(
      in: .whitespacesAndNewlines)
    #expect(ends(process))
  }

  @Test(
    "nothing that a program starts outlives it, whatever session it is in and whatever it ignores",
    arguments: [
      "setsid sh -c 'echo $$ >> ids; exec sleep 1000' & ",
      "(setsid sh -c 'echo $$ >> ids; sleep 1000 & echo $! >> ids; wait' &) ",
      "(trap '' TERM HUP INT; setsid sh -c 'echo $$ >> ids; while :; do sleep 1; done' &) ",
      "setsid sh -c 'setsid sh -c \"setsid sleep 1000 & echo \\$! >> ids\" & sleep 1000 & echo $! >> ids; wait' & ",
    ], ["", "sleep 1000", "yes"])
  func survivors(start: String, then: String) throws {
    let folder = try TemporaryFolder()
    let script = "cd '\(folder.url.path)'; \(start)\nwhile [ ! -s ids ]; do sleep 0.05; done; \(then)"
    _ = try answer(script, limits: ProgramLimits(seconds: then.isEmpty ? 10 : 2))
    let ids = try String(contentsOf: folder.url.appendingPathComponent("ids"), encoding: .utf8)
      .split(whereSeparator: \.isWhitespace)
    #expect(!ids.isEmpty)
    for id in ids { #expect(ends(id), "\(id)") }
  }

  @Test("a tree that grows while it is cut down is cut down")
  func storm() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    // Each of them starts two more in a session of their own and ends, nine generations deep.
    _ = try folder.file(
      "grow",
      "#!/bin/sh\n[ $1 -gt 0 ] || exec sleep 1000\nfor i in 1 2; do setsid '\(path)/grow' $(($1 - 1)) & done\n",
      executable: true)
    #expect(try answer("'\(path)/grow' 9 & sleep 0.3; echo '{\"tpm.present\": true}'") == "tpm.present=true")
    func remaining() -> Int {
      (folderNames("/proc") ?? []).count { id in
        guard Int(id) != nil else { return false }
        return (try? String(contentsOfFile: "/proc/\(id)/cmdline", encoding: .utf8))?.contains("\(path)/grow")
          == true
      }
    }
    #expect(remaining() == 0)
  }

  @Test("the program gets a short environment and no terminal")
  func environment() throws {
    setenv("POLICYC_TEST_TOKEN", "secret", 1)
    defer { unsetenv("POLICYC_TEST_TOKEN") }
    #expect(
      try answer(
        """
        names=$(tr '\\0' '\\n' < /proc/$$/environ | sed 's/=.*//' | sort | tr '\\n' ' ')
        for name in $names; do
          case $name in HOME|LC_ALL|PATH|POLICYC_FACTS|WSL_INTEROP) ;; *) echo "has $name" >&2; exit 1 ;; esac
        done
        [ "$LC_ALL" = C.UTF-8 ] || { echo "locale" >&2; exit 1; }
        [ "$PATH" = /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ] || { echo "$PATH" >&2; exit 1; }
        if (: > /dev/tty) 2> /dev/null; then echo "terminal" >&2; exit 1; fi
        echo '{"tpm.present": true}'
        """) == "tpm.present=true")
  }

  @Test(
    "a program that stops or kills what watches over it makes the facts unknown and does not hold the check up"
  )
  func attacksSupervisor() throws {
    let start = ContinuousClock.now
    #expect(try answer("kill -KILL $PPID; sleep 1000").contains("how it ended could not be learned"))
    #expect(
      try answer("kill -STOP $PPID; sleep 1000", limits: ProgramLimits(seconds: 1))
        == both("it was ended after 1 s, the time limit"))
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("output of some size arrives whole")
  func bigOutput() throws {
    let script =
      #"printf '{"device.model":"'; head -c 900000 /dev/zero | tr '\0' x; printf '", "tpm.present": true}'"#
    #expect(try answer(script) == "tpm.present=true")
  }

  @Test("no descriptor and no zombie is left, whatever the program does")
  func leavesNothing() throws {
    func openDescriptors() -> Int { folderNames("/proc/self/fd")?.count ?? 0 }
    func children() -> Int {
      (folderNames("/proc") ?? []).filter {
        guard let status = try? String(contentsOfFile: "/proc/\($0)/stat", encoding: .utf8) else {
          return false
        }
        return status.contains(") Z \(getpid()) ")
      }.count
    }
    let before = (openDescriptors(), children())
    for _ in 0..<20 {
      _ = try answer("echo {}")
      _ = try answer("exit 1")
      _ = try answer(["/no/such/program"])
      _ = try answer("yes", limits: ProgramLimits(outputBytes: 10))
    }
    // Tests that run beside this one have a few of their own.
    #expect(openDescriptors() < before.0 + 20)
    #expect(children() < before.1 + 5)
  }
}

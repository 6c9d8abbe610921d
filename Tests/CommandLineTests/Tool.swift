import Foundation
import Glibc

/// How a process ended.
enum Ending: Hashable, CustomStringConvertible {
  case exit(Int32)
  case signal(Int32)
  /// It had not ended in time and was killed.
  case timeout

  var description: String {
    switch self {
    case .exit(let code): "exit \(code)"
    case .signal(let number): "signal \(number)"
    case .timeout: "no end within the time limit"
    }
  }
}

/// What a run of a program left behind.
struct Run: CustomStringConvertible {
  let ending: Ending
  let output: String
  let errors: String
  let seconds: Double
  /// Whether both streams are UTF-8.
  let isText: Bool

  /// The exit code, or nil when it did not end by itself.
  var status: Int32? { if case .exit(let code) = ending { code } else { nil } }

  var description: String { "\(ending) after \(seconds) s\n\(output.prefix(2000))\(errors.prefix(4000))" }
}

/// The command line under test, as a program of its own.
enum Tool {
  /// The release build that scripts/test names, or else the one beside the test bundle.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["POLICYC_BINARY"] { return named }
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("policyc").path
  }()

  /// Runs `policyc` with arguments; `input` goes to its standard input. It is given `memory` bytes to write to, or as
  /// many as it likes; beyond them it cannot go on and ends by a signal.
  static func run(
    _ arguments: [String], in folder: Folder, environment: [String: String] = [:], input: [UInt8] = [],
    limit: Double = 60, memory: Int? = nil
  ) throws -> Run {
    let bounds = memory.map { ["/usr/bin/prlimit", "--data=\($0)", "--"] } ?? []
    return try start(bounds + [path] + arguments, in: folder, environment: environment, input: input).end(
      within: limit)
  }

  /// Runs a line of shell in which `policyc` is the program under test.
  static func shell(
    _ line: String, in folder: Folder, environment: [String: String] = [:], limit: Double = 60
  ) throws -> Run {
    let line = "policyc() { \"$POLICYC\" \"$@\"; }; \(line)"
    let environment = environment.merging(["POLICYC": path]) { given, _ in given }
    return try start(["/bin/bash", "-c", line], in: folder, environment: environment, input: []).end(
      within: limit)
  }

  /// Starts a program in a folder. Its output goes to files, so that nothing it writes can block it.
  static func start(
    _ command: [String], in folder: Folder, environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> Running {
    let streams = try Folder()
    try streams.write(input, to: "in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams.path("in"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, streams.path("out"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, streams.path("err"), O_WRONLY | O_CREAT, 0o600)

    // Whatever started the tests may have had SIGINT or SIGPIPE ignored, and a program inherits that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var variables = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "SWIFT_BACKTRACE": "enable=no", "HOME": folder.path,
    ]
    variables.merge(environment) { _, given in given }
    // posix_spawn cannot change the folder on every system; env becomes the program, under the same process id.
    let command = ["/usr/bin/env", "-C", folder.path] + command
    var arguments = command.map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + settings { free(pointer) } }
    var process: pid_t = 0
    let began = DispatchTime.now()
    let status = posix_spawn(&process, command[0], &actions, &attributes, &arguments, &settings)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
    return Running(process: process, folder: folder, streams: streams, began: began)
  }
}

/// A program that was started and has to be waited for.
struct Running {
  let process: pid_t
  /// Kept for as long as the program may need it.
  let folder: Folder
  let streams: Folder
  let began: DispatchTime

  var seconds: Double { Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9 }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for the end, and kills the program when it does not come in time.
  func end(within limit: Double) throws -> Run {
    var status: Int32 = 0
    var timedOut = false
    while waitpid(process, &status, WNOHANG) == 0 {
      if !timedOut, seconds > limit {
        timedOut = true
        kill(process, SIGKILL)
      }
      usleep(2000)
    }
    let ending: Ending =
      timedOut ? .timeout : status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F)
    let isText = ["out", "err"].allSatisfy {
      String(validating: streams.bytes($0) ?? [], as: UTF8.self) != nil
    }
    return Run(
      ending: ending, output: streams.text("out"), errors: streams.text("err"), seconds: seconds,
      isText: isText)
  }
}

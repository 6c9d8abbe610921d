import CStarter
import FileAccess

#if canImport(Glibc)
  import Glibc
#endif

/// What a program may take.
package struct ProgramLimits: Hashable, Sendable {
  /// Seconds from its start to its end.
  package var seconds: Int
  /// Bytes on its standard output.
  package var outputBytes: Int

  /// The limits given, 10 seconds and 1 MiB else.
  package init(seconds: Int = 10, outputBytes: Int = 1 << 20) {
    self.seconds = min(max(seconds, 1), 3600)
    self.outputBytes = min(max(outputBytes, 1), 64 << 20)
  }
}

/// How a program ended.
enum ProgramOutcome: Hashable, Sendable {
  case exited(Int32, output: [UInt8], errors: [UInt8])
  case signalled(Int32, errors: [UInt8])
  case cannotStart(Int32)
  case tookTooLong
  case wroteTooMuch
  case interrupted
  /// Who would know how it ended is gone.
  case lost(Int32)
}

/// A program under a supervisor, a process of our own that kills whatever the program has started when it ends, when it is to end,
/// and when this process is gone.
struct ChildProcess {
  /// Where a program is looked for whose name has no slash, and what its `PATH` is.
  static let folders = [
    "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
  ]
  /// How much of standard error is kept; the rest is read and dropped, so that the program is not held up.
  private static let errorBytes = 4096
  /// How many milliseconds the supervisor gets to end everything; it gives up earlier by itself.
  private static let patience: Int64 = 6000

  private let supervisor: pid_t
  /// The program, once the supervisor has named it.
  private var program: pid_t?
  private var output: Int32
  private var errors: Int32
  /// Everything ends when it is closed.
  private var control: Int32
  private var report: Int32

  /// Runs a program to its end, or to a limit. Nothing that it started is left afterwards.
  static func run(_ arguments: [String], environment: [String], limits: ProgramLimits) -> ProgramOutcome {
    Interruption.begin()
    defer { Interruption.end() }
    switch start(arguments, environment: environment) {
    case .failure(let failure): return .cannotStart(failure.number)
    case .success(var child):
      let outcome = child.finish(limits)
      child.end()
      return outcome
    }
  }

  private struct StartFailure: Error { let number: Int32 }

  private static func start(
    _ arguments: [String], environment: [String]
  ) -> Result<ChildProcess, StartFailure> {
    guard let name = arguments.first, !name.isEmpty else { return .failure(StartFailure(number: ENOENT)) }
    var pipes: [Pipe] = []
    for _ in 0..<4 {
      guard let pipe = Pipe() else {
        let number = errno
        for pipe in pipes { pipe.close() }
        return .failure(StartFailure(number: number))
      }
      pipes.append(pipe)
    }
    let (output, errors, control, report) = (pipes[0], pipes[1], pipes[2], pipes[3])
    var ends = cstarter_pipes(
      output: output.writing, errors: errors.writing, control: control.reading, report: report.writing)
    let paths = name.utf8.contains(UInt8(ascii: "/")) ? [name] : folders.map { "\($0)/\(name)" }
    let (supervisor, number) = withCStrings(paths) { paths in
      withCStrings(arguments) { arguments in
        withCStrings(environment) { environment in
          let supervisor = cstarter_start(paths.map { UnsafePointer($0) }, arguments, environment, &ends)
          return (supervisor, errno)
        }
      }
    }
    guard supervisor > 0 else {
      for pipe in pipes { pipe.close() }
      return .failure(StartFailure(number: number))
    }
    for end in [output.writing, errors.writing, control.reading, report.writing] { close(end) }
    for end in [output.reading, errors.reading, report.reading] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    return .success(
      ChildProcess(
        supervisor: supervisor, output: output.reading, errors: errors.reading, control: control.writing,
        report: report.reading))
  }

  /// Reads what the program writes until the supervisor says how it ended. What a grandchild still holds open is not
  /// waited for.
  private mutating func finish(_ limits: ProgramLimits) -> ProgramOutcome {
    var written: [UInt8] = []
    var complaints: [UInt8] = []
    let deadline = monotonicMilliseconds() + Int64(limits.seconds) * 1000
    while true {
      let ending = messages()
      // In this order: what was written before the end is there by now.
      Self.drain(&output, into: &written, keep: limits.outputBytes + 1)
      Self.drain(&errors, into: &complaints, keep: Self.errorBytes)
      if written.count > limits.outputBytes { return .wroteTooMuch }
      switch ending {
      case .cannotStart(let number): return .cannotStart(number)
      case .ended(let status):
        let signal = status & 0x7F
        return signal == 0
          ? .exited(status >> 8 & 0xFF, output: written, errors: complaints)
          : .signalled(signal, errors: complaints)
      case .lost:
        // As much as can be reached without the supervisor: a group keeps its number as long as it has members.
        if let program { kill(-program, SIGKILL) }
        return .lost(ECHILD)
      case nil: break
      }
      let left = deadline - monotonicMilliseconds()
      if left <= 0 { return .tookTooLong }
      if Interruption.isRequested { return .interrupted }
      var requests = [output, errors, report].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      // A signal that comes just before the call does not end it.
      _ = poll(&requests, nfds_t(requests.count), Int32(min(left, 50)))
    }
  }

  private enum Ending {
    case cannotStart(Int32)
    /// The status of `wait`.
    case ended(Int32)
    /// The supervisor is gone and has not said how the program ended.
    case lost
  }

  /// Reads what the supervisor has said. The program's own end counts less than that it was never started.
  private mutating func messages() -> Ending? {
    while true {
      var message = cstarter_message()
      let size = MemoryLayout<cstarter_message>.size
      let count = withUnsafeMutableBytes(of: &message) { read(report, $0.baseAddress, size) }
      if count == -1, errno == EINTR { continue }
      if count == 0 { return .lost }
      guard count == size else { return nil }
      switch Int(message.kind) {
      case Int(cstarter_started): program = message.value
      case Int(cstarter_cannot_start): return .cannotStart(message.value)
      case Int(cstarter_ended): return .ended(message.value)
      default: return nil
      }
    }
  }

  /// Has the supervisor end everything, and waits for it.
  private mutating func end() {
    for end in [control, output, errors] where end >= 0 { close(end) }
    defer { close(report) }
    let deadline = monotonicMilliseconds() + Self.patience
    while monotonicMilliseconds() < deadline {
      var status: Int32 = 0
      let result = waitpid(supervisor, &status, WNOHANG)
      if result == supervisor || (result == -1 && errno != EINTR) { return }
      // Its end closes the pipe.
      var request = pollfd(fd: report, events: Int16(POLLIN), revents: 0)
      if poll(&request, 1, 50) > 0 {
        var rest = [UInt8](repeating: 0, count: 64)
        if read(report, &rest, rest.count) == 0 { break }
      }
    }
    // The program may have stopped it. While it is not reaped, neither is the program, whose number nobody else has.
    var status: Int32 = 0
    if waitpid(supervisor, &status, WNOHANG) == 0, monotonicMilliseconds() >= deadline {
      if let program { kill(-program, SIGKILL) }
      kill(supervisor, SIGKILL)
    }
    while waitpid(supervisor, &status, 0) == -1, errno == EINTR {}
  }

  /// Reads what is there and keeps the first bytes of it.
  private static func drain(_ pipe: inout Int32, into bytes: inout [UInt8], keep: Int) {
    guard pipe >= 0 else { return }
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    // Bounded, so that a program that writes without end cannot keep this loop from looking at the time.
    for _ in 0..<64 {
      let count = chunk.withUnsafeMutableBytes { read(pipe, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes += chunk[..<min(count, max(keep - bytes.count, 0))]
      } else if count == 0 {
        close(pipe)
        pipe = -1
        return
      } else if errno != EINTR {
        return
      }
    }
  }
}

/// Calls a function with strings as C wants them: an array of pointers that a null pointer ends.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}

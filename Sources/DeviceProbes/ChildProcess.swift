import FileAccess

#if canImport(Glibc)
  import Glibc
#endif

/// What a program may take.
public struct ProgramLimits: Hashable, Sendable {
  /// Seconds from its start to its end.
  public var seconds: Int
  /// Bytes on its standard output.
  public var outputBytes: Int

  /// The limits given, 10 seconds and 1 MiB else.
  public init(seconds: Int = 10, outputBytes: Int = 1 << 20) {
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
  /// Somebody else took its exit status, or the system refused to tell.
  case lost(Int32)
}

/// A program in a process group of its own, which ends with it whatever happens.
struct ChildProcess {
  private let id: pid_t
  private var output: Int32
  private var errors: Int32
  /// How much of standard error is kept; the rest is read and dropped, so that the program is not held up.
  private static let errorBytes = 4096

  /// Runs a program to its end, or to a limit.
  static func run(_ arguments: [String], environment: [String], limits: ProgramLimits) -> ProgramOutcome {
    Interruption.begin()
    defer { Interruption.end() }
    switch start(arguments, environment: environment) {
    case .failure(let failure): return .cannotStart(failure.number)
    case .success(var child): return child.finish(limits)
    }
  }

  private struct StartFailure: Error { let number: Int32 }

  /// Whatever else is open here without close-on-exec is none of the program's business.
  private static func closeOthers(_ actions: inout posix_spawn_file_actions_t) {
    typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    // glibc has it from 2.34 on, and shows it to no Swift program. Unlike a list, it misses nothing that another
    // thread opens meanwhile.
    if let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np"),
      unsafeBitCast(symbol, to: CloseFrom.self)(&actions, 3) == 0
    {
      return
    }
    for descriptor in (folderNames("/proc/self/fd") ?? []).compactMap({ Int32($0) }) where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
  }

  private static func start(
    _ arguments: [String], environment: [String]
  ) -> Result<ChildProcess, StartFailure> {
    guard let output = Pipe() else { return .failure(StartFailure(number: errno)) }
    guard let errors = Pipe() else {
      let number = errno
      close(output.reading)
      close(output.writing)
      return .failure(StartFailure(number: number))
    }
    defer {
      close(output.writing)
      close(errors.writing)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
    closeOthers(&actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals that this program ignores or has blocked would otherwise be ignored or blocked there too.
    var every = sigset_t()
    sigfillset(&every)
    posix_spawnattr_setsigdefault(&attributes, &every)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var id: pid_t = 0
    let result = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        guard let program = arguments.first ?? nil else { return ENOENT }
        return posix_spawnp(&id, program, &actions, &attributes, arguments, environment)
      }
    }
    guard result == 0 else {
      close(output.reading)
      close(errors.reading)
      return .failure(StartFailure(number: result))
    }
    for end in [output.reading, errors.reading] { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
    return .success(ChildProcess(id: id, output: output.reading, errors: errors.reading))
  }

  /// Reads what the program writes until it ends. What a grandchild still holds open is not waited for.
  private mutating func finish(_ limits: ProgramLimits) -> ProgramOutcome {
    defer {
      if output >= 0 { close(output) }
      if errors >= 0 { close(errors) }
    }
    var written: [UInt8] = []
    var complaints: [UInt8] = []
    let deadline = monotonicMilliseconds() + Int64(limits.seconds) * 1000
    var pause: Int64 = 1
    while true {
      let hasEnded = self.hasEnded()
      let gotSome = Self.drain(&output, into: &written, keep: limits.outputBytes + 1)
      _ = Self.drain(&errors, into: &complaints, keep: Self.errorBytes)
      if written.count > limits.outputBytes { return end(as: .wroteTooMuch) }
      if hasEnded { return reap(written, complaints) }
      let left = deadline - monotonicMilliseconds()
      if left <= 0 { return end(as: .tookTooLong) }
      if Interruption.isRequested { return end(as: .interrupted) }
      // A program may end without closing its output, which a grandchild can hold, so waiting for the pipe alone
      // would wait for ever.
      var requests = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      ]
      let timeout = Int32(min(pause, left))
      let ready = poll(&requests, nfds_t(requests.count), timeout)
      pause = ready > 0 && gotSome ? 1 : min(pause * 2, 50)
    }
  }

  /// Whether the program has ended; it stays unreaped, so that its process group cannot become somebody else's.
  private func hasEnded() -> Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 ? errno != EINTR : information.si_signo != 0
  }

  private func end(as outcome: ProgramOutcome) -> ProgramOutcome {
    kill(-id, SIGKILL)
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    return outcome
  }

  private func reap(_ written: [UInt8], _ complaints: [UInt8]) -> ProgramOutcome {
    kill(-id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1 {
      guard errno == EINTR else { return .lost(errno) }
    }
    let signal = status & 0x7F
    return signal == 0
      ? .exited(status >> 8 & 0xFF, output: written, errors: complaints)
      : .signalled(signal, errors: complaints)
  }

  /// Reads what is there and keeps the first bytes of it; false when the pipe is closed or has nothing now.
  private static func drain(_ pipe: inout Int32, into bytes: inout [UInt8], keep: Int) -> Bool {
    guard pipe >= 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    var gotSome = false
    // Bounded, so that a program that writes without end cannot keep this loop from looking at the time.
    for _ in 0..<64 {
      let count = chunk.withUnsafeMutableBytes { read(pipe, $0.baseAddress, $0.count) }
      if count > 0 {
        gotSome = true
        bytes += chunk[..<min(count, max(keep - bytes.count, 0))]
      } else if count == 0 {
        close(pipe)
        pipe = -1
        return gotSome
      } else if errno != EINTR {
        return gotSome
      }
    }
    return gotSome
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

import FileAccess
import PolicyModel

#if canImport(Glibc)
  import Glibc
#endif

/// `windows`: the Windows that this program runs on, or below which it runs in WSL, asked through Windows' own tools.
///
/// Each tool is started by its absolute path below the system folder, with a trimmed environment, nothing on its standard input, and limits on
/// time and output. One that fails leaves its own facts unknown and no others. What Windows says is reported.
package struct WindowsProbe: DeviceProbe {
  /// The folder of Windows, such as `/mnt/c/Windows`; nil when this machine has none.
  package let systemRoot: String?
  /// What each tool may take; PowerShell, which is asked some twenty questions, may take six times as long.
  package let limits: ProgramLimits

  /// A probe of the Windows in a folder, by default the one of this machine.
  package init(
    systemRoot: String? = WindowsProbe.systemRootOfThisMachine, limits: ProgramLimits = ProgramLimits()
  ) {
    self.systemRoot = systemRoot
    self.limits = limits
  }

  /// `windows`; the source of an observation has the tool's name behind it.
  package var name: String { "windows" }

  /// What the tools of Windows tell.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: WindowsSource.facts.map { ($0, EvidenceLevel.reported) }))
  }

  /// `%SystemRoot%`, or where WSL mounts it; nil when neither is there.
  package static var systemRootOfThisMachine: String? {
    [getenv("SystemRoot").map { String(cString: $0) }, "/mnt/c/Windows"].compactMap { $0 }.first {
      ($0.hasPrefix("/") || $0.dropFirst().hasPrefix(":")) && isFolder("\($0)/System32")
    }
  }

  /// Asks the tools; of several that tell a fact the first value counts. It never throws.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    WindowsAnswers.first(try answers(to: facts))
  }

  /// What each tool says.
  package func answers(to facts: [FactDeclaration]) throws(ProbeError) -> [[String: Observation]] {
    let wanted = Set(facts.map(\.name)).intersection(WindowsSource.facts)
    guard !wanted.isEmpty else { return [] }
    var answers = WindowsAnswers(wanted)
    guard let systemRoot else {
      answers.miss(
        wanted, "this machine does not run Windows; record the tools' output there and use recording:DIR",
        from: name)
      return answers.answers
    }
    for source in WindowsSource.all {
      let output = "\(name)/\(source.name)"
      switch source.live {
      case .script:
        let questions = WindowsScript.selection(for: wanted)
        guard !questions.isEmpty else { continue }
        let script = WindowsScript.commandLine(questions)
        let result = run(
          "\(systemRoot)/System32/WindowsPowerShell/v1.0/powershell.exe",
          ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script],
          ProgramLimits(seconds: limits.seconds * 6, outputBytes: limits.outputBytes))
        add(result, of: source, telling: questions.flatMap(\.facts), from: output, &answers)
      case .program(let program, let arguments) where source.facts.contains(where: wanted.contains):
        let result = run("\(systemRoot)/System32/\(program)", arguments, limits)
        add(result, of: source, telling: source.facts, from: output, &answers)
      case .never(let reason): answers.miss(source.facts, reason, from: output)
      case .program, .notByItself: continue
      }
    }
    answers.recognizeMachine()
    answers.miss(answers.missing, "no tool of Windows told it", from: name)
    return answers.answers
  }

  private enum RunResult {
    case output([UInt8])
    case failure(String)
  }

  private func add(
    _ result: RunResult, of source: WindowsSource, telling facts: [String], from output: String,
    _ answers: inout WindowsAnswers
  ) {
    switch result {
    case .output(let bytes): answers.add(source.readings(of: bytes), from: output)
    case .failure(let reason): answers.miss(facts, reason, from: output)
    }
  }

  private func run(_ program: String, _ arguments: [String], _ limits: ProgramLimits) -> RunResult {
    // WSL starts programs of Windows through the socket that the second one names.
    let environment = ["SystemRoot", "WSL_INTEROP"].compactMap { (key: String) -> String? in
      getenv(key).map { "\(key)=\(String(cString: $0))" }
    }
    switch ChildProcess.run([program] + arguments, environment: environment, limits: limits) {
    case .exited(0, let output, _): return .output(output)
    case .exited(let code, let output, let errors):
      let said = [errors, output].lazy.compactMap { ToolText($0).firstLine }.first
      return .failure("it ended with exit code \(code)\(said.map { ": \(ToolText.quote($0))" } ?? "")")
    case .signalled(let signal, _): return .failure("it was ended by signal \(signal)")
    case .cannotStart(ENOENT):
      return .failure("this Windows does not have the program \(ToolText.quote(program))")
    case .cannotStart(let number):
      return .failure("it cannot be started: \(String(cString: strerror(number)))")
    case .tookTooLong: return .failure("it was ended after \(limits.seconds) s, the time limit")
    case .wroteTooMuch: return .failure("it was ended after \(limits.outputBytes) bytes of output, the limit")
    case .interrupted: return .failure("it was interrupted")
    case .lost(let number):
      return .failure("how it ended could not be learned: \(String(cString: strerror(number)))")
    }
  }
}

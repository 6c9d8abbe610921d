import Diagnostics
import PolicyModel
import YAMLInput

#if canImport(Glibc)
  import Glibc
#endif

/// `exec:PROGRAM`: a program that prints facts as one JSON object.
///
/// It is started without a shell and without a terminal, with nothing on its standard input, with little of our environment, and with
/// the names of the wanted facts in `POLICYC_FACTS`. Whatever it starts ends with it. When it fails, takes too long, writes too much or writes something
/// else, every wanted fact is unknown, for that reason. What it says is reported, never attested.
package struct ExecProbe: DeviceProbe {
  /// The program and its arguments.
  package let arguments: [String]
  /// What it may take.
  package let limits: ProgramLimits

  /// A probe that runs a program, found in ``ChildProcess/folders`` when its name has no slash.
  package init(arguments: [String], limits: ProgramLimits = ProgramLimits()) {
    self.arguments = arguments
    self.limits = limits
  }

  /// `exec:PROGRAM`, without its arguments, which may hold what is not for a report.
  package var name: String { "exec:\(arguments.first ?? "")" }

  /// Whatever the program prints.
  package var coverage: ProbeCoverage { .everyFact(.reported) }

  /// Runs the program. It never throws: a program that fails makes the facts unknown.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    switch ChildProcess.run(arguments, environment: environment(for: facts), limits: limits) {
    case .exited(0, let output, _):
      do throws(SnapshotError) {
        return try FileProbe.json(output, facts, source: name)
      } catch {
        let place = error.place.map { " (line \($0.line), column \($0.column))" } ?? ""
        return unknown(facts, "its output is not a JSON object of facts: \(error.message)\(place)")
      }
    case .exited(let code, _, let errors):
      return unknown(facts, "it ended with exit code \(code)\(complaint(errors))")
    case .signalled(let signal, let errors):
      return unknown(facts, "it was ended by signal \(signal)\(complaint(errors))")
    case .cannotStart(let number):
      return unknown(facts, "it cannot be started: \(explanation(of: number))")
    case .tookTooLong:
      return unknown(facts, "it was ended after \(limits.seconds) s, the time limit")
    case .wroteTooMuch:
      return unknown(facts, "it was ended after \(limits.outputBytes) bytes of output, the limit")
    case .interrupted:
      return unknown(facts, "it was interrupted")
    case .lost(let number):
      return unknown(facts, "how it ended could not be learned: \(explanation(of: number))")
    }
  }

  private func unknown(_ facts: [FactDeclaration], _ reason: String) -> [String: Observation] {
    let observation = Observation(.unknown(reason: reason), source: name)
    return Dictionary(facts.map { ($0.name, observation) }, uniquingKeysWith: { first, _ in first })
  }

  private func explanation(of number: Int32) -> String {
    switch number {
    case ENOENT: "there is no such program, or the interpreter that its first line names is missing"
    case EACCES: "it is not executable by this account"
    case ENOEXEC:
      "it is neither a program for this machine nor a script whose first line names an interpreter"
    default: String(cString: strerror(number))
    }
  }

  /// The first line of what the program wrote on standard error.
  private func complaint(_ errors: [UInt8]) -> String {
    let line = errors.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    return text.isEmpty ? "" : ": \(text)"
  }

  /// All that the program gets to know of our environment, which may hold secrets, such as the tokens of a CI job: where the account's
  /// files are, and by what WSL starts programs of Windows. What it needs besides is for its arguments.
  private func environment(for facts: [FactDeclaration]) -> [String] {
    let passedOn = ["HOME", "WSL_INTEROP"].compactMap { (key: String) -> String? in
      getenv(key).map { "\(key)=\(String(cString: $0))" }
    }
    return ["PATH=\(ChildProcess.folders.joined(separator: ":"))", "LC_ALL=C.UTF-8"] + passedOn
      + ["POLICYC_FACTS=" + facts.map(\.name).joined(separator: " ")]
  }
}

import FileAccess
import PolicyModel
import TPMEvidence

/// A source of facts about one device.
///
/// A probe answers for the facts that it can read and keeps silent about the others. A fact that it should be able to
/// read and cannot is *unknown* with a reason; a probe never guesses, and never blocks without a limit.
package protocol DeviceProbe: Sendable {
  /// The probe as the command line names it, such as `tpm:device:/dev/tpmrm0`; the source of its observations.
  var name: String { get }

  /// Which facts it can give, and how far its word can be trusted.
  var coverage: ProbeCoverage { get }

  /// Reads the given facts, or those of them that it can give; facts that it cannot give are not in the answer.
  ///
  /// - Throws: ``ProbeError`` when what it reads is not there or is not understood, so that nothing it says counts.
  func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation]

  /// Whether it reads a file, so that it can be asked for more at no cost, and may find nothing when it is asked again: a pipe is empty then.
  var readsFile: Bool { get }

  /// The same of each thing that it reads, the one with the first word first, so that contradictions among them come to light.
  func answers(to facts: [FactDeclaration]) throws(ProbeError) -> [[String: Observation]]
}

extension DeviceProbe {
  /// It asks a machine, a TPM or a program.
  package var readsFile: Bool { false }

  /// One answer, of a probe that reads one thing.
  package func answers(to facts: [FactDeclaration]) throws(ProbeError) -> [[String: Observation]] {
    [try observe(facts)]
  }
}

/// The facts that a probe can give, and their evidence level.
package enum ProbeCoverage: Hashable, Sendable {
  /// Whatever its author put in.
  case everyFact(EvidenceLevel)
  /// These facts and no others.
  case facts([String: EvidenceLevel])
}

/// Why a probe as a whole could not be used.
package enum ProbeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that it reads is missing or unreadable.
  case file(FileError)
  /// What it reads is not what a probe reads: a snapshot with a misspelt fact, say.
  case content(path: String, SnapshotError)
  /// It is not a boot log, or a damaged one.
  case bootLog(path: String, EventLogError)
  /// A folder without any file that a recording has.
  case noRecording(path: String, files: [String])
  /// It is not a file of evidence, or its facts are no snapshot.
  case evidence(path: String, EvidenceFormatError)
  /// A library that it is judged with is not on this machine; the text says which, and what helps.
  case noLibrary(path: String, String)

  private static let whereLogsAre =
    #"; Windows keeps its boot logs in C:\Windows\Logs\MeasuredBoot, Linux in "#
    + "/sys/kernel/security/tpm0/binary_bios_measurements"

  /// The file, the place in it, and one plain sentence.
  package var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .content(let path, let error): "\(path):\(error)"
    case .evidence(let path, let error): "'\(path)' is not evidence that can be read: \(error)"
    case .noLibrary(let path, let advice): "'\(path)' cannot be judged: \(advice)"
    case .bootLog(let path, let error):
      "'\(path)' is not a boot log, or is damaged: \(error)\(error.event == 0 ? Self.whereLogsAre : "")"
    case .noRecording(let path, let files):
      "the folder '\(path)' has no file of a recording; it may have \(files.joined(separator: ", "))"
    }
  }
}

import Diagnostics
import FileAccess
import PolicyModel

#if canImport(Glibc)
  import Glibc
#endif

/// `recording:DIR`: a folder with what Windows' tools printed on another machine, read as if they had printed it now.
///
/// docs/probes.md lists the names of the files and the commands that print them. Files of other names are left alone. What a recording
/// says is reported: whoever made it may have changed it.
package struct RecordingProbe: DeviceProbe {
  /// The folder.
  package let path: String
  /// The most files that a folder may have.
  static let fileLimit = 1000
  private static let suffixes = ["txt", "log", "json", "out"]

  package init(path: String) { self.path = path }

  /// `recording:DIR`; the source of an observation has the file's name behind it.
  package var name: String { "recording:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// What the tools of Windows tell.
  package var coverage: ProbeCoverage {
    .facts(Dictionary(uniqueKeysWithValues: WindowsSource.facts.map { ($0, EvidenceLevel.reported) }))
  }

  /// Reads the recording; of several files that tell a fact the first value counts.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    WindowsAnswers.first(try answers(to: facts))
  }

  /// What each file says.
  package func answers(to facts: [FactDeclaration]) throws(ProbeError) -> [[String: Observation]] {
    let wanted = Set(facts.map(\.name)).intersection(WindowsSource.facts)
    guard !wanted.isEmpty else { return [] }
    let names = try fileNames()
    let known = Dictionary(grouping: names) { Self.source(of: $0)?.name ?? "" }
    var answers = WindowsAnswers(wanted)
    for source in WindowsSource.all where isAsked(source, wanted) {
      for name in known[source.name] ?? [] {
        let output = "\(self.name)/\(name)"
        switch contents(of: name) {
        case .success(let bytes): answers.add(source.readings(of: bytes), from: output)
        case .failure(let refusal): answers.miss(source.facts, refusal.reason, from: output)
        }
      }
    }
    answers.recognizeMachine()
    explainMissing(&answers, strangers: known[""] ?? [])
    return answers.answers
  }

  private func isAsked(_ source: WindowsSource, _ wanted: Set<String>) -> Bool {
    source.facts.contains(where: wanted.contains)
      || (source.tellsSigns && !wanted.isDisjoint(with: WindowsSource.signFacts))
  }

  /// Why nobody told a fact: the file is not there, or has a name that is nearly right.
  private func explainMissing(_ answers: inout WindowsAnswers, strangers: [String]) {
    for fact in answers.missing.sorted() {
      let sources = WindowsSource.all.filter {
        $0.facts.contains(fact) || ($0.tellsSigns && WindowsSource.signFacts.contains(fact))
      }
      let files = sources.map(\.fileName)
      var reason = "the folder has no \(files.joined(separator: ", no "))"
      for stranger in strangers {
        guard let near = closest(to: stranger, in: files) else { continue }
        reason += "; is \(ToolText.quote(stranger)) meant to be \(near)?"
        break
      }
      answers.miss([fact], reason, from: name)
    }
  }

  /// The names of the files, sorted. A folder without any that is known is no recording.
  private func fileNames() throws(ProbeError) -> [String] {
    guard isFolder(path), let names = folderNames(path) else {
      var status = stat()
      let problem: FileError.Problem =
        stat(path, &status) != 0 ? .notFound : isFolder(path) ? .readingNotPermitted : .notAFolder
      throw .file(FileError(path, problem))
    }
    guard names.count <= Self.fileLimit else {
      throw .file(FileError(path, .tooManyEntries(limit: Self.fileLimit)))
    }
    guard names.contains(where: { Self.source(of: $0) != nil }) else {
      throw .noRecording(path: path, files: Self.allFileNames)
    }
    return names
  }

  /// The names of the files that a recording may have.
  package static let allFileNames = WindowsSource.all.map(\.fileName)

  /// What one file of a recording says by itself; nil when no file of a recording has that name.
  package static func observations(inFile name: String, _ bytes: [UInt8]) -> [String: Observation]? {
    guard let source = source(of: name) else { return nil }
    var answers = WindowsAnswers(WindowsSource.facts)
    answers.add(source.readings(of: bytes), from: name)
    return WindowsAnswers.first(answers.answers)
  }

  /// The source whose output a file has by its name, without regard to case, and to what separates words.
  static func source(of name: String) -> WindowsSource? {
    let bytes = name.utf8
    guard bytes.count <= 128, let dot = name.lastIndex(of: "."),
      suffixes.contains(name[name.index(after: dot)...].lowercased())
    else { return nil }
    return sources[key(name[..<dot])]
  }

  private static let sources: [String: WindowsSource] = {
    var sources: [String: WindowsSource] = [:]
    for source in WindowsSource.all {
      for name in [source.name] + source.aliases { sources[key(name[...])] = source }
    }
    return sources
  }()

  private static func key(_ name: Substring) -> String {
    String(name.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || ("0"..."9").contains($0) })
  }

  private struct Refusal: Error { let reason: String }

  /// The bytes of a file of the folder itself: a link could lead anywhere.
  private func contents(of name: String) -> Result<[UInt8], Refusal> {
    let file = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
    var status = stat()
    guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failure(
        Refusal(reason: "\(ToolText.quote(name)) is no regular file, and links are not followed"))
    }
    do throws(FileError) {
      return .success(try readFile(file, limit: ToolText.byteLimit))
    } catch {
      return .failure(Refusal(reason: "\(error)"))
    }
  }
}

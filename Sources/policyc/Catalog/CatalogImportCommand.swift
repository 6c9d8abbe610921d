import ArgumentParser
import CSPCatalog
import FileAccess

/// `policyc catalog import`: from DDF files to a catalogue.
struct CatalogImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a catalogue from Microsoft's DDF files.",
    discussion: """
      A PATH is a DDF file of version 1 or 2, a folder of them, or a .zip archive of them as Microsoft publishes it. \
      The same files give the same bytes, in whatever order they are named.

      Version 2 wins: nodes of a version 1 file are taken for CSPs that no version 2 file describes. Releases \
      named with --older add what the newest lacks: such CSPs, and for paths that are gone since, when they \
      were last seen or where they moved.

      A file that is no DDF or is cut off is an error, and then nothing is written. Where a file contradicts itself, \
      the import goes on and prints a note.
      """)

  @Argument(help: ArgumentHelp("DDF files, and folders and .zip archives of them.", valueName: "path"))
  var paths: [String]

  @Option(name: [.short, .customLong("output")], help: "The file to write; - is standard output.")
  var output: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Older releases, each a path as above. A release is called by the year or month in the path's name, or NAME in \
      NAME=PATH.
      """, valueName: "path"))
  var older: [String] = []

  @Option(help: "The name of the release. Without it: the name of the folder or archive.")
  var source: String?

  @Option(
    help:
      "The day the facts are of, such as 2025-02-28. Without it: the first day of a release named like 2025-02."
  )
  var date: String?

  @Flag(name: .shortAndLong, help: "Count the notes instead of printing them.")
  var quiet = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    guard let release else {
      throw ValidationError("name the release with --source, or give one folder or archive")
    }
    guard !release.isEmpty, !release.contains(where: \.isNewline) else {
      throw ValidationError("--source: expected a name in one line")
    }
    guard day != nil else {
      throw ValidationError(
        date.map { "--date \($0): expected a day such as 2025-02-28" }
          ?? "release '\(release)' names no month: give the day of its facts with --date")
    }
    for text in older {
      let older = OlderRelease(text)
      guard !older.name.isEmpty, !older.path.isEmpty, !older.name.contains(where: \.isNewline) else {
        throw ValidationError("--older \(text): expected PATH or NAME=PATH")
      }
    }
  }

  func run() throws {
    guard let release, let day else { return }
    let console = Console(color: consoleOptions.color)
    try console.run {
      var ddf = DDFImport()
      var count = try add(paths, to: &ddf, ofOlderRelease: nil, console)
      for older in older.map(OlderRelease.init) {
        count += try add([older.path], to: &ddf, ofOlderRelease: older.name, console)
      }
      try writeAtomically(output, ddf.catalog(source: release, date: day))
      report(ddf, files: count, console)
    }
  }

  /// Takes in the DDF files of some paths, and gives their number.
  private func add(
    _ paths: [String], to ddf: inout DDFImport, ofOlderRelease release: String?, _ console: Console
  ) throws -> Int {
    var files = 0
    do {
      for source in try DDFSource.all(in: paths) {
        for file in try source.files() {
          do {
            try ddf.add(file.bytes, named: file.name, ofOlderRelease: release)
          } catch {
            throw DDFSourceError(file.place, error)
          }
          files += 1
        }
      }
    } catch let error as DDFSourceError {
      console.say("error: \(error.message)")
      console.say("nothing was written to \(output)")
      throw ExitStatus.no.code
    }
    guard files > 0 else {
      console.say("error: no .xml file in \(paths.joined(separator: ", "))")
      throw ExitStatus.no.code
    }
    return files
  }

  private func report(_ ddf: DDFImport, files: Int, _ console: Console) {
    let found = ddf.notes + ddf.unresolvedDependencies()
    if !quiet { for note in found { console.say("note: \(note)") } }
    let summary = ddf.summary
    let version1 = summary.version1 == 0 ? "" : " and \(summary.version1) of DDF v1"
    let retired = summary.retired == 0 ? "" : "; \(summary.retired) paths are gone"
    console.say("\(summary.version2) nodes of DDF v2\(version1) from \(files) files\(retired)")
    let hint = quiet && !found.isEmpty ? " (without --quiet they are printed)" : ""
    console.say("\(found.count) contradictions in the files\(hint)")
  }

  private var release: String? {
    if let source { return source }
    guard paths.count == 1, let path = paths.first, isFolder(path) || path.hasSuffix(".zip") else {
      return nil
    }
    let name = lastComponent(of: path)
    return isFolder(path) ? name : String(name.dropLast(4))
  }

  private var day: CalendarDate? {
    if let date { return CalendarDate(date) }
    return release.flatMap { CalendarDate($0) }
  }
}

/// An argument of `--older`: a path, and what its release is called.
struct OlderRelease {
  let name: String
  let path: String

  init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].contains("/") else {
      path = text
      name = Self.release(in: lastComponent(of: text))
      return
    }
    (name, path) = (parts[0], parts[1])
  }

  /// The year, with its month where one follows, that a name has in it: `2019` in `v1-2019`. Otherwise the whole name.
  private static func release(in name: String) -> String {
    var rest = name[...]
    while !rest.isEmpty {
      for length in [7, 4] {
        let part = rest.prefix(length)
        let date = length == 7 ? String(part) : part + "-01"
        if part.utf8.count == length, CalendarDate(date) != nil { return String(part) }
      }
      rest = rest.dropFirst()
    }
    return name
  }
}

import ArgumentParser
import CSPCatalog
import FileAccess
import PolicyModel

/// `policyc catalog`: the CSP nodes that policies are checked against.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Show and find nodes of the CSP catalogue, and make and compare catalogues.",
    subcommands: [
      CatalogShowCommand.self, CatalogSearchCommand.self, CatalogListCommand.self, CatalogDiffCommand.self,
      CatalogImportCommand.self,
    ])
}

/// `policyc catalog import`: from DDF v2 files to a catalogue.
struct CatalogImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a catalogue from Microsoft's DDF v2 files.",
    discussion: """
      The same files give the same bytes, in whatever order they are named. A file that is no DDF or is cut off is an \
      error, and then nothing is written. Where a file contradicts itself, the import goes on and counts it.
      """)

  @Argument(help: "DDF v2 files, and folders of them.")
  var paths: [String]

  @Option(name: [.short, .customLong("output")], help: "The file to write; - is standard output.")
  var output: String

  @Option(help: "The name of the release. Without it: the name of the folder.")
  var source: String?

  @Option(
    help:
      "The day the facts are of, such as 2025-02-28. Without it: the first day of a release named like 2025-02."
  )
  var date: String?

  @Flag(help: "List what the files contradict themselves in.")
  var notes = false

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    guard let release else { throw ValidationError("name the release with --source, or give one folder") }
    guard !release.isEmpty, !release.contains(where: \.isNewline) else {
      throw ValidationError("--source: expected a name in one line")
    }
    guard day != nil else {
      throw ValidationError(
        date.map { "--date \($0): expected a day such as 2025-02-28" }
          ?? "release '\(release)' names no month: give the day of its facts with --date")
    }
  }

  func run() throws {
    guard let release, let day else { return }
    let console = Console(color: consoleOptions.color)
    try console.run {
      let files = try ddfFiles()
      guard !files.isEmpty else {
        console.say("error: no .xml file in \(paths.joined(separator: ", "))")
        throw ExitStatus.no.code
      }
      var ddf = DDFImport()
      for file in files {
        let bytes = try readFile(file, limit: DDFImport.limits.bytes)
        do {
          try ddf.add(bytes, named: lastComponent(of: file))
        } catch {
          console.say("error: \(file):\(error)")
          console.say("nothing was written to \(output)")
          throw ExitStatus.no.code
        }
      }
      try writeAtomically(output, ddf.catalog(source: release, date: day))
      report(ddf, files: files.count, console)
    }
  }

  private func report(_ ddf: DDFImport, files: Int, _ console: Console) {
    let found = ddf.notes + ddf.unresolvedDependencies()
    if notes { for note in found { console.say("note: \(note)") } }
    let hint = notes || found.isEmpty ? "" : " (--notes lists them)"
    console.say("\(ddf.nodeCount) nodes from \(files) files; \(found.count) contradictions in them\(hint)")
  }

  private var release: String? {
    if let source { return source }
    guard paths.count == 1, let path = paths.first, isFolder(path) else { return nil }
    return lastComponent(of: path)
  }

  private var day: CalendarDate? {
    if let date { return CalendarDate(date) }
    return release.flatMap { CalendarDate($0) }
  }

  private func ddfFiles() throws(FileError) -> [String] {
    var files: [String] = []
    for path in paths {
      if isFolder(path) {
        files += try listFiles(under: path, suffix: ".xml")
      } else {
        files.append(path)
      }
    }
    return files
  }

  private func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

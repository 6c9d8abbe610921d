import Diagnostics
import FileAccess
import SyncML

/// The payloads of one run of `policyc validate`: their findings, and as much of their text as findings show.
struct ValidateRun {
  /// Of a payload above this size only the lines of findings are kept.
  static let keptSize = 4 << 20
  /// So too once as much of other payloads is kept.
  static let keptTotal = 16 << 20

  private let options: PayloadOptions
  /// Whether the command line says which devices payloads are for; else the map beside a payload may.
  private let namesDevices: Bool
  private var sources = SourceMap()
  private var diagnostics: [Diagnostic] = []
  private var files: [CheckedFile] = []
  private var summaries: [String] = []
  private var keptBytes = 0
  private(set) var errors = 0
  /// Whether a payload could not be read.
  private(set) var lacksFiles = false

  init(_ options: PayloadOptions, namesDevices: Bool) {
    self.options = options
    self.namesDevices = namesDevices
  }

  mutating func validate(_ path: String) throws(FileError) {
    let name = Self.name(of: path)
    var validator = PayloadValidator(
      try PayloadSurroundings(of: path).completing(options, keepingTargets: namesDevices))
    var kept: [UInt8]? = []
    try readPieces(of: path, limit: FileLimit.payload) { piece in
      if let count = kept?.count, count + piece.count <= Self.keptSize {
        kept?.append(contentsOf: piece)
      } else {
        kept = nil
      }
      return validator.feed(piece)
    }
    let report = validator.finish()
    // Nothing of a payload without findings is shown.
    if report.findings.isEmpty || keptBytes + (kept?.count ?? 0) > Self.keptTotal { kept = nil }
    keptBytes += kept?.count ?? 0
    let file = kept.map { SourceFile(name: name, bytes: $0) } ?? Self.excerpt(of: path, name, report)
    let id = sources.add(file)
    let index = LineIndex(file)
    diagnostics += report.findings.map { $0.diagnostic(in: id, index) }
    errors += report.errors
    summaries.append(report.summary(file: name))
    files.append(CheckedFile(name: name, report.outcome))
  }

  /// Notes a payload that cannot be read.
  mutating func lack(_ path: String, _ error: FileError) {
    lacksFiles = true
    files.append(CheckedFile(name: Self.name(of: path), .unreadable(error.diagnostic)))
  }

  func show(on console: Console, as format: DiagnosticFormat) throws(FileError) {
    try console.report(diagnostics, in: sources, files: files, as: format)
    if format == .text {
      try console.write(lines: summaries)
    } else {
      for summary in summaries { console.say(summary) }
    }
  }

  /// The lines that findings point at, from a second reading. What can be read only once has places without text.
  private static func excerpt(of path: String, _ name: String, _ report: PayloadReport) -> SourceFile {
    var picker = SourcePicker(report.findings.flatMap(\.places))
    if !report.findings.isEmpty, path != "-" {
      try? readPieces(of: path, limit: FileLimit.payload) { picker.feed($0) }
    }
    return SourceFile(name: name, pieces: picker.finish())
  }

  private static func name(of path: String) -> String { path == "-" ? standardInputName : path }
}

extension PayloadReport {
  /// What machine formats say of the payload.
  fileprivate var outcome: CheckedFile.Outcome {
    .judged(
      shape: shape == .none ? nil : shape.rawValue, commands: commands,
      counts: CheckedFile.Counts(errors: errors, warnings: warnings, notes: notes), unlisted: dropped)
  }
}

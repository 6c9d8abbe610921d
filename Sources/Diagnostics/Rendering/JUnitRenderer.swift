/// Shows findings as a JUnit report: a suite a file, in which each error is a test that failed.
///
/// A file without an error is one test that passed. Warnings and notes are the suite's output.
public struct JUnitRenderer: Sendable {
  private let sources: SourceMap

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap) { self.sources = sources }

  private struct Suite {
    let name: String
    var diagnostics: [Diagnostic] = []
    var checked: CheckedFile?

    var errors: Int { diagnostics.count { $0.severity == .error } }
    var problems: Int { checked?.problem == nil ? 0 : 1 }
    var tests: Int { max(errors + problems, 1) }
  }

  /// The document. `files` are the payloads that were judged; without them each source file is a suite.
  public func render(_ diagnostics: [Diagnostic], files: [CheckedFile]? = nil) -> String {
    var suites: [Suite] = []
    var places: [String: Int] = [:]
    func suite(_ name: String) -> Int {
      if let place = places[name] { return place }
      places[name] = suites.count
      suites.append(Suite(name: name))
      return suites.count - 1
    }
    for file in files ?? [] { suites[suite(file.name)].checked = file }
    if files == nil { for file in sources.files { _ = suite(file.name) } }
    for diagnostic in diagnostics {
      let file = diagnostic.primary.flatMap { sources.file($0.span.file) }
      suites[suite(file?.name ?? "policyc")].diagnostics.append(diagnostic)
    }

    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"policyc\""
    text += Self.counts(suites) + ">\n"
    var indexes: [FileID: LineIndex] = [:]
    for suite in suites { write(suite, &indexes, to: &text) }
    return text + "</testsuites>\n"
  }

  private static func counts(_ suites: [Suite]) -> String {
    let sums = [\Suite.tests, \.errors, \.problems].map { path in
      suites.reduce(0) { $0 + $1[keyPath: path] }
    }
    return " tests=\"\(sums[0])\" failures=\"\(sums[1])\" errors=\"\(sums[2])\""
  }

  private func write(_ suite: Suite, _ indexes: inout [FileID: LineIndex], to text: inout String) {
    let name = xmlEscaped(suite.name)
    text += "  <testsuite name=\"\(name)\"\(Self.counts([suite]))>\n"
    if case .judged(let shape, let commands, _, _) = suite.checked?.outcome {
      text += "    <properties>\n"
      if let shape { text += "      <property name=\"shape\" value=\"\(xmlEscaped(shape))\"/>\n" }
      text += "      <property name=\"commands\" value=\"\(commands)\"/>\n    </properties>\n"
    }
    var output: [String] = []
    for diagnostic in suite.diagnostics {
      let place = place(of: diagnostic, &indexes)
      let content = Self.content(of: diagnostic, at: place, in: suite.name)
      guard diagnostic.severity == .error else {
        output += ["\(diagnostic.severity.rawValue)[\(diagnostic.code)] \(content[0])"] + content.dropFirst()
        continue
      }
      let line = place.map { " line \($0.line)" } ?? ""
      text += "    <testcase classname=\"\(name)\" name=\"\(xmlEscaped(diagnostic.code.text))\(line)\""
      if let place { text += " file=\"\(name)\" line=\"\(place.line)\"" }
      text += ">\n      <failure type=\"\(xmlEscaped(diagnostic.code.text))\""
      text += " message=\"\(xmlEscaped(diagnostic.message))\">\(Self.escaped(content))</failure>\n"
      text += "    </testcase>\n"
    }
    if let problem = suite.checked?.problem {
      text += "    <testcase classname=\"\(name)\" name=\"can be read\">\n"
      text += "      <error type=\"\(xmlEscaped(problem.code.text))\""
      text += " message=\"\(xmlEscaped(problem.message))\">"
      text += Self.escaped([problem.message] + problem.help) + "</error>\n"
      text += "    </testcase>\n"
    } else if suite.errors == 0 {
      text += "    <testcase classname=\"\(name)\" name=\"has no error\"/>\n"
    }
    if let omission = suite.checked?.omission { output.append(omission) }
    if !output.isEmpty {
      text += "    <system-out>\(Self.escaped(output))</system-out>\n"
    }
    text += "  </testsuite>\n"
  }

  private func place(of diagnostic: Diagnostic, _ indexes: inout [FileID: LineIndex]) -> SourcePosition? {
    guard let span = diagnostic.primary?.span, let file = sources.file(span.file) else { return nil }
    let index = indexes[span.file] ?? LineIndex(file)
    indexes[span.file] = index
    return index.position(at: Int(span.start))
  }

  private static func content(of diagnostic: Diagnostic, at place: SourcePosition?, in file: String)
    -> [String]
  {
    let label = diagnostic.primary.map(\.text) ?? ""
    let head = place.map { "\(file):\($0.line):\($0.column): " } ?? ""
    let message = head + diagnostic.message + (label.isEmpty ? "" : ": " + label)
    return [message] + (diagnostic.waiver.map { ["waived: " + $0] } ?? [])
      + diagnostic.help.map { "help: " + $0 }
  }

  /// Lines of our own. A line end within one is a character reference, so that no text of a stranger begins a line.
  private static func escaped(_ lines: [String]) -> String {
    lines.map { xmlEscaped($0) }.joined(separator: "\n")
  }
}

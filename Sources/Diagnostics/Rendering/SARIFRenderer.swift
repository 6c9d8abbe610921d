/// Shows findings as a log of SARIF 2.1.0, for code scanning and editors.
///
/// One run. Its rules are those that have results, each with its page. Columns count Unicode scalars. A file that could
/// not be read is a notification of the invocation, which then was no success.
public struct SARIFRenderer: Sendable {
  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
  private static let baseID = "%SRCROOT%"

  private let sources: SourceMap

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap) { self.sources = sources }

  /// The log, with a line end.
  public func render(_ diagnostics: [Diagnostic], files: [CheckedFile]? = nil) -> String {
    let files = files ?? []
    let codes = Set(diagnostics.map(\.code)).sorted()
    let problems = Set(files.compactMap(\.problem?.code)).sorted()
    let ruleIndex = Dictionary(
      zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
    var indexes: [FileID: LineIndex] = [:]
    var json = JSONText()
    json.object { json in
      json.member("$schema", Self.schema)
      json.member("version", "2.1.0")
      json.key("runs")
      json.array(CollectionOfOne(())) { json, _ in
        json.object { json in
          json.key("tool")
          json.object { json in
            json.key("driver")
            json.object { json in
              json.member("name", "policyc")
              json.key("rules")
              json.array(codes) { Self.write(rule: $1, to: &$0) }
              if !problems.isEmpty {
                json.key("notifications")
                json.array(problems) { Self.write(rule: $1, to: &$0) }
              }
            }
          }
          json.key("invocations")
          json.array(CollectionOfOne(())) { json, _ in Self.writeInvocation(files, problems, to: &json) }
          json.key("originalUriBaseIds")
          json.object { json in
            json.key(Self.baseID)
            json.object { json in
              json.key("description")
              Self.write(text: "The folder that policyc was started in.", to: &json)
            }
          }
          json.member("columnKind", "unicodeCodePoints")
          json.key("results")
          json.array(diagnostics) { json, diagnostic in
            write(diagnostic, ruleIndex[diagnostic.code] ?? 0, &indexes, to: &json)
          }
        }
      }
    }
    return json.text + "\n"
  }

  // MARK: Tool and invocation

  private static func write(rule code: DiagnosticCode, to json: inout JSONText) {
    json.object { json in
      json.member("id", code.text)
      guard let rule = DiagnosticCatalog.rule(for: code) else { return }
      json.key("shortDescription")
      write(text: rule.title, to: &json)
      json.key("fullDescription")
      write(text: rule.cause, to: &json)
      json.key("defaultConfiguration")
      json.object { $0.member("level", level(rule.severity)) }
      json.key("help")
      json.object { json in
        json.member("text", rule.plainText)
        json.member("markdown", rule.markdown)
      }
    }
  }

  private static func writeInvocation(
    _ files: [CheckedFile], _ problems: [DiagnosticCode], to json: inout JSONText
  ) {
    json.object { json in
      json.member("executionSuccessful", problems.isEmpty)
      let told = files.filter { $0.problem != nil || $0.omission != nil }
      guard !told.isEmpty else { return }
      json.key("toolExecutionNotifications")
      json.array(told) { json, file in
        json.object { json in
          if let problem = file.problem {
            json.key("descriptor")
            json.object { json in
              json.member("id", problem.code.text)
              if let index = problems.firstIndex(of: problem.code) { json.member("index", index) }
            }
          }
          json.member("level", file.problem == nil ? "warning" : "error")
          json.key("message")
          let sentences = file.problem.map { [$0.message] + $0.help } ?? [file.omission ?? ""]
          write(text: sentences.joined(separator: "\n"), to: &json)
          json.key("locations")
          json.array(CollectionOfOne(())) { json, _ in
            json.object { json in
              json.key("physicalLocation")
              json.object { writeArtifact(file.name, to: &$0) }
            }
          }
        }
      }
    }
  }

  // MARK: Results

  private func write(
    _ diagnostic: Diagnostic, _ ruleIndex: Int, _ indexes: inout [FileID: LineIndex], to json: inout JSONText
  ) {
    json.object { json in
      json.member("ruleId", diagnostic.code.text)
      json.member("ruleIndex", ruleIndex)
      json.member("level", Self.level(diagnostic.severity))
      json.key("message")
      Self.write(text: ([diagnostic.message] + diagnostic.help).joined(separator: "\n"), to: &json)
      if let primary = diagnostic.primary {
        json.key("locations")
        json.array(CollectionOfOne(primary)) { write($1, id: nil, &indexes, to: &$0) }
      }
      if !diagnostic.secondary.isEmpty {
        json.key("relatedLocations")
        json.array(diagnostic.secondary.enumerated()) { json, place in
          write(place.element, id: place.offset, &indexes, to: &json)
        }
      }
      if !diagnostic.fixIts.isEmpty {
        json.key("fixes")
        json.array(diagnostic.fixIts) { write($1, &indexes, to: &$0) }
      }
      if let waiver = diagnostic.waiver {
        json.key("suppressions")
        json.array(CollectionOfOne(waiver)) { json, reason in
          json.object { json in
            json.member("kind", "external")
            json.member("justification", reason)
          }
        }
      }
      if let status = diagnostic.deviceStatus {
        json.key("properties")
        json.object { $0.member("deviceStatus", status) }
      }
    }
  }

  private func write(
    _ label: Label, id: Int?, _ indexes: inout [FileID: LineIndex], to json: inout JSONText
  ) {
    json.object { json in
      if let id { json.member("id", id) }
      if let file = sources.file(label.span.file) {
        json.key("physicalLocation")
        json.object { json in
          Self.writeArtifact(file.name, to: &json)
          json.key("region")
          writeRegion(label.span, file, &indexes, to: &json)
        }
      }
      if !label.text.isEmpty {
        json.key("message")
        Self.write(text: label.text, to: &json)
      }
    }
  }

  private func write(_ fixIt: FixIt, _ indexes: inout [FileID: LineIndex], to json: inout JSONText) {
    guard let file = sources.file(fixIt.span.file) else { return json.object { _ in } }
    json.object { json in
      json.key("description")
      Self.write(text: fixIt.title, to: &json)
      json.key("artifactChanges")
      json.array(CollectionOfOne(())) { json, _ in
        json.object { json in
          Self.writeArtifact(file.name, to: &json)
          json.key("replacements")
          json.array(CollectionOfOne(())) { json, _ in
            json.object { json in
              json.key("deletedRegion")
              writeRegion(fixIt.span, file, &indexes, to: &json)
              json.key("insertedContent")
              Self.write(text: fixIt.replacement, to: &json)
            }
          }
        }
      }
    }
  }

  private func writeRegion(
    _ span: Span, _ file: SourceFile, _ indexes: inout [FileID: LineIndex], to json: inout JSONText
  ) {
    let index = indexes[span.file] ?? LineIndex(file)
    indexes[span.file] = index
    let start = index.position(at: Int(span.start))
    let end = index.position(at: Int(span.end))
    json.object { json in
      json.member("startLine", start.line)
      json.member("startColumn", start.column)
      json.member("endLine", end.line)
      json.member("endColumn", end.column)
    }
  }

  // MARK: Parts

  private static func writeArtifact(_ name: String, to json: inout JSONText) {
    json.key("artifactLocation")
    json.object { json in
      json.member("uri", FileURI.reference(name))
      if !FileURI.isAbsolute(name) { json.member("uriBaseId", baseID) }
    }
  }

  private static func write(text: String, to json: inout JSONText) {
    json.object { $0.member("text", text) }
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }
}

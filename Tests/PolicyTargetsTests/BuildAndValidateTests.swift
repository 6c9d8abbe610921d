import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import SyncML
import Testing

@testable import PolicyTargets

/// `build` succeeds exactly when `validate` of what it writes has no error but waived ones.
@Suite("What build and validate find")
struct BuildAndValidateTests {
  /// What a policy says besides what a payload says: its other findings about nodes have no place in it.
  private static func isOfPoliciesOnly(_ finding: Diagnostic) -> Bool {
    ["AP2104", "AP2107", "AP3010"].contains(finding.code) || finding.code.text.hasPrefix("AP22")
  }

  private static let rounds = 4
  private static let nodes = Array(CSPCatalog.embedded.nodes)
  private static let scopes = [
    "applies to windows 11 24H2 or newer", "applies to windows 11", "applies to windows 10 22H2", "",
    "applies editions pro, enterprise",
  ]

  /// A policy with a setting on each line, and what came of it.
  private struct Batch {
    let settings: [GeneratedSettings.Setting]
    let compilation: Compilation
    let policy: CheckedPolicy
    /// By line of the setting: the errors that the compiler gives there.
    var refused: [Int: [Diagnostic]] = [:]
    /// By line: the errors in the payload.
    var invalid: [Int: [PayloadFinding]] = [:]
    /// By line: what the payload has and its author accepts.
    var waived: [Int: [PayloadFinding]] = [:]
    /// The lines whose settings are in the payload.
    var sent: Set<Int> = []

    init(_ settings: [GeneratedSettings.Setting], scope: String, waivers: [Int: Set<DiagnosticCode>] = [:])
      throws
    {
      self.settings = settings
      var source = "policy p version 1.0.0 { \(scope)\n"
      for (index, setting) in settings.enumerated() {
        let allowed = (waivers[index] ?? []).sorted().map { " allow \($0) because \"tried\"" }
        source += setting.clause + allowed.joined() + "\n"
      }
      source += "}\n"
      let bytes = Array(source.utf8)
      let compiler = Compiler(CompilerOptions(catalog: .embedded, facts: .embedded))
      compilation = try #require(compiler.compile("p.attpolicy") { $0 == "p.attpolicy" ? bytes : nil })
      policy = try #require(compilation.policies.first, "\(compilation.diagnostics.map(\.message))")
      let lines = LineIndex(bytes)
      func line(_ span: Span) -> Int { lines.position(at: Int(span.start)).line - 2 }
      for finding in compilation.diagnostics where finding.severity == .error {
        refused[try #require(finding.primary.map { line($0.span) }), default: []].append(finding)
      }
      for payload in try SyncMLTarget().payloads(of: policy) {
        let map = PayloadMap.encode(policy: "p", payloads: [payload]) {
          SourceLocation(file: "p.attpolicy", line: line($0), column: 1)
        }
        let mapped = try #require(try MappedPayload(ofPayload: payload.artifact.name, in: map.bytes))
        #expect(mapped.isOf(sha256: Digest.sha256(payload.artifact.bytes)))
        var options = PayloadOptions(catalog: .embedded, targets: mapped.targets, findingLimit: .max)
        options.waivers = mapped.waivers
        let report = validatePayload(payload.artifact.bytes, options)
        let places = Places(payload.artifact.bytes)
        for origin in payload.origins { if let span = origin.span { sent.insert(line(span)) } }
        for finding in report.findings {
          let origin = payload.origins[places.command(at: finding.position.line)]
          guard let span = origin.span else { continue }
          if finding.waiver != nil { waived[line(span), default: []].append(finding) }
          if finding.severity == .error { invalid[line(span), default: []].append(finding) }
        }
        #expect(report.errors == report.findings.count { $0.severity == .error })
      }
    }
  }

  /// Which command a line of a payload belongs to.
  private struct Places {
    private let starts: [Int]

    init(_ payload: [UInt8]) {
      let lines = String(decoding: payload, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false)
      starts = lines.indices.filter { lines[$0].contains("<CmdID>") }.map { $0 }
    }

    /// The index of the command, from 0; a line counts from 1, and the start tag stands above the CmdID.
    func command(at line: Int) -> Int { max((starts.lastIndex { $0 <= line } ?? 0), 0) }
  }

  private static func batches(_ round: Int) -> [(settings: [GeneratedSettings.Setting], scope: String)] {
    var generator = GeneratedSettings(seed: UInt64(round + 1))
    let settings = nodes.map { generator.next(for: $0) }
    return stride(from: 0, to: settings.count, by: 400).enumerated().map { number, start in
      (Array(settings[start..<min(start + 400, settings.count)]), scopes[(number + round) % scopes.count])
    }
  }

  @Test("generated settings are as many as there are kinds of mistakes to make")
  func enough() { #expect(Self.nodes.count * Self.rounds >= 20_000) }

  @Test("a setting is refused exactly when its command is not valid", arguments: 0..<rounds)
  func settings(_ round: Int) throws {
    var counts = (good: 0, refused: 0, unsent: 0, waived: 0)
    for (settings, scope) in Self.batches(round) {
      let batch = try Batch(settings, scope: scope)
      var waivers: [Int: Set<DiagnosticCode>] = [:]
      for (line, setting) in settings.enumerated() {
        let refused = (batch.refused[line] ?? []).filter { !Self.isOfPoliciesOnly($0) }
        let invalid = batch.invalid[line] ?? []
        if batch.sent.contains(line) {
          let all = (batch.refused[line] ?? []).map(\.code)
          #expect(
            refused.isEmpty || !invalid.isEmpty, "\(setting.clause): build \(all), validate nothing")
          #expect(
            invalid.isEmpty || !all.isEmpty,
            "\(setting.clause): build nothing, validate \(invalid.map(\.message))")
          waivers[line] = Set((batch.refused[line] ?? []).map(\.code))
          if all.isEmpty { counts.good += 1 } else { counts.refused += 1 }
        } else {
          #expect(!refused.isEmpty, "\(setting.clause) is neither sent nor refused")
          #expect(
            try Self.isInvalid(setting),
            "\(setting.clause): build \(refused.map(\.message)), validate nothing")
          counts.unsent += 1
        }
      }
      // Once over every node is enough for the waivers.
      guard round == 0 else { continue }
      let accepted = try Batch(settings, scope: scope, waivers: waivers)
      for (line, setting) in settings.enumerated() where batch.sent.contains(line) {
        let refused = (accepted.refused[line] ?? []).filter { !Self.isOfPoliciesOnly($0) }
        #expect(refused.isEmpty, "\(setting.clause): \(refused.map(\.message))")
        #expect(
          accepted.invalid[line] == nil, "\(setting.clause): \(accepted.invalid[line]?.map(\.message) ?? [])")
        if batch.invalid[line] != nil {
          #expect(accepted.waived[line] != nil, "\(setting.clause)")
          counts.waived += 1
        }
      }
    }
    #expect(min(counts.good, counts.refused, counts.unsent) > 100, "\(counts)")
    #expect(round > 0 || counts.waived > 100, "\(counts)")
  }

  /// Whether a payload that says what the author wrote is not valid.
  private static func isInvalid(_ setting: GeneratedSettings.Setting) throws -> Bool {
    let verb: SyncMLVerb =
      switch setting.verb {
      case "add": .add
      case "delete": .delete
      case "exec": .exec
      case "collect": .get
      default: setting.node.access.contains(.add) && !setting.node.access.contains(.replace) ? .add : .replace
      }
    let message = SyncMLMessage(
      target: "device", source: "server",
      commands: [
        SyncMLCommand(verb, setting.path, format: setting.value?.format, data: setting.value?.text)
      ])
    let bytes = try SyncMLWriter().write(message).bytes
    return !validatePayload(bytes, PayloadOptions(catalog: .embedded)).isValid
  }
}

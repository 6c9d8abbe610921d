import Foundation
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

/// Logs of real machines, which are not part of the project: those of `../shared/data/eventlogs` beside the checkout, and of the folder that
/// `POLICYC_RECORDED_LOGS` names. `Tests/Corpus/recorded-logs/logs.tsv` has where they are published, and what is concluded from each.
enum ListedLogs {
  /// A row of the table.
  struct Row: CustomTestStringConvertible {
    let source: String
    let digest: String
    let conclusions: String
    var testDescription: String { source }
  }

  static let table = Checkout.root.appending(path: "Tests/Corpus/recorded-logs/logs.tsv")

  static let rows: [Row] = {
    guard let text = try? String(contentsOf: table, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Row(
        source: cells[0], digest: cells.count > 1 ? cells[1] : "",
        conclusions: cells.dropFirst(2).joined(separator: "\t"))
    }
  }()

  /// The files that are there, by the SHA-256 of what they hold.
  static let files: [String: URL] = {
    let named = ProcessInfo.processInfo.environment["POLICYC_RECORDED_LOGS"].map { URL(filePath: $0) }
    let folders =
      [Checkout.root.appending(path: "../shared/data/eventlogs").standardizedFileURL]
      + [named].compactMap { $0 }
    var found: [String: URL] = [:]
    for folder in folders {
      for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        ?? .init()
      {
        guard let data = try? Data(contentsOf: file) else { continue }
        found[hexadecimal(HashAlgorithm.sha256.digest(of: Array(data)) ?? [])] = file
      }
    }
    return found
  }()

  /// The rows whose log is there.
  static let present: [Row] = {
    let present = rows.filter { files[$0.digest] != nil }
    if present.count < rows.count {
      print(
        "skipped: \(rows.count - present.count) of \(rows.count) recorded logs are not beside the checkout")
    }
    return present
  }()
}

@Suite("Conclusions from logs of real machines")
struct RecordedConclusionTests {
  /// What is concluded, in short: the values that the log leads to, the facts that are known, why others are not, and whose word it is.
  static func conclusions(of log: EventLog) -> String {
    let evidence = BootEvidence(log)
    var values: [UInt8] = []
    for bank in log.banks.indices {
      let replay = log.replay(bank: bank)
      for value in replay?.values ?? [] { values += value ?? [] }
    }
    let facts = BootLogFacts.findings(of: evidence).sorted { $0.key < $1.key }
    let known = facts.compactMap { name, finding in finding.value.map { "\(name)=\($0)" } }
    var reasons: [String] = []
    for (_, finding) in facts {
      if let reason = finding.reason.map({ String($0.prefix(60)) }), !reasons.contains(reason) {
        reasons.append(reason)
      }
    }
    let loader = evidence.loader.signer
    let whose = loader.value.map { $0.name } ?? loader.reason ?? ""
    return [
      hexadecimal(HashAlgorithm.sha256.digest(of: values)?.prefix(8) ?? []), known.joined(separator: " "),
      reasons.joined(separator: " | "), String(whose.prefix(140)),
      evidence.contradictions.map(\.reason).joined(separator: " | "),
    ].joined(separator: "\t")
  }

  @Test(
    "each listed log that is at hand leads to the listed values, facts and reasons",
    .enabled(if: !ListedLogs.present.isEmpty, "needs recorded logs"), arguments: ListedLogs.present)
  func listed(row: ListedLogs.Row) throws {
    let file = try #require(ListedLogs.files[row.digest])
    let bytes = Array(try Data(contentsOf: file))
    let found: String
    do throws(EventLogError) {
      found = Self.conclusions(of: try EventLog(bytes))
    } catch {
      found = "refused: \(error)"
    }
    #expect(found == row.conclusions)
  }

  /// The logs of one notebook: a start of Windows and four resumes of it.
  private static let hibernated = ListedLogs.present.filter {
    $0.source.contains("5eventlogs-WBCL.evidence.json")
  }

  @Test(
    "the five logs of a notebook that hibernated four times lead back to the start of its kernel",
    .enabled(if: hibernated.count == 5, "needs recorded logs"))
  func hibernation() throws {
    let logs = try Self.hibernated.map { row in
      let log = try EventLog(Array(try Data(contentsOf: try #require(ListedLogs.files[row.digest]))))
      return KernelStart.Log(log, BootEvidence(log))
    }
    for count in 2...5 {
      let start = try #require(
        KernelStart.find(resumedBy: logs[count - 1], among: logs.prefix(count - 1).reversed()).value)
      #expect(start.counter == 168 && start.logs.count == count)
      let facts = BootLogFacts.findings(of: start)
      #expect(facts["boot.test_signing"] == .known(.bool(false)))
      #expect(facts["vbs.running"] == .known(.bool(false)))
    }
    for missing in 0...3 {
      let rest = logs.indices.filter { $0 != missing && $0 != 4 }.map { logs[$0] }
      #expect(
        KernelStart.find(resumedBy: logs[4], among: rest).reason?.hasPrefix(
          "the log of start \(168 + missing) is missing")
          == true)
    }
  }

  @Test(
    "the table lists every log that is at hand",
    .enabled(if: !ListedLogs.files.isEmpty, "needs recorded logs"))
  func complete() throws {
    let listed = Set(ListedLogs.rows.map(\.digest))
    var rows: [String] = []
    for (digest, file) in ListedLogs.files.sorted(by: { $0.value.path < $1.value.path })
    where !listed.contains(digest) {
      guard let log = try? EventLog(Array(try Data(contentsOf: file))), log.events.count > 3 else { continue }
      rows.append("\(file.lastPathComponent)\t\(digest)\t\(Self.conclusions(of: log))")
    }
    #expect(rows == [], "rows to add: \n\(rows.joined(separator: "\n"))")
  }

  @Test("the table names each log once, with a digest and its conclusions")
  func wellFormed() {
    #expect(ListedLogs.rows.count >= 50)
    #expect(Set(ListedLogs.rows.map(\.digest)).count == ListedLogs.rows.count)
    for row in ListedLogs.rows {
      #expect(row.digest.count == 64 && row.source.contains("/") && !row.conclusions.isEmpty, "\(row.source)")
    }
  }
}

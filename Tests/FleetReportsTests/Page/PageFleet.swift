import CSPCatalog
import DeviceReports
import Diagnostics
import Foundation
import PolicyModel

@testable import FleetReports

/// Reports made by hand, for the page.
enum PageFleet {
  static func policy(title: String = "Ready to attest", message: String = "Windows {os.build} is too old.")
    -> CompiledPolicy
  {
    func rule(
      _ name: String, _ kind: Rule.Kind = .require, _ severity: Rule.Severity = .medium,
      en: String? = nil, ja: String? = nil, source: String = ""
    ) -> Rule {
      var messages: [Rule.Message] = []
      if let en { messages.append(Rule.Message(language: "en", text: en)) }
      if let ja { messages.append(Rule.Message(language: "ja", text: ja)) }
      return Rule(
        name: name, kind: kind, that: Condition(steps: []), severity: severity, messages: messages,
        source: source)
    }
    return CompiledPolicy(
      name: "ready-to-attest", version: Version(2, 1), title: title,
      titles: [Rule.Message(language: "en", text: title), Rule.Message(language: "ja", text: "構成証明の準備")],
      parameters: [CompiledPolicy.Parameter(name: "limit", value: .int(30))],
      rules: [
        rule(
          "supported_build", .require, .high, en: message, ja: "Windows {os.build} は古すぎます。",
          source: "os.build meets builds"),
        rule(
          "tpm_present", .require, .critical, en: "There is no TPM 2.0.", ja: "TPM 2.0 がありません。",
          source: "tpm.present"),
        rule(
          "tpm_ready", .require, .high, en: "The TPM is not ready to attest.", ja: "TPM の準備ができていません。",
          source: "tpm.ready"),
        rule(
          "aik_certificate", en: "The AIK has no certificate. Wait {limit} minutes.",
          source: "attestation.aik_certificate"),
        rule("entra_key_in_tpm", source: "entra.key_in_tpm"),
        rule(
          "secure_boot", .warn, .low, en: "Secure Boot is off.", ja: "セキュア ブートが無効です。",
          source: "boot.secure_boot == on"),
      ])
  }

  /// What the policy can say of a device of these reports, the likely ones several times.
  private static let outcomes: [FleetRow] = {
    func row(
      _ verdict: Verdict, _ state: AttestationState, _ statuses: [KnownStatus] = [], failed: [Int] = [],
      unknown: [Int] = [], warned: [Int] = [], remedies: [KnownRemedy] = []
    ) -> FleetRow {
      FleetRow(
        line: 0, texts: FleetTexts(), verdict: verdict, state: state, statuses: statuses, branch: nil,
        failed: failed,
        unknown: unknown, warned: warned, remedies: remedies)
    }
    let healthy = row(.pass, .completed)
    let old = row(.fail, .failed, [.featureNotSupported], failed: [0], remedies: [.updateWindows])
    let unready = row(.fail, .failed, [.tpmNotReady], failed: [2], remedies: [.prepareTPM, .clearTPM])
    return Array(repeating: healthy, count: 14) + [
      old, old, unready, unready, unready,
      row(.pass, .notStarted, warned: [5], remedies: [.enableSecureBoot]),
      row(.pass, .inProgress), row(.pass, .inProgress, warned: [5], remedies: [.clearTPM]),
      row(
        .fail, .failed, [.tpmNotAvailable, .tpmNotReady], failed: [1, 2], remedies: [.enableTPM, .prepareTPM]),
      row(
        .fail, .failed, [.aikCertificateMissing, .entraKeyNotAttested], failed: [3, 4],
        remedies: [.checkNetwork, .registerDevice]),
      row(
        .fail, .inProgress, [.attestationInProcess], failed: [4], warned: [5],
        remedies: [.retryAttestation, .enableSecureBoot]),
      row(.indeterminate, .unknown, unknown: [0, 2]), row(.indeterminate, .unknown, unknown: [3]),
      row(.notApplicable, .unknown),
    ]
  }()

  /// A report of devices that a fixed series of numbers makes up, each ten of which share nothing but what fleets share.
  static func report(devices: Int, problems: Int = 0) -> FleetReport {
    var series = Series(state: 7)
    let branches: [WindowsBranch?] =
      [19045, 22621, 22631, 22631, 26100, 26100, 26200].map(WindowsBranch.shipped) + [nil]
    let makers = ["INTC", "STM", "IFX", "AMD", "NTC"]
    let models = [
      "Lumen 14 G3", "Lumen 14 G4", "Aster Book 15", "Aster Desk Mini", "Kite Tab 11", "ノート PC 改",
    ]
    let teams = ["sales", "lab", "desk", "field", "ops"]
    let rows = (0..<devices).map { index in
      var row = series.pick(outcomes)
      row.line = index + 2 + index / 97
      row.branch = series.pick(branches)
      let team = series.pick(teams)
      row.texts[.deviceName] = "\(team.uppercased())-\(100 + index * 7 % 90_000)"
      row.texts[.deviceID] = identifier(index)
      row.texts[.upn] =
        "\(series.pick(["aoi", "ben", "chie", "dana", "emil", "fumi"])).\(index)@\(team).example"
      row.texts[.os] = "Windows"
      row.texts[.osVersion] = row.branch.map { "10.0.\($0.build).\(series.next(5000))" }
      row.texts[.ownership] = series.pick(["Corporate", "Corporate", "company", "Personal", ""])
      row.texts[.lastCheckIn] =
        "2025-\(two(1 + series.next(12)))-\(two(1 + series.next(28)))T08:\(two(series.next(60))):00Z"
      row.texts[.enrollmentDate] = "2024-\(two(1 + series.next(12)))-\(two(1 + series.next(28)))"
      row.texts[.tpmVersion] = row.failed.contains(1) ? nil : "2.0"
      row.texts[.tpmManufacturer] = series.pick(makers)
      row.texts[.model] = series.pick(models)
      return row
    }
    let unread = (0..<problems).map {
      FleetProblem(line: 98 * ($0 + 1), reason: "column 3 holds 'x\($0)', which is no date")
    }
    return report(rows, unread)
  }

  /// A report of texts that try to act upon the page.
  static func hostileReport() -> FleetReport {
    let attacks = [
      "</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<!--<script>",
      "\"><svg onload=alert(3)>",
      "javascript:alert(4)", "'+alert(5)+'", "&lt;b&gt;bold&amp;",
      "{{constructor.constructor('alert(6)')()}}",
      "\u{202E}exe.reppus", "tab\there\u{0}\u{7}", "line\u{2028}separator",
      "]]>--></style><style>*{display:none}</style>",
      "\\u003cscript\\u003ealert(7)", "=cmd|' /C calc'!A0", String(repeating: "長", count: 3000),
    ]
    var report = self.report(devices: attacks.count)
    for (index, attack) in attacks.enumerated() {
      report.rows[index].texts[.deviceName] = attack
      report.rows[index].texts[.upn] = "\(attack)@example"
      report.rows[index].texts[.model] = attack
      report.rows[index].texts[.ownership] = attack
    }
    report.rows[1].texts[.deviceID] = report.rows[0].texts[.deviceID]
    report.repeats = FleetRepeats(report.rows)
    report.problems = attacks.enumerated().map { FleetProblem(line: $0.offset + 900, reason: $0.element) }
    for _ in attacks { report.counts.countProblem() }
    report.policy = policy(title: attacks[0], message: attacks[1])
    return report
  }

  private static func report(_ rows: [FleetRow], _ problems: [FleetProblem]) -> FleetReport {
    var counts = FleetCounts()
    for row in rows { counts.count(row) }
    for _ in problems { counts.countProblem() }
    return FleetReport(policy: policy(), rows: rows, problems: problems, counts: counts)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func identifier(_ index: Int) -> String {
    let digits = String(index, radix: 16)
    return "5eed0000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// Numbers that are the same each time.
  private struct Series {
    var state: UInt64

    mutating func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(elements.count)] }
  }
}

extension FleetReport {
  /// The report as its browser tests expect to find it: row by row, without what the page does to be small.
  func expectation() throws -> Data {
    func titles<Value: RawRepresentable<String>>(_ values: [Value], _ text: (Value, ReportLanguage) -> String)
      -> [String: [String: String]]
    {
      Dictionary(
        uniqueKeysWithValues: values.map { value in
          (value.rawValue, ["en": text(value, .english), "ja": text(value, .japanese)])
        })
    }
    func names(_ rules: [Int]) -> [String] { rules.map { policy.rules[$0].name } }
    let rows: [[String: Any]] = self.rows.map { row in
      var texts: [String: String] = [:]
      for column in FleetColumn.allCases { texts[column.rawValue] = row.texts[column] ?? "" }
      return [
        "line": row.line, "texts": texts, "verdict": row.verdict.rawValue, "state": row.state.rawValue,
        "statuses": row.statuses.map(\.rawValue), "branch": row.branch?.name ?? "",
        "failed": names(row.failed),
        "unknown": names(row.unknown), "warned": names(row.warned), "remedies": row.remedies.map(\.rawValue),
      ]
    }
    let document: [String: Any] = [
      "rows": rows, "problems": problems.map { ["line": $0.line, "reason": $0.reason] },
      "verdicts": titles(Verdict.allCases) { $0.text(in: $1) },
      "states": titles(AttestationState.allCases) { $0.title[$1] },
      "statuses": titles(KnownStatus.allCases) { $0.text(in: $1) },
    ]
    return try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys])
  }
}

import DeviceProbes
import CSPCatalog
import DeviceReports
import Diagnostics
import FleetReports
import PolicyModel

/// The plan whom of a fleet to ask to attest: every row is asked once or left out, and both formats can be printed. The first byte
/// picks the language and what the terminal can show.
func fuzzAttestPlan(_ bytes: [UInt8]) {
  guard let choice = bytes.first, let mapping = FleetMapping.embedded("policyc"),
    let report = fuzzedReport(on: Array(bytes.dropFirst()), by: mapping)
  else { return }
  let plan = AttestPlan(report)
  require(
    plan.now.count + plan.afterMending.count + plan.omitted.count == report.rows.count,
    "a row is lost or asked twice")
  for stage in [plan.now, plan.afterMending] {
    for batch in stage.batches {
      require((1...AttestAction.devicesPerBatch).contains(batch.devices.count), "a batch has no right size")
      require(batch.calls.reduce(0) { $0 + $1.count } == batch.devices.count, "a call loses a device")
    }
  }
  let ids = (plan.now.batches + plan.afterMending.batches).flatMap(\.devices).map(\.id)
  require(Set(ids).count == ids.count, "a device is asked twice")
  let repertoire: TextRepertoire = choice & 2 == 0 ? .unicode : .ascii
  let text = AttestPlanText(
    plan, language: choice & 1 == 0 ? .english : .japanese, style: TerminalStyle(repertoire: repertoire)
  ).bytes()
  requirePrintable(String(decoding: text, as: UTF8.self), in: repertoire, "the plan")
  requirePrintable(json: AttestPlanJSON(plan).bytes(), "the plan as JSON")
}

/// A runbook for a device that a snapshot describes; the first byte picks the runbook.
func fuzzRunbook(_ bytes: [UInt8]) {
  let runbooks = KnownRemedy.allCases.map(\.runbook)
  guard let choice = bytes.first,
    let found = try? FileProbe.observations(
      in: Array(bytes.dropFirst()), FactCatalog.embedded.entries.map(\.declaration), source: "file:\u{9B}fuzz"
    )
  else { return }
  let plan = RunbookPlan(runbooks[Int(choice) % runbooks.count], for: RemedyFacts(FactSnapshot(found)))
  for language in ReportLanguage.allCases {
    let renderer = RunbookRenderer(plan, language: language)
    for repertoire in [TextRepertoire.unicode, .ascii] {
      let style = TerminalStyle(repertoire: repertoire)
      requirePrintable(renderer.text(style: style), in: repertoire, "the runbook")
    }
    requirePrintable(renderer.markdown(), "the runbook in Markdown")
    requirePrintable(renderer.html(), "the runbook in HTML")
    requirePrintable(json: renderer.json(), "the runbook as JSON")
  }
}

import DeviceReports
import Diagnostics

/// The frame of the page, which the script fills: landmarks, headings, controls with their labels.
///
/// `data-text` and `data-label` name the ``PageText`` of an element's content and of its accessible name, for the switch of language.
struct PageBody {
  private let report: FleetReport
  private let language: ReportLanguage

  init(_ report: FleetReport, language: ReportLanguage) {
    self.report = report
    self.language = language
  }

  /// From `<body>` up to the data.
  var html: String {
    """
    <body>
    \(text("a", .skip, ##"class="skip" href="#devices""##))
    <header class="top"><div class="top-row">
    <div class="brand">\(Self.emblem)
    <div>\(text("h1", .title))<p class="soft" id="policy"></p></div></div>
    <div class="controls">
    <div class="segments" role="group" \(label(.language))>
    <button type="button" data-language="en" lang="en">English</button>
    <button type="button" data-language="ja" lang="ja">日本語</button>
    </div>
    <button type="button" class="plain" id="theme" aria-pressed="false">\(Self.moon)\(text("span", .theme))</button>
    </div></div></header>
    <main>
    \(withoutScript)<p class="notice" id="filtered" hidden></p>
    <div class="notice" id="repeats" hidden></div>
    <section class="panel" aria-labelledby="totals-title">
    <div class="panel-head">\(text("h2", .totals, #"id="totals-title""#))</div>
    <ul class="cards" id="cards"></ul>
    <div class="proportion" id="proportion" aria-hidden="true"></div>
    <p class="sums" id="sums"></p>
    </section>
    <div class="charts">
    <section class="panel" aria-labelledby="status-title">
    <div class="panel-head">\(text("h2", .statusChart, #"id="status-title""#))\(text("p", .chartHint, #"class="soft""#))</div>
    <ol class="bars" id="status-bars"></ol>
    <div id="status-rest"></div>
    <details class="as-table">\(text("summary", .asTable))<div id="status-table"></div></details>
    </section>
    <section class="panel" aria-labelledby="branch-title">
    <div class="panel-head">\(text("h2", .branchChart, #"id="branch-title""#))\(text("p", .chartHint, #"class="soft""#))</div>
    <ul class="legend" id="legend"></ul>
    <ol class="bars" id="branch-bars"></ol>
    <details class="as-table">\(text("summary", .asTable))<div id="branch-table"></div></details>
    </section>
    </div>
    \(devices)
    <section class="panel flows" id="problems" tabindex="-1" aria-labelledby="problems-title">
    <div class="panel-head">\(text("h2", .problems, #"id="problems-title""#))<p class="soft" id="problems-note"></p></div>
    <div id="problems-table"></div>
    <p><button type="button" class="link" id="problems-more" hidden></button></p>
    </section>
    </main>
    \(text("footer", .footer))
    <dialog id="device" aria-labelledby="device-name">
    <div class="sheet-head"><div><h2 id="device-name"></h2><p id="device-verdict"></p></div>
    \(text("button", .close, #"type="button" class="plain" id="device-close""#))</div>
    <div class="sheet-body" id="device-body"></div>
    </dialog>

    """
  }

  private var devices: String {
    let filters = ["state", "status", "verdict", "ownership", "branch", "rule"].map { name in
      """
      <div class="field"><label id="filter-\(name)-label" for="filter-\(name)"></label><select id="filter-\(name)" autocomplete="off"></select></div>

      """
    }
    return """
      <section class="panel flows" id="devices" tabindex="-1" aria-labelledby="devices-title">
      <div class="panel-head">\(text("h2", .devices, #"id="devices-title""#))</div>
      <div role="search" \(label(.filters))>
      <div class="filters">
      <div class="field">\(text("label", .search, #"for="search""#))<input type="search" id="search" autocomplete="off" spellcheck="false"></div>
      \(filters.joined())</div>
      <div class="chips" id="chips"></div>
      </div>
      <div class="bar-of-table">
      <p class="matches" id="matches" role="status" aria-live="polite" aria-atomic="true"></p>
      <details class="chooser" id="chooser">\(text("summary", .columns))<ul id="columns"></ul></details>
      </div>
      <div class="table-wrap" id="table-wrap" tabindex="0" role="region" \(label(.devices))>
      <table class="devices" id="table">\(text("caption", .tableCaption, #"class="hidden-text""#))<thead></thead></table>
      </div>
      <p class="soft" id="printed" hidden></p>
      <nav class="pager" \(label(.pages))>
      <label class="grow">\(text("span", .perPage))<select id="page-size" autocomplete="off"></select></label>
      \(text("button", .first, #"type="button" class="plain" id="first""#))
      \(text("button", .previous, #"type="button" class="plain" id="previous""#))
      <label>\(text("span", .page))<input type="number" id="page" min="1" value="1" autocomplete="off"></label>
      <span id="pages"></span>
      \(text("button", .next, #"type="button" class="plain" id="next""#))
      \(text("button", .last, #"type="button" class="plain" id="last""#))
      </nav>
      </section>
      """
  }

  /// What remains of the report where scripts are off: the totals.
  private var withoutScript: String {
    var lines = ""
    for verdict in report.counts.verdicts.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      lines += "<li>\(htmlEscaped(verdict.text(in: language))): \(report.counts.verdicts[verdict] ?? 0)</li>"
    }
    let problems = "\(PageText.problems.text[language]): \(report.counts.problems)"
    return """
      <noscript><div class="notice">\(text("p", .needsScript))<ul>\(lines)<li>\(htmlEscaped(problems))</li></ul></div></noscript>

      """
  }

  private func text(_ element: String, _ text: PageText, _ attributes: String = "") -> String {
    let opening = attributes.isEmpty ? element : "\(element) \(attributes)"
    return "<\(opening) data-text=\"\(text.rawValue)\">\(htmlEscaped(text.text[language]))</\(element)>"
  }

  private func label(_ text: PageText) -> String {
    "data-label=\"\(text.rawValue)\" aria-label=\"\(htmlEscaped(text.text[language]))\""
  }

  private static let emblem = """
    <svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="10" fill="#1f56c9"/>\
    <path d="M20 7.5 30 11v8.2c0 6.4-4.1 10.9-10 13.3-5.9-2.4-10-6.9-10-13.3V11z" fill="#fff"/>\
    <path d="m15 19.8 3.7 3.7 6.6-7" fill="none" stroke="#1f56c9" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"/></svg>
    """

  private static let moon = """
    <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13.6 10.1A6 6 0 0 1 5.9 2.4a6 6 0 1 0 7.7 7.7z" fill="currentColor"/></svg>
    """
}

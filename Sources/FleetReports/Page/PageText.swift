import DeviceReports
import Diagnostics

/// The page's own texts, by the names that its script asks for. `{name}` stands for a value that the script fills in.
enum PageText: String, CaseIterable {
  case title, skip, language, theme, totals, devices, part, sumRows, sumDevices, filtered
  case repeats, repeatsList, repeat_ = "repeat"
  case statusChart, branchChart, chartHint, asTable, sum, unit, branch, rule, noStatus, noBranch, noOwnership
  case search, searchHint, filters, all, matches, pageOf, clear, remove, empty, noName, andMore, tableCaption,
    columns
  case pages, page, ofPages, first, previous, next, last, perPage, printed
  case problems, problemsNote, problemsNone, line, reason, more
  case close, also, unknownRules, unknownAllowed, warnings, about, retryHelps, retryDoesNotHelp, before, steps
  case impactRestart = "impact_restart"
  case impactLosesData = "impact_loses_data"
  case severityLow = "severity_low"
  case severityMedium = "severity_medium"
  case severityHigh = "severity_high"
  case severityCritical = "severity_critical"
  case needsScript, footer

  /// The text in both languages.
  var text: LocalizedText {
    switch self {
    case .title: both("Device attestation report", "デバイス構成証明レポート")
    case .skip: both("Skip to the devices", "デバイスの一覧へ移動")
    case .language: both("Language", "言語")
    case .theme: both("Dark theme", "ダーク テーマ")
    case .totals: both("Totals", "集計")
    case .devices: both("Devices", "デバイス")
    case .part: both("{n} ({name})", "{n} ({name})")
    case .sumRows:
      both(
        "{rows} rows = {devices} devices + {problems} that could not be read",
        "全 {rows} 行 = デバイス {devices} 台 + 読み取れなかった行 {problems}")
    case .sumDevices: both("{devices} devices = {parts}", "デバイス {devices} 台 = {parts}")
    case .filtered:
      both(
        "This report was made with filters: its charts and its table hold {shown} of the {devices} devices. The totals count all of them.",
        "このレポートは絞り込みを指定して作成されています。グラフと表の対象は {devices} 台中 {shown} 台です。集計は全台数を示します。")
    case .repeats:
      both(
        "Devices with more than one row: {n}. Each of their rows is counted.",
        "複数の行があるデバイスが {n} 台あります。行ごとに集計しています。")
    case .repeatsList: both("Show the first of them", "先頭のデバイスを表示")
    case .repeat_: both("{n} rows, on lines {lines}", "{n} 行 (行番号 {lines})")
    case .statusChart: both("Status details", "状態の詳細")
    case .branchChart: both("Compliance by Windows branch", "Windows のブランチ別の適合状況")
    case .chartHint: both("Select a bar to list its devices.", "棒を選択すると該当するデバイスを一覧表示します。")
    case .asTable: both("Show as a table", "表で表示")
    case .sum: both("Total", "合計")
    case .unit: both("devices", "台")
    case .branch: ReportColumn.branch.title
    case .rule: both("Rule", "ルール")
    case .noStatus: both("No status detail", "状態の詳細なし")
    case .noBranch: both("Unknown branch", "不明なブランチ")
    case .noOwnership: both("Unknown", "不明")
    case .search: both("Search", "検索")
    case .searchHint: both("Name, user, model, status, rule…", "名前、ユーザー、モデル、状態、ルールなど")
    case .filters: both("Search and filters", "検索と絞り込み")
    case .all: both("All", "すべて")
    case .matches: both("{n} of {all} devices", "{all} 台中 {n} 台")
    case .pageOf: both(", page {n} of {all}", "、{all} ページ中 {n} ページ目")
    case .clear: both("Clear all", "すべて解除")
    case .remove: both("Remove the filter {name}", "絞り込みを解除: {name}")
    case .empty: both("No device matches.", "該当するデバイスはありません。")
    case .noName: both("(no name, line {line})", "(名前なし、{line} 行目)")
    case .andMore: both("+{n} more", "ほか {n} 件")
    case .tableCaption:
      both(
        "Devices. The headings sort; the name of a device opens its details.",
        "デバイスの一覧。見出しで並べ替え、デバイス名で詳細を開きます。")
    case .columns: both("Columns", "列の選択")
    case .pages: both("Pages", "ページ")
    case .page: both("Page", "ページ")
    case .ofPages: both("of {n}", "/ {n}")
    case .first: both("First", "最初")
    case .previous: both("Previous", "前へ")
    case .next: both("Next", "次へ")
    case .last: both("Last", "最後")
    case .perPage: both("Rows per page", "1 ページの行数")
    case .printed:
      both("The first {n} of {all} devices are printed.", "{all} 台中、先頭の {n} 台を印刷しています。")
    case .problems: both("Rows that could not be read", "読み取れなかった行")
    case .problemsNote:
      both("They are in no chart and not in the table of devices.", "グラフとデバイスの一覧には含まれません。")
    case .problemsNone: both("Every row was read.", "すべての行を読み取りました。")
    case .line: ReportColumn.line.title
    case .reason: both("Reason", "理由")
    case .more: both("Show more ({n} left)", "さらに表示 (残り {n} 件)")
    case .close: both("Close", "閉じる")
    case .also: both("Also", "その他の状態")
    case .unknownRules: both("Rules that cannot be determined", "判定できないルール")
    case .unknownAllowed: both("may be unknown", "不明でも可")
    case .warnings: ReportColumn.warnings.title
    case .about: both("About the device", "デバイスの情報")
    case .retryHelps:
      both("Another attempt can succeed once the cause is mended.", "原因を解消すれば、再試行で成功する可能性があります。")
    case .retryDoesNotHelp: both("Another attempt will not help.", "再試行では解決しません。")
    case .before: both("Before that:", "事前に必要な作業:")
    case .steps: both("All steps:", "手順の全体:")
    case .impactRestart: both("restarts the device", "再起動あり")
    case .impactLosesData: both("can lose data", "データ損失のおそれあり")
    case .severityLow: both("low", "低")
    case .severityMedium: both("medium", "中")
    case .severityHigh: both("high", "高")
    case .severityCritical: both("critical", "重大")
    case .needsScript:
      both("The table and the charts need JavaScript.", "表とグラフの表示には JavaScript が必要です。")
    case .footer:
      both(
        "Made by policyc. All data is in this file, and it opens no connection.",
        "policyc で作成。データはすべてこのファイルに含まれ、外部への接続は行いません。")
    }
  }

  private func both(_ english: String, _ japanese: String) -> LocalizedText {
    LocalizedText(english, japanese)
  }
}

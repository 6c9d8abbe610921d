import Diagnostics
import PolicyModel

extension KnownRemedy {
  /// The remedy as pages of other codes list it.
  package var entry: Page.Remedy { Page.Remedy(rawValue, runbook.title) }

  /// The page of the remedy; `policyc remedy` prints its steps.
  package var page: Page {
    let runbook = runbook
    var page = Page(.remedy, rawValue, runbook.title)
    page.meaning = LocalizedText { language in
      RunbookOutline.summary(of: runbook, language).joined(separator: "\n")
    }
    page.cure = LocalizedText(
      "Run policyc remedy \(rawValue) for the steps, with --probe for those of one device.",
      "手順は policyc remedy \(rawValue) で表示します。--probe を付けると、デバイスに応じた手順になります。")
    page.remedies = runbook.next.map(\.entry)
    return page
  }
}

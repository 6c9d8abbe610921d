extension DiagnosticRule {
  /// The page of its code.
  package var page: Page {
    let japanese = RuleText.japanese[code]
    var page = Page(.diagnostic, code.text, LocalizedText(title, japanese?.title ?? title))
    page.severity = severity
    page.cause = LocalizedText(cause, japanese?.cause ?? cause)
    page.example = example
    page.cure = LocalizedText(cure, japanese?.cure ?? cure)
    page.corrected = corrected
    return page
  }

  /// The page without its title, for a reader that wraps lines itself.
  var plainText: String {
    "\(cause)\n\nExample:\n\(example)\n\nWhat to do: \(cure)\n\nCorrected:\n\(corrected)"
  }

  /// The page without its title, in Markdown.
  var markdown: String {
    let fence = "```"
    return "\(cause)\n\n**Example**\n\n\(fence)\n\(example)\n\(fence)\n\n**What to do**\n\n\(cure)\n\n"
      + "**Corrected**\n\n\(fence)\n\(corrected)\n\(fence)\n"
  }
}

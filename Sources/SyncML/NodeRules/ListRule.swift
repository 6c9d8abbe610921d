import CSPCatalog
import Diagnostics

/// The items of a list, and what stands between them.
enum ListRule {
  static func judge(
    _ text: Substring, _ list: ListSyntax, _ use: NodeUse, _ data: PayloadText, _ report: inout FindingSink
  ) {
    guard !text.isEmpty else { return }
    let plan = use.known.values
    if plan.isFree, list.isEvidentlyFine(text) { return }
    func place(_ part: Substring) -> Int {
      data.value.utf8.distance(from: data.value.startIndex, to: part.startIndex)
    }
    if list.isOfSeparators, let (spelling, found) = ListSyntax.misspelling(in: text) {
      report.report(
        wrong(
          "'\(spelling)'", list, use, at: report.place(of: data, byte: place(text[found])), isRefused: true))
      return
    }
    // The pattern of a list is that of an item, or of the whole list.
    if plan.objection(to: text) == nil, !plan.isFree { return }
    if !Placeholder.isIn(text),
      let wrongOne = list.wrongDelimiter(
        in: text, isItem: { !plan.isFree && plan.objection(to: $0) == nil }),
      let found = text.firstPlace(of: wrongOne)
    {
      let isRefused = !plan.isFree || list.isOfSeparators || wrongOne == ListSyntax.separator
      report.report(
        wrong(
          ListSyntax.name(of: wrongOne), list, use, at: report.place(of: data, byte: place(text[found])),
          isRefused: isRefused))
      return
    }
    guard list.isSplit(text) || !plan.isFree else { return }
    let items = list.items(in: text)
    for (index, item) in items.enumerated() {
      if item.isEmpty {
        // One at the end is how many tools write lists.
        guard index < items.count - 1, !list.isOfLines else { continue }
        report.report(
          PayloadFinding(
            "SM1711", "\(use.subject): item \(index + 1) of the list is empty",
            at: report.place(of: data, byte: place(item)), label: "empty item",
            help: ["write \(list.name) once between two items"]))
        return
      }
      guard !plan.isFree, !Placeholder.isIn(item), let objection = plan.objection(to: item) else { continue }
      report.report(objection.finding(item, of: use, at: report.place(of: data, byte: place(item))))
      return
    }
  }

  private static func wrong(
    _ found: String, _ list: ListSyntax, _ use: NodeUse, at position: SourcePosition, isRefused: Bool
  ) -> PayloadFinding {
    PayloadFinding(
      "SM1710", isRefused ? .error : .warning,
      "\(use.subject): \(found) stands between the items of a list; the node's are told apart by \(list.name)",
      at: position, label: "not the delimiter",
      help: ["write \(list.isOfSeparators ? "&#xF000;" : list.delimiter)"],
      status: isRefused ? .commandFailed : nil)
  }
}

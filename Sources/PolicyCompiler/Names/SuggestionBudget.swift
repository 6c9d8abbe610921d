import Diagnostics

/// How many names a policy's findings may be compared with for 'did you mean': beyond it findings are as clear, and a
/// file of many slips would cost the product of slips and names.
struct SuggestionBudget {
  static let maximumComparisons = 200_000

  private var comparisons = 0

  /// The closest name, as long as the budget lasts.
  mutating func closest(to name: String, in names: [String], limit: Int = 3) -> String? {
    guard comparisons + names.count <= Self.maximumComparisons else { return nil }
    comparisons += names.count
    return Diagnostics.closest(to: name, in: names, limit: limit)
  }

  /// Whether a suggestion of the catalogue's nodes, which compares with many names, may be looked for.
  mutating func mayAskCatalog() -> Bool {
    guard comparisons + Self.catalogCost <= Self.maximumComparisons else { return false }
    comparisons += Self.catalogCost
    return true
  }

  private static let catalogCost = 400
}

/// The fields of an output by the sections that they stand in, since names repeat in several.
struct DsregcmdSections {
  private var fields: [String: ToolFields] = [:]
  /// The sections of the registered device's accounts, in order.
  private(set) var accounts: [ToolFields] = []

  var isEmpty: Bool { fields.isEmpty }

  subscript(name: String) -> ToolFields? { fields[name] }

  /// A section begins with its name between two rules; some outputs have one more rule where it ends.
  init(_ text: ToolText) {
    var section: String?
    var isBelowName = false
    let last = text.endsWithinLine ? text.lines.count - 1 : text.lines.count
    for (place, line) in text.lines.enumerated() {
      switch line.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
      case "+":
        if !isBelowName { section = nil }
        isBelowName = false
      case "|":
        section = ToolFields.trim(line.prefix(200).filter { $0 != "|" })
        isBelowName = true
      default:
        isBelowName = false
        guard let section, let field = ToolFields.field(in: line, isCut: place == last) else { continue }
        fields[section, default: ToolFields(lines: [])].add(field)
      }
    }
    let names = fields.keys.filter { $0.hasPrefix("Work Account ") }.sorted()
    accounts = names.compactMap { fields[$0] }
  }
}

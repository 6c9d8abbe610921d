import Diagnostics
import PolicySyntax

/// A policy whose text says where findings are expected: `⟦AP1005⟧` stands directly before the place that one points
/// at, and is no part of the source.
struct MarkedPolicy {
  let source: String
  /// The expected findings, as `code line:column`.
  let expected: [String]
  /// The findings of the parser, in the same form.
  let found: [String]
  /// The found diagnostics.
  let diagnostics: [Diagnostic]
  let tree: SyntaxTree

  init(_ marked: String) {
    var source = ""
    var places: [(code: String, offset: Int)] = []
    var rest = marked[...]
    while let open = rest.firstIndex(of: "⟦"), let close = rest[open...].firstIndex(of: "⟧") {
      source += rest[..<open]
      places.append((String(rest[rest.index(after: open)..<close]), source.utf8.count))
      rest = rest[rest.index(after: close)...]
    }
    source += rest
    self.source = source
    let lines = LineIndex(Array(source.utf8))
    func form(_ code: String, _ offset: Int) -> String {
      let position = lines.position(at: offset)
      return "\(code) \(position.line):\(position.column)"
    }
    expected = places.map { form($0.code, $0.offset) }
    let file = parse(source.utf8)
    tree = file.tree
    diagnostics = file.diagnostics
    found = file.diagnostics.map { form($0.code.text, Int($0.primary?.span.start ?? 0)) }
  }
}

import Foundation

/// The modules that a Swift file imports, with the lines they stand on.
struct SwiftImport: Hashable {
  let module: String
  let line: Int
}

/// Finds import declarations, whatever stands before `import` on the line: attributes, an access level.
func imports(of source: String) -> [SwiftImport] {
  let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "func", "var", "let", "actor",
  ]
  let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
  var found: [SwiftImport] = []
  var inString = false
  for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    defer {
      if line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count % 2 == 0 {
        inString.toggle()
      }
    }
    if inString { continue }
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ";" })[...]
    while let first = words.first, first.hasPrefix("@") || modifiers.contains(first) { words.removeFirst() }
    guard words.popFirst() == "import" else { continue }
    if let first = words.first, kinds.contains(first) { words.removeFirst() }
    guard let path = words.first, let module = path.split(separator: ".").first else { continue }
    found.append(SwiftImport(module: String(module), line: index + 1))
  }
  return found
}

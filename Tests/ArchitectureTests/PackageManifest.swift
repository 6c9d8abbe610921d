import Foundation

/// What Package.swift declares of each target under Sources, read from its text.
struct PackageManifest {
  /// A dependency on another target of the package, or on a product of another package.
  struct Dependencies {
    var targets: Set<String> = []
    var products: Set<String> = []
  }

  private(set) var targets: [String: Dependencies] = [:]

  /// Reads declarations of the forms `floor("NAME", on: […])`, `.target(name: "NAME", dependencies: […])` and the like.
  init(_ text: String) {
    let declaration = /(?:floor\(|\.(?:target|executableTarget|systemLibrary)\(\s*name:)\s*"(?<name>\w+)"/
    for match in text.matches(of: declaration) {
      let rest = text[match.range.upperBound...]
      var dependencies = Dependencies()
      if let list = Self.list(after: /^,\s*(?:on|dependencies):\s*\[/, in: rest) {
        var names = list
        for product in list.matches(of: /\.product\(name:\s*"(\w+)"[^)]*\)/) {
          dependencies.products.insert(String(product.1))
          names = names.replacingOccurrences(of: String(product.0), with: "")
        }
        for name in names.matches(of: /"(\w+)"/) { dependencies.targets.insert(String(name.1)) }
      }
      targets[String(match.name)] = dependencies
    }
  }

  /// The text between the brackets that `opening` begins.
  private static func list(after opening: some RegexComponent, in text: Substring) -> String? {
    guard let match = text.prefixMatch(of: opening) else { return nil }
    var depth = 1
    var list = ""
    for character in text[match.range.upperBound...] {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if depth == 0 { return list }
      list.append(character)
    }
    return nil
  }
}

import Diagnostics

extension DDFImport {
  /// Something in a file that contradicts itself or the format, but does not keep the file from being read.
  package struct Note: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing it is.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case rangeSyntax = "range-syntax"
      case buildSyntax = "osbuild-syntax"
      case editionSyntax = "edition-syntax"
      case valueSyntax = "value-syntax"
      case pathSyntax = "path-syntax"
      case defaultOutOfRange = "default-out-of-range"
      case defaultNotInValues = "default-not-in-enum"
      case intDefault = "int-default-nonint"
      case boolDefault = "bool-default-nonbool"
      case boolDefaultCase = "bool-default-case"
      case boolValues = "bool-format-nonbool-enum"
      case childrenOfValue = "non-node-with-children"
      case dependencyCase = "dependency-uri-case"
      case unknownDependency = "dependency-unknown"
      case unknownWord = "word-unknown"
      case unknownElement = "element-unknown"
      case missing = "part-missing"
      case describedTwice = "node-repeated"
    }

    /// What kind of thing it is.
    package let kind: Kind
    /// The file's name.
    package let file: String
    /// Where it stands.
    package let position: SourcePosition
    /// The path of the node, in the catalogue's normal form; nil for what stands outside of nodes.
    package let node: String?
    /// One plain sentence without a place.
    package let message: String

    /// `FILE:LINE:COLUMN: NODE: MESSAGE`
    package var description: String {
      "\(file):\(position): \(node.map { "\($0): " } ?? "")\(message)"
    }
  }
}

import Diagnostics
import PolicyModel
import PolicySyntax

/// Gives the bytes of a source file; nil when there is none of that name. Errors of reading are the caller's.
package typealias SourceReader = (_ path: String) -> [UInt8]?

/// What reading a source file came to.
package enum SourceText: Sendable {
  case bytes([UInt8])
  /// There is no file of that name, or it cannot be read.
  case missing
  /// The file is not in the policy folder, whatever its path says: a link leads out of it.
  case outside
}

/// Reads files and what they import, each once.
struct SourceLoader {
  /// How many files one policy may draw in.
  static let maximumFiles = 256

  let read: (_ path: String) -> SourceText
  /// The folder that imports must not leave, in normal form.
  let root: String
  private(set) var sources = SourceMap()
  private(set) var files: [ParsedFile] = []
  private(set) var byPath: [ExactText: FileID] = [:]
  /// Files that each file imports, in source order.
  private(set) var imports: [[FileID]] = []
  var diagnostics = DiagnosticSink()

  init(root: String, read: @escaping (_ path: String) -> SourceText) {
    self.root = Self.normalize(root)
    self.read = read
  }

  /// Parses a file and, depth first, what it imports. Nil when it cannot be read.
  mutating func load(_ path: String) -> FileID? {
    guard case .bytes(let bytes) = read(path) else { return nil }
    return add(path, bytes, chain: [])
  }

  private mutating func add(_ path: String, _ bytes: [UInt8], chain: [String]) -> FileID {
    let source = SourceFile(name: path, bytes: bytes)
    let id = sources.add(source)
    let parsed = Parser.parse(source, file: id)
    files.append(parsed)
    imports.append([])
    byPath[ExactText(Self.normalize(path))] = id
    for diagnostic in parsed.diagnostics { diagnostics.add(diagnostic) }
    let tree = parsed.tree
    for node in tree.children(of: tree.root) where tree.kind(node) == .importDeclaration {
      guard let text = tree.child(.text, of: node) else { continue }
      if let target = resolve(tree, text, from: path, chain: chain + [Self.normalize(path)]) {
        imports[Int(id.index)].append(target)
      }
    }
    return id
  }

  private mutating func resolve(_ tree: SyntaxTree, _ text: NodeIndex, from path: String, chain: [String])
    -> FileID?
  {
    let name = tree.stringValue(text)
    let span = tree.span(text)
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let target = Self.normalize(folder + name)
    guard !name.isEmpty, name.utf8.first != UInt8(ascii: "/"), !Self.leaves(target, root) else {
      diagnostics.report(
        "AP2019", .error, "the import '\(name)' leaves the policy folder", at: span,
        "not inside the policy folder",
        help: ["imports name files relative to the importing file, inside the folder that is built"])
      return nil
    }
    if let start = chain.firstIndex(where: { ExactText($0) == ExactText(target) }) {
      let names = (chain[start...] + [target]).joined(separator: " → ")
      diagnostics.report(
        "AP2017", .error, "the imports go round in a circle: \(names)", at: span,
        "this import closes the circle",
        help: ["move what both files need into a third one"])
      return nil
    }
    if let known = byPath[ExactText(target)] { return known }
    guard files.count < Self.maximumFiles, chain.count < 64 else {
      diagnostics.report(
        "AP2018", .error, "the policy imports more than \(Self.maximumFiles) files", at: span,
        "not read any more")
      return nil
    }
    let bytes: [UInt8]
    switch read(target) {
    case .bytes(let read): bytes = read
    case .outside:
      diagnostics.report(
        "AP9010", .error, "the import '\(name)' leads to a file outside the policy folder", at: span,
        "a link on the way leads out of it",
        help: ["put the file itself into the folder, or name a higher folder with --root"])
      return nil
    case .missing:
      diagnostics.report(
        "AP2018", .error, "there is no file '\(target)' to import", at: span, "cannot be read",
        help: ["imports are relative to the importing file"])
      return nil
    }
    let id = add(target, bytes, chain: chain)
    let imported = files[Int(id.index)].tree
    if let policy = imported.child(.policy, of: imported.root) {
      diagnostics.report(
        "AP2020", .error, "the imported file '\(name)' holds a policy", at: span,
        "a policy cannot be imported",
        secondary: [Label(imported.keywordSpan(policy), "the policy is here")],
        help: ["move the lists, params and rules that are shared into a file without a policy"])
      return nil
    }
    return id
  }

  /// Whether a path leaves a folder, both in normal form, as far as paths alone tell. How an absolute one relates to a
  /// relative one, or one to a folder above it, only the file system knows, and the reader of the file tells.
  static func leaves(_ path: String, _ folder: String) -> Bool {
    guard path.hasPrefix("/") == folder.hasPrefix("/") else { return false }
    let (parts, around) = (path.split(separator: "/"), folder.split(separator: "/"))
    let (ups, aroundUps) = (parts.prefix { $0 == ".." }.count, around.prefix { $0 == ".." }.count)
    if ups != aroundUps { return ups > aroundUps }
    return !parts.starts(with: around)
  }

  /// A path without `.`, empty and resolvable `..` segments.
  static func normalize(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

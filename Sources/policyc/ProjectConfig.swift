import Diagnostics
import FileAccess
import YAMLInput

/// The project's settings: `policyc.yaml` in the folder that the command runs in, or the file that `--config` names.
///
/// Paths in it begin at its own folder. Options of the command line go before it.
struct ProjectConfig {
  /// The file that is read without `--config`.
  static let defaultPath = "policyc.yaml"

  /// What `policyc validate` does unless its options say otherwise. Texts are as the options take them.
  struct ValidateDefaults {
    var targets: [String] = []
    var editions: [String] = []
    var isStrict = false
    var day: String?
  }

  /// The file it was read from, or nil when there is none.
  var path: String?
  /// Catalogues that are added to the one that comes with the program.
  var catalogs: [String] = []
  var validate = ValidateDefaults()

  /// No settings.
  init() {}

  /// Reads the settings of a project; without a path those of the current folder, if it has any.
  init(at path: String?) throws(ProjectConfigError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path ?? Self.defaultPath, limit: FileLimit.document)
    } catch {
      guard path == nil, error.problem == .notFound else { throw .file(error) }
      self.init()
      return
    }
    let name = path ?? Self.defaultPath
    do throws(YAMLError) {
      try self.init(yaml: bytes, path: name)
    } catch {
      throw .content("\(name == "-" ? standardInputName : name):\(error)")
    }
  }

  private init(yaml bytes: [UInt8], path: String) throws(YAMLError) {
    self.path = path
    // YAML has no word for a file of comments alone.
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    if lines.allSatisfy({ $0.first == UInt8(ascii: "#") || $0.allSatisfy { $0 == UInt8(ascii: " ") } }) {
      return
    }
    let root = try YAMLNode(yaml: bytes)
    let keys = try YAMLMapping(root, subject: "the configuration", known: ["catalog", "validate"])
    if let node = keys["catalog"] {
      for item in try Self.items(of: node, "catalog") {
        catalogs.append(Self.resolve(try item.text("an entry of catalog"), beside: path))
      }
    }
    guard let node = keys["validate"] else { return }
    let defaults = try YAMLMapping(
      node, subject: "validate", known: ["targets", "edition", "strict", "as-of"])
    for (key, member) in [
      ("targets", \ValidateDefaults.targets), ("edition", \ValidateDefaults.editions),
    ] {
      guard let node = defaults[key] else { continue }
      for item in try Self.items(of: node, key) {
        validate[keyPath: member].append(try item.text("an entry of \(key)"))
      }
    }
    if let strict = defaults["strict"] {
      guard let value = strict.scalar?.boolean else {
        throw YAMLError(
          .content, "strict of validate is \(strict.kindName); it is true or false", at: strict.span.start)
      }
      validate.isStrict = value
    }
    validate.day = try defaults.text("as-of")
  }

  /// A list, or one text in place of a list of one.
  private static func items(of node: YAMLNode, _ subject: String) throws(YAMLError) -> [YAMLNode] {
    if node.scalar != nil { return [node] }
    return try node.items(subject)
  }

  private static func resolve(_ path: String, beside config: String) -> String {
    guard !path.hasPrefix("/"), let slash = config.lastIndex(of: "/") else { return path }
    return config[...slash] + path
  }
}

/// Why settings cannot be used.
enum ProjectConfigError: Error {
  case file(FileError)
  /// What is wrong in the file, with its place.
  case content(String)
}

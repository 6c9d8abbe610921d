import PolicyModel
import YAMLInput

/// The project's settings: `policyc.yaml` in the folder that the command runs in, or the file that `--config` names.
///
/// Paths in it begin at its own folder. Options of the command line go before it.
package struct ProjectConfig: Sendable {
  /// The file that is read without `--config`.
  package static let defaultPath = "policyc.yaml"

  /// What `policyc validate` does unless its options say otherwise. Texts are as the options take them.
  package struct ValidateDefaults: Sendable {
    package var targets: [String] = []
    package var editions: [String] = []
    package var isStrict = false
    package var day: String?
  }

  /// The file it was read from, or nil when there is none.
  package var path: String?
  /// Catalogues that are added to the one that comes with the program.
  package var catalogs: [String] = []
  package var validate = ValidateDefaults()
  /// The PCR banks that count for policies that name none; see ``EvidenceClause/banks``.
  package var evidenceBanks: [PCRBank] = []

  /// No settings.
  package init() {}

  /// Reads settings.
  ///
  /// - Parameters:
  ///   - bytes: the YAML file.
  ///   - path: where it is; paths in it begin at its folder.
  package init(yaml bytes: [UInt8], path: String) throws(YAMLError) {
    self.path = path
    // YAML has no word for a file of comments alone.
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    if lines.allSatisfy({ $0.first == UInt8(ascii: "#") || $0.allSatisfy { $0 == UInt8(ascii: " ") } }) {
      return
    }
    let root = try YAMLNode(yaml: bytes)
    let keys = try YAMLMapping(
      root, subject: "the configuration", known: ["catalog", "evidence", "validate"])
    if let node = keys["catalog"] {
      for item in try Self.items(of: node, "catalog") {
        catalogs.append(Self.resolve(try item.text("an entry of catalog"), beside: path))
      }
    }
    if let node = keys["evidence"] { evidenceBanks = try Self.banks(in: node) }
    guard let node = keys["validate"] else { return }
    let defaults = try YAMLMapping(
      node, subject: "validate", known: ["targets", "edition", "as-message", "strict", "as-of"])
    for (key, member) in [
      ("targets", \ValidateDefaults.targets), ("edition", \ValidateDefaults.editions),
    ] {
      guard let node = defaults[key] else { continue }
      for item in try Self.items(of: node, key) {
        validate[keyPath: member].append(try item.text("an entry of \(key)"))
      }
    }
    // `strict` is what `as-message` was called before.
    for key in ["strict", "as-message"] {
      guard let node = defaults[key] else { continue }
      guard let value = node.scalar?.boolean else {
        throw YAMLError(
          .content, "\(key) of validate is \(node.kindName); it is true or false", at: node.span.start)
      }
      validate.isStrict = value
    }
    validate.day = try defaults.text("as-of")
  }

  private static func banks(in node: YAMLNode) throws(YAMLError) -> [PCRBank] {
    let keys = try YAMLMapping(node, subject: "evidence", known: ["banks"])
    guard let node = keys["banks"] else { return [] }
    var banks: [PCRBank] = []
    for item in try items(of: node, "banks") {
      let name = try item.text("an entry of banks")
      guard let bank = PCRBank(rawValue: name) else {
        let known = PCRBank.allCases.map(\.rawValue).joined(separator: ", ")
        throw YAMLError(
          .content, "there is no PCR bank '\(name)'; it is one of \(known)", at: item.span.start)
      }
      banks.append(bank)
    }
    return EvidenceClause(banks: banks).banks
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

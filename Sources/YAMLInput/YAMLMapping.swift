import Diagnostics

/// A mapping of which every key must be known, so that a misspelt key is an error and not silently dropped.
package struct YAMLMapping: Sendable {
  /// What the mapping is, for messages: `the fact 'os.build'`.
  package let subject: String
  /// Where it stands.
  package let span: SourceRange
  private let entries: [YAMLEntry]

  /// Takes a mapping and refuses every key that is not in `known`.
  package init(_ node: YAMLNode, subject: String, known: [String]) throws(YAMLError) {
    guard case .mapping(let entries) = node.content else {
      throw YAMLError(.content, "\(subject) is \(node.kindName); it is a mapping", at: node.span.start)
    }
    for entry in entries where !known.contains(entry.key) {
      let guess = closest(to: entry.key, in: known).map { "; did you mean '\($0)'?" } ?? ""
      throw YAMLError(
        .content,
        "\(subject) has no key '\(shortened(entry.key))'\(guess) (its keys: "
          + known.joined(separator: ", ") + ")",
        at: entry.keySpan.start)
    }
    self.subject = subject
    span = node.span
    self.entries = entries
  }

  /// The value of a key, or nil when it is not given.
  package subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

  /// The value of a key that must be given.
  package func required(_ key: String) throws(YAMLError) -> YAMLNode {
    guard let node = self[key] else {
      throw YAMLError(.content, "\(subject) lacks the key '\(key)'", at: span.start)
    }
    return node
  }

  /// The text of a key that must be given.
  package func requiredText(_ key: String) throws(YAMLError) -> String {
    try required(key).text("\(key) of \(subject)")
  }

  /// The text of a key, or nil when it is not given.
  package func text(_ key: String) throws(YAMLError) -> String? {
    guard let node = self[key] else { return nil }
    return try node.text("\(key) of \(subject)")
  }
}

extension YAMLNode {
  /// The text of a scalar that is not null and not empty.
  ///
  /// - Parameter subject: what the text is, for the message.
  package func text(_ subject: String) throws(YAMLError) -> String {
    guard let scalar, !scalar.isNull, !scalar.text.isEmpty else {
      throw YAMLError(.content, "\(subject) is \(kindName); it is a text", at: span.start)
    }
    return scalar.text
  }

  /// The items of a list.
  package func items(_ subject: String) throws(YAMLError) -> [YAMLNode] {
    guard case .sequence(let items) = content else {
      throw YAMLError(.content, "\(subject) is \(kindName); it is a list", at: span.start)
    }
    return items
  }

  /// The entries of a mapping whose keys are names of the document's own.
  package func entries(_ subject: String) throws(YAMLError) -> [YAMLEntry] {
    guard case .mapping(let entries) = content else {
      throw YAMLError(.content, "\(subject) is \(kindName); it is a mapping", at: span.start)
    }
    return entries
  }
}

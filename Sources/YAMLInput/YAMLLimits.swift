/// What a document may ask of the reader. Anything beyond is an error, not a slow success.
package struct YAMLLimits: Hashable, Sendable {
  /// Size of the document in bytes.
  package var bytes: Int
  /// Sequences and mappings open at one time, those that an alias brings included.
  package var depth: Int
  /// Nodes of the whole tree. An alias counts as all the nodes that it stands for, each time it is used.
  package var nodes: Int
  /// Bytes of one scalar.
  package var scalarBytes: Int
  /// How many aliases the document may use.
  package var aliases: Int

  /// The limits given, and sensible ones for the rest.
  package init(
    bytes: Int = 16 << 20, depth: Int = 64, nodes: Int = 1_000_000, scalarBytes: Int = 1 << 20,
    aliases: Int = 1000
  ) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.scalarBytes = scalarBytes
    self.aliases = aliases
  }
}

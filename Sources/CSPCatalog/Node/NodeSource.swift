/// Which kind of description the facts of a node are from.
package enum NodeSource: String, Hashable, Sendable, CaseIterable {
  /// One of Microsoft's DDF v2 files, which state builds, editions and values.
  case ddf2
  /// A DDF v1 file: paths, verbs, formats and occurrence only. What it does not state is not known.
  case ddf1
  /// A catalogue that the user adds.
  case added
}

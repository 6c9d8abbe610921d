import Diagnostics
import TestSupport

/// One way to break a valid message at a place that chance picks, and the codes one of which must then be found.
struct PayloadMutation: Sendable {
  typealias Change = @Sendable (Markup, inout SeededGenerator) -> Outcome?

  let name: String
  let codes: Set<DiagnosticCode>
  /// Whether what is broken is also broken in a fragment that a server completes.
  let holdsInFragments: Bool
  /// Whether a device still takes what is damaged.
  let isTaken: Bool
  /// Damages the tree; nil when it has no such place, else the text if it is no longer that of the tree.
  let apply: Change

  enum Outcome {
    case tree
    case text(String)
  }

  init(
    _ name: String, _ codes: DiagnosticCode..., fragments: Bool = true, isTaken: Bool = false,
    apply: @escaping Change
  ) {
    self.name = name
    self.codes = Set(codes)
    holdsInFragments = fragments
    self.isTaken = isTaken
    self.apply = apply
  }

  static let commands: Set<String> = ["Add", "Replace", "Delete", "Get", "Exec"]
  static let groups: Set<String> = ["Atomic", "Sequence"]

  /// Damages one element of these names.
  static func at(
    _ names: Set<String>, where isWanted: @escaping @Sendable (Markup) -> Bool = { _ in true },
    _ damage: @escaping @Sendable (Markup) -> Void
  ) -> Change {
    { tree, generator in
      guard let element = tree.all(named: names).filter(isWanted).randomElement(using: &generator) else {
        return nil
      }
      damage(element)
      return .tree
    }
  }

  /// Damages one child of these names in an element of those names.
  static func child(
    _ names: Set<String>, of parents: Set<String>,
    where isWanted: @escaping @Sendable (Markup, Markup) -> Bool = { _, _ in true },
    _ damage: @escaping @Sendable (Markup, Markup) -> Void
  ) -> Change {
    { tree, generator in
      let places = tree.all.filter { element, parent in
        guard let parent else { return false }
        return names.contains(element.name) && parents.contains(parent.name) && isWanted(element, parent)
      }
      guard let place = places.randomElement(using: &generator), let parent = place.parent else { return nil }
      damage(place.element, parent)
      return .tree
    }
  }

  static func drop(_ names: Set<String>, of parents: Set<String>) -> Change {
    child(names, of: parents) { $1.remove($0) }
  }

  static func double(_ names: Set<String>, of parents: Set<String>) -> Change {
    child(names, of: parents) { $1.replace($0, with: [$0, $0.copy()]) }
  }

  /// Changes the `LocURI` of a command's node.
  static func path(_ change: @escaping @Sendable (String) -> String?) -> Change {
    { tree, generator in
      let paths = commandItems(tree).compactMap { $0.child("Target")?.child("LocURI") }
      guard let path = paths.randomElement(using: &generator), let changed = change(path.text) else {
        return nil
      }
      path.text = changed
      return .tree
    }
  }

  static func commandItems(_ tree: Markup) -> [Markup] {
    tree.all.filter { $0.element.name == "Item" && commands.contains($0.parent?.name ?? "") }.map(\.element)
  }

  /// Changes an item of a Replace that sets a policy to a whole number.
  static func number(_ change: @escaping @Sendable (Markup) -> Void) -> Change {
    { tree, generator in
      let items = tree.all.filter { element, parent in
        element.name == "Item" && parent?.name == "Replace"
          && element.child("Meta")?.child("Format")?.text == "int"
          && element.child("Target")?.child("LocURI")?.text.contains("/Policy/Config/") == true
      }
      guard let item = items.randomElement(using: &generator)?.element else { return nil }
      change(item)
      return .tree
    }
  }

  static func text(_ change: @escaping @Sendable (String, inout SeededGenerator) -> String?)
    -> Change
  {
    { tree, generator in change(tree.source, &generator).map { .text($0) } }
  }
}

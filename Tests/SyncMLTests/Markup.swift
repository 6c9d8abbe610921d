/// A tree of elements as the writer makes them, to be damaged: attributes and text are kept as they are written.
final class Markup {
  var name: String
  var attributes: String
  /// What stands between the start tag and the first child; all there is in an element without children.
  var text: String
  var children: [Markup]

  init(_ name: String, _ attributes: String = "", text: String = "", _ children: [Markup] = []) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  convenience init(_ name: String, _ children: [Markup]) { self.init(name, "", children) }

  func copy() -> Markup { Markup(name, attributes, text: text, children.map { $0.copy() }) }

  var source: String {
    guard !children.isEmpty || !text.isEmpty else { return "<\(name)\(attributes)/>" }
    return "<\(name)\(attributes)>\(text)\(children.map(\.source).joined())</\(name)>\n"
  }

  /// The element and all in it, in document order, each with its parent.
  var all: [(element: Markup, parent: Markup?)] {
    var found: [(Markup, Markup?)] = []
    func visit(_ element: Markup, _ parent: Markup?) {
      found.append((element, parent))
      for child in element.children { visit(child, element) }
    }
    visit(self, nil)
    return found
  }

  func all(named names: Set<String>) -> [Markup] {
    all.map(\.element).filter { names.contains($0.name) }
  }

  func child(_ name: String) -> Markup? { children.first { $0.name == name } }

  func remove(_ child: Markup) { children.removeAll { $0 === child } }

  func replace(_ child: Markup, with others: [Markup]) {
    guard let index = children.firstIndex(where: { $0 === child }) else { return }
    children.replaceSubrange(index...index, with: others)
  }

  /// The tree of a text without comments, whose CDATA sections hold no `</`.
  static func parse(_ source: String) -> Markup {
    let root = Markup("")
    var open = [root]
    var rest = source[...]
    while let start = rest.firstIndex(of: "<") {
      open[open.count - 1].text += rest[..<start]
      rest = rest[start...]
      if rest.hasPrefix("<![CDATA["), let end = rest.firstRange(of: "]]>") {
        open[open.count - 1].text += rest[..<end.upperBound]
        rest = rest[end.upperBound...]
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { break }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        let element = open.removeLast()
        if !element.children.isEmpty { element.text = "" }
      } else if !tag.hasPrefix("?") {
        let isEmpty = tag.hasSuffix("/")
        let head = isEmpty ? tag.dropLast() : tag
        let name = head.prefix { $0 != " " }
        let element = Markup(String(name), String(head[name.endIndex...]))
        open[open.count - 1].children.append(element)
        if !isEmpty { open.append(element) }
      }
    }
    return root.children[0]
  }
}

import CLibYAML
import Diagnostics

extension YAMLNode {
  /// Reads the one document of a file.
  ///
  /// - Throws: ``YAMLError`` for text that is not YAML or UTF-8, and for anything beyond `limits`.
  package init(yaml bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) throws(YAMLError) {
    guard bytes.count <= limits.bytes else {
      throw YAMLError(
        .limitExceeded, "the document has \(bytes.count) bytes; at most \(limits.bytes) are read",
        at: .start)
    }
    let parser = try YAMLEventReader(bytes)
    defer { parser.close() }
    var composer = YAMLComposer(limits: limits)
    while try !composer.take(parser.next()) {}
    guard let root = composer.root else {
      throw YAMLError(.content, "the document is empty", at: .start)
    }
    self = root
  }
}

/// Builds the tree from events, with a stack of its own so that depth costs no stack of the thread.
struct YAMLComposer {
  private struct Frame {
    let start: SourcePosition
    let anchor: String?
    let isMapping: Bool
    var items: [YAMLNode] = []
    var entries: [YAMLEntry] = []
    var keys: Set<String> = []
    var pendingKey: (text: String, span: SourceRange)?
    /// Nodes below and including this one, and how deep they go.
    var size = 1
    var height = 1
  }

  private struct Anchored {
    let node: YAMLNode
    let size: Int
    let height: Int
  }

  private let limits: YAMLLimits
  private var stack: [Frame] = []
  private var anchors: [String: Anchored] = [:]
  private var nodeCount = 0
  private var aliasCount = 0
  private var documentCount = 0
  private(set) var root: YAMLNode?

  init(limits: YAMLLimits) { self.limits = limits }

  /// Takes one event; true when the stream has ended.
  mutating func take(_ event: YAMLEvent) throws(YAMLError) -> Bool {
    switch event.content {
    case .other:
      break
    case .streamEnd:
      return true
    case .documentStart:
      documentCount += 1
      if documentCount > 1 {
        throw YAMLError(.forbidden, "a second document begins here; a file holds one", at: event.span.start)
      }
    case .scalar(let scalar, let anchor):
      guard scalar.text.utf8.count <= limits.scalarBytes else {
        throw YAMLError(
          .limitExceeded,
          "a scalar has \(scalar.text.utf8.count) bytes; at most \(limits.scalarBytes) are read",
          at: event.span.start)
      }
      guard !scalar.text.utf8.contains(0) else {
        throw YAMLError(.forbidden, "a scalar holds the character NUL", at: event.span.start)
      }
      try count(1, at: event.span.start)
      try add(YAMLNode(.scalar(scalar), span: event.span), size: 1, height: 0, anchor: anchor)
    case .alias(let name):
      try expand(name, at: event.span)
    case .open(let isMapping, let anchor):
      try count(1, at: event.span.start)
      guard stack.count < limits.depth else { throw tooDeep(at: event.span.start) }
      try refuseAsKey(at: event.span.start)
      stack.append(Frame(start: event.span.start, anchor: anchor, isMapping: isMapping))
    case .close:
      guard let frame = stack.popLast() else { break }
      let span = SourceRange(start: frame.start, end: event.span.end)
      let node = YAMLNode(frame.isMapping ? .mapping(frame.entries) : .sequence(frame.items), span: span)
      try add(node, size: frame.size, height: frame.height, anchor: frame.anchor)
    }
    return false
  }

  private mutating func expand(_ name: String, at span: SourceRange) throws(YAMLError) {
    aliasCount += 1
    guard aliasCount <= limits.aliases else {
      throw YAMLError(
        .limitExceeded, "the document uses more than \(limits.aliases) aliases", at: span.start)
    }
    guard let anchored = anchors[name] else {
      let isOpen = stack.contains { $0.anchor == name }
      throw YAMLError(
        .forbidden,
        isOpen
          ? "the alias '*\(name)' stands inside the node that it names"
          : "the alias '*\(name)' names no anchor before it",
        at: span.start)
    }
    try count(anchored.size, at: span.start)
    guard stack.count + anchored.height <= limits.depth else { throw tooDeep(at: span.start) }
    try add(anchored.node, size: anchored.size, height: anchored.height, anchor: nil, place: span)
  }

  /// Puts a finished node into the collection that is open, or makes it the root.
  private mutating func add(
    _ node: YAMLNode, size: Int, height: Int, anchor: String?, place: SourceRange? = nil
  ) throws(YAMLError) {
    if let anchor { anchors[anchor] = Anchored(node: node, size: size, height: height) }
    guard let top = stack.indices.last else {
      root = node
      return
    }
    stack[top].size += size
    stack[top].height = max(stack[top].height, height + 1)
    guard stack[top].isMapping else {
      stack[top].items.append(node)
      return
    }
    if let key = stack[top].pendingKey {
      stack[top].entries.append(YAMLEntry(key: key.text, keySpan: key.span, value: node))
      stack[top].pendingKey = nil
      return
    }
    let span = place ?? node.span
    guard let scalar = node.scalar else { throw keyIsNotText(at: span.start) }
    guard stack[top].keys.insert(scalar.text).inserted else {
      let first = stack[top].entries.first { $0.key == scalar.text }?.keySpan.start
      let place_ = first.map { "; it stands on line \($0.line) already" } ?? ""
      throw YAMLError(
        .forbidden, "the key '\(shortened(scalar.text))' is given twice\(place_)", at: span.start)
    }
    stack[top].pendingKey = (scalar.text, span)
  }

  private mutating func count(_ nodes: Int, at position: SourcePosition) throws(YAMLError) {
    let (sum, overflow) = nodeCount.addingReportingOverflow(nodes)
    guard !overflow, sum <= limits.nodes else {
      throw YAMLError(
        .limitExceeded, "the document has more than \(limits.nodes) nodes, aliases counted in full",
        at: position)
    }
    nodeCount = sum
  }

  private func refuseAsKey(at position: SourcePosition) throws(YAMLError) {
    if let top = stack.last, top.isMapping, top.pendingKey == nil { throw keyIsNotText(at: position) }
  }

  private func keyIsNotText(at position: SourcePosition) -> YAMLError {
    YAMLError(.forbidden, "a key is a list or a mapping; a key is plain text", at: position)
  }

  private func tooDeep(at position: SourcePosition) -> YAMLError {
    YAMLError(.limitExceeded, "lists and mappings are nested more than \(limits.depth) deep", at: position)
  }
}

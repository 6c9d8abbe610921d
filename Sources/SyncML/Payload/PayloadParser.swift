import XMLInput

/// Turns XML events into commands, one at a time, and reports what breaks the structure of SyncML.
///
/// It never stops at a fault: a misspelt element is taken for the one that is meant, an unknown one is left out with
/// all it holds. Memory is bounded by the largest command and the depth of elements.
struct PayloadParser<Visitor: PayloadVisitor> {
  var visitor: Visitor
  private var frames: [Frame] = []
  /// Elements that are open inside one that is not looked into.
  private var skipped = 0
  private var header: PayloadHeader?
  private var groups: [OpenGroup] = []
  private var command: PayloadCommand?
  private var item: PayloadItem?
  private var shape = PayloadShape.none
  private var rootNamespace = ""

  /// Whether a fragment must hold what a server would add.
  private let isStrict: Bool

  init(visitor: Visitor, isStrict: Bool = false) {
    self.visitor = visitor
    self.isStrict = isStrict
  }

  /// The CDATA section in which another one was begun, if the text that is open has one: the first `]]>` ended both.
  var nestedCDATA: XMLPosition? {
    guard let text = frames.last?.text, text.isCDATA, text.hasUnclosedCDATA else { return nil }
    return text.position
  }

  private struct OpenGroup {
    var command: PayloadCommand
    var commands = 0
  }

  mutating func accept(_ event: XMLEvent) {
    switch event {
    case .start(let name, let attributes, let position):
      if skipped > 0 {
        skipped += 1
      } else {
        start(name, attributes, at: position)
      }
    case .end(_, let position):
      if skipped > 0 { skipped -= 1 } else { end(at: position) }
    case .text(let text, let cdata, let position):
      if skipped == 0 { self.text(text, cdata: cdata, at: position) }
    case .comment(let position):
      if skipped == 0, frames.last?.element == .locURI {
        visitor.fault(.markupInLocURI("a comment"), at: position)
      }
    case .processingInstruction(let target, let position):
      visitor.fault(.processingInstruction(target), at: position)
    }
  }

  private mutating func start(_ name: XMLName, _ attributes: [XMLAttribute], at position: XMLPosition) {
    guard let parent = frames.indices.last else { return startRoot(name, attributes, at: position) }
    if let skips = startInText(name, parent: parent, at: position) {
      if skips { skipped = 1 }
      return
    }
    guard let element = recognize(name, parent: frames[parent].element, at: position) else {
      skipped = 1
      return
    }
    switch frames[parent].place(element) {
    case .fits: break
    case .misplaced:
      visitor.fault(.misplaced(element, parent: frames[parent].element), at: position)
      skipped = 1
      return
    case .repeated:
      visitor.fault(.repeated(element, parent: frames[parent].element), at: position)
    // Windows writes `Type` before `Format` into the alerts that it sends itself.
    case .outOfOrder where frames[parent].element == .meta && command?.verb == .alert: break
    case .outOfOrder(let later):
      visitor.fault(
        .outOfOrder(element, after: later, parent: frames[parent].element), at: position)
    }
    let expected = element.isMetInf ? SyncMLMessage.metaNamespace : rootNamespace
    if name.namespace != expected {
      visitor.fault(.wrongNamespace(element, found: name.namespace, expected: expected), at: position)
    }
    open(element, attributes, at: position)
  }

  /// Whether an element in one without element content is left out, or nil when the parent holds elements.
  private mutating func startInText(_ name: XMLName, parent: Int, at position: XMLPosition) -> Bool? {
    let fault: PayloadFault
    switch frames[parent].model {
    case .elements: return nil
    case .opaque: return true
    case .value: fault = .rawXMLInData(name.local)
    case .text, .empty: fault = .elementInText(name.local, parent: frames[parent].element)
    }
    if !frames[parent].hasElements { visitor.fault(fault, at: position) }
    frames[parent].hasElements = true
    return true
  }

  private mutating func startRoot(_ name: XMLName, _ attributes: [XMLAttribute], at position: XMLPosition) {
    guard let element = PayloadElement.named(name.local) ?? PayloadElement.named(ignoringCase: name.local),
      element == .syncML || element == .syncBody || element.verb != nil
    else {
      visitor.fault(.unknownRoot(name), at: position)
      skipped = 1
      return
    }
    if element.name != name.local { visitor.fault(.wrongCase(name.local, element), at: position) }
    rootNamespace = name.namespace
    let isExpected =
      name.namespace == SyncMLMessage.namespace || (name.namespace.isEmpty && element != .syncML)
    if !isExpected { visitor.fault(.rootNamespace(name), at: position) }
    if shape != .none, shape != .commands || element.verb == nil {
      visitor.fault(.secondRoot(element, behind: shape), at: position)
    }
    if shape == .none {
      shape = element == .syncML ? .message : element == .syncBody ? .body : .commands
      visitor.shape(shape, at: position)
    }
    open(element, attributes, at: position)
  }

  private mutating func recognize(
    _ name: XMLName, parent: PayloadElement, at position: XMLPosition
  ) -> PayloadElement? {
    if let element = PayloadElement.named(name.local) { return element }
    if let element = PayloadElement.named(ignoringCase: name.local) {
      visitor.fault(.wrongCase(name.local, element), at: position)
      return element
    }
    visitor.fault(.unknownElement(name.local, parent: parent), at: position)
    return nil
  }

  private mutating func open(
    _ element: PayloadElement, _ attributes: [XMLAttribute], at position: XMLPosition
  ) {
    for attribute in attributes where attribute.name.namespace.isEmpty {
      visitor.fault(.attribute(attribute.name.local, element: element), at: position)
    }
    frames.append(Frame(element, at: position))
    if let verb = element.verb {
      let enclosing = groups.map(\.command.verb)
      var begun = PayloadCommand(verb: verb, position: position)
      begun.groups = enclosing
      if verb.isGroup {
        visitor.groupBegan(verb, at: position, in: enclosing)
        groups.append(OpenGroup(command: begun))
      } else {
        command = begun
      }
    } else if element == .item {
      item = PayloadItem(position: position)
    } else if element == .syncHdr {
      header = PayloadHeader(position: position, namespace: rootNamespace)
    }
  }

  private mutating func text(_ text: String, cdata: Bool, at position: XMLPosition) {
    guard let index = frames.indices.last else {
      // A fragment's text between its commands; in a whole document the parser of XML refuses it.
      if text.utf8.contains(where: { !isXMLSpace($0) }) {
        visitor.fault(.strayText(text, parent: nil), at: firstInk(of: text, from: position))
      }
      return
    }
    switch frames[index].model {
    case .opaque: return
    case .elements, .empty:
      guard text.utf8.contains(where: { !isXMLSpace($0) }), !frames[index].hasStrayText else { return }
      frames[index].hasStrayText = true
      visitor.fault(
        .strayText(text, parent: frames[index].element), at: firstInk(of: text, from: position))
    case .text, .value:
      if cdata, frames[index].element == .locURI {
        visitor.fault(.markupInLocURI("a CDATA section"), at: position)
      }
      frames[index].append(text, cdata: cdata, at: position)
    }
  }

  private mutating func end(at position: XMLPosition) {
    guard var frame = frames.popLast() else { return }
    frame.text.end = position
    frame.text.hasElements = frame.hasElements
    let element = frame.element
    if !frame.hasElements || frame.isElementContent {
      for missing in frame.missing(inFragment: shape.isFragment && !isStrict) {
        visitor.fault(.missing(missing, parent: element), at: frame.position)
      }
    }
    if let verb = element.verb {
      verb.isGroup ? endGroup() : endCommand()
    } else if element == .item {
      if let item { command?.items.append(item) }
      item = nil
    } else if element == .syncHdr {
      if let header { visitor.header(header) }
      header = nil
    } else if element == .final {
      visitor.final(at: frame.position)
    } else if case .elements = frame.model {
      return
    } else {
      store(frame.text, of: element)
    }
  }

  private mutating func endCommand() {
    guard let ended = command else { return }
    command = nil
    item = nil
    visitor.command(ended, commands: 0)
    if let last = groups.indices.last { groups[last].commands += 1 }
  }

  private mutating func endGroup() {
    guard let group = groups.popLast() else { return }
    visitor.command(group.command, commands: group.commands)
    if let last = groups.indices.last { groups[last].commands += 1 }
  }

  /// Keeps the text of an element where it belongs; the first of several wins.
  private mutating func store(_ text: PayloadText, of element: PayloadElement) {
    let parent = frames.last?.element
    switch element {
    case .verDTD: header?.verDTD.fill(text)
    case .verProto: header?.verProto.fill(text)
    case .sessionID: header?.sessionID.fill(text)
    case .msgID: header?.msgID.fill(text)
    case .cmdID:
      if command != nil {
        command?.cmdID.fill(text)
      } else if let last = groups.indices.last, parent?.verb?.isGroup == true {
        groups[last].command.cmdID.fill(text)
      }
    case .msgRef: command?.msgRef.fill(text)
    case .cmdRef: command?.cmdRef.fill(text)
    case .correlator: command?.correlator.fill(text)
    case .cmd: command?.cmd.fill(text)
    case .locURI: storeLocation(text, parent: parent)
    case .format where parent == .meta: updateMeta { $0.format.fill(text) }
    case .type where parent == .meta: updateMeta { $0.type.fill(text) }
    case .data:
      if parent == .item {
        item?.data.fill(text)
      } else if parent?.verb != nil {
        command?.data.fill(text)
      }
    default: break
    }
  }

  private mutating func storeLocation(_ text: PayloadText, parent: PayloadElement?) {
    if item != nil {
      if parent == .target { item?.target.fill(text) }
      if parent == .source { item?.source.fill(text) }
    } else if header != nil {
      if parent == .target { header?.target.fill(text) }
      if parent == .source { header?.source.fill(text) }
    }
  }

  /// `Meta` stands in an Item, in a command, or in a place (header, Cred, Chal) whose format nobody asks for.
  private mutating func updateMeta(_ update: (inout PayloadMeta) -> Void) {
    guard frames.count >= 2 else { return }
    let owner = frames[frames.count - 2].element
    if owner == .item {
      if var meta = item?.meta { update(&meta); item?.meta = meta }
    } else if owner.verb != nil {
      if var meta = command?.meta { update(&meta); command?.meta = meta }
    }
  }
}

extension Optional<PayloadText> {
  /// Keeps what is there already.
  fileprivate mutating func fill(_ text: PayloadText) {
    if self == nil { self = text }
  }
}

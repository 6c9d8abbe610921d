import Diagnostics
import XMLInput

/// Turns batches of XML events into commands, one at a time, and reports what breaks the structure of SyncML.
///
/// It never stops at a fault: a misspelt element is taken for the one that is meant, an unknown one is left out with
/// all it holds. Memory is bounded by the largest command and the depth of elements.
struct PayloadParser<Visitor: PayloadVisitor> {
  var visitor: Visitor
  private let table = ContentTable.syncML
  private var names = ElementNames()
  private var paths = PathStrings()
  private var frames: [Frame] = []
  /// The text of the last frame, when that holds text.
  private var openText = OpenText()
  /// Elements that are open inside one that is not looked into.
  private var skipped = 0
  private var header: PayloadHeader?
  private var groups: [OpenGroup] = []
  private var enclosing: [SyncMLVerb] = []
  /// The command that is open, when one is: its storage serves for all.
  private var command = PayloadCommand(verb: .get, position: .start)
  private var isInCommand = false
  private var item = PayloadItem(position: .start)
  private var isInItem = false
  private var shape = PayloadShape.none

  /// Whether a fragment must hold what a server would add.
  private let isStrict: Bool

  init(visitor: Visitor, isStrict: Bool = false) {
    self.visitor = visitor
    self.isStrict = isStrict
  }

  /// The CDATA section in which another one was begun, if the text that is open has one: the first `]]>` ended both.
  var nestedCDATA: SourcePosition? {
    guard let frame = frames.last, frame.kind == .text || frame.kind == .value, openText.isCDATA else {
      return nil
    }
    let text = openText.text(openText.value, of: frame, pathNumber: 0, endingAt: frame.position)
    return text.hasUnclosedCDATA ? text.position : nil
  }

  private struct OpenGroup {
    var command: PayloadCommand
    var commands = 0
  }

  mutating func accept(_ batch: XMLBatch) {
    visitor.read(batch, keepingFrom: isInCommand ? command.position.offset : batch.sourceStart)
    batch.bytes.withUnsafeBufferPointer { bytes in
      for event in batch.events {
        switch event.kind {
        case .start:
          if skipped > 0 { skipped += 1 } else { start(event, batch) }
        case .end:
          if skipped > 0 { skipped -= 1 } else { end(at: event.at) }
        case .text, .cdata:
          if skipped == 0 {
            text(UnsafeBufferPointer(rebasing: bytes[event.content]), of: event, in: batch)
          }
        case .comment:
          if skipped == 0, frames.last?.element == .locURI {
            visitor.fault(.markupInLocURI("a comment"), at: event.at)
          }
        case .processingInstruction:
          visitor.fault(.processingInstruction(batch.text(of: event)), at: event.at)
        }
      }
    }
  }

  private mutating func start(_ event: XMLBatch.Event, _ batch: XMLBatch) {
    guard let parent = frames.indices.last else { return startRoot(event, batch) }
    guard frames[parent].kind == .elements else {
      skipped = 1
      return startInText(batch.name(event.nameID), parent: parent, at: event.at)
    }
    let name = names.entry(event.nameID, in: batch)
    guard let element = name.element else {
      visitor.fault(
        .unknownElement(batch.name(event.nameID).local, parent: frames[parent].element), at: event.at)
      skipped = 1
      return
    }
    if !name.isExact { visitor.fault(.wrongCase(batch.name(event.nameID).local, element), at: event.at) }
    switch frames[parent].place(element, by: table) {
    case .fits: break
    case .misplaced:
      visitor.fault(.misplaced(element, parent: frames[parent].element), at: event.at)
      skipped = 1
      return
    case .repeated:
      visitor.fault(.repeated(element, parent: frames[parent].element), at: event.at)
    // Windows writes `Type` before `Format` into the alerts that it sends itself.
    case .outOfOrder where frames[parent].element == .meta && isInCommand && command.verb == .alert: break
    case .outOfOrder(let later):
      visitor.fault(.outOfOrder(element, after: later, parent: frames[parent].element), at: event.at)
    }
    if !name.isInPlace {
      visitor.fault(
        .wrongNamespace(
          element, found: batch.name(event.nameID).namespace, expected: names.namespace(of: element)),
        at: event.at)
    }
    open(element, event, batch)
  }

  /// An element in one without element content is left out.
  private mutating func startInText(_ name: XMLName, parent: Int, at position: SourcePosition) {
    let fault: PayloadFault
    switch frames[parent].kind {
    case .elements, .opaque: return
    case .value: fault = .rawXMLInData(name.local)
    case .text, .empty: fault = .elementInText(name.local, parent: frames[parent].element)
    }
    if !frames[parent].hasElements { visitor.fault(fault, at: position) }
    frames[parent].hasElements = true
  }

  private mutating func startRoot(_ event: XMLBatch.Event, _ batch: XMLBatch) {
    let name = batch.name(event.nameID)
    let position = event.at
    guard let element = PayloadElement.named(name.local) ?? PayloadElement.named(ignoringCase: name.local),
      element == .syncML || element == .syncBody || element.verb != nil
    else {
      visitor.fault(.unknownRoot(name), at: position)
      skipped = 1
      return
    }
    if element.name != name.local { visitor.fault(.wrongCase(name.local, element), at: position) }
    names.enter(rootNamespace: name.namespace)
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
    open(element, event, batch)
  }

  private mutating func open(_ element: PayloadElement, _ event: XMLBatch.Event, _ batch: XMLBatch) {
    if !event.content.isEmpty {
      for attribute in batch.attributes[event.content] where attribute.name.namespace.isEmpty {
        visitor.fault(.attribute(attribute.name.local, element: element), at: event.at)
      }
    }
    let kind = table.kind(of: element)
    frames.append(Frame(element, kind, at: event.at))
    if kind != .elements { return openText.clear() }
    if let verb = element.verb {
      begin(verb, at: event.at)
    } else if element == .item {
      item = PayloadItem(position: event.at)
      isInItem = true
    } else if element == .syncHdr {
      header = PayloadHeader(position: event.at, namespace: names.namespace(of: .syncML))
    }
  }

  private mutating func begin(_ verb: SyncMLVerb, at position: SourcePosition) {
    guard verb.isGroup else {
      command.begin(verb, at: position, in: enclosing)
      isInCommand = true
      return
    }
    visitor.groupBegan(verb, at: position, in: enclosing)
    var begun = PayloadCommand(verb: verb, position: position)
    begun.groups = enclosing
    groups.append(OpenGroup(command: begun))
    enclosing.append(verb)
  }

  private mutating func text(
    _ text: UnsafeBufferPointer<UInt8>, of event: XMLBatch.Event, in batch: XMLBatch
  ) {
    guard let index = frames.indices.last else {
      // A fragment's text between its commands; in a whole document the parser of XML refuses it.
      if let ink = firstInk(of: text, event, in: batch) {
        visitor.fault(.strayText(String(decoding: text, as: UTF8.self), parent: nil), at: ink)
      }
      return
    }
    switch frames[index].kind {
    case .opaque: return
    case .elements, .empty:
      guard let ink = firstInk(of: text, event, in: batch), !frames[index].hasStrayText else { return }
      frames[index].hasStrayText = true
      visitor.fault(
        .strayText(String(decoding: text, as: UTF8.self), parent: frames[index].element), at: ink)
    case .text, .value:
      if event.kind == .cdata, frames[index].element == .locURI {
        visitor.fault(.markupInLocURI("a CDATA section"), at: event.at)
      }
      openText.append(text, of: event, in: batch)
    }
  }

  private mutating func end(at position: SourcePosition) {
    guard let frame = frames.popLast() else { return }
    let element = frame.element
    guard frame.kind == .elements else {
      if element == .final { return visitor.final(at: frame.position) }
      return store(frame, endingAt: position)
    }
    let missing = frame.missing(by: table, inFragment: shape.isFragment && !isStrict)
    if !missing.isEmpty {
      for alone in missing where alone == .cmdID || alone == .syncHdr {
        visitor.fault(.missing([alone], parent: element), at: frame.position)
      }
      let others = missing.filter { $0 != .cmdID && $0 != .syncHdr }
      if !others.isEmpty { visitor.fault(.missing(others, parent: element), at: frame.position) }
    }
    if let verb = element.verb {
      verb.isGroup ? endGroup() : endCommand()
    } else if element == .item {
      if isInCommand, isInItem { command.items.append(item) }
      isInItem = false
    } else if element == .syncHdr {
      if let header { visitor.header(header) }
      header = nil
    }
  }

  private mutating func endCommand() {
    guard isInCommand else { return }
    isInCommand = false
    isInItem = false
    visitor.command(command, commands: 0)
    if let last = groups.indices.last { groups[last].commands += 1 }
  }

  private mutating func endGroup() {
    guard let group = groups.popLast() else { return }
    enclosing.removeLast()
    visitor.command(group.command, commands: group.commands)
    if let last = groups.indices.last { groups[last].commands += 1 }
  }

  /// Keeps the text of an element where it belongs; the first of several wins.
  private mutating func store(_ frame: Frame, endingAt end: SourcePosition) {
    if frame.element == .moreData, isInItem { item.hasMoreData = true }
    guard frame.kind != .opaque, frame.kind != .empty else { return }
    var number: UInt32 = 0
    var value = ""
    if frame.element == .locURI {
      (value, number) = openText.bytes.withUnsafeBufferPointer { paths.path($0) }
    } else {
      value = openText.value
    }
    let text = openText.text(value, of: frame, pathNumber: number, endingAt: end)
    let parent = frames.last?.element
    switch frame.element {
    case .verDTD: header?.verDTD.fill(text)
    case .verProto: header?.verProto.fill(text)
    case .sessionID: header?.sessionID.fill(text)
    case .msgID: header?.msgID.fill(text)
    case .cmdID:
      if isInCommand {
        command.cmdID.fill(text)
      } else if let last = groups.indices.last, parent?.verb?.isGroup == true {
        groups[last].command.cmdID.fill(text)
      }
    case .locURI: storeLocation(text, parent: parent)
    case .format where parent == .meta: updateMeta { $0.format.fill(text) }
    case .type where parent == .meta: updateMeta { $0.type.fill(text) }
    case .data where parent == .item: if isInItem { item.data.fill(text) }
    default: if isInCommand { storeInCommand(text, of: frame.element, parent: parent) }
    }
  }

  private mutating func storeInCommand(
    _ text: PayloadText, of element: PayloadElement, parent: PayloadElement?
  ) {
    switch element {
    case .msgRef: command.msgRef.fill(text)
    case .cmdRef: command.cmdRef.fill(text)
    case .correlator: command.correlator.fill(text)
    case .cmd: command.cmd.fill(text)
    case .targetRef, .sourceRef: command.references.append(text)
    case .data where parent?.verb != nil: command.data.fill(text)
    default: break
    }
  }

  private mutating func storeLocation(_ text: PayloadText, parent: PayloadElement?) {
    if isInItem {
      if parent == .target { item.target.fill(text) }
      if parent == .source { item.source.fill(text) }
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
      if isInItem { update(&item.meta) }
    } else if owner.verb != nil, isInCommand {
      update(&command.meta)
    }
  }
}

extension Optional<PayloadText> {
  /// Keeps what is there already.
  fileprivate mutating func fill(_ text: PayloadText) {
    if self == nil { self = text }
  }
}

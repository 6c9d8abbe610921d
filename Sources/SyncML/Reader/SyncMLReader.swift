import CSPCatalog
import Diagnostics
import XMLInput

/// A payload as the model has it, with the place of every command.
package struct SyncMLDocument: Hashable, Sendable {
  /// What the payload begins with.
  package var shape: PayloadShape
  /// The header of a whole message.
  package var header: PayloadHeader?
  /// The commands in order.
  package var commands: [SyncMLCommand]
  /// Where each command begins, in document order, an Atomic before what it holds.
  package var positions: [SourcePosition]
  /// Whether `Final` stands at the end.
  package var isFinal: Bool
  /// What breaks the structure of SyncML; the rest was read all the same.
  package var faults: [PayloadFinding]

  /// The message, or nil for a fragment or a header that lacks a field.
  package var message: SyncMLMessage? {
    guard shape == .message, let header, let session = header.sessionID, let number = header.msgID,
      let target = header.target, let source = header.source
    else { return nil }
    return SyncMLMessage(
      sessionID: session.value, messageID: number.value, target: target.value, source: source.value,
      commands: commands, isFinal: isFinal)
  }
}

/// Reads a whole payload into the model: a message, a `SyncBody`, or commands without anything around them.
///
/// The XML is bounded as ``XMLLimits`` say, and no entity is known. Use ``PayloadValidator`` to judge a payload; it keeps
/// no more than one command.
package struct SyncMLReader: Sendable {
  private let limits: XMLLimits

  /// A reader that refuses what is beyond the limits.
  package init(limits: XMLLimits = XMLLimits()) { self.limits = limits }

  /// The document, or why its XML could not be read.
  package func read(_ bytes: [UInt8]) throws(XMLError) -> SyncMLDocument {
    var parser = PayloadParser(visitor: Collector())
    var reader = XMLReader(limits: limits, shape: .fragment)
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(XMLError) in
        try reader.feedBatches(of: bytes) { batch throws(XMLError) in parser.accept(batch) }
      }
    }.get()
    try reader.finishBatches { batch throws(XMLError) in parser.accept(batch) }
    return parser.visitor.document
  }
}

/// Builds the document; commands of open groups wait on a stack.
private struct Collector: PayloadVisitor {
  var document = SyncMLDocument(
    shape: .none, header: nil, commands: [], positions: [], isFinal: false, faults: [])
  private var open: [[SyncMLCommand]] = []

  mutating func shape(_ shape: PayloadShape, at position: SourcePosition) { document.shape = shape }
  mutating func header(_ header: PayloadHeader) { document.header = header }
  mutating func final(at position: SourcePosition) { document.isFinal = true }

  mutating func groupBegan(_ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb]) {
    document.positions.append(position)
    open.append([])
  }

  mutating func command(_ command: PayloadCommand, commands: Int) {
    var model = SyncMLCommand(command)
    if command.verb.isGroup {
      model.commands = open.popLast() ?? []
    } else {
      document.positions.append(command.position)
    }
    if let last = open.indices.last { open[last].append(model) } else { document.commands.append(model) }
  }

  mutating func fault(_ fault: PayloadFault, at position: SourcePosition) {
    document.faults.append(
      StructureRule.finding(for: fault, at: position, isLenient: document.shape.isFragment))
  }
}

extension SyncMLCommand {
  /// The command of the model; an unknown format is left out.
  init(_ command: PayloadCommand) {
    self.init(
      command.verb, cmdID: command.cmdID.map { String($0.trimmed) }, meta: SyncMLMeta(command.meta),
      data: command.data?.value,
      items: command.items.map { item in
        SyncMLItem(
          target: item.target?.value, source: item.source?.value, meta: SyncMLMeta(item.meta),
          data: item.data?.value, dataStyle: item.data?.isCDATA == true ? .cdata : .escaped)
      })
  }
}

extension SyncMLMeta {
  init(_ meta: PayloadMeta) {
    self.init(
      format: meta.format.flatMap { NodeFormat(rawValue: String($0.trimmed)) },
      type: meta.type.map { String($0.trimmed) })
  }
}

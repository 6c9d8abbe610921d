import CSPCatalog
import Diagnostics

/// A command on one node before it is text: what a compiler asks the rulebook about.
package struct NodeCommand: Hashable, Sendable {
  /// What it does.
  package let verb: SyncMLVerb
  /// The `LocURI`.
  package let path: String
  /// The `Format` that it states; nil when it states none.
  package let format: NodeFormat?
  /// The value, before any escaping for XML; nil when the command has no `Data`.
  package let value: String?

  /// A command with one item.
  package init(_ verb: SyncMLVerb, _ path: String, format: NodeFormat? = nil, value: String? = nil) {
    self.verb = verb
    self.path = path
    self.format = format
    self.value = value
  }
}

/// The rulebook as a compiler asks it: judges the commands of a payload that is not written yet by the rules that
/// ``PayloadValidator`` judges the payload by.
package struct CommandRulebook {
  private let catalog: CSPCatalog
  /// What has been looked up serves every payload.
  private let lookups: NodeLookups

  /// The rules over the nodes of a catalogue.
  package init(_ catalog: CSPCatalog) {
    self.catalog = catalog
    lookups = NodeLookups(catalog: catalog)
  }

  /// Judges the commands of one payload. `targets` are the devices that it is for; nil to leave them open.
  package func judge(for targets: TargetDevices?) -> CommandJudge {
    CommandJudge(PayloadOptions(catalog: catalog, targets: targets, findingLimit: .max), lookups)
  }
}

/// The commands of one payload while they are judged, in the order in which they are sent.
package struct CommandJudge {
  /// A part of a command.
  package enum Part: Int, Hashable, Sendable {
    case command = 1
    case path, format, value
  }

  /// What a finding points to.
  package struct Place: Hashable, Sendable {
    /// The number of the command from 0, an Atomic before what it holds: its CmdID less one.
    package let command: Int
    /// Which part of it.
    package let part: Part
  }

  /// A finding with the places that it points to.
  package struct Finding {
    /// What was found; its positions mean nothing.
    package let finding: PayloadFinding
    /// Where.
    package let place: Place
    /// Another place that explains it, if any.
    package let related: (place: Place, text: String)?
  }

  private var judge: Judge
  private var count = 0
  private var atomic: (position: SourcePosition, commands: Int)?

  init(_ options: PayloadOptions, _ lookups: NodeLookups) {
    judge = Judge(options, lookups)
    judge.shape(.commands, at: .start)
  }

  /// An Atomic begins; what is judged up to ``endAtomic()`` is in it.
  package mutating func beginAtomic() {
    let position = next()(.command)
    judge.groupBegan(.atomic, at: position, in: [])
    atomic = (position, 0)
  }

  /// The Atomic ends.
  package mutating func endAtomic() {
    guard let ended = atomic else { return }
    atomic = nil
    judge.command(PayloadCommand(verb: .atomic, position: ended.position), commands: ended.commands)
  }

  /// Judges a command.
  package mutating func judge(_ command: NodeCommand) {
    let place = next()
    var item = PayloadItem(position: place(.command))
    item.target = Self.text(command.path, at: place(.path))
    item.meta.format = command.format.map { Self.text($0.rawValue, at: place(.format)) }
    item.data = command.value.map { Self.text($0, at: place(.value)) }
    var judged = PayloadCommand(verb: command.verb, position: place(.command))
    judged.items = [item]
    if atomic != nil {
      judged.groups = [.atomic]
      atomic?.commands += 1
    }
    judge.command(judged, commands: 0)
  }

  /// All findings, by command. A judge that saw no command has none.
  package consuming func finish() -> [Finding] {
    guard count > 0 else { return [] }
    return judge.report(isComplete: true).findings.map { finding in
      Finding(
        finding: finding, place: Self.place(at: finding.position),
        related: finding.related.map { (Self.place(at: $0.position), $0.text) })
    }
  }

  /// Makes the positions of one more command: its number is the line, its parts are columns.
  private mutating func next() -> (Part) -> SourcePosition {
    count += 1
    let line = count
    return { SourcePosition(line: line, column: $0.rawValue, offset: line << 3 | $0.rawValue) }
  }

  private static func place(at position: SourcePosition) -> Place {
    Place(command: position.line - 1, part: Part(rawValue: position.column) ?? .command)
  }

  /// A text that has one place, whichever of its bytes is meant.
  private static func text(_ value: String, at position: SourcePosition) -> PayloadText {
    PayloadText(
      value: value, element: position, position: position, start: position, end: position, isCDATA: false,
      hasElements: false)
  }
}

/// What XML can carry, for those who write values into payloads.
package enum PayloadCharacters {
  /// The first character of a text that no payload can carry in any spelling; nil when there is none.
  package static func firstForbidden(in text: String) -> Unicode.Scalar? {
    let isPlain =
      text.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.allSatisfy { ($0 >= 0x20 && $0 < 0xEF) || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
      } ?? false
    return isPlain ? nil : text.unicodeScalars.first { !$0.isXML }
  }
}

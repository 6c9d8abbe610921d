import CSPCatalog

/// A command that a message can hold, by the name of its element.
package enum SyncMLVerb: String, Hashable, Sendable, CaseIterable {
  case add = "Add"
  case replace = "Replace"
  case delete = "Delete"
  case get = "Get"
  case exec = "Exec"
  case copy = "Copy"
  case atomic = "Atomic"
  case sequence = "Sequence"
  case alert = "Alert"
  case status = "Status"
  case results = "Results"

  /// Whether it holds commands rather than items.
  package var isGroup: Bool { self == .atomic || self == .sequence }

  /// What a node's access types must hold for this command, or nil when it does not act on a node.
  package var access: AccessTypes? {
    switch self {
    case .add: .add
    case .replace: .replace
    case .delete: .delete
    case .get: .get
    case .exec: .exec
    case .copy: .copy
    case .atomic, .sequence, .alert, .status, .results: nil
    }
  }
}

/// One command of a message.
package struct SyncMLCommand: Hashable, Sendable {
  /// What it does.
  package var verb: SyncMLVerb
  /// What a reader found. The writer numbers the commands itself and leaves this aside.
  package var cmdID: String?
  /// Format and type for every item that has none of its own.
  package var meta: SyncMLMeta
  /// `Data` of an Alert (the alert code) or a Status (the status code).
  package var data: String?
  /// What it acts on; empty for a group.
  package var items: [SyncMLItem]
  /// The commands of an Atomic or a Sequence.
  package var commands: [SyncMLCommand]

  /// A command; what does not belong to its verb is left out.
  package init(
    _ verb: SyncMLVerb, cmdID: String? = nil, meta: SyncMLMeta = SyncMLMeta(), data: String? = nil,
    items: [SyncMLItem] = [], commands: [SyncMLCommand] = []
  ) {
    self.verb = verb
    self.cmdID = cmdID
    self.meta = meta
    self.data = data
    self.items = items
    self.commands = commands
  }

  /// A command with one item.
  package init(
    _ verb: SyncMLVerb, _ target: String, format: NodeFormat? = nil, type: String? = nil, data: String? = nil,
    dataStyle: SyncMLDataStyle = .escaped
  ) {
    self.init(
      verb,
      items: [
        SyncMLItem(
          target: target, meta: SyncMLMeta(format: format, type: type), data: data, dataStyle: dataStyle)
      ])
  }

  /// An Atomic: all of its commands take effect or none.
  package static func atomic(_ commands: [SyncMLCommand]) -> SyncMLCommand {
    SyncMLCommand(.atomic, commands: commands)
  }

  static func number(_ commands: inout [SyncMLCommand], next: inout Int) {
    for index in commands.indices {
      commands[index].cmdID = String(next)
      next += 1
      number(&commands[index].commands, next: &next)
    }
  }
}

/// How the text of a `Data` element is written. A device reads the same value from either.
package enum SyncMLDataStyle: Hashable, Sendable {
  /// With `&lt;`, `&amp;` and the like: what Windows reports back and verifies against.
  case escaped
  /// In a CDATA section.
  case cdata
}

/// Format and type of a value (`Meta`).
package struct SyncMLMeta: Hashable, Sendable {
  /// The format of the value, by OMA's names.
  package var format: NodeFormat?
  /// The MIME type, such as `text/plain`.
  package var type: String?

  /// Format and type, either of which may be left out.
  package init(format: NodeFormat? = nil, type: String? = nil) {
    self.format = format
    self.type = type
  }

  /// Whether nothing is said, so that no `Meta` is written.
  package var isEmpty: Bool { format == nil && type == nil }
}

/// One item of a command: a node, and the value for it.
package struct SyncMLItem: Hashable, Sendable {
  /// The `LocURI` of the node that the command acts on.
  package var target: String?
  /// The `LocURI` that a value comes from (Results, Copy).
  package var source: String?
  /// Format and type of the value.
  package var meta: SyncMLMeta
  /// The value as the node gets it, unescaped; nil for no `Data` element at all.
  package var data: String?
  /// How the value is written, or was.
  package var dataStyle: SyncMLDataStyle

  /// An item; what is nil is not written.
  package init(
    target: String? = nil, source: String? = nil, meta: SyncMLMeta = SyncMLMeta(), data: String? = nil,
    dataStyle: SyncMLDataStyle = .escaped
  ) {
    self.target = target
    self.source = source
    self.meta = meta
    self.data = data
    self.dataStyle = dataStyle
  }
}

/// How many findings of each severity there are.
struct FindingCounts: Hashable {
  var errors = 0
  var warnings = 0
  var notes = 0
  /// Of the notes those that would be more, were they not accepted.
  var waived = 0

  mutating func add(_ more: FindingCounts) {
    errors += more.errors
    warnings += more.warnings
    notes += more.notes
  }

  static func - (left: FindingCounts, right: FindingCounts) -> FindingCounts {
    FindingCounts(
      errors: left.errors - right.errors, warnings: left.warnings - right.warnings,
      notes: left.notes - right.notes)
  }
}

/// What came of the last commands, so that an equal one need not be judged again: payloads set the same node to the same
/// value again and again.
///
/// Two commands are equal here when they differ in nothing but CmdID and place. Only rules that keep no account
/// of the commands they have seen may be spared one.
struct RepeatedCommands {
  /// All that makes a command with a single item, but its CmdID, and what was found in it.
  private struct Verdict {
    var hash: UInt64
    var verb: SyncMLVerb
    var group: UInt8
    var path: UInt32
    var isCDATA: Bool
    var format: String?
    var type: String?
    var data: String?
    var counts: FindingCounts
    /// Whether it came twice: what is told once only does not.
    var isConfirmed: Bool

    init(_ command: PayloadCommand, _ item: PayloadItem, hash: UInt64, counts: FindingCounts) {
      self.hash = hash
      verb = command.verb
      group = RepeatedCommands.group(of: command)
      path = item.target?.pathNumber ?? 0
      isCDATA = item.data?.isCDATA == true
      format = item.meta.format?.value
      type = item.meta.type?.value
      data = item.data?.value
      self.counts = counts
      isConfirmed = counts == FindingCounts()
    }

    /// What was found, when it is certain and the command is an equal one.
    func counts(for command: PayloadCommand, hash: UInt64) -> FindingCounts? {
      isConfirmed && isOn(command, command.items[0], hash: hash) ? counts : nil
    }

    func isOn(_ command: PayloadCommand, _ item: PayloadItem, hash: UInt64) -> Bool {
      self.hash == hash && path == item.target?.pathNumber && verb == command.verb
        && group == RepeatedCommands.group(of: command) && isCDATA == (item.data?.isCDATA == true)
        && data == item.data?.value && format == item.meta.format?.value && type == item.meta.type?.value
    }
  }

  private static let capacity = 4096
  /// None before the first is kept.
  private var verdicts: [Verdict?] = []
  /// The hashes of the verdicts, 0 for none: most questions end here.
  private var hashes: [UInt64] = []
  /// The hash of the command that was asked for last; nil when it has more than commands usually have.
  private var asked: UInt64?

  /// What the rules that keep no account find in a command, when that is known for certain.
  mutating func verdict(on command: PayloadCommand) -> FindingCounts? {
    asked = Self.hash(command)
    guard let asked, !hashes.isEmpty, hashes[Self.index(of: asked)] == asked else { return nil }
    return verdicts[Self.index(of: asked)]?.counts(for: command, hash: asked)
  }

  /// Keeps what they found in the command that was asked for last.
  mutating func remember(_ counts: FindingCounts, in command: PayloadCommand) {
    guard let asked else { return }
    if hashes.isEmpty {
      verdicts = Array(repeating: nil, count: Self.capacity)
      hashes = Array(repeating: 0, count: Self.capacity)
    }
    let index = Self.index(of: asked)
    var verdict = Verdict(command, command.items[0], hash: asked, counts: counts)
    if let before = verdicts[index], before.counts == counts,
      before.isOn(command, command.items[0], hash: asked)
    {
      verdict.isConfirmed = true
    }
    verdicts[index] = verdict
    hashes[index] = asked
  }

  private static func hash(_ command: PayloadCommand) -> UInt64? {
    guard command.items.count == 1, command.groups.count <= 1, command.isPlain else { return nil }
    return hash(command.items[0], seed: UInt64(group(of: command)))
  }

  private static func hash(_ item: PayloadItem, seed: UInt64) -> UInt64? {
    guard item.source == nil, isShort(item.meta.format), isShort(item.meta.type), let target = item.target,
      target.pathNumber != 0, !target.hasElements, !target.isCDATA
    else { return nil }
    let seed = seed | UInt64(target.pathNumber) << 8
    guard let data = item.data else { return ByteHash.hash("", seed: seed) }
    guard !data.hasElements, data.value.utf8.count <= 1024 else { return nil }
    return ByteHash.hash(data.value, seed: seed)
  }

  private static func isShort(_ text: PayloadText?) -> Bool {
    guard let text else { return true }
    return !text.hasElements && !text.isCDATA && text.value.utf8.count <= 64
  }

  /// 0 outside of a group, 1 in an Atomic, 2 in a Sequence.
  private static func group(of command: PayloadCommand) -> UInt8 {
    command.groups.isEmpty ? 0 : command.groups[0] == .atomic ? 1 : 2
  }

  private static func index(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 20) & (capacity - 1) }
}

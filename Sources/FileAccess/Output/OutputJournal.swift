import SystemPackage

/// What a transaction is about to change in its output folder, written down before the first change. From it, and from
/// what is kept in the staging folder, a later run takes back what a killed one had begun.
///
/// It trusts nothing but what it can see: an output is replaced or removed only where it is the very file that the
/// transaction put there.
struct OutputJournal {
  /// The name that it is written under before it counts.
  static let draft = "journal.part"
  private static let heading = "policyc journal 1"
  private static let end = "end"

  /// One name of the output folder.
  struct Entry {
    var name: String
    /// The file that comes under the name; nil where the name goes.
    var fresh: EntryStatus.Identity?
    /// Whether something has the name before.
    var replaces: Bool
  }

  var entries: [Entry] = []

  init() {}

  /// The text of a journal; nil where it is not one.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0, omittingEmptySubsequences: false)
    guard lines.count >= 3, lines[0].elementsEqual(Self.heading.utf8), lines[lines.count - 1].isEmpty,
      lines[lines.count - 2].elementsEqual(Self.end.utf8)
    else { return nil }
    for line in lines[1..<(lines.count - 2)] {
      guard let entry = Self.entry(line) else { return nil }
      entries.append(entry)
    }
  }

  /// The text: records that end with NUL, which no name has.
  var bytes: [UInt8] {
    var bytes = Array(Self.heading.utf8) + [0]
    for entry in entries {
      bytes += (entry.replaces ? "replaces" : "adds").utf8
      if let fresh = entry.fresh {
        bytes += " \(fresh.inode) \(fresh.size) \(fresh.seconds) \(fresh.nanoseconds)".utf8
      } else {
        bytes += " - - - -".utf8
      }
      bytes += " \(entry.name)".utf8
      bytes.append(0)
    }
    return bytes + Array(Self.end.utf8) + [0]
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Entry? {
    let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5, omittingEmptySubsequences: false)
      .map { String(validating: $0, as: UTF8.self) }
    guard fields.count == 6, let name = fields[5], OutputTransaction.isSuitable(name),
      fields[0] == "replaces" || fields[0] == "adds"
    else { return nil }
    var fresh: EntryStatus.Identity?
    if fields[1] != "-" {
      guard let inode = fields[1].flatMap({ UInt64($0) }), let size = fields[2].flatMap({ Int64($0) }),
        let seconds = fields[3].flatMap({ Int64($0) }), let nanoseconds = fields[4].flatMap({ Int64($0) })
      else { return nil }
      fresh = EntryStatus.Identity(inode: inode, size: size, seconds: seconds, nanoseconds: nanoseconds)
    }
    return Entry(name: name, fresh: fresh, replaces: fields[0] == "replaces")
  }

  /// Writes the journal down so that it is there whole or not at all.
  func write(in staging: StagingFolder, path: String) throws(FileError) {
    try writeWhole(bytes, to: staging.folder, Self.draft, shownAs: path, isPrivate: true)
    try awaitDisk(Self.draft, in: staging.folder, shownAs: path)
    do throws(Errno) {
      try staging.folder.move(Self.draft, to: staging.folder, as: StagingFolder.journal)
      try staging.folder.flush()
      // The staging folder's own name has to be found again too.
      try staging.parent.flush()
    } catch {
      throw .writing(path, error)
    }
  }

  /// Puts back what was there before, the last change first. It can be done again after it was itself cut short.
  ///
  /// - Returns: Whether everything is as it was. What somebody else has changed since is left to him.
  func takeBack(_ staging: StagingFolder) -> Bool {
    var isDone = true
    for entry in entries.reversed() where !takeBack(entry, staging) { isDone = false }
    if isDone { try? staging.parent.flush() }
    return isDone
  }

  private func takeBack(_ entry: Entry, _ staging: StagingFolder) -> Bool {
    let now = staging.parent.status(of: entry.name)
    let kept = staging.replaced.status(of: entry.name)
    guard now == nil || entry.fresh != nil && now?.identity == entry.fresh else { return true }
    do throws(Errno) {
      if let kept, kept.kind != .folder {
        try staging.replaced.move(entry.name, to: staging.parent, as: entry.name)
      } else if now != nil, !entry.replaces {
        try staging.parent.removeFile(entry.name)
      }
      return true
    } catch {
      return staging.parent.status(of: entry.name) == nil && kept == nil
    }
  }
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Writes several files into a folder, all or none.
///
/// Files are staged in a hidden folder inside the output folder, flushed to the disk, and moved into place by
/// ``commit()``. When anything fails before that is done, a signal included, what was replaced is put back,
/// and neither a file nor a folder is left that was not there before. A transaction that is dropped without a
/// commit has changed nothing. One that is killed while it moves files is taken back by the next one in the folder.
///
/// While there is a transaction, others of the same account in the same folder wait for their turn.
package struct OutputTransaction: ~Copyable {
  /// How long a transaction waits for its turn, in seconds.
  package static let patience = 60

  private let path: String
  private let created: CreatedFolders
  private let account: FolderAccount
  private let lock: FolderLock
  private let staging: StagingFolder
  private var additions: [Addition] = []
  private var removals: [(name: String, identity: EntryStatus.Identity)] = []
  private var taken: Set<String> = []
  private var journal = OutputJournal()
  private var state = State.open

  private struct Addition {
    let name: String
    let isPrivate: Bool
  }

  private enum State {
    /// Nothing has changed yet.
    case open
    /// Everything is in place, and can still be taken back.
    case placed
    case committed
    /// What was begun could not be taken back; the next transaction tries again.
    case stuck
  }

  private var folder: OpenFolder { created.folder }

  /// Opens a transaction on an output folder, which is created if it is missing, with the folders above it.
  ///
  /// - Parameter followingLinks: Whether the path may lead through links. Where nobody named it, whoever laid the links
  ///   must not choose what is written to.
  /// - Throws: ``FileError`` when the folder cannot be created or written to, or another run did not finish with it
  ///   in time.
  package init(folder path: String, followingLinks: Bool = true) throws(FileError) {
    try self.init(path, Self.patience) { () throws(FileError) in
      try CreatedFolders(upTo: path, followingLinks: followingLinks)
    }
  }

  /// `seconds` is how long to wait for the turn.
  package init(folder path: String, seconds: Int = patience, hook: OutputHook?) throws(FileError) {
    try self.init(path, seconds) { () throws(FileError) in try CreatedFolders(upTo: path, hook: hook) }
  }

  /// Opens a transaction on a folder that is already open.
  init(at path: String, in folder: OpenFolder) throws(FileError) {
    try self.init(path, Self.patience) { CreatedFolders(folder) }
  }

  private init(
    _ path: String, _ seconds: Int, opening: () throws(FileError) -> CreatedFolders
  ) throws(FileError) {
    Interruption.begin()
    do throws(FileError) {
      let created = try opening()
      do throws(FileError) {
        let account = try FolderAccount(in: created.folder, path: path)
        let lock = try FolderLock(created.folder, account, path: path, seconds: seconds)
        do throws(FileError) {
          if lock.isReal { try StagingFolder.recover(in: created.folder, account, path: path) }
          staging = try StagingFolder(in: created.folder, path: path)
        } catch {
          lock.release()
          throw error
        }
        self.lock = lock
        self.account = account
      } catch {
        created.remove()
        throw error
      }
      self.created = created
    } catch {
      Interruption.end()
      throw error
    }
    self.path = path
  }

  deinit {
    var isStuck = state == .stuck
    if state == .placed { isStuck = !journal.takeBack(staging) }
    if !isStuck { staging.remove() }
    lock.release()
    if state != .committed, !isStuck { created.remove() }
    Interruption.end()
  }

  /// The bytes of a regular file that is in the folder now; nil when there is none of that name.
  ///
  /// - Throws: ``FileError`` for anything else of that name, a link included, and for a file above the limit.
  package func read(_ name: String, limit: Int) throws(FileError) -> [UInt8]? {
    try folder.read(name, limit: limit, shownAs: target(name))
  }

  /// Stages a file under a name, one plain name without a slash, that it will have in the output folder.
  ///
  /// - Parameter isPrivate: Whether only its owner may read the file. Otherwise it keeps the permissions of the
  ///   file that it replaces, if that is this account's.
  /// - Throws: ``FileError`` when the name is unsuitable or already taken, the disk is full, or a signal
  ///   came.
  package mutating func add(_ name: String, _ bytes: [UInt8], isPrivate: Bool = false) throws(FileError) {
    guard Self.isSuitable(name), !taken.contains(name) else { throw FileError(name, .unsuitableName) }
    try writeWhole(bytes, to: staging.fresh, name, shownAs: target(name), isPrivate: isPrivate)
    taken.insert(name)
    additions.append(Addition(name: name, isPrivate: isPrivate))
  }

  /// Has a file leave the folder with the commit, if it is a regular file with the content that is expected.
  ///
  /// - Parameters:
  ///   - size: The number of bytes that it must have.
  ///   - isExpected: Whether these are its bytes.
  /// - Returns: What becomes of it.
  package mutating func remove(
    _ name: String, size: Int, if isExpected: ([UInt8]) -> Bool
  ) throws(FileError) -> Removal {
    guard Self.isSuitable(name), !taken.contains(name) else { throw FileError(name, .unsuitableName) }
    guard let before = folder.status(of: name) else { return .absent }
    guard before.kind == .file, before.size == Int64(size) else { return .kept }
    var bytes: [UInt8]?
    do throws(FileError) {
      bytes = try read(name, limit: size)
    } catch {
      return .kept
    }
    guard let bytes, isExpected(bytes), folder.status(of: name)?.identity == before.identity else {
      return .kept
    }
    taken.insert(name)
    removals.append((name, before.identity))
    return .leaves
  }

  /// What becomes of a file that is to leave.
  package enum Removal: Hashable, Sendable {
    case leaves
    /// It is not the file that was expected, or cannot be read, and stays.
    case kept
    case absent
  }

  /// Moves every file into place.
  ///
  /// - Throws: ``FileError`` when a file cannot be moved or a signal came; then nothing has changed.
  package consuming func commit() throws(FileError) {
    try place()
    try finish()
  }

  /// Moves every file into place, so that it can still be taken back: by ``finish()`` it stays, without it it goes.
  ///
  /// - Throws: ``FileError`` when a file cannot be moved or a signal came; then nothing has changed.
  mutating func place() throws(FileError) {
    if Interruption.isRequested { throw FileError(path, .interrupted) }
    try flushStaged()
    for addition in additions { try prepare(addition) }
    for removal in removals {
      journal.entries.append(OutputJournal.Entry(name: removal.name, fresh: nil, replaces: true))
    }
    do throws(Errno) {
      try staging.replaced.flush()
      try staging.fresh.flush()
    } catch {
      throw .writing(path, error)
    }
    try journal.write(in: staging, path: path)
    do throws(FileError) {
      for addition in additions { try replace(addition.name) }
      for removal in removals { try takeAway(removal.name, removal.identity) }
    } catch {
      if journal.takeBack(staging) { throw error }
      state = .stuck
      throw FileError(path, .unfinished(staging.name))
    }
    state = .placed
    try? folder.flush()
  }

  /// Makes what ``place()`` did final.
  ///
  /// - Throws: ``FileError`` when that cannot be done; then it is taken back.
  consuming func finish() throws(FileError) {
    // From here on a later run finds nothing to take back.
    do throws(Errno) {
      try staging.folder.removeFile(StagingFolder.journal)
    } catch {
      throw .writing(path, error)
    }
    state = .committed
    try? staging.folder.flush()
  }

  private func target(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Waits until the disk has every staged file: one after another, once all are written, which lets the file system
  /// write them together.
  private func flushStaged() throws(FileError) {
    for addition in additions {
      if Interruption.isRequested { throw FileError(path, .interrupted) }
      try awaitDisk(addition.name, in: staging.fresh, shownAs: target(addition.name))
    }
  }

  /// Keeps what a file replaces, and writes down that it comes.
  private mutating func prepare(_ addition: Addition) throws(FileError) {
    let name = addition.name
    let before = folder.status(of: name)
    switch before?.kind {
    case nil, .file?, .link?: break
    case .folder?: throw FileError(target(name), .isFolder, inWriting: true)
    case .special?: throw FileError(target(name), .isSpecial, inWriting: true)
    }
    if let before {
      // A second name keeps the old file without a moment in which there is none; not every file system has them. Then
      // it is moved away when its turn comes.
      try? folder.link(name, to: staging.replaced, as: name)
      if before.kind == .file, before.owner == account.owner, !addition.isPrivate {
        try? staging.fresh.setPermissions(of: name, before.mode & 0o777)
      }
    }
    guard let fresh = staging.fresh.status(of: name) else {
      throw FileError(target(name), .cannotWrite(.ioError))
    }
    journal.entries.append(
      OutputJournal.Entry(name: name, fresh: fresh.identity, replaces: before != nil))
  }

  /// Moves one file into place.
  private func replace(_ name: String) throws(FileError) {
    do throws(Errno) {
      if let now = folder.status(of: name), staging.replaced.status(of: name)?.identity != now.identity {
        guard now.kind != .folder else { throw .isDirectory }
        try folder.move(name, to: staging.replaced, as: name)
      }
      try staging.fresh.move(name, to: folder, as: name)
    } catch {
      throw .writing(target(name), error)
    }
  }

  /// Moves one file away, if it still is the one that was looked at.
  private func takeAway(_ name: String, _ identity: EntryStatus.Identity) throws(FileError) {
    do throws(Errno) {
      guard folder.status(of: name)?.identity == identity else { throw .resourceBusy }
      try folder.move(name, to: staging.replaced, as: name)
      guard staging.replaced.status(of: name)?.identity == identity else { throw .resourceBusy }
    } catch {
      throw .writing(target(name), error)
    }
  }

  /// Whether a name is one plain name that an output can have.
  static func isSuitable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255 && name != "." && name != ".." && !StagingFolder.isReserved(name)
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
  }
}

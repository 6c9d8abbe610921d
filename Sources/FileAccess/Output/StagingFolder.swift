import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A hidden folder inside an output folder, in which output is made ready on the same file system.
///
/// It has a name that nobody can foresee, only its owner can use it, and the first file in it is its mark, which names
/// the number that the file system gave to the folder: a copy of it, such as one that a repository carries, does not have
/// that number. What a killed program left is known by all of this, and only such a folder is cleaned away.
struct StagingFolder {
  static let prefix = ".policyc-"
  static let journal = "journal"
  private static let mark = "policyc-staging"
  /// Of the files that are read in it.
  private static let readLimit = 256 << 20

  /// The output folder.
  let parent: OpenFolder
  let name: String
  let folder: OpenFolder
  /// Where staged files lie.
  let fresh: OpenFolder
  /// Where what they replace is kept.
  let replaced: OpenFolder

  /// Whether a name is one that policyc keeps to itself in an output folder.
  static func isReserved(_ name: String) -> Bool { name.hasPrefix(prefix) }

  /// Whether a name is one that ``newName()`` can give.
  private static func isStaging(_ name: String) -> Bool {
    let digits = name.utf8.dropFirst(prefix.utf8.count)
    return isReserved(name) && digits.count == 32 && digits.allSatisfy { $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }
  }

  static func newName() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = (0..<2).map { _ in
      let text = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
    return prefix + digits.joined()
  }

  /// Makes one. The caller has the turn to write to the folder.
  init(in parent: OpenFolder, path: String) throws(FileError) {
    let name = Self.newName()
    self.parent = parent
    self.name = name
    do throws(Errno) {
      try parent.createFolder(name, mode: 0o700)
      do throws(Errno) {
        folder = try parent.folder(name)
        guard try folder.names().isEmpty else { throw .fileExists }
        try Self.writeMark(in: folder)
        try folder.createFolder("new", mode: 0o700)
        try folder.createFolder("old", mode: 0o700)
        fresh = try folder.folder("new")
        replaced = try folder.folder("old")
      } catch {
        if let folder = try? parent.folder(name) { Self.clear(folder, name, in: parent) }
        throw error
      }
    } catch {
      throw .writing(path, error)
    }
  }

  /// A marked one that another run left; nil where it was being cleaned away already.
  private init?(leftAs name: String, _ folder: OpenFolder, in parent: OpenFolder, _ account: FolderAccount) {
    guard let fresh = Self.inner("new", of: folder, account),
      let replaced = Self.inner("old", of: folder, account)
    else { return nil }
    self.parent = parent
    self.name = name
    self.folder = folder
    self.fresh = fresh
    self.replaced = replaced
  }

  /// Removes the folder and everything in it.
  func remove() { Self.clear(folder, name, in: parent) }

  /// Cleans away what runs of this account that were killed left in a folder, and takes back what they had begun to
  /// move into place. The caller has the turn to write to it.
  static func recover(in parent: OpenFolder, _ account: FolderAccount, path: String) throws(FileError) {
    guard let names = try? parent.names() else { return }
    for name in names where isStaging(name) {
      guard let folder = try? parent.folder(name), let status = folder.status, account.alone(uses: status)
      else { continue }
      guard isMarked(folder, account) else {
        removeBeginning(folder, name, in: parent, account)
        continue
      }
      if let bytes = try? folder.read(journal, limit: readLimit, shownAs: path),
        let left = OutputJournal(bytes),
        let staging = StagingFolder(leftAs: name, folder, in: parent, account)
      {
        guard left.takeBack(staging) else { throw FileError(path, .unfinished(name)) }
      }
      clear(folder, name, in: parent)
    }
  }

  /// Removes a staging folder that was never finished: nothing in it but a beginning of its mark.
  private static func removeBeginning(
    _ folder: OpenFolder, _ name: String, in parent: OpenFolder, _ account: FolderAccount
  ) {
    guard let names = try? folder.names(), names.isEmpty || names == [mark] else { return }
    if !names.isEmpty {
      guard let text = readMark(in: folder, account), markText(of: folder)?.hasPrefix(text) ?? false else {
        return
      }
      try? folder.removeFile(mark)
    }
    try? parent.removeFolder(name)
  }

  private static func inner(
    _ name: String, of folder: OpenFolder, _ account: FolderAccount
  ) -> OpenFolder? {
    guard let inner = try? folder.folder(name), let status = inner.status, account.alone(uses: status) else {
      return nil
    }
    return inner
  }

  /// Removes what a staging folder has in it, the journal first, the mark last, and then the folder itself. Only files
  /// and links are removed, and no folder that anything is left in.
  private static func clear(_ folder: OpenFolder, _ name: String, in parent: OpenFolder) {
    try? folder.removeFile(journal)
    for inner in ["new", "old"] {
      if let opened = try? folder.folder(inner) {
        for name in (try? opened.names()) ?? [] { try? opened.removeFile(name) }
      }
      try? folder.removeFolder(inner)
    }
    try? folder.removeFile(OutputJournal.draft)
    // What cannot be removed now keeps its mark, so that the next run tries again.
    guard (try? folder.names()) == [mark] else { return }
    try? folder.removeFile(mark)
    try? parent.removeFolder(name)
  }

  private static func writeMark(in folder: OpenFolder) throws(Errno) {
    guard let text = markText(of: folder) else { throw .ioError }
    let file = try folder.createFile(mark, mode: 0o600)
    defer { try? file.close() }
    do throws(FileError) {
      try writeAll(Array(text.utf8), to: file, mark)
    } catch {
      throw error.problem == .diskFull ? .noSpace : .ioError
    }
  }

  private static func isMarked(_ folder: OpenFolder, _ account: FolderAccount) -> Bool {
    guard let expected = markText(of: folder) else { return false }
    return readMark(in: folder, account) == expected
  }

  private static func readMark(in folder: OpenFolder, _ account: FolderAccount) -> String? {
    guard let status = folder.status(of: mark), account.alone(uses: status),
      let bytes = try? folder.read(mark, limit: 256, shownAs: mark)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func markText(of folder: OpenFolder) -> String? {
    folder.status.map { "policyc makes output ready in this folder, number \($0.identity.inode)\n" }
  }
}

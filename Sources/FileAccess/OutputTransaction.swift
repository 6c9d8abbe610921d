#if canImport(Glibc)
  import Glibc
#endif

/// Writes several files into a folder, all or none.
///
/// Files are staged in a hidden folder inside the output folder, flushed to the disk, and moved into place by
/// ``commit()``. When anything fails before that is done, a signal included, what was replaced is put back,
/// and neither a file nor a folder is left that was not there before. A transaction that is dropped without a
/// commit has changed nothing.
public struct OutputTransaction: ~Copyable {
  private let folder: String
  private let created: CreatedFolders
  private let staging: StagingFolder
  private var names: [String] = []
  private var taken: Set<String> = []
  private var privateNames: Set<String> = []
  private var isCommitted = false

  /// Opens a transaction on an output folder, which is created if it is missing, with the folders above it.
  ///
  /// - Throws: ``FileError`` when the folder cannot be created or written to.
  public init(folder: String) throws(FileError) {
    Interruption.begin()
    do throws(FileError) {
      let created = try CreatedFolders(upTo: folder)
      do throws(FileError) {
        staging = try StagingFolder(in: folder)
      } catch {
        created.remove()
        throw error
      }
      self.created = created
    } catch {
      Interruption.end()
      throw error
    }
    self.folder = folder
  }

  deinit {
    staging.remove()
    if !isCommitted { created.remove() }
    Interruption.end()
  }

  /// Stages a file under a name, one plain name without a slash, that it will have in the output folder.
  ///
  /// - Parameter isPrivate: Whether only its owner may read the file. Otherwise it keeps the permissions of the
  ///   file that it replaces.
  /// - Throws: ``FileError`` when the name is unsuitable or already taken, the disk is full, or a signal
  ///   came.
  public mutating func add(_ name: String, _ bytes: [UInt8], isPrivate: Bool = false) throws(FileError) {
    guard Self.isSuitable(name), !taken.contains(name) else { throw FileError(name, .unsuitableName) }
    try writeDurably(
      bytes, to: staging.fresh + "/" + name, shownAs: target(name), isPrivate: isPrivate)
    if isPrivate { privateNames.insert(name) }
    taken.insert(name)
    names.append(name)
  }

  /// Moves every file into place.
  ///
  /// - Throws: ``FileError`` when a file cannot be moved or a signal came; then nothing has changed.
  public consuming func commit() throws(FileError) {
    if Interruption.isRequested { throw FileError(folder, .interrupted) }
    for (index, name) in names.enumerated() {
      do throws(FileError) {
        try replace(name)
      } catch {
        for name in names[..<index].reversed() { putBack(name) }
        throw error
      }
    }
    isCommitted = true
    flushFolder(folder)
  }

  private func target(_ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Moves one file into place and keeps what was there.
  private func replace(_ name: String) throws(FileError) {
    let target = target(name)
    let old = staging.replaced + "/" + name
    let fresh = staging.fresh + "/" + name
    var status = stat()
    var isMovedAway = false
    if lstat(target, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG, S_IFLNK: break
      case S_IFDIR: throw FileError(target, .isFolder, inWriting: true)
      default: throw FileError(target, .isSpecial, inWriting: true)
      }
      // A second link keeps the old file without a moment in which there is none; not every file system has
      // links.
      if link(target, old) != 0 {
        guard rename(target, old) == 0 else { throw .writing(target, currentErrno()) }
        isMovedAway = true
      }
      if status.st_mode & S_IFMT == S_IFREG, !privateNames.contains(name) {
        chmod(fresh, status.st_mode & 0o777)
      }
    }
    guard rename(fresh, target) == 0 else {
      let errno = currentErrno()
      if isMovedAway { rename(old, target) }
      throw .writing(target, errno)
    }
  }

  private func putBack(_ name: String) {
    if rename(staging.replaced + "/" + name, target(name)) != 0 { unlink(target(name)) }
  }

  private static func isSuitable(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255 && name != "." && name != ".." && !StagingFolder.isOne(name)
      && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
  }
}

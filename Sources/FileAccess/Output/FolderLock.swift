import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// One account's turn to write to an output folder.
///
/// The turn is a lock on a hidden file that only its owner can open, so no other account can hold it, and a program that
/// is killed gives it back. A file of another account in its place is passed over for the next of a few names; whoever
/// has one of the names also waits for those behind it, so that a neighbour who plants and removes such files does not
/// let two runs in at once.
struct FolderLock {
  /// How many of its names may be taken by somebody else.
  private static let names = 8

  private let folder: OpenFolder
  private var held: [(name: String, file: FileDescriptor)] = []
  /// Whether the file system has locks at all. Without them nobody knows what is still in use.
  private(set) var isReal = true

  /// The name of a lock file of this account.
  private static func name(_ number: Int) -> String {
    let account = "\(StagingFolder.prefix)lock-\(geteuid())"
    return number == 0 ? account : "\(account)-\(number)"
  }

  /// Waits for the turn.
  ///
  /// - Parameters:
  ///   - account: How the folder's file system shows what this account creates.
  ///   - seconds: How long to wait at most.
  init(_ folder: OpenFolder, _ account: FolderAccount, path: String, seconds: Int) throws(FileError) {
    self.folder = folder
    do throws(FileError) {
      for number in 0..<Self.names { try take(Self.name(number), account, path, seconds) }
      guard !held.isEmpty else { throw FileError(path, .lockTaken(Self.name(0))) }
    } catch {
      release()
      throw error
    }
  }

  /// Gives the turn back.
  func release() {
    for (name, file) in held {
      // The name goes first: who opened the file before sees that it is no longer the lock.
      try? folder.removeFile(name)
      try? file.close()
    }
  }

  private mutating func take(
    _ name: String, _ account: FolderAccount, _ path: String, _ seconds: Int
  ) throws(FileError) {
    var waited = 0
    while true {
      if Interruption.isRequested { throw FileError(path, .interrupted) }
      let file: FileDescriptor
      do throws(Errno) {
        file = try folder.lockFile(name, creating: held.isEmpty)
      } catch {
        // Whatever it is that cannot be opened, it is not a lock of this account. That nothing can be created is the
        // answer for the folder.
        guard held.isEmpty, folder.status(of: name) == nil else { return }
        throw .writing(path, error)
      }
      var status = stat()
      guard fstat(file.rawValue, &status) == 0, account.alone(uses: EntryStatus(status)) else {
        try? file.close()
        return
      }
      switch Self.lock(file) {
      case nil:
        // The one before may have removed the file that was opened.
        if folder.status(of: name)?.identity == EntryStatus(status).identity {
          held.append((name, file))
          return
        }
        try? file.close()
        continue
      case .wouldBlock?: break
      case .some:
        isReal = false
        held.append((name, file))
        return
      }
      try? file.close()
      guard waited < seconds * 50 else { throw FileError(path, .inUse(seconds: seconds)) }
      waited += 1
      usleep(20_000)
    }
  }

  private static func lock(_ file: FileDescriptor) -> Errno? {
    while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
      let errno = currentErrno()
      if errno != .interrupted { return errno }
    }
    return nil
  }
}

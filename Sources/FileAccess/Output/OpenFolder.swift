import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Called before each change to the file system that an output transaction makes, with its name. An error that it
/// gives is that of the change, which is then not made. Tests bring about failures and kills with it.
package typealias OutputHook = (_ change: String) -> Errno?

/// A folder that is held open. Everything in it is reached by its plain name from here, and never through a link, so
/// that whatever happens to paths meanwhile, nothing outside it is touched.
package final class OpenFolder {
  let descriptor: Int32
  private let hook: OutputHook?

  private init(descriptor: Int32, hook: OutputHook?) {
    self.descriptor = descriptor
    self.hook = hook
  }

  deinit { close(descriptor) }

  /// What a path names. Links on the way are followed, since whoever names the path may mean them.
  package init(at path: String, hook: OutputHook? = nil) throws(Errno) {
    self.descriptor = try Self.checked {
      Glibc.openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    self.hook = hook
  }

  /// A folder in this one.
  func folder(_ name: String, followingLinks: Bool = false) throws(Errno) -> OpenFolder {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW)
    return OpenFolder(
      descriptor: try Self.checked { Glibc.openat(descriptor, name, flags) }, hook: hook)
  }

  /// Opens an entry that is a regular file; anything else is an error before it can do harm.
  func file(_ name: String) throws(Errno) -> FileDescriptor {
    let file = try Self.checked {
      Glibc.openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(file)
      throw .invalidArgument
    }
    return FileDescriptor(rawValue: file)
  }

  /// Creates a file that is not there.
  func createFile(_ name: String, mode: mode_t) throws(Errno) -> FileDescriptor {
    try change("create \(name)")
    return FileDescriptor(
      rawValue: try Self.checked {
        Glibc.openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      })
  }

  /// Opens a file to lock it, and creates it, for its owner only, where it is not there.
  func lockFile(_ name: String, creating: Bool) throws(Errno) -> FileDescriptor {
    if creating { try change("create \(name)") }
    let flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (creating ? O_CREAT : 0)
    return FileDescriptor(rawValue: try Self.checked { Glibc.openat(descriptor, name, flags, 0o600) })
  }

  func createFolder(_ name: String, mode: mode_t) throws(Errno) {
    try change("mkdir \(name)")
    _ = try Self.checked { mkdirat(descriptor, name, mode) }
  }

  /// Gives an entry a second name, in another folder. Fails where that name is taken.
  func link(_ name: String, to folder: OpenFolder, as other: String) throws(Errno) {
    try change("link \(name)")
    _ = try Self.checked { linkat(descriptor, name, folder.descriptor, other, 0) }
  }

  /// Moves an entry, in place of what has that name there.
  func move(_ name: String, to folder: OpenFolder, as other: String) throws(Errno) {
    try change("rename \(name)")
    _ = try Self.checked { renameat(descriptor, name, folder.descriptor, other) }
  }

  /// Removes a file or a link.
  func removeFile(_ name: String) throws(Errno) {
    try change("unlink \(name)")
    _ = try Self.checked { unlinkat(descriptor, name, 0) }
  }

  /// Removes a folder that has nothing in it.
  func removeFolder(_ name: String) throws(Errno) {
    try change("rmdir \(name)")
    _ = try Self.checked { unlinkat(descriptor, name, AT_REMOVEDIR) }
  }

  func setPermissions(of name: String, _ mode: mode_t) throws(Errno) {
    try change("chmod \(name)")
    _ = try Self.checked { fchmodat(descriptor, name, mode, 0) }
  }

  /// Waits until the disk has the names in the folder. A file system without a disk has nothing to wait for.
  func flush() throws(Errno) {
    try change("fsync")
    _ = fsync(descriptor)
  }

  /// An entry, not what it leads to; nil when there is none.
  package func status(of name: String) -> EntryStatus? {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? EntryStatus(status) : nil
  }

  /// Where a link in the folder leads; nil where there is no link of that name.
  func destination(of name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlinkat(descriptor, name, &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The folder itself.
  package var status: EntryStatus? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? EntryStatus(status) : nil
  }

  /// The names in the folder that are UTF-8, in the order of their bytes, without `.` and `..`.
  package func names() throws(Errno) -> [String] {
    // A descriptor of its own, since reading a folder moves its position.
    let own = try Self.checked { Glibc.openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = fdopendir(own) else {
      close(own)
      throw currentErrno()
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      Glibc.errno = 0
      guard let entry = readdir(stream) else {
        if Glibc.errno != 0 { throw currentErrno() }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
      names.append(name)
    }
  }

  /// The bytes of a regular file in the folder; nil when there is none of that name.
  ///
  /// - Throws: ``FileError`` for anything else of that name, a link included, and for a file above the limit.
  package func read(_ name: String, limit: Int, shownAs shown: String) throws(FileError) -> [UInt8]? {
    guard let status = status(of: name) else { return nil }
    switch status.kind {
    case .file: break
    case .folder: throw FileError(shown, .isFolder)
    case .link: throw FileError(shown, .isLink)
    case .special: throw FileError(shown, .isSpecial)
    }
    let file: FileDescriptor
    do throws(Errno) {
      file = try self.file(name)
    } catch {
      throw error == .invalidArgument ? FileError(shown, .isSpecial) : .reading(shown, error)
    }
    defer { try? file.close() }
    guard status.size <= limit else { throw FileError(shown, .tooLarge(limit: limit)) }
    return try readAll(file, shown, limit: limit, expected: Int(status.size))
  }

  /// Calls the hook for a change that is made by other means than this folder's.
  func change(_ name: String) throws(Errno) {
    if let errno = hook?(name) { throw errno }
  }

  private static func checked(_ call: () -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let errno = currentErrno()
      guard errno == .interrupted else { throw errno }
    }
  }
}

/// What the file system says of an entry of a folder.
package struct EntryStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, folder, link, special
  }

  /// Tells one file from every other one, also from one that has got its number later: its number, its size and when it
  /// was last written to. A new name changes none of them.
  struct Identity: Hashable, Sendable {
    var inode: UInt64
    var size: Int64
    var seconds: Int64
    var nanoseconds: Int64
  }

  package let kind: Kind
  /// The number of its owner.
  package let owner: UInt32
  /// Its permissions.
  package let mode: UInt32
  package let links: Int
  let device: UInt64
  let identity: Identity

  /// Its length in bytes.
  package var size: Int64 { identity.size }

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    owner = status.st_uid
    mode = status.st_mode & 0o7777
    links = Int(status.st_nlink)
    device = UInt64(status.st_dev)
    identity = Identity(
      inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int64(status.st_mtim.tv_sec),
      nanoseconds: Int64(status.st_mtim.tv_nsec))
  }
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A hidden folder inside an output folder, in which output is made ready on the same file system.
///
/// It is locked while it is in use; one that nobody has locked was left behind by a program that was killed,
/// and is removed by the next that stages there.
struct StagingFolder {
  let path: String
  private let lock: FileDescriptor

  private static let prefix = ".policyc-"
  /// Where staged files lie, and what they replaced.
  var fresh: String { path + "/new" }
  var replaced: String { path + "/old" }

  /// Whether a name is that of a staging folder.
  static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) }

  init(in folder: String) throws(FileError) {
    Self.removeLeftovers(in: folder)
    var attempt = 0
    while true {
      let path = "\(folder)/\(Self.prefix)\(getpid())-\(attempt)"
      attempt += 1
      guard mkdir(path, 0o700) == 0 else {
        let errno = currentErrno()
        if errno == .fileExists, attempt < 1000 { continue }
        throw .writing(folder, errno)
      }
      guard let lock = Self.lock(path) else { continue }
      guard mkdir(path + "/new", 0o700) == 0, mkdir(path + "/old", 0o700) == 0 else {
        let errno = currentErrno()
        Self.removeTree(path)
        try? lock.close()
        throw .writing(folder, errno)
      }
      self.path = path
      self.lock = lock
      return
    }
  }

  /// Removes the folder and everything in it.
  func remove() {
    Self.removeTree(path)
    try? lock.close()
  }

  /// Locks a staging folder that nobody uses; nil when somebody does, or when it has been removed meanwhile.
  private static func lock(_ path: String) -> FileDescriptor? {
    guard
      let folder = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .directory])
    else { return nil }
    var status = stat()
    if flock(folder.rawValue, LOCK_EX | LOCK_NB) == 0, fstat(folder.rawValue, &status) == 0,
      status.st_nlink > 0
    {
      return folder
    }
    try? folder.close()
    return nil
  }

  private static func removeLeftovers(in folder: String) {
    for name in names(in: folder) where isOne(name) {
      guard let lock = lock(folder + "/" + name) else { continue }
      removeTree(folder + "/" + name)
      try? lock.close()
    }
  }

  /// Removes a staging folder: two folders of plain files.
  private static func removeTree(_ path: String) {
    for inner in ["new", "old"] {
      for name in names(in: path + "/" + inner) { unlink(path + "/" + inner + "/" + name) }
      rmdir(path + "/" + inner)
    }
    rmdir(path)
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

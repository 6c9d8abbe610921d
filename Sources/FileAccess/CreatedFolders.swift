#if canImport(Glibc)
  import Glibc
#endif

/// The folders that were created on the way to an output folder, so that they can be taken back.
struct CreatedFolders {
  private var paths: [String] = []

  /// Creates a folder and those above it, where they are missing.
  init(upTo folder: String) throws(FileError) {
    guard !folder.isEmpty else { throw FileError(folder, .notFound, inWriting: true) }
    for path in Self.ancestors(of: folder) where !isFolder(path) {
      if mkdir(path, 0o777) == 0 {
        paths.append(path)
        continue
      }
      let errno = currentErrno()
      // Another program may have created it meanwhile.
      if errno == .fileExists, isFolder(path) { continue }
      remove()
      throw errno == .fileExists ? FileError(path, .notAFolder, inWriting: true) : .writing(path, errno)
    }
  }

  /// Removes what was created, unless somebody has put something there.
  func remove() {
    for path in paths.reversed() { rmdir(path) }
  }

  /// `a`, `a/b`, `a/b/c` for `a/b/c`.
  private static func ancestors(of folder: String) -> [String] {
    var paths: [String] = []
    var path = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      path += path.isEmpty || path.hasSuffix("/") ? String(part) : "/" + part
      paths.append(path)
    }
    return paths
  }
}

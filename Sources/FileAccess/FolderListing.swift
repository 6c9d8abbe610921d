import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The suffix of policy files.
package let policySuffix = ".attpolicy"

/// The files that paths stand for: a folder stands for every policy in and below it, anything else for
/// itself.
///
/// The order is that of the paths; within a folder it is that of the bytes of the file paths. A file that is
/// named twice is given once.
///
/// - Throws: ``FileError`` for a folder that cannot be listed or has no policies.
package func policyFiles(at paths: [String]) throws(FileError) -> [String] {
  var files: [String] = []
  var seen: Set<String> = []
  for path in paths {
    let isFolder = path != "-" && isFolder(path)
    let found = isFolder ? try listFiles(under: path) : [path]
    if found.isEmpty { throw FileError(path, .hasNoPolicies) }
    for file in found where seen.insert(file).inserted { files.append(file) }
  }
  return files
}

/// Whether a path names a folder, or a link to one.
package func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// The paths of the files in and below a folder whose names end with a suffix, in the order of their bytes.
///
/// Hidden files and folders are left out. Links to files are followed, links to folders are not, so that
/// there are no loops.
///
/// - Throws: ``FileError`` when the folder or one below it cannot be listed, is nested deeper than `depth`,
///   or when there are more
///   than `entries` entries in all.
package func listFiles(
  under folder: String, suffix: String = policySuffix, depth: Int = 32, entries: Int = 100_000
) throws(FileError) -> [String] {
  var root = folder
  while root.utf8.count > 1, root.hasSuffix("/") { root.removeLast() }
  var files: [String] = []
  var pending = [(path: root, depth: 0)]
  var count = 0
  while let next = pending.popLast() {
    guard next.depth <= depth else { throw FileError(folder, .tooDeep(limit: depth)) }
    for entry in try contents(of: next.path, suffix: suffix) {
      count += 1
      guard count <= entries else { throw FileError(folder, .tooManyEntries(limit: entries)) }
      let path = next.path.hasSuffix("/") ? next.path + entry.name : next.path + "/" + entry.name
      if entry.isFolder {
        pending.append((path, next.depth + 1))
      } else if entry.name.hasSuffix(suffix) {
        files.append(path)
      }
    }
  }
  return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

private func contents(of folder: String, suffix: String) throws(FileError) -> [(name: String, isFolder: Bool)]
{
  guard let stream = opendir(folder) else { throw .reading(folder, currentErrno()) }
  defer { closedir(stream) }
  var entries: [(name: String, isFolder: Bool)] = []
  while true {
    Glibc.errno = 0
    guard let entry = readdir(stream) else {
      if Glibc.errno != 0 { throw .reading(folder, currentErrno()) }
      return entries
    }
    let kind = Int32(entry.pointee.d_type)
    let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    guard bytes.first != UInt8(ascii: ".") else { continue }
    guard let name = String(validating: bytes, as: UTF8.self) else {
      // A folder of such a name cannot be descended into either, and may hold policies.
      if bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) || kind == Int32(DT_DIR) {
        throw FileError(folder, .nameNotUTF8)
      }
      continue
    }
    entries.append(
      (name, kind == Int32(DT_UNKNOWN) ? isRealFolder(folder + "/" + name) : kind == Int32(DT_DIR)))
  }
}

/// Whether a path names a folder and not a link to one.
private func isRealFolder(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

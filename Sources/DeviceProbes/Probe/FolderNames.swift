#if canImport(Glibc)
  import Glibc
#endif

/// The names of what is in a folder, sorted, without `.` and `..`; nil when it cannot be listed.
func folderNames(_ path: String) -> [String]? {
  guard let directory = opendir(path), let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else {
    return nil
  }
  defer { closedir(directory) }
  var found: [String] = []
  while let entry = readdir(directory) {
    // The entry may be shorter than its type, so its name is read in place and not copied.
    let name = String(cString: (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self))
    if name != ".", name != ".." { found.append(name) }
  }
  return found.sorted()
}

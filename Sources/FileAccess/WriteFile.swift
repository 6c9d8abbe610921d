import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Writes one file so that its path names either the old content or the whole new one. `-` is standard
/// output; to a device or a named pipe the bytes are written as they are. A link is followed, and permissions
/// are kept.
///
/// - Parameter isPrivate: Whether only its owner may read the file, whatever the permissions of the one before it.
/// - Throws: ``FileError`` when it cannot be written; then nothing has changed.
public func writeAtomically(_ path: String, _ bytes: [UInt8], isPrivate: Bool = false) throws(FileError) {
  if path == "-" { return try writeStandardOutput(bytes) }
  var status = stat()
  var path = path
  if stat(path, &status) == 0 {
    switch status.st_mode & S_IFMT {
    case S_IFREG: path = resolved(path)
    case S_IFDIR: throw FileError(path, .isFolder, inWriting: true)
    default: return try writeThrough(path, bytes)
    }
  }
  let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
  let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
  guard !name.isEmpty else { throw FileError(path, .isFolder, inWriting: true) }
  let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  guard isFolder(folder) else { throw FileError(folder, .notFound, inWriting: true) }
  var transaction = try OutputTransaction(folder: folder)
  try transaction.add(name, bytes, isPrivate: isPrivate)
  try transaction.commit()
}

/// The path that a link leads to; the path itself where that cannot be told.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

private func writeThrough(_ path: String, _ bytes: [UInt8]) throws(FileError) {
  let file: FileDescriptor
  do {
    file = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.closeOnExec])
  } catch {
    throw .writing(path, errno(of: error))
  }
  defer { try? file.close() }
  try writeAll(bytes, to: file, path)
}

/// Writes a new file, which all or only its owner may read, and waits until the disk has it.
func writeDurably(
  _ bytes: [UInt8], to path: String, shownAs shown: String, isPrivate: Bool = false
) throws(FileError) {
  let file: FileDescriptor
  do {
    file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: isPrivate ? .ownerReadWrite : [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
  } catch {
    throw .writing(shown, errno(of: error))
  }
  var isClosed = false
  defer { if !isClosed { try? file.close() } }
  try writeAll(bytes, to: file, shown)
  // EINVAL and ENOTSUP: a file system that has no disk to wait for.
  while fsync(file.rawValue) != 0 {
    let errno = currentErrno()
    if errno == .invalidArgument || errno == .notSupported { break }
    guard errno == .interrupted else { throw .writing(shown, errno) }
    if Interruption.isRequested { throw FileError(shown, .interrupted) }
  }
  isClosed = true
  do {
    try file.close()
  } catch {
    // Some network file systems report a full disk only here.
    throw .writing(shown, errno(of: error))
  }
}

/// Makes the names in a folder durable. A failure is not one of the output: every file is complete and in
/// place.
func flushFolder(_ path: String) {
  guard let folder = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .directory])
  else { return }
  fsync(folder.rawValue)
  try? folder.close()
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A file that is to be written.
package struct OutputFile: Sendable {
  let path: String
  let bytes: [UInt8]
  let isPrivate: Bool

  /// - Parameters:
  ///   - path: Its path; `-` is standard output.
  ///   - bytes: Its whole content.
  ///   - isPrivate: Whether only its owner may read the file, whatever the permissions of the one before it.
  package init(_ path: String, _ bytes: [UInt8], isPrivate: Bool = false) {
    self.path = path
    self.bytes = bytes
    self.isPrivate = isPrivate
  }
}

/// Writes one file so that its path names either the old content or the whole new one. `-` is standard
/// output; to a device or a named pipe the bytes are written as they are. A link is followed, and permissions
/// are kept.
///
/// - Parameter isPrivate: Whether only its owner may read the file, whatever the permissions of the one before it.
/// - Throws: ``FileError`` when it cannot be written; then nothing has changed.
package func writeAtomically(_ path: String, _ bytes: [UInt8], isPrivate: Bool = false) throws(FileError) {
  let file = OutputFile(path, bytes, isPrivate: isPrivate)
  guard case .file(let folder, let name) = try OutputPlace(path) else { return try writeThrough(file) }
  var transaction = try OutputTransaction(at: folder.path, in: folder.folder)
  try transaction.add(name, bytes, isPrivate: isPrivate)
  try transaction.commit()
}

/// Writes two files, both or neither. They may be in different folders; what is true of one file is true of each.
///
/// - Throws: ``FileError`` when one cannot be written, or when both are the same file; then neither has changed.
package func writeAtomically(_ first: OutputFile, _ second: OutputFile) throws(FileError) {
  let places = (try OutputPlace(first.path), try OutputPlace(second.path))
  guard !places.0.isSame(as: places.1) else { throw FileError(second.path, .sameOutput) }
  switch places {
  case (.file(let folder, let name), .file(let other, let otherName)) where folder.isSame(as: other):
    var transaction = try OutputTransaction(at: folder.path, in: folder.folder)
    try transaction.add(name, first.bytes, isPrivate: first.isPrivate)
    try transaction.add(otherName, second.bytes, isPrivate: second.isPrivate)
    try transaction.commit()
  case (.file(let folder, let name), .file(let other, let otherName)):
    // Whoever wants both folders takes them in the same order, so that no two runs wait for each other.
    guard folder.isBefore(other) else { return try writeAtomically(second, first) }
    var transaction = try OutputTransaction(at: folder.path, in: folder.folder)
    var otherTransaction = try OutputTransaction(at: other.path, in: other.folder)
    try transaction.add(name, first.bytes, isPrivate: first.isPrivate)
    try otherTransaction.add(otherName, second.bytes, isPrivate: second.isPrivate)
    try transaction.place()
    try otherTransaction.place()
    try transaction.finish()
    try otherTransaction.finish()
  case (.file(let folder, let name), _):
    var transaction = try OutputTransaction(at: folder.path, in: folder.folder)
    try transaction.add(name, first.bytes, isPrivate: first.isPrivate)
    try transaction.place()
    // What a stream has got cannot be taken back, so it comes last.
    try writeThrough(second)
    try transaction.finish()
  case (_, .file): try writeAtomically(second, first)
  default:
    try writeThrough(first)
    try writeThrough(second)
  }
}

/// Writes to standard output, a device or a pipe.
private func writeThrough(_ output: OutputFile) throws(FileError) {
  if output.path == "-" { return try writeStandardOutput(output.bytes) }
  let file: FileDescriptor
  do {
    file = try FileDescriptor.open(FilePath(output.path), .writeOnly, options: [.closeOnExec])
  } catch {
    throw .writing(output.path, errno(of: error))
  }
  defer { try? file.close() }
  try writeAll(output.bytes, to: file, output.path)
}

/// Writes all of a new file, which all or only its owner may read.
func writeWhole(
  _ bytes: [UInt8], to folder: OpenFolder, _ name: String, shownAs shown: String, isPrivate: Bool = false
) throws(FileError) {
  let file: FileDescriptor
  do throws(Errno) {
    file = try folder.createFile(name, mode: isPrivate ? 0o600 : 0o666)
  } catch {
    throw .writing(shown, error)
  }
  var isClosed = false
  defer { if !isClosed { try? file.close() } }
  do throws(Errno) {
    try folder.change("write \(name)")
  } catch {
    throw .writing(shown, error)
  }
  try writeAll(bytes, to: file, shown)
  isClosed = true
  do {
    try file.close()
  } catch {
    // Some network file systems report a full disk only here.
    throw .writing(shown, errno(of: error))
  }
}

/// Waits until the disk has a file of a folder.
func awaitDisk(_ name: String, in folder: OpenFolder, shownAs shown: String) throws(FileError) {
  let file: FileDescriptor
  do throws(Errno) {
    try folder.change("fsync \(name)")
    file = try folder.file(name)
  } catch {
    throw .writing(shown, error)
  }
  defer { try? file.close() }
  // EINVAL and ENOTSUP: a file system that has no disk to wait for.
  while fsync(file.rawValue) != 0 {
    let errno = currentErrno()
    if errno == .invalidArgument || errno == .notSupported { break }
    guard errno == .interrupted else { throw .writing(shown, errno) }
    if Interruption.isRequested { throw FileError(shown, .interrupted) }
  }
}

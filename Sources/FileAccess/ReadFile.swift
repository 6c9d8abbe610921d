import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The largest sizes of the files that are read, in bytes.
package enum FileLimit {
  /// A policy: some 200,000 rules.
  package static let policy = 16 << 20
  /// A SyncML payload, which is read piece by piece; a device takes far less.
  package static let payload = 256 << 20
  /// A compiled policy, a snapshot of one device, or a probe's answer.
  package static let document = 64 << 20
  /// The devices of a fleet, which are read piece by piece: some millions.
  package static let fleet = 4 << 30
  /// What the columns of a fleet's input mean.
  package static let mapping = 1 << 20
}

/// The name that messages give to standard input.
package let standardInputName = "<stdin>"

/// The bytes of a regular file, or of standard input for the path `-`.
///
/// A named pipe or a device is refused, since it may never end; what a shell passes as `/dev/fd/63` or
/// `/dev/stdin` is read like standard input. Never more than `limit` bytes are kept.
///
/// - Throws: ``FileError`` for a file that is missing, a folder, special, not readable or too large.
package func readFile(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
  if path == "-" { return try readAll(.standardInput, standardInputName, limit: limit, expected: 0) }
  let (file, size) = try openFile(path, limit: limit)
  defer { try? file.close() }
  return try readAll(file, path, limit: limit, expected: size)
}

/// Reads a regular file, or standard input for the path `-`, piece by piece, so that its size does not matter. What
/// ``readFile(_:limit:)`` refuses is refused here too.
///
/// - Parameter take: Gets the next bytes; false ends the reading early.
/// - Throws: ``FileError`` for a file that is missing, a folder, special, not readable or too large.
package func readPieces(
  of path: String, limit: Int, take: (UnsafeRawBufferPointer) -> Bool
) throws(FileError) {
  if path == "-" {
    return try readAll(.standardInput, standardInputName, limit: limit, expected: 0, take: take)
  }
  let (file, size) = try openFile(path, limit: limit)
  defer { try? file.close() }
  try readAll(file, path, limit: limit, expected: size, take: take)
}

/// A regular file, or a stream that the shell opened, with its size.
func openFile(_ path: String, limit: Int) throws(FileError) -> (FileDescriptor, size: Int) {
  let file: FileDescriptor
  do {
    file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
  } catch {
    throw .reading(path, errno(of: error))
  }
  do throws(FileError) {
    let status = try status(of: file, path)
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      if status.st_size > limit { throw FileError(path, .tooLarge(limit: limit)) }
    case S_IFDIR: throw FileError(path, .isFolder)
    case S_IFIFO where isInheritedStream(path): break
    default: throw FileError(path, .isSpecial)
    }
    return (file, max(Int(status.st_size), 0))
  } catch {
    try? file.close()
    throw error
  }
}

/// Whether a path names a stream that whoever started the program has already opened.
func isInheritedStream(_ path: String) -> Bool {
  path == "/dev/stdin" || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
}

private func status(of file: FileDescriptor, _ path: String) throws(FileError) -> stat {
  var status = stat()
  guard fstat(file.rawValue, &status) == 0 else { throw .reading(path, currentErrno()) }
  return status
}

func readAll(_ file: FileDescriptor, _ path: String, limit: Int, expected: Int) throws(FileError)
  -> [UInt8]
{
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(expected, limit) + 1)
  try readAll(file, path, limit: limit, expected: expected) { piece in
    bytes.append(contentsOf: piece)
    return true
  }
  return bytes
}

private func readAll(
  _ file: FileDescriptor, _ path: String, limit: Int, expected: Int, take: (UnsafeRawBufferPointer) -> Bool
) throws(FileError) {
  var buffer = [UInt8](repeating: 0, count: min(max(expected + 1, 4096), 1 << 18))
  var total = 0
  while true {
    let count: Int
    do {
      count = try buffer.withUnsafeMutableBytes { try file.read(into: $0, retryOnInterrupt: true) }
    } catch {
      let errno = errno(of: error)
      guard errno == .resourceTemporarilyUnavailable else { throw .reading(path, errno) }
      awaitReadable(file)
      continue
    }
    if count == 0 { return }
    total += count
    guard total <= limit else { throw FileError(path, .tooLarge(limit: limit)) }
    guard buffer.withUnsafeBytes({ take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }) else { return }
  }
}

private func awaitReadable(_ file: FileDescriptor) {
  var request = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
  _ = poll(&request, 1, -1)
}

/// The error number that a call of swift-system threw.
func errno(of error: any Error) -> Errno { error as? Errno ?? .ioError }

/// The error number of the last call of the C library.
func currentErrno() -> Errno {
  #if canImport(Glibc)
    Errno(rawValue: Glibc.errno)
  #else
    .ioError
  #endif
}

import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The name that messages give to standard output.
package let standardOutputName = "<stdout>"

/// Gives each of the three standard streams that the program was started without a stream that fails when it
/// is used. Else the first file that is opened would take its number, and what is written to standard output
/// would go into it. Called once, before any file is opened.
package func reserveStandardStreams() {
  for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
    // Opened the wrong way round. The lowest free number is the one that is missing.
    _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
}

/// Makes a closed pipe, and a file beyond the size that `ulimit -f` allows, an error of the write instead of
/// the program's silent death. Called once, at the start of the program. Programs that are started must be
/// given the default back (`POSIX_SPAWN_SETSIGDEF`).
package func ignoreSignalsOfWriting() {
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
}

/// Writes all of a text to standard output, as ``writeStandardOutput(_:)-([UInt8])`` does.
package func writeStandardOutput(_ text: String) throws(FileError) {
  try writeStandardOutput(Array(text.utf8))
}

/// Writes all of some bytes to standard output. A reader that has gone, as `head` does, has read what it wants: that is no error, and the
/// exit code stays the command's own.
///
/// - Throws: ``FileError`` when the disk behind it is full, or it is closed.
package func writeStandardOutput(_ bytes: [UInt8]) throws(FileError) {
  do throws(FileError) {
    try writeAll(bytes, to: .standardOutput, standardOutputName)
  } catch {
    guard error.problem == .closedPipe else { throw error }
  }
}

/// Writes a text to standard error. When that cannot be done there is nobody left to tell.
package func writeStandardError(_ text: String) {
  try? writeAll(Array(text.utf8), to: .standardError, "<stderr>")
}

/// Writes all bytes, in as many writes as it takes.
func writeAll(_ bytes: [UInt8], to file: FileDescriptor, _ path: String) throws(FileError) {
  var written = 0
  while written < bytes.count {
    if Interruption.isRequested { throw FileError(path, .interrupted) }
    do {
      written += try bytes[written...].prefix(1 << 20).withUnsafeBytes {
        try file.write($0, retryOnInterrupt: false)
      }
    } catch {
      switch errno(of: error) {
      case .interrupted: continue
      case .resourceTemporarilyUnavailable:
        var request = pollfd(fd: file.rawValue, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      case let errno: throw .writing(path, errno)
      }
    }
  }
}

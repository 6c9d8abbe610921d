import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The folder that a policy and what it imports must lie in, links resolved. A repository of strangers can hold any link;
/// this keeps it from having other files of the machine read, and shown in a finding.
///
/// What counts is the file that was opened, not the path that led to it, so that a path that changes meanwhile gains
/// nothing.
package struct SourceFolder: Sendable {
  /// The path as the user gave it; empty for the current folder.
  package let path: String
  /// Where it is, without links.
  private let place: String

  /// Opens a folder.
  ///
  /// - Throws: ``FileError`` when it is not a folder or cannot be reached.
  package init(_ path: String) throws(FileError) {
    self.path = path
    do throws(Errno) {
      let way = path.isEmpty ? "." : path
      let folder = try OpenFolder(at: way)
      guard let place = Self.place(of: folder.descriptor, way) else { throw .noSuchFileOrDirectory }
      self.place = place
    } catch {
      throw .reading(path.isEmpty ? "." : path, error)
    }
  }

  /// The bytes of a regular file in the folder or below it.
  ///
  /// - Throws: ``FileError`` with `leavesFolder` for a file elsewhere, `isKernelFile` for one of `/proc`, `/sys` or
  ///   `/dev`, and what ``readFile(_:limit:)`` throws.
  package func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let (file, size) = try openFile(path, limit: limit)
    defer { try? file.close() }
    try check(file.rawValue, path)
    return try readAll(file, path, limit: limit, expected: size)
  }

  /// The path of a file from the folder, without links on the way to its own folder; nil for one that is not in it.
  package func relative(_ path: String) -> String? {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    guard let opened = try? OpenFolder(at: folder), let found = Self.place(of: opened.descriptor, folder),
      let inner = Self.part(of: found, below: place)
    else { return nil }
    return inner.isEmpty ? name : "\(inner)/\(name)"
  }

  private func check(_ file: Int32, _ path: String) throws(FileError) {
    // A pipe that the shell passes has no place.
    if EntryStatus(of: file)?.kind == .special { return }
    guard let found = Self.place(of: file, path) else { throw FileError(path, .leavesFolder(root: shown)) }
    guard !Self.isOfKernel(file, found) else { throw FileError(path, .isKernelFile) }
    // What whoever started the program has opened is his choice.
    if isInheritedStream(path) { return }
    guard Self.part(of: found, below: place) != nil else { throw FileError(path, .leavesFolder(root: shown)) }
  }

  private var shown: String { path.isEmpty ? "." : path }

  /// Where an open file is, as the kernel knows it; on a machine without `/proc` where its path leads now.
  private static func place(of descriptor: Int32, _ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count - 1)
    guard count > 0 else {
      guard let real = realpath(path, nil) else { return nil }
      defer { free(real) }
      return String(validatingCString: real)
    }
    guard buffer[0] == CChar(bitPattern: UInt8(ascii: "/")) else { return nil }
    return String(validating: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What follows a folder's path in a path below it; nil for a path elsewhere.
  private static func part(of path: String, below folder: String) -> String? {
    if path == folder { return "" }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return path.utf8.starts(with: prefix.utf8) ? String(path.utf8.dropFirst(prefix.utf8.count)) : nil
  }

  private static func isOfKernel(_ file: Int32, _ place: String) -> Bool {
    if ["/proc/", "/sys/"].contains(where: { place.hasPrefix($0) }) { return true }
    guard let device = EntryStatus(of: file)?.device else { return true }
    return ["/proc", "/sys", "/dev"].contains { path in
      var status = stat()
      return stat(path, &status) == 0 && UInt64(status.st_dev) == device && place.hasPrefix("\(path)/")
    }
  }
}

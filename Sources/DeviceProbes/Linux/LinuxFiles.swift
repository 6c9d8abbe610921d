import Diagnostics
import FileAccess

/// The files in which a Linux kernel and its firmware tell of a machine: those of a root folder, or made-up ones.
///
/// Reads are bounded and never block: a named pipe in the place of a file is refused. Paths are absolute, and reasons name them.
struct LinuxFiles: Sendable {
  private let readBytes: @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], Unread>
  private let listNames: @Sendable (_ path: String) -> [String]?

  /// The files below a folder, `/` by default.
  init(root: String = "/") {
    let root = root.hasSuffix("/") ? String(root.dropLast()) : root
    readBytes = { path, limit in
      do throws(FileError) {
        return .success(try readFile(root + path, limit: limit))
      } catch {
        return .failure(Unread(reason: "\(FileError(path, error.problem))"))
      }
    }
    listNames = { folderNames(root + $0) }
  }

  /// Made-up files by path; their folders are there too.
  init(contents: [String: [UInt8]]) {
    readBytes = { path, limit in
      guard let bytes = contents[path] else { return .failure(Unread(reason: "'\(path)' is not there")) }
      return bytes.count <= limit ? .success(bytes) : .failure(Unread(reason: "'\(path)' is too large"))
    }
    listNames = { folder in
      let names = contents.keys.compactMap { path -> String? in
        guard path.hasPrefix(folder + "/") else { return nil }
        return path.dropFirst(folder.count + 1).prefix { $0 != "/" }.description
      }
      return names.isEmpty ? nil : Set(names).sorted()
    }
  }

  /// The bytes of a file.
  func bytes(_ path: String, limit: Int) -> Result<[UInt8], Unread> { readBytes(path, limit) }

  /// The names in a folder, at most 65536, sorted; nil when it is not there or cannot be listed.
  func names(_ path: String) -> [String]? { listNames(path).map { Array($0.prefix(65536)) } }

  /// Whether there is a file or a folder.
  func exists(_ path: String) -> Bool {
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    return names(String(path[..<slash]))?.contains(String(path[path.index(after: slash)...])) ?? false
  }

  /// The one line of a file, without the blanks, zero bytes and line ends around it; it may be empty.
  ///
  /// What is not UTF-8, has control characters or is longer than a page is not read.
  func line(_ path: String) -> Result<String, Unread> {
    bytes(path, limit: 4096).flatMap { bytes in
      guard let text = String(validating: bytes, as: UTF8.self).map(MachineNames.trimmed) else {
        return .failure(Unread(reason: "'\(path)' is not text in UTF-8"))
      }
      guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
        return .failure(
          Unread(reason: "'\(path)' holds '\(shortened(text, limit: 64))', which is not one line of text"))
      }
      return .success(text)
    }
  }

  /// The lines of a file, with what is not UTF-8 replaced.
  func lines(_ path: String, limit: Int) -> Result<[Substring], Unread> {
    bytes(path, limit: limit).map { bytes in
      // Split as bytes: a carriage return before a line feed would make one character of both.
      bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map {
        Substring(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// A whole number in a file of its own.
  func number(_ path: String) -> Result<Int64, Unread> {
    line(path).flatMap { text in
      guard let number = Int64(text) else {
        return .failure(Unread(reason: "'\(path)' holds '\(shortened(text, limit: 64))' and no whole number"))
      }
      return .success(number)
    }
  }
}

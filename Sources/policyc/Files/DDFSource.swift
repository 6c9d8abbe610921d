import CSPCatalog
import FileAccess
import XMLInput
import ZipInput

/// Where DDF files come from: a file, or an archive of them.
struct DDFSource {
  /// One file's content.
  struct File {
    /// Its name without folders.
    var name: String
    /// What messages call it: its path, and behind an archive's path its path in the archive.
    var place: String
    var bytes: [UInt8]
  }

  private let path: String

  /// The files and archives that some paths name; a folder stands for all of its `.xml` files.
  static func all(in paths: [String]) throws(FileError) -> [DDFSource] {
    var sources: [DDFSource] = []
    for path in paths {
      let files = isFolder(path) ? try listFiles(under: path, suffix: ".xml") : [path]
      sources += files.map { DDFSource(path: $0) }
    }
    return sources
  }

  /// The file, or the `.xml` files of the archive; what it is, its first bytes say.
  func files() throws -> [File] {
    let bytes = try readFile(path, limit: DDFImport.limits.bytes)
    guard ZipArchive.isArchive(bytes) || path.hasSuffix(".zip") else {
      return [File(name: lastComponent(of: path), place: path, bytes: bytes)]
    }
    do throws(ZipError) {
      let archive = try ZipArchive(bytes)
      var files: [File] = []
      for entry in archive.entries where entry.name.lowercased().hasSuffix(".xml") {
        let content = try archive.read(entry)
        files.append(
          File(name: lastComponent(of: entry.name), place: "\(path)(\(entry.name))", bytes: content))
      }
      return files
    } catch {
      throw DDFSourceError(path, error)
    }
  }
}

/// That a file or an archive cannot be read as what it should be.
struct DDFSourceError: Error {
  let message: String

  init(_ place: String, _ error: XMLError) { message = "\(place):\(error)" }

  init(_ path: String, _ error: ZipError) {
    message = error.entry.map { "\(path)(\($0)): \(error.message)" } ?? "\(path): \(error.message)"
  }
}

/// What stands behind a path's last slash.
func lastComponent(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

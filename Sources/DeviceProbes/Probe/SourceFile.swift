import FileAccess
import XMLInput
import YAMLInput

/// The bytes of a probe's file, or of standard input.
func readSource(_ path: String, limit: Int) throws(ProbeError) -> [UInt8] {
  do throws(FileError) {
    return try readFile(path, limit: limit)
  } catch {
    throw .file(error)
  }
}

/// A probe's file as messages name it.
func shownPath(_ path: String) -> String { path == "-" ? standardInputName : path }

extension SnapshotError {
  /// An error of XML, with its place.
  init(_ error: XMLError) { self.init(error.message, at: error.position) }
}

import CSPCatalog
import Diagnostics
import FileAccess
import YAMLInput

extension ProjectConfig {
  /// Reads the settings of a project; without a path those of the current folder, if it has any.
  init(at path: String?) throws(ProjectConfigError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path ?? Self.defaultPath, limit: FileLimit.document)
    } catch {
      guard path == nil, error.problem == .notFound else { throw .file(error) }
      self.init()
      return
    }
    let name = path ?? Self.defaultPath
    do throws(YAMLError) {
      try self.init(yaml: bytes, path: name)
    } catch {
      throw .content("\(name == "-" ? standardInputName : name):\(error)")
    }
  }
}

/// Why settings cannot be used.
enum ProjectConfigError: Error {
  case file(FileError)
  /// What is wrong in the file, with its place.
  case content(String)
}

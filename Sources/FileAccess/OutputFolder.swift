import SystemPackage

/// A folder of outputs that is looked at: its plain files, and nothing that a link in it leads to.
package struct OutputFolder {
  private let folder: OpenFolder
  private let path: String

  /// Opens a folder.
  ///
  /// - Throws: ``FileError`` when it is not a folder or cannot be reached.
  package init(_ path: String) throws(FileError) {
    self.path = path
    do throws(Errno) {
      folder = try OpenFolder(at: path)
    } catch {
      throw .reading(path, error)
    }
  }

  /// The names in the folder, in the order of their bytes.
  package func names() throws(FileError) -> [String] {
    do throws(Errno) {
      return try folder.names()
    } catch {
      throw .reading(path, error)
    }
  }

  /// The bytes of a regular file in the folder; nil when there is none of that name.
  ///
  /// - Throws: ``FileError`` for anything else of that name, a link included, and for a file above the limit.
  package func read(_ name: String, limit: Int) throws(FileError) -> [UInt8]? {
    try folder.read(name, limit: limit, shownAs: path.hasSuffix("/") ? path + name : "\(path)/\(name)")
  }
}

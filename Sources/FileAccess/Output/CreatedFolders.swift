import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// An output folder, with the folders that were created on the way to it, so that they can be taken back.
struct CreatedFolders {
  /// The output folder.
  let folder: OpenFolder
  private var created: [(parent: OpenFolder, name: String)] = []

  /// A folder that is there already.
  init(_ folder: OpenFolder) {
    self.folder = folder
    created = []
  }

  /// Opens a folder, and creates it and those above it where they are missing. Links on the way are followed, or an
  /// error where nobody named them.
  init(upTo path: String, followingLinks: Bool = true, hook: OutputHook? = nil) throws(FileError) {
    guard !path.isEmpty else { throw FileError(path, .notFound, inWriting: true) }
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    var folder: OpenFolder
    do throws(Errno) {
      folder = try OpenFolder(at: isAbsolute ? "/" : ".", hook: hook)
    } catch {
      throw .writing(path, error)
    }
    var way = isAbsolute ? "/" : ""
    var created: [(parent: OpenFolder, name: String)] = []
    for part in path.split(separator: "/") {
      let name = String(part)
      way += way.isEmpty || way.hasSuffix("/") ? name : "/" + name
      do throws(Errno) {
        let next: OpenFolder
        do throws(Errno) {
          next = try folder.folder(name, followingLinks: followingLinks)
        } catch .noSuchFileOrDirectory {
          do throws(Errno) {
            try folder.createFolder(name, mode: 0o777)
            created.append((folder, name))
          } catch .fileExists {
            // Another program has created it meanwhile, or it is a link that leads nowhere.
          }
          next = try folder.folder(name)
        }
        folder = next
      } catch {
        Self.remove(created)
        if !followingLinks, folder.status(of: name)?.kind == .link { throw FileError(way, .unnamedLink) }
        let isInTheWay = error == .notDirectory || error == .tooManySymbolicLinkLevels
        throw isInTheWay ? FileError(way, .notAFolder, inWriting: true) : .writing(way, error)
      }
    }
    self.folder = folder
    self.created = created
  }

  /// Removes what was created, unless somebody has put something there.
  func remove() { Self.remove(created) }

  private static func remove(_ created: [(parent: OpenFolder, name: String)]) {
    for entry in created.reversed() { try? entry.parent.removeFolder(entry.name) }
  }
}

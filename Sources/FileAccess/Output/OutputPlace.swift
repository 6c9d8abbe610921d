import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What a path that is to be written names.
enum OutputPlace {
  /// Standard output, a device or a pipe, by a number where it has one.
  case stream(EntryStatus.Identity?)
  /// A file, there or not, in a folder.
  case file(Folder, name: String)

  /// The folder of a file.
  struct Folder {
    let folder: OpenFolder
    /// What messages call it.
    let path: String
    private let device: UInt64
    private let inode: UInt64

    init(_ folder: OpenFolder, _ path: String) {
      self.folder = folder
      self.path = path
      device = folder.status?.device ?? 0
      inode = folder.status?.identity.inode ?? 0
    }

    func isSame(as other: Folder) -> Bool { (device, inode) == (other.device, other.inode) }

    /// An order of all folders.
    func isBefore(_ other: Folder) -> Bool { (device, inode) < (other.device, other.inode) }
  }

  /// As many links as a path may lead through.
  private static let linkLimit = 40

  /// Finds out what a path names. A link is followed to where it leads, unless somebody else may have laid it: in a
  /// folder that everybody may write to, only links of this account and of the folder's owner are.
  init(_ path: String) throws(FileError) {
    if path == "-" {
      self = .stream(EntryStatus(of: STDOUT_FILENO)?.identity)
      return
    }
    var (way, name) = try Self.split(path, path)
    var folder = try Self.open(way)
    for _ in 0..<Self.linkLimit {
      switch folder.status(of: name)?.kind {
      case nil, .file?:
        self = .file(Folder(folder, way), name: name)
        return
      case .folder?: throw FileError(path, .isFolder, inWriting: true)
      case .special?:
        self = .stream(folder.status(of: name)?.identity)
        return
      case .link?:
        guard Self.mayFollow(name, in: folder) else { throw FileError(path, .foreignLink) }
        var behind = stat()
        if stat(path, &behind) == 0, ![S_IFREG, S_IFDIR].contains(behind.st_mode & S_IFMT) {
          self = .stream(EntryStatus(behind).identity)
          return
        }
        guard let destination = folder.destination(of: name) else {
          throw FileError(path, .isLink, inWriting: true)
        }
        let isAbsolute = destination.utf8.first == UInt8(ascii: "/")
        let (next, last) = try Self.split(
          isAbsolute || way == "." ? destination : "\(way)/\(destination)", path)
        (way, name) = (next, last)
        folder = try Self.open(way)
      }
    }
    throw FileError(path, .cannotWrite(.tooManySymbolicLinkLevels))
  }

  func isSame(as other: OutputPlace) -> Bool {
    switch (self, other) {
    case (.file(let folder, let name), .file(let otherFolder, let otherName)):
      folder.isSame(as: otherFolder) && name == otherName
    case (.stream(let one), .stream(let two)): one == two
    // Standard output may have been redirected to the file.
    case (.file(let folder, let name), .stream(let stream?)),
      (.stream(let stream?), .file(let folder, let name)):
      folder.folder.status(of: name)?.identity == stream
    default: false
    }
  }

  /// The folder and the last name of a path.
  private static func split(_ path: String, _ shown: String) throws(FileError) -> (
    folder: String, name: String
  ) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else { throw FileError(shown, .isFolder, inWriting: true) }
    return (slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".", name)
  }

  private static func open(_ path: String) throws(FileError) -> OpenFolder {
    do throws(Errno) {
      return try OpenFolder(at: path)
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory {
        throw FileError(path, .notFound, inWriting: true)
      }
      throw .writing(path, error)
    }
  }

  private static func mayFollow(_ name: String, in folder: OpenFolder) -> Bool {
    guard let link = folder.status(of: name), let around = folder.status else { return false }
    return around.mode & 0o002 == 0 || link.owner == geteuid() || link.owner == around.owner
  }
}

extension EntryStatus {
  /// What a descriptor is open on; nil where it is not open.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}

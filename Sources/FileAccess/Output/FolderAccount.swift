import SystemPackage

/// How a file system shows what this account creates in a folder. Most show its own number and the permissions asked
/// for; a share may show all files as somebody's.
struct FolderAccount {
  /// The number of the owner.
  let owner: UInt32
  /// Whether permissions are what was asked for.
  let keepsPermissions: Bool

  /// Finds out by a folder that is made and removed again.
  init(in folder: OpenFolder, path: String) throws(FileError) {
    var attempt = 0
    while true {
      let name = StagingFolder.newName()
      do throws(Errno) {
        try folder.createFolder(name, mode: 0o700)
        defer { try? folder.removeFolder(name) }
        let made = try folder.folder(name)
        guard let status = made.status else { throw .ioError }
        owner = status.owner
        keepsPermissions = status.mode & 0o077 == 0
        return
      } catch {
        attempt += 1
        // Another run of this account may have cleaned it away before it could be looked at.
        guard error == .noSuchFileOrDirectory || error == .fileExists, attempt < 100 else {
          throw .writing(path, error)
        }
      }
    }
  }

  /// Whether a file or folder is this account's, and no other one can have put anything into it or opened it.
  func alone(uses entry: EntryStatus) -> Bool {
    entry.owner == owner && (!keepsPermissions || entry.mode & 0o077 == 0)
      && (entry.kind == .folder || entry.kind == .file && entry.links == 1)
  }
}

import Glibc

/// Folders of the model, looked at without any help of what is tested.
enum Tree {
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Everything in and below a folder, by path; what is behind a link is not looked at.
  static func contents(of folder: String, _ prefix: String = "") -> [String: OutputModel.Content] {
    var found: [String: OutputModel.Content] = [:]
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      switch kind(path) {
      case S_IFLNK: found[prefix + name] = .link(destination(path))
      case S_IFDIR:
        found[prefix + name] = .folder
        found.merge(contents(of: path, "\(prefix)\(name)/")) { one, _ in one }
      default: found[prefix + name] = .file(read(path) ?? [])
      }
    }
    return found
  }

  static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &buffer, buffer.count)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  static func write(_ bytes: [UInt8], to path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { return }
    _ = Glibc.write(file, bytes, bytes.count)
    close(file)
  }

  static func remove(_ path: String) {
    if kind(path) == S_IFDIR {
      for name in names(in: path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  private static func destination(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &buffer, buffer.count)
    return String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

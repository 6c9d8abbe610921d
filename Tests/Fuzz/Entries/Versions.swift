import PolicyModel

/// A version that was read prints so that it reads back as itself.
func fuzzVersions(_ bytes: [UInt8]) {
  guard let version = Version(utf8: bytes[...]) else { return }
  guard let again = Version(version.description) else {
    fatalError("\(version) does not read back")
  }
  require(again == version && again.written == version.written, "\(version) reads back as \(again)")
  if let build = OSBuild(version) {
    require(OSBuild(build.description) == build, "\(build) reads back as another build")
  }
}

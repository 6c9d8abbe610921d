import PolicyModel

extension Deprecation {
  /// The targets on which the node is deprecated: those of which a device may run the build or a later one; all where the
  /// DDF names no build.
  package func affected(of devices: TargetDevices) -> [TargetDevices.Target] {
    guard let since else { return devices.targets }
    return devices.targets.filter {
      $0.branch > since.branch || $0.branch == since.branch && ($0.revision ?? .max) >= since.revision
    }
  }

  /// `Windows 11 21H2 (10.0.22000)`; nil where the DDF names no build.
  package var sinceName: String? {
    guard let since else { return nil }
    let number = since.revision == 0 ? "10.0.\(since.branch)" : since.description
    return WindowsBranch.shipped(build: since.branch).map { "\($0.name) (\(number))" } ?? number
  }
}

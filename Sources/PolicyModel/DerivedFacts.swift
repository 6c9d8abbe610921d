/// Facts that follow from `os.build` and so need no probe of their own.
enum DerivedFacts {
  /// What `os.build` says of a fact, or nil when the fact does not derive from it or the build is not known.
  static func observation(of fact: FactDeclaration, in snapshot: FactSnapshot) -> Observation? {
    guard let derive = rule(for: fact.name), let build = snapshot["os.build"] else { return nil }
    guard case .value(.build(let number)) = build.content, let value = derive(number, fact.type) else {
      return nil
    }
    return Observation(.value(value), level: build.level, source: "os.build, \(build.source)")
  }

  /// The facts that a fact can be derived from.
  static func basis(of name: String) -> [String] { rule(for: name) == nil ? [] : ["os.build"] }

  private static func rule(for name: String) -> ((OSBuild, ValueType) -> Value?)? {
    switch name {
    case "os.branch": { build, type in type == .int ? .int(Int64(build.branch)) : nil }
    case "os.revision": { build, type in type == .int ? .int(Int64(build.revision)) : nil }
    case "os.product": { build, type in product(of: build.branch, among: type) }
    default: nil
    }
  }

  /// Windows 10 began with branch 10240 and Windows 11 with 22000. 20348 and 25398 are Windows Server alone.
  private static func product(of branch: UInt32, among type: ValueType) -> Value? {
    guard case .symbol(let symbols) = type, branch >= 10240, branch != 20348, branch != 25398 else {
      return nil
    }
    let name = branch >= 22000 ? "windows_11" : "windows_10"
    return symbols.contains(name) ? .symbol(name) : nil
  }
}

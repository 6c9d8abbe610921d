/// Facts that follow from `os.build` and so need no probe of their own.
enum DerivedFacts {
  /// What counts of a fact in a snapshot: what it follows from goes before what is said of it beside, unless that
  /// has the stronger evidence. Nil when no probe spoke of it and it does not follow from what is known.
  static func observation(of fact: FactDeclaration, in snapshot: FactSnapshot) -> Observation? {
    let given = snapshot[fact.name]
    if let given, given.isRefused { return given }
    guard let derived = derived(fact, in: snapshot) else { return given }
    guard let given, given.value != nil, given.level > derived.level else { return derived }
    return given
  }

  /// A fact that a snapshot gives beside what it follows from, with another value. What counts is kept.
  static func contradiction(of fact: FactDeclaration, in snapshot: FactSnapshot) -> Contradiction? {
    guard let given = snapshot[fact.name], let value = given.value,
      let derived = derived(fact, in: snapshot), derived.value != value
    else { return nil }
    let derivedCounts = derived.level >= given.level
    return Contradiction(
      fact: fact.name, kept: derivedCounts ? derived : given, setAside: derivedCounts ? given : derived)
  }

  /// The facts that a fact can be derived from.
  static func basis(of name: String) -> [String] {
    switch name {
    case "os.branch", "os.revision": ["os.build"]
    case "os.product": ["os.build", "os.branch"]
    default: []
    }
  }

  /// What a fact's basis says of it; nil when it has none or its basis is not known.
  private static func derived(_ fact: FactDeclaration, in snapshot: FactSnapshot) -> Observation? {
    for base in basis(of: fact.name) {
      guard let observation = snapshot[base] else { continue }
      let content: Observation.Content?
      switch observation.value {
      case .build(let build)?: content = self.content(of: fact, branch: Int64(build.branch), build: build)
      case .int(let branch)? where base == "os.branch":
        content = self.content(of: fact, branch: branch, build: nil)
      default: content = nil
      }
      if let content {
        return Observation(content, level: observation.level, source: "\(base), \(observation.source)")
      }
    }
    return nil
  }

  private static func content(of fact: FactDeclaration, branch: Int64, build: OSBuild?)
    -> Observation.Content?
  {
    switch (fact.name, fact.type) {
    case ("os.branch", .int): .value(.int(branch))
    case ("os.revision", .int): build.map { .value(.int(Int64($0.revision))) }
    case ("os.product", .symbol(let symbols)): product(of: branch, among: symbols)
    default: nil
    }
  }

  private static func product(of branch: Int64, among symbols: [String]) -> Observation.Content {
    guard let name = UInt32(exactly: branch).flatMap({ WindowsLines.product(of: $0) }) else {
      return .unknown(reason: "branch \(branch) is neither Windows 10 nor Windows 11")
    }
    return symbols.contains(name) ? .value(.symbol(name)) : .unknown(reason: "branch \(branch) is \(name)")
  }
}

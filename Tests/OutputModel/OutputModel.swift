import FileAccess
import Glibc
import SystemPackage

/// A random history of an output folder, with what must be true after each step: transactions that succeed, fail and are
/// killed at any change to the file system, strangers' files, and links that somebody planted to lead out of the folder.
///
/// It needs a folder of its own, which it empties.
package struct OutputModel {
  /// A property that does not hold, with the steps that led to it.
  package struct Broken: Error, CustomStringConvertible {
    /// What was expected and what was found.
    package let description: String
  }

  /// What a name in the output folder holds.
  enum Content: Hashable {
    case file([UInt8])
    case link(String)
    case folder
  }

  /// What happens at one change to the file system.
  private enum Fault {
    case none
    /// The change fails, and nothing else.
    case once(Errno)
    /// So does everything that takes room, from there on.
    case full
    /// The program is gone: this change is not made, nor any after it.
    case kill
    /// Somebody moves things about before the change is made.
    case attack(Int)
  }

  private let home: String
  private var out: String { home + "/site/out" }
  private var choices: Choices
  private var steps: [String] = []
  /// What the output folder must hold.
  private var expected: [String: Content] = [:]
  /// Entries with names that policyc keeps to itself, but that are not its own.
  private var planted: Set<String> = []
  private var outside: [String: Content] = [:]
  private var serial = 0

  /// A history in a folder, which is created.
  package init(in home: String, _ choices: Choices) {
    self.home = home
    self.choices = choices
  }

  /// Runs it.
  package mutating func run(steps count: Int) throws {
    Tree.remove(home)
    defer { Tree.remove(home) }
    for folder in ["", "/outside", "/outside/new", "/outside/old", "/site", "/site/out"] {
      mkdir(home + folder, 0o755)
    }
    for file in ["outside/keep", "outside/new/a", "outside/old/b", "outside/a", "site/neighbour"] {
      Tree.write(Array("kept \(file)".utf8), to: "\(home)/\(file)")
    }
    outside = surroundings()
    for _ in 0..<count where !choices.isOver {
      switch choices.below(8) {
      case 0: plant()
      case 1: stranger()
      default: try transaction()
      }
    }
    // Whatever there was, one more run leaves everything in order.
    steps.append("last")
    let found = attempt([:], removing: [], .none, at: 0)
    guard found == .committed else { throw broken("the last transaction did not succeed: \(found)") }
    try check(allowing: [expected])
  }

  // MARK: Steps

  private mutating func transaction() throws {
    serial += 1
    var additions: [String: [UInt8]] = [:]
    for name in ["a", "b", "c", "d"] where choices.below(2) == 0 {
      additions[name] = Array("\(name) \(serial)".utf8)
    }
    let leaving = ["a", "b", "c", "d"].filter {
      additions[$0] == nil && expected[$0] != nil && choices.below(3) == 0
    }
    let position = choices.below(60)
    let fault: Fault =
      switch choices.below(8) {
      case 0, 1: .none
      case 2: .once([.ioError, .permissionDenied, .noSpace][choices.below(3)])
      case 3: .full
      case 4: .attack(choices.below(4))
      default: .kill
      }
    steps.append("add \(additions.keys.sorted()), remove \(leaving), \(fault) at \(position)")
    let old = expected
    var new = expected
    for (name, bytes) in additions { new[name] = .file(bytes) }
    var removed = new
    for name in leaving where isFile(expected[name]) { removed[name] = nil }
    new = removed
    let found = attempt(additions, removing: leaving, fault, at: position)
    try checkSurroundings()
    if case .attack = fault {
      // What is in the folder is the attacker's now; that nothing outside was touched is all that counts.
      tidy()
      return
    }
    switch found {
    case .committed: expected = new
    case .failed, .dropped: break
    case .killed:
      var tries = 0
      // The run that is to take it back can be killed too.
      while tries < 3, choices.below(2) == 0 {
        tries += 1
        _ = attempt([:], removing: [], .kill, at: choices.below(40))
        try checkSurroundings()
      }
    }
    let again = attempt([:], removing: [], .none, at: 0)
    guard again == .committed else { throw broken("the next transaction did not succeed: \(again)") }
    try check(allowing: found == .killed ? [old, new] : [expected])
    expected = contents()
  }

  private enum Outcome { case committed, failed, dropped, killed }

  private mutating func attempt(
    _ additions: [String: [UInt8]], removing leaving: [String], _ fault: Fault, at position: Int
  ) -> Outcome {
    var change = 0
    var isDead = false
    let (out, home) = (out, home)
    let hook: OutputHook = { name in
      defer { change += 1 }
      if isDead { return .ioError }
      switch fault {
      case .none: return nil
      case .once(let errno): return change == position ? errno : nil
      case .full:
        let takesRoom = ["create", "write", "mkdir", "link"].contains { name.hasPrefix($0) }
        return change >= position && takesRoom ? .noSpace : nil
      case .kill:
        isDead = change >= position
        return isDead ? .ioError : nil
      case .attack(let kind):
        if change == position { Self.attack(kind, out, home) }
        return nil
      }
    }
    let drops = !additions.isEmpty && choices.below(10) == 0
    let wrong = choices.below(4) == 0
    do throws(FileError) {
      var transaction = try OutputTransaction(folder: out, seconds: 1, hook: hook)
      for name in additions.keys.sorted() { try transaction.add(name, additions[name] ?? []) }
      for name in leaving {
        guard case .file(let bytes) = expected[name] else { continue }
        // A file with another content than expected stays, and asking for it changes nothing.
        if wrong { _ = try transaction.remove(name, size: bytes.count + 1) { _ in true } }
        _ = try transaction.remove(name, size: bytes.count) { $0 == bytes }
      }
      if drops { return isDead ? .killed : .dropped }
      try transaction.commit()
      return isDead ? .killed : .committed
    } catch {
      return isDead ? .killed : .failed
    }
  }

  /// Lays a trap in the folder.
  private mutating func plant() {
    let kind = choices.below(8)
    serial += 1
    let digits = String(serial, radix: 16)
    let name = ".policyc-" + String(repeating: "0", count: 32 - digits.utf8.count) + digits
    let path = "\(out)/\(name)"
    steps.append("plant \(kind) as \(name)")
    switch kind {
    case 0: symlink("../../outside", path)
    case 1, 2:
      mkdir(path, kind == 1 ? 0o755 : 0o700)
      symlink("../../../outside/new", path + "/new")
      symlink("../../../outside/old", path + "/old")
    case 3:
      // As a repository could carry it that knows how a mark looks, and guesses its number right.
      mkdir(path, 0o700)
      var status = stat()
      stat(path, &status)
      Tree.write(
        Array("policyc makes output ready in this folder, number \(status.st_ino)\n".utf8),
        to: path + "/policyc-staging")
      symlink("../../../outside/new", path + "/new")
      symlink("../../../outside", path + "/old")
      symlink("../../../outside/keep", path + "/journal")
    case 4:
      mkdir(path, 0o700)
      Tree.write(Array("hello".utf8), to: path + "/policyc-staging")
    case 5:
      let lock = ".policyc-lock-\(geteuid())"
      symlink("../../outside/keep", "\(out)/\(lock)")
      planted.insert(lock)
      return
    case 6:
      let target = ["a", "b", "c", "d"][choices.below(4)]
      guard expected[target] == nil else { return }
      symlink("../../outside/keep", "\(out)/\(target)")
      expected[target] = .link("../../outside/keep")
      return
    default:
      Tree.write(Array("not ours".utf8), to: path)
    }
    planted.insert(name)
  }

  /// Somebody else's file, which stays, or which takes the name of an output.
  private mutating func stranger() {
    serial += 1
    let name = ["x", "y", "a", "b"][choices.below(4)]
    if case .link = expected[name] { return }
    let bytes = Array("stranger \(serial)".utf8)
    steps.append("stranger writes \(name)")
    Tree.write(bytes, to: "\(out)/\(name)")
    expected[name] = .file(bytes)
  }

  /// What a neighbour with a right to the folder does in the middle of a transaction.
  private static func attack(_ kind: Int, _ out: String, _ home: String) {
    let staging = Tree.names(in: out).filter {
      $0.hasPrefix(".policyc-") && $0.utf8.count > 30 && Tree.kind("\(out)/\($0)") == S_IFDIR
    }
    switch kind {
    case 0:
      rename(out, out + "-moved")
      symlink("../outside", out)
    case 1:
      for name in staging {
        rename("\(out)/\(name)", "\(out)/moved")
        symlink("../../outside", "\(out)/\(name)")
      }
    case 2:
      for name in staging {
        for inner in ["new", "old"] {
          rename("\(out)/\(name)/\(inner)", "\(out)/\(name)/\(inner)-moved")
          symlink("../../../outside/\(inner)", "\(out)/\(name)/\(inner)")
        }
      }
    default:
      for name in ["a", "b", "c", "d"] {
        unlink("\(out)/\(name)")
        symlink("../../outside/\(name)", "\(out)/\(name)")
      }
    }
  }

  // MARK: Properties

  private func surroundings() -> [String: Content] {
    var found = Tree.contents(of: home + "/outside")
    if let bytes = Tree.read(home + "/site/neighbour") { found["../site/neighbour"] = .file(bytes) }
    return found
  }

  private func checkSurroundings() throws {
    let found = surroundings()
    guard found == outside else {
      throw broken("something outside the folder changed: \(found.keys.sorted())")
    }
  }

  private func contents() -> [String: Content] {
    Tree.contents(of: out).filter { !$0.key.hasPrefix(".policyc-") }
  }

  private func check(allowing sets: [[String: Content]]) throws {
    try checkSurroundings()
    let found = contents()
    guard sets.contains(found) else {
      throw broken(
        "the folder holds neither the old outputs nor the new:\n  found \(found)\n  allowed \(sets)")
    }
    let left = Set(Tree.names(in: out).filter { $0.hasPrefix(".policyc-") }).subtracting(planted)
    guard left.isEmpty else { throw broken("left behind: \(left.sorted())") }
  }

  /// Begins anew with an empty folder.
  private mutating func tidy() {
    for name in Tree.names(in: home + "/site") where name != "neighbour" {
      Tree.remove("\(home)/site/\(name)")
    }
    mkdir(out, 0o755)
    expected = [:]
    planted = []
  }

  private func isFile(_ content: Content?) -> Bool {
    if case .file = content { true } else { false }
  }

  private func broken(_ text: String) -> Broken {
    Broken(description: text + "\nafter:\n" + steps.map { "  \($0)\n" }.joined())
  }
}

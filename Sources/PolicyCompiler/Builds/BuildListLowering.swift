import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// A builds list with where its entries stand.
struct LoweredBuildList {
  let list: BuildList
  let symbol: Symbol
}

/// Builds lists: one minimum for each branch of Windows.
extension PolicyChecker {
  mutating func lowerBuildLists() {
    for symbol in symbols.symbols where symbol.kind == .builds {
      let tree = tree(of: symbol.file)
      noteWaivers(of: symbol.node, in: tree)
      var minimums: [OSBuild] = []
      var places: [UInt32: Span] = [:]
      var newer = false
      for child in tree.children(of: symbol.node) {
        switch tree.kind(child) {
        case .buildEntry:
          guard let build = lowerEntry(child, of: symbol, in: tree) else { continue }
          if let earlier = places[build.branch] {
            report(
              Diagnostic(
                "AP2101", .error, "the list '\(symbol.name)' names branch \(build.branch) twice",
                at: Label(tree.span(child), "named again here"),
                secondary: [Label(earlier, "first named here")],
                help: ["each branch has one minimum; keep one of the two"]), on: symbol.node, in: tree)
            continue
          }
          places[build.branch] = tree.span(child)
          minimums.append(build)
        case .newerBranches:
          newer = tree.child(.name, of: child).map { tree.text($0) } == "allowed"
        default: break
        }
      }
      let list = BuildList(name: symbol.name, minimums: minimums, allowsNewerBranches: newer)
      if minimums.isEmpty, !isBroken {
        report(
          Diagnostic(
            "AP2106", .error, "no device can meet the list '\(symbol.name)': it names no branch",
            at: Label(symbol.nameSpan, "the list is empty"),
            help: ["add a line such as: windows 11 23H2 10.0.22631.2792"]), on: symbol.node, in: tree)
      }
      buildListIndex[symbol.name] = Int32(truncatingIfNeeded: buildLists.count)
      buildLists.append(LoweredBuildList(list: list, symbol: symbol))
    }
  }

  /// One line of a list: the branch by its name must be the branch of its build.
  private mutating func lowerEntry(_ node: NodeIndex, of symbol: Symbol, in tree: SyntaxTree) -> OSBuild? {
    let literals = tree.children(of: node).filter { tree.kind($0) == .literal }
    guard literals.count == 2, let name = tree.child(.name, of: node) else { return nil }
    let windows = tree.text(literals[0])
    let version = tree.text(name).uppercased()
    guard let written = Version(tree.text(literals[1])), let build = OSBuild(written) else {
      sink.report(
        "AP2004", .error, "'\(tree.text(literals[1]))' is not a Windows build", at: tree.span(literals[1]),
        "a build is written 10.0.BRANCH.REVISION")
      return nil
    }
    let shipped = WindowsBranch.shipped(build: build.branch)
    let named = windowsBranch(windows, version)
    guard let shipped else {
      let near = named.map { "\($0.name) is branch \($0.build)" }
      report(
        Diagnostic(
          "AP2103", .error, "Windows never shipped a branch \(build.branch)",
          at: Label(tree.span(literals[1]), "no such branch"), help: near.map { [$0] } ?? Self.branchHelp()),
        on: symbol.node, in: tree)
      return nil
    }
    guard let named else {
      let versions = WindowsBranch.all.filter { $0.product.number == windows }.map(\.version)
      let help =
        versions.isEmpty
        ? ["write windows 10 or windows 11"]
        : (closest(to: version, in: versions).map { ["did you mean \($0)?"] } ?? [
          "branch \(build.branch) is \(shipped.name)"
        ])
      report(
        Diagnostic(
          "AP2108", .error, "there is no Windows \(windows) \(version)",
          at: Label(tree.span(literals[0]).merged(tree.span(name)), "not a Windows version"), help: help),
        on: symbol.node, in: tree)
      return nil
    }
    guard named.build == build.branch else {
      let correct = OSBuild(branch: named.build, revision: build.revision)
      report(
        Diagnostic(
          "AP2102", .error, "branch \(build.branch) is \(shipped.name), not \(named.name)",
          at: Label(tree.span(literals[1]), "a build of \(shipped.name)"),
          secondary: [
            Label(tree.span(literals[0]).merged(tree.span(name)), "\(named.name) is branch \(named.build)")
          ],
          help: ["name the branch by its own version, or give a minimum such as \(correct)"],
          fixIts: [
            FixIt(
              title: "write \(shipped.name.lowercasedFirst)",
              span: tree.span(literals[0]).merged(tree.span(name)),
              replacement: "\(shipped.product.number) \(shipped.version)")
          ]), on: symbol.node, in: tree)
      return nil
    }
    return build
  }

  static func branchHelp() -> [String] {
    ["shipped branches: " + WindowsBranch.all.map { "\($0.build) (\($0.name))" }.joined(separator: ", ")]
  }

  func windowsBranch(_ windows: String, _ version: String) -> WindowsBranch? {
    WindowsBranch.all.first { $0.product.number == windows && $0.version.uppercased() == version }
  }
}

extension WindowsBranch.Product {
  /// `10` or `11`.
  var number: String { self == .windows10 ? "10" : "11" }
}

extension Span {
  /// From the beginning of one span to the end of another of the same file.
  func merged(_ other: Span) -> Span {
    Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }
}

extension String {
  var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

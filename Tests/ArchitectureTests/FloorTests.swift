import Foundation
import TestSupport
import Testing

@Suite("The wings and floors of docs/architecture.md")
struct FloorTests {
  let manifest: PackageManifest
  let document: String

  init() throws {
    manifest = PackageManifest(try Checkout.text("Package.swift"))
    document = try Checkout.text("docs/architecture.md")
  }

  @Test("every folder under Sources is a target of a wing, and every wing's target is a folder")
  func foldersAreTargets() throws {
    #expect(try Checkout.folders(in: "Sources") == targetNames.sorted())
  }

  @Test("a wing stands on wings declared before it, and on what those stand on")
  func wingsAreInOrder() throws {
    for (index, wing) in wings.enumerated() {
      for lower in wing.on {
        let below = try #require(wings[..<index].first { $0.name == lower }, "\(wing.name) on \(lower)")
        #expect(
          Set(below.on).isSubset(of: wing.on),
          "\(wing.name) stands on \(lower), and not on what that stands on")
      }
    }
  }

  @Test("what a device's check imports does not import the compiler")
  func devicesNeedNoCompiler() {
    for wing in wings where ["evidence", "device", "reports"].contains(wing.name) {
      #expect(!wing.on.contains("language"), "\(wing.name) stands on the language")
    }
  }

  @Test(
    "a target depends on lower floors of its wing and on the wings that it stands on", arguments: targetNames)
  func dependenciesPointDown(target: String) throws {
    let dependencies = try #require(
      manifest.targets[target], "Package.swift declares no target called \(target)")
    for lower in dependencies.targets {
      #expect(mayImport(target, lower), "\(target) depends on \(lower), which its wing does not stand on")
    }
  }

  @Test("the floor of a target is its longest way down", arguments: targetNames)
  func floorsAreLongestWays(target: String) throws {
    #expect(wingOfTarget[target]?.floors[target] == height(of: target), "\(target)")
  }

  /// How many floors are below a target by Package.swift.
  private func height(of target: String) -> Int {
    (manifest.targets[target]?.targets ?? []).map { height(of: $0) + 1 }.max() ?? 0
  }

  @Test("a file imports only what its target declares", arguments: targetNames)
  func importsAreDeclared(target: String) throws {
    let declared = try #require(manifest.targets[target])
    let allowed = declared.targets.union(declared.products).union(platformModules)
    for file in Checkout.files(below: "Sources/\(target)", suffixes: [".swift"]) {
      for found in imports(of: try Checkout.text(file)) {
        #expect(
          allowed.contains(found.module),
          "\(file):\(found.line) imports \(found.module); \(target) may import \(allowed.sorted().joined(separator: ", "))"
        )
      }
    }
  }

  @Test("a declared dependency on another target is imported somewhere", arguments: targetNames)
  func dependenciesAreUsed(target: String) throws {
    let declared = try #require(manifest.targets[target])
    let used = try Checkout.files(below: "Sources/\(target)", suffixes: [".swift"]).flatMap {
      imports(of: try Checkout.text($0)).map(\.module)
    }
    for dependency in declared.targets.union(declared.products) {
      #expect(used.contains(dependency), "\(target) declares \(dependency) and never imports it")
    }
  }

  @Test("no file under Sources imports Foundation")
  func noFoundation() throws {
    for file in Checkout.files(below: "Sources", suffixes: [".swift"]) {
      for found in imports(of: try Checkout.text(file)) {
        #expect(!found.module.hasPrefix("Foundation"), "\(file):\(found.line) imports \(found.module)")
      }
    }
  }

  @Test("the table in docs/architecture.md has the wings and floors that the tests enforce")
  func tableIsTrue() throws {
    var shown: Set<String> = []
    for row in document.matches(of: /(?m)^\| ([a-z ]+) \| ([a-z, –]+) \| (\d) \| ([^|]+) \|/) {
      for target in String(row.4).matches(of: /`(\w+)`/) {
        shown.insert("\(row.1) on \(row.2): \(target.1) \(row.3)")
      }
    }
    var declared: Set<String> = []
    for wing in wings {
      let on = wing.on.isEmpty ? "–" : wing.on.joined(separator: ", ")
      for (target, floor) in wing.floors { declared.insert("\(wing.name) on \(on): \(target) \(floor)") }
    }
    #expect(shown.subtracting(declared).sorted() == [], "rows that the tests do not enforce")
    #expect(declared.subtracting(shown).sorted() == [], "targets that the table leaves out")
  }

  @Test("the diagram in docs/architecture.md shows the dependencies of Package.swift")
  func diagramIsTrue() throws {
    var shown: Set<String> = []
    for match in document.matches(of: /(?m)^  (\w+) --> (\w+)$/) { shown.insert("\(match.1) --> \(match.2)") }
    var declared: Set<String> = []
    for (target, dependencies) in manifest.targets where wingOfTarget[target] != nil {
      for lower in dependencies.targets { declared.insert("\(target) --> \(lower)") }
    }
    #expect(shown.subtracting(declared).sorted() == [], "arrows without a dependency in Package.swift")
    let direct = declared.filter { !isImplied($0, by: declared) }
    #expect(direct.subtracting(shown).sorted() == [], "dependencies that the diagram leaves out")
  }

  /// Whether an arrow follows from a longer way; the diagram may leave such arrows out.
  private func isImplied(_ arrow: String, by arrows: Set<String>) -> Bool {
    let ends = arrow.components(separatedBy: " --> ")
    var pending = [ends[0]]
    var seen: Set<String> = []
    while let from = pending.popLast() {
      for next in arrows where next.hasPrefix("\(from) --> ") && next != arrow {
        let to = String(next.dropFirst(from.count + 5))
        if to == ends[1] { return true }
        if seen.insert(to).inserted { pending.append(to) }
      }
    }
    return false
  }
}

import Foundation
import TestSupport
import Testing

@Suite("The floors of docs/architecture.md")
struct FloorTests {
  let manifest: PackageManifest
  let document: String

  init() throws {
    manifest = PackageManifest(try Checkout.text("Package.swift"))
    document = try Checkout.text("docs/architecture.md")
  }

  @Test("every folder under Sources is a target with a floor, and every floor's target is a folder")
  func foldersAreTargets() throws {
    #expect(try Checkout.folders(in: "Sources") == floorOfTarget.keys.sorted())
  }

  @Test("a target depends on lower floors only", arguments: floors.joined())
  func dependenciesPointDown(target: String) throws {
    let dependencies = try #require(
      manifest.targets[target], "Package.swift declares no target called \(target)")
    for lower in dependencies.targets {
      let level = try #require(floorOfTarget[lower], "\(target) depends on \(lower), which has no floor")
      #expect(level < floorOfTarget[target]!, "\(target) depends on \(lower), which is not below it")
    }
  }

  @Test("a file imports lower floors only, and only what its target declares", arguments: floors.joined())
  func importsPointDown(target: String) throws {
    let declared = try #require(manifest.targets[target])
    let allowed = declared.targets.union(declared.products).union(platformModules)
    for file in Checkout.files(below: "Sources/\(target)", suffixes: [".swift"]) {
      for found in imports(of: try Checkout.text(file)) {
        #expect(
          allowed.contains(found.module) && (floorOfTarget[found.module] ?? -1) < floorOfTarget[target]!,
          "\(file):\(found.line) imports \(found.module); \(target) may import \(allowed.sorted().joined(separator: ", "))"
        )
      }
    }
  }

  @Test("a declared dependency on another target is imported somewhere", arguments: floors.joined())
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

  @Test("the table of floors in docs/architecture.md is the order that the tests enforce")
  func tableIsTrue() throws {
    var rows: [[String]] = []
    for line in document.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count > 3, Int(cells[1].trimmingCharacters(in: .whitespaces)) == rows.count else {
        continue
      }
      rows.append(cells[2].matches(of: /`(\w+)`/).map { String($0.1) })
    }
    #expect(rows == floors)
  }

  @Test("the diagram in docs/architecture.md shows the dependencies of Package.swift")
  func diagramIsTrue() throws {
    var shown: Set<String> = []
    for match in document.matches(of: /(?m)^  (\w+) --> (\w+)$/) { shown.insert("\(match.1) --> \(match.2)") }
    var declared: Set<String> = []
    for (target, dependencies) in manifest.targets where floorOfTarget[target] != nil {
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

import Testing

@Suite("Reading imports and Package.swift")
struct ImportParserTests {
  @Test("attributes, access levels and kinds do not hide an import")
  func forms() {
    let source = """
      import A
      @testable import B
      @preconcurrency package import C
      import struct D.Thing
      // import E
      let text = "import F"
        import G.Part
      """
    #expect(imports(of: source).map(\.module) == ["A", "B", "C", "D", "G"])
    #expect(imports(of: source).map(\.line) == [1, 2, 3, 4, 7])
  }

  @Test("dependencies are read whatever way a target is declared")
  func manifest() {
    let manifest = PackageManifest(
      """
      .systemLibrary(name: "C", pkgConfig: "c"),
      floor("A", on: []),
      floor(
        "B",
        on: [
          "A", .product(name: "SystemPackage", package: "swift-system"),
        ]),
      .executableTarget(name: "tool", dependencies: ["A", "B"]),
      """)
    #expect(manifest.targets.keys.sorted() == ["A", "B", "C", "tool"])
    #expect(manifest.targets["B"]?.targets == ["A"])
    #expect(manifest.targets["B"]?.products == ["SystemPackage"])
    #expect(manifest.targets["tool"]?.targets == ["A", "B"])
  }
}

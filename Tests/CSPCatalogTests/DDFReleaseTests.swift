import CCatalogData
import Foundation
import Testing
import XMLInput

@testable import CSPCatalog

@Suite(
  "DDFImport of Microsoft's files",
  .enabled(if: SharedData.hasDDF, "no shared/data beside the checkout"))
struct DDFReleaseTests {
  @Test("the import gives the embedded catalogue, byte for byte, and notes each row of the list of anomalies")
  func reproduces() throws {
    let ddf = try SharedData.wholeImport()
    #expect(ddf.summary == DDFImport.Summary(version2: 5815, version1: 344, retired: 51))
    let embedded = UnsafeBufferPointer(start: csp_catalog_bytes(), count: csp_catalog_size())
    #expect(ddf.catalog(source: "2025-02", date: CalendarDate(known: 2025, 2, 1)) == Array(embedded))
    let notes = ddf.notes + ddf.unresolvedDependencies()
    let rows = try String(contentsOf: SharedData.anomalies, encoding: .utf8).split(separator: "\n")
      .dropFirst()
    #expect(rows.count == 100)
    for row in rows {
      let fields = row.split(separator: "\t").map(String.init)
      let path = try #require(LocURI(fields[2])).text
      #expect(
        notes.contains { $0.kind.rawValue == fields[0] && $0.file == fields[1] && $0.node == path },
        "\(row)")
      #expect(CSPCatalog.embedded.node(at: path)?.locURI == path, "\(path) is lost")
    }
  }

  @Test("each DDF v1 file is read as one")
  func version1() throws {
    let files = try SharedData.ddfFiles("v1-2019")
    #expect(files.count == 77)
    for file in files {
      var reader = DDFReader(origin: file.name)
      try readXML(file.bytes, limits: DDFImport.limits) { event throws(XMLError) in try reader.read(event) }
      #expect(reader.source == .ddf1 && !reader.nodes.isEmpty, "\(file.name)")
    }
    for file in try SharedData.ddfFiles() {
      var reader = DDFReader(origin: file.name)
      try readXML(file.bytes, limits: DDFImport.limits) { event throws(XMLError) in try reader.read(event) }
      #expect(reader.source == .ddf2, "\(file.name)")
    }
  }

  @Test("the file that is not well-formed is refused with its line, and nothing of it is kept")
  func notWellFormed() throws {
    let file = SharedData.folder.appendingPathComponent("ddf/v1-2019/policy.xml.not-well-formed")
    let bytes = Array(try #require(FileManager.default.contents(atPath: file.path)))
    var ddf = DDFImport()
    do throws(XMLError) {
      try ddf.add(bytes, named: "policy.xml")
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .notWellFormed && error.position.line > 1000, "\(error)")
    }
    #expect(ddf.nodeCount == 0 && ddf.notes.isEmpty)
  }

  @Test(
    "every file that is cut off is refused, and nothing of it is kept", arguments: ["2025-02", "v1-2019"])
  func cut(folder: String) throws {
    let file = try #require(
      try SharedData.ddfFiles(folder).first { $0.name.lowercased() == "devicestatus.xml" })
    let end = file.bytes.count - 12
    for length in stride(from: 0, to: end, by: 4999) {
      var ddf = DDFImport()
      #expect(throws: XMLError.self) { try ddf.add(Array(file.bytes[..<length]), named: file.name) }
      #expect(ddf.nodeCount == 0)
    }
  }
}

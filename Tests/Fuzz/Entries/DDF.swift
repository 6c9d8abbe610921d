import CSPCatalog

/// A DDF file that was read makes a catalogue that opens, with the same nodes.
func fuzzDDF(_ bytes: [UInt8]) {
  guard let date = CalendarDate("2025-02-01") else { fatalError("a date cannot be read") }
  var ddf = DDFImport()
  guard (try? ddf.add(bytes, named: "fuzz.xml")) != nil else { return }
  let written = ddf.catalog(source: "fuzz", date: date)
  guard let catalog = try? CSPCatalog(bytes: written) else {
    fatalError("the catalogue cannot be opened: \(String(decoding: written, as: UTF8.self))")
  }
  require(
    catalog.nodeCount == ddf.nodeCount, "the catalogue has \(catalog.nodeCount) of \(ddf.nodeCount) nodes")
  for node in catalog.nodes {
    require(catalog.node(at: node.locURI) == node, "\(node.locURI) is not found, or is another node")
  }
}

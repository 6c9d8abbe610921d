import CSPCatalog

/// A DDF file that was read makes a catalogue that opens, with the same nodes; as a file of an older release it only adds.
func fuzzDDF(_ bytes: [UInt8]) {
  guard let date = CalendarDate("2025-02-01") else { fatalError("a date cannot be read") }
  var ddf = DDFImport()
  guard (try? ddf.add(bytes, named: "fuzz.xml")) != nil else { return }
  let catalog = opened(ddf, date)
  require(
    catalog.nodeCount == ddf.nodeCount, "the catalogue has \(catalog.nodeCount) of \(ddf.nodeCount) nodes")
  for node in catalog.nodes {
    require(catalog.node(at: node.locURI) == node, "\(node.locURI) is not found, or is another node")
    require(catalog.retired(node.locURI) == nil, "\(node.locURI) is there and gone")
  }
  // What was the newest release alone is an older one beside another: its nodes are there, or gone, or neither.
  var later = DDFImport()
  guard (try? later.add(Array(newest.utf8), named: "newest.xml")) != nil,
    (try? later.add(bytes, named: "fuzz.xml", ofOlderRelease: "2019")) != nil
  else { fatalError("what was read once is not read again") }
  let both = opened(later, date)
  require(both.node(at: "./Vendor/MSFT/Sample/Leaf") != nil, "an older release takes a node away")
  for node in catalog.nodes where both.node(at: node.locURI) == nil {
    guard case .moved(let path)? = both.retired(node.locURI)?.reason else { continue }
    require(both.node(at: path) != nil, "\(node.locURI) moved to \(path), which is not there")
  }
}

private let newest = """
  <MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><Node><NodeName>Sample</NodeName>
  <Path>./Vendor/MSFT</Path><DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>
  <MSFT:AtomicRequired/></DFProperties><Node><NodeName>Leaf</NodeName><DFProperties><AccessType><Get/></AccessType>
  <DFFormat><int/></DFFormat></DFProperties></Node></Node></MgmtTree>
  """

private func opened(_ ddf: DDFImport, _ date: CalendarDate) -> CSPCatalog {
  let written = ddf.catalog(source: "fuzz", date: date)
  guard let catalog = try? CSPCatalog(bytes: written) else {
    fatalError("the catalogue cannot be opened: \(String(decoding: written, as: UTF8.self))")
  }
  return catalog
}

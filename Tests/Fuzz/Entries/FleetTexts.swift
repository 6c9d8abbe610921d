import CSPCatalog
import FleetReports

/// A table as Excel and other programs write it: the same text in UTF-8 and in UTF-16 of either order is read as the same rows, and in
/// code page 932 it is read at all. The first byte picks the mapping.
func fuzzFleetText(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let names = FleetMapping.embeddedNames
  guard let mapping = FleetMapping.embedded(names[Int(choice) % names.count]) else {
    fatalError("a mapping is missing")
  }
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  let plain: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  var little: [UInt8] = [0xFF, 0xFE]
  var big: [UInt8] = [0xFE, 0xFF]
  for unit in text.utf16 {
    let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
    little += [low, high]
    big += [high, low]
  }
  let read = readTable(plain, by: mapping)
  require(readTable(little, by: mapping) == read, "UTF-16 of little order is read as something else")
  require(readTable(big, by: mapping) == read, "UTF-16 of big order is read as something else")
  // `デバイス名` and a line end, so that what follows is taken for code page 932 where it can be that.
  let heading: [UInt8] = [0x83, 0x66, 0x83, 0x6F, 0x83, 0x43, 0x83, 0x58, 0x96, 0xBC, 0x2C]
  _ = readTable(heading + bytes.dropFirst(), by: mapping)
}

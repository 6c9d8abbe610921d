extension CSPCatalog {
  /// A path in the catalogue's letters, where it is that of a node but for the case of some; else nil. Names that somebody
  /// chooses stay as they are.
  package func mendingCase(of locURI: String) -> String? {
    guard let mended = mending(locURI), mended.isComplete else { return nil }
    return place(of: mended.path) == nil ? nil : mended.spelled
  }

  /// A path with the catalogue's letters as far as it leads; the rest as it is.
  package func mendingCaseOfBeginning(of locURI: String) -> String { mending(locURI)?.spelled ?? locURI }

  private func mending(_ locURI: String) -> (spelled: String, path: [UInt8], isComplete: Bool)? {
    guard let uri = LocURI(locURI) else { return nil }
    var path = [UInt8(ascii: ".")]
    var spelled = path
    for (index, segment) in uri.segments.enumerated() {
      var name = segment
      if let next = child(segment, of: path) {
        path = next
      } else {
        let folded = String(decoding: segment.map(Self.lowercased), as: UTF8.self)
        if let known = foldedNames(below: path)[folded] {
          name = Array(known.utf8)
        } else if index == 0, folded == "vendor" {
          // `./vendor` is the device's, as `./Vendor` is.
          path += Array("/Device".utf8)
          spelled += Array("/Device".utf8)
          name = Array("Vendor".utf8)
        } else {
          for rest in uri.segments[index...] { spelled += [UInt8(ascii: "/")] + Self.escaped(rest) }
          return (String(decoding: spelled, as: UTF8.self), path, false)
        }
        path += [UInt8(ascii: "/")] + name
      }
      spelled += [UInt8(ascii: "/")] + Self.escaped(name)
    }
    return (String(decoding: spelled, as: UTF8.self), path, true)
  }

  /// A name with what would end it, or begin an escape, as escapes.
  private static func escaped(_ name: [UInt8]) -> [UInt8] {
    guard name.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }) else { return name }
    return name.flatMap { byte in
      switch byte {
      case UInt8(ascii: "/"): Array("%2F".utf8)
      case UInt8(ascii: "%"): Array("%25".utf8)
      default: [byte]
      }
    }
  }

  /// The names directly below a path by their small letters, those that somebody chooses left out.
  func foldedNames(below path: [UInt8]) -> [String: String] {
    hints.names(below: path) {
      var names: [String: String] = [:]
      let prefix = path + [UInt8(ascii: "/")]
      for place in places(from: prefix) {
        let name = self.path(at: place).dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "/") }
        guard name.first != UInt8(ascii: "{") else { continue }
        names[String(decoding: name.map(Self.lowercased), as: UTF8.self)] = String(
          decoding: name, as: UTF8.self)
      }
      return names
    }
  }
}

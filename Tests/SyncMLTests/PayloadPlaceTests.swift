import CSPCatalog
import Diagnostics
import SyncML
import TestSupport
import Testing

@Suite("Places in payloads") struct PayloadPlaceTests {
  private static let list = "./Device/Vendor/MSFT/Policy/Config/Defender/ExcludedPaths"
  private static let pieces = [
    "C:\\x", "é", "日本", "😀", "'", "\"", " ", "\t", "\n", "\r\n", "\r", "&lt;", "&amp;", "&gt;", "&apos;",
    "&quot;", "&#x65E5;", "&#128512;", "&#10;", "<!-- | > -->", "<!---->", "<![CDATA[<a> & ]]]>",
    "<![CDATA[]]>",
    "<![CDATA[\r\n]]]]><![CDATA[>]]>", "<?a >?>",
  ]

  private func report(_ payload: [UInt8], inPiecesOf size: Int) -> PayloadReport {
    var validator = PayloadValidator(PayloadOptions(catalog: .embedded))
    for start in stride(from: 0, to: payload.count, by: size) {
      _ = payload[start..<min(start + size, payload.count)].withUnsafeBytes { validator.feed($0) }
    }
    return validator.finish()
  }

  /// A payload whose list has an empty item, and the offset of the delimiter behind it.
  private func payload(_ generator: inout SeededGenerator, filler: Int) -> (bytes: [UInt8], offset: Int) {
    func some() -> String {
      (0..<Int.random(in: 0...6, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
    }
    let mark = Bool.random(using: &generator) ? "\u{FEFF}" : ""
    let start =
      "\(mark)<Replace>\r<CmdID>1</CmdID>\r\n<Item><Target><LocURI>\(Self.list)</LocURI></Target>"
      + "<Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta><Data>"
    let (before, after, end) =
      [("a|", "|", ""), ("a&#124;", "&#124;", ""), ("a<![CDATA[|", "|", "]]>"), ("a|", "<![CDATA[|]]>", "")]
      .randomElement(using: &generator) ?? ("", "", "")
    let inSection = after.hasPrefix("<") ? "<![CDATA[".utf8.count : 0
    let head = start + String(repeating: "é&amp;", count: filler) + some() + before
    let text = head + after + end + "b" + some() + "</Data></Item></Replace>"
    return (Array(text.utf8), head.utf8.count + inSection)
  }

  @Test("a byte in a value is found however the value is written, and in whatever pieces it is read")
  func values() throws {
    var generator = SeededGenerator(seed: 13)
    for round in 0..<400 {
      let (bytes, offset) = payload(&generator, filler: round % 40 == 0 ? 20_000 : 0)
      let size = [1, 7, 100, 1 << 20].randomElement(using: &generator) ?? 1
      let found = report(bytes, inPiecesOf: max(size, bytes.count / 5000)).findings
      let place = try #require(found.first { $0.code == "SM1711" }).position
      #expect(place.offset == offset, "\(String(decoding: bytes.suffix(200), as: UTF8.self))")
      #expect(LineIndex(bytes).position(at: offset) == place)
    }
  }

  @Test("a text has the place of its first character, whatever white space is before it")
  func texts() throws {
    for blank in ["", " ", "\n", "\r\n \r\n\t", "\r\r"] {
      let bytes = Array("<Get>\(blank)<CmdID>\(blank)0\(blank)</CmdID></Get>".utf8)
      let place = try #require(report(bytes, inPiecesOf: 3).findings.first { $0.code == "SM1303" }).position
      #expect(place.offset == bytes.firstIndex(of: UInt8(ascii: "0")))
      #expect(LineIndex(bytes).position(at: place.offset) == place)
    }
  }
}

import Diagnostics
import TestSupport
import Testing

@testable import XMLInput

/// Everything that a document yields, one line an event.
private func trace(
  _ text: String, limits: XMLLimits = XMLLimits(), shape: XMLReader.Shape = .document, chunk: Int? = nil
) -> [String] {
  trace(Array(text.utf8), limits: limits, shape: shape, chunk: chunk)
}

private func trace(
  _ bytes: [UInt8], limits: XMLLimits = XMLLimits(), shape: XMLReader.Shape = .document, chunk: Int? = nil
) -> [String] {
  var lines: [String] = []
  let index = LineIndex(bytes)
  func place(_ at: SourcePosition) -> String {
    index.position(at: at.offset) == at ? "\(at)" : "\(at) is not at \(at.offset)"
  }
  func note(_ event: XMLEvent) {
    switch event {
    case .start(let name, let attributes, let at):
      let list = attributes.map { " \($0.name.local)=\($0.value)" }.joined()
      let namespace = name.namespace.isEmpty ? "" : "{\(name.namespace)}"
      lines.append("\(place(at)) <\(namespace)\(name.local)\(list)>")
    case .end(let name, let at): lines.append("\(place(at)) </\(name.local)>")
    case .text(let text, let cdata, let at): lines.append("\(place(at)) \(cdata ? "cdata" : "text") \(text)")
    case .comment(let at): lines.append("\(place(at)) comment")
    case .processingInstruction(let target, let at): lines.append("\(place(at)) ?\(target)")
    }
  }
  do throws(XMLError) {
    var reader = XMLReader(limits: limits, shape: shape)
    let size = chunk ?? max(1, bytes.count)
    for start in stride(from: 0, to: bytes.count, by: size) {
      let part = Array(bytes[start..<min(bytes.count, start + size)])
      try part.withUnsafeBytes { bytes in
        Result { () throws(XMLError) in try reader.feed(bytes) { note($0) } }
      }.get()
    }
    try reader.finish { note($0) }
  } catch {
    lines.append("\(error.kind) \(error)")
  }
  return lines
}

private func error(_ text: String, limits: XMLLimits = XMLLimits(), shape: XMLReader.Shape = .document)
  -> String?
{
  trace(text, limits: limits, shape: shape).last
}

@Suite("XMLReader") struct XMLReaderTests {
  static let mixed = """
    <?xml version="1.0" encoding="utf-8"?>
    <!-- a <b> -->
    <a xmlns="urn:a" x="1 > 0" y='"'>
      text &amp; more<?pi <z?><b/>é<![CDATA[<raw> & ]]]>tail
      <c>&#x41;</c
      >
    </a>
    <!-- end -->

    """

  static let expected = [
    "2:1 comment",
    "3:1 <{urn:a}a x=1 > 0 y=\">",
    "3:34 text \n  text & more",
    "4:18 ?pi",
    "4:27 <{urn:a}b>",
    "4:27 </b>",
    "4:31 text é",
    "4:32 cdata <raw> & ]",
    "4:53 text tail\n  ",
    "5:3 <{urn:a}c>",
    "5:6 text A",
    "5:12 </c>",
    "6:4 text \n",
    "7:1 </a>",
    "8:1 comment",
  ]

  @Test("every event has the place of its first byte")
  func places() {
    #expect(trace(Self.mixed) == Self.expected)
  }

  @Test("the size of the pieces a document comes in does not matter", arguments: [1, 2, 3, 5, 7, 16, 64])
  func pieces(size: Int) {
    #expect(trace(Self.mixed, chunk: size) == Self.expected)
  }

  @Test("a byte order mark is skipped and counts as no column", arguments: [1, 2, 100])
  func byteOrderMark(size: Int) {
    #expect(trace([0xEF, 0xBB, 0xBF] + Array("<a/>".utf8), chunk: size) == ["1:1 <a>", "1:1 </a>"])
  }

  @Test("CRLF reads as one line feed and lines are counted once")
  func carriageReturns() {
    #expect(
      trace("<a>\r\nx\r\n<b/></a>") == ["1:1 <a>", "1:4 text \nx\n", "3:1 <b>", "3:1 </b>", "3:5 </a>"])
  }

  @Test("a lone CR ends a line, wherever the pieces are cut", arguments: [1, 2, 3, 100])
  func loneReturns(size: Int) {
    #expect(
      trace("<a>\rx\r\n\r<b\r\nc='\r'/>\r<!--\r\r\n-->é\r</a>", chunk: size) == [
        "1:1 <a>", "1:4 text \nx\n\n", "4:1 <b c= >", "4:1 </b>", "6:4 text \n", "7:1 comment",
        "9:4 text é\n", "10:1 </a>",
      ])
  }

  @Test("long text and CDATA come as one event", arguments: ["<a>", "<a><![CDATA["])
  func longText(opening: String) {
    let body = String(repeating: "0123456789é", count: 20_000)
    let closing = opening.hasSuffix("[") ? "]]></a>" : "</a>"
    let lines = trace(opening + body + closing, chunk: 999)
    #expect(lines.count == 3)
    #expect(lines.dropFirst().first?.hasSuffix(body) == true)
  }

  @Test("a long attribute with '>' in it is read whole")
  func longAttribute() {
    let value = String(repeating: "a > b; ", count: 10_000)
    #expect(trace("<a x=\"\(value)\"/>", chunk: 100).first == "1:1 <a x=\(value)>")
  }

  @Test("a fragment has any number of outermost elements, with places as in the file")
  func fragment() {
    let text = "<?xml version=\"1.0\"?>\n<!--c-->\n<a/> x\n<b>\n</b>\n"
    let expected = [
      "1:22 text \n", "2:1 comment", "2:9 text \n", "3:1 <a>", "3:1 </a>", "3:5 text  x\n", "4:1 <b>",
      "4:4 text \n",
      "5:1 </b>", "5:5 text \n",
    ]
    #expect(trace(text, shape: .fragment) == expected)
    #expect(trace(text, shape: .fragment, chunk: 1) == expected)
    #expect(trace("", shape: .fragment).isEmpty)
  }

  @Test("a fragment cannot leave its wrapping")
  func fragmentEscape() {
    #expect(
      error("<a/></policyc-fragment.root><b/>", shape: .fragment)
        == "notWellFormed 1:5: found </policyc-fragment.root>, but no element is open")
    #expect(error("<a/></a>", shape: .fragment) == "notWellFormed 1:5: found </a>, but no element is open")
    #expect(
      error("<a>\n<b>", shape: .fragment)
        == "notWellFormed 2:4: the document ends inside <b>, opened at 2:1: expected </b>")
  }

  @Test("a mismatched tag names both places")
  func mismatch() {
    #expect(
      error("<a>\n <x:b xmlns:x='u'>\n  </c>\n</a>")
        == "notWellFormed 3:3: found </c>: expected </x:b> for <x:b>, opened at 2:2")
  }

  @Test(
    "what is not well-formed is said with its place",
    arguments: [
      ("", "1:1: the document holds no element"),
      ("<a>", "1:4: the document ends before its outermost element does"),
      ("<abc>", "1:6: the document ends inside <abc>, opened at 1:1: expected </abc>"),
      ("<a/>\n<b/>", "2:1: a document has one outermost element: expected its end, found more behind it"),
      ("<a>\n x &nbsp; y</a>", "2:4: entity &nbsp; is not known"),
      ("<a>&</a>", "1:4: '&' begins no reference"),
      ("<a>\n&amp</a>", "2:1: '&' begins no reference"),
      ("<a>&x\(String(repeating: "x", count: 200));</a>", "1:4: '&' begins no reference"),
      ("<a>\n&am", "2:1: '&' begins no reference"),
      ("<a b='&amp'/>", "1:7: '&' begins no reference"),
      ("<a>&#x;</a>", "1:4: XML has no such character"),
      ("<a>&#0;</a>", "1:4: XML has no such character"),
      ("<a b='1' b='2'/>", "1:1: attribute b stands twice in one element"),
      ("<a b=1/>", "1:1: attribute value is not quoted"),
      ("<a>\n<x:b/></a>", "2:1: namespace prefix x (on b) is not declared"),
      ("<a>\n<b c='<'/></a>", "2:7: '<' stands inside the tag that opens at 2:1"),
      ("<a><ProviderID</a>", "1:15: '<' stands inside the tag that opens at 1:4"),
      ("<a><!ELEMENT></a>", "1:4: '<!' begins nothing known"),
      ("<a><!-- x", "1:4: the document ends too early; the comment is not closed"),
      ("<a>\n <?xml version='1.0'?></a>", "2:2: an XML declaration"),
      ("<a>\0</a>", "1:4: a NUL byte"),
      ("<a>\u{1}</a>", "1:4: control character U+0001"),
      (
        "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        "1:1: the document declares the encoding ISO-8859-1"
      ),
      ("text", "1:1: expected an element"),
    ])
  func notWellFormed(text: String, message: String) {
    let found = error(text) ?? ""
    #expect(found.hasPrefix("notWellFormed \(message)"), "\(found)")
  }

  @Test(
    "bytes that are not UTF-8 are refused at their place",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xC3, 0x3C],
      [0x80],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    let found = trace(Array("<a>\n".utf8) + bytes + Array("</a>".utf8)).last ?? ""
    #expect(found.hasPrefix("notWellFormed 2:") && found.hasSuffix("is not UTF-8 here"), "\(found)")
  }

  @Test("UTF-16 is named as such")
  func utf16() {
    #expect(
      trace([0xFF, 0xFE, 0x3C, 0x00]) == ["notWellFormed 1:1: the document is UTF-16; expected UTF-8"])
  }
}

@Suite("XMLReader on hostile input") struct HostileXMLTests {
  @Test("a document type declaration is refused where it begins")
  func doctype() {
    #expect(
      error("<?xml version='1.0'?>\n<!DOCTYPE a><a/>")
        == "forbidden 2:1: a document type declaration (DOCTYPE) is not accepted here")
  }

  @Test("an allowed document type declaration is skipped, with quotes, comments and instructions in it")
  func skipped() {
    let text = """
      <!DOCTYPE a PUBLIC "-//>//" 'http://host.invalid/x.dtd' [<?v x="]>"?><!-- ]> ' -->]>
      <a>&lt;</a>
      """
    let limits = XMLLimits(allowsDoctype: true)
    #expect(trace(text, limits: limits) == ["2:1 <a>", "2:4 text <", "2:8 </a>"])
    #expect(trace(text, limits: limits, chunk: 3) == ["2:1 <a>", "2:4 text <", "2:8 </a>"])
    #expect(trace(text, limits: limits, shape: .fragment).last == "2:8 </a>")
  }

  @Test(
    "no declaration in a document type is ever read, were it an entity bomb, an external entity or a default",
    arguments: [
      "<!DOCTYPE a [<!ENTITY x \"y\"><!ENTITY z \"&x;&x;&x;\">]><a>&z;</a>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://host.invalid/\"> %p;]><a/>",
      "<!DOCTYPE a [%p;]><a/>",
      "<!DOCTYPE a [<!ATTLIST a b CDATA \"c\">]><a/>",
      "<!DOCTYPE a [ <!ELEMENT a ANY> ]><a/>",
    ])
  func declarations(text: String) {
    let found = error(text, limits: XMLLimits(allowsDoctype: true)) ?? ""
    #expect(found.hasPrefix("forbidden 1:"), "\(found)")
  }

  @Test("an entity that only an external document type could declare is unknown")
  func externalEntity() {
    let found = error(
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&x;</a>", limits: XMLLimits(allowsDoctype: true))
    #expect(found?.hasPrefix("notWellFormed 1:44: entity &x; is not known") == true)
  }

  @Test("a second document type declaration, or one inside the document, is refused")
  func misplacedDoctype() {
    let limits = XMLLimits(allowsDoctype: true)
    #expect(error("<!DOCTYPE a><!DOCTYPE a><a/>", limits: limits)?.contains("1:13: a document type") == true)
    #expect(error("<a><!DOCTYPE a></a>", limits: limits)?.contains("1:4: a document type") == true)
  }

  @Test("nesting is bounded", arguments: [XMLReader.Shape.document, .fragment])
  func depth(shape: XMLReader.Shape) {
    let fits = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
    #expect(trace(fits, shape: shape).count == 512)
    let found = error(String(repeating: "<a>", count: 1_000_000), shape: shape)
    #expect(
      found == "limitExceeded 1:769: elements are nested more than 256 deep, the most that is read")
  }

  @Test("text, attributes, comments and the whole document are bounded")
  func sizes() {
    let limits = XMLLimits(bytes: 100_000, textBytes: 1_000, attributes: 3)
    let long = String(repeating: "x", count: 1_100)
    #expect(error("<a>\(long)</a>", limits: limits)?.hasPrefix("limitExceeded 1:4: a run of text") == true)
    #expect(
      error("<a><![CDATA[\(long)]]></a>", limits: limits)?.hasPrefix("limitExceeded 1:4: a single") == true)
    #expect(error("<a b='\(long)'/>", limits: limits)?.hasPrefix("limitExceeded 1:1: a single") == true)
    #expect(error("<a><!--\(long)--></a>", limits: limits)?.hasPrefix("limitExceeded 1:4: a single") == true)
    #expect(error("<a b='' c='' d='=='/>", limits: limits) == "1:1 </a>")
    #expect(
      error("<a b='' c='' d='' e=''/>", limits: limits)
        == "limitExceeded 1:1: an element has more than 3 attributes, the most that is read")
    let large = "<a>" + String(repeating: "<b/>", count: 30_000) + "</a>"
    #expect(error(large, limits: limits)?.hasPrefix("limitExceeded 1:") == true)
  }

  @Test("time grows with the size of the document, not faster")
  func linear() {
    func seconds(_ text: String) -> Double {
      let bytes = Array(text.utf8)
      let clock = ContinuousClock()
      return (0..<3).map { _ in
        let duration = clock.measure {
          do throws(XMLError) { try readXML(bytes) { _ in } } catch { Issue.record("\(error)") }
        }
        return Double(duration.components.attoseconds) * 1e-18 + Double(duration.components.seconds)
      }.min() ?? 0
    }
    func document(_ count: Int) -> String {
      "<a>" + String(repeating: "<b c='1'>text &amp; <!-- x --><![CDATA[y]]></b>\n", count: count) + "</a>"
    }
    let small = seconds(document(2_000))
    let large = seconds(document(40_000))
    #expect(large < small * 20 * 8)
    func brackets(_ count: Int) -> String { "<a>" + String(repeating: "]", count: count) + "</a>" }
    #expect(seconds(brackets(1_000_000)) < seconds(brackets(50_000)) * 20 * 8)
  }

  @Test("an error of the handler ends the reading and stays")
  func stopped() {
    var reader = XMLReader()
    var seen = 0
    for _ in 0..<2 {
      do throws(XMLError) {
        let result = Array("<a><b/></a>".utf8).withUnsafeBytes { bytes in
          Result { () throws(XMLError) in
            try reader.feed(bytes) { _ throws(XMLError) in
              seen += 1
              throw XMLError(.stopped, "enough", at: .start)
            }
          }
        }
        try result.get()
        Issue.record("the reader went on")
      } catch {
        #expect(error.kind == .stopped && error.message == "enough")
      }
    }
    #expect(seen == 1)
  }

  @Test("no damage to a document traps, and every cut of it is an error")
  func damage() {
    let original = Array(XMLReaderTests.mixed.utf8)
    for length in 0..<(original.count - 20) {
      let last = trace(Array(original[..<length])).last ?? ""
      #expect(last.hasPrefix("notWellFormed"), "cut at \(length): \(last)")
    }
    var generator = SeededGenerator(seed: 42)
    func random(_ bound: Int) -> Int { generator.below(bound) }
    let alphabet = Array("<>/!?-[]\"'&;=: a\n\u{0}x".utf8)
    for round in 0..<20_000 {
      var bytes = original
      for _ in 0...random(4) {
        let at = random(bytes.count)
        switch random(3) {
        case 0: bytes[at] = alphabet[random(alphabet.count)]
        case 1: bytes.insert(alphabet[random(alphabet.count)], at: at)
        default: bytes.remove(at: at)
        }
      }
      let shape: XMLReader.Shape = round % 2 == 0 ? .document : .fragment
      let whole = trace(bytes, limits: XMLLimits(allowsDoctype: true), shape: shape)
      let pieces = trace(bytes, limits: XMLLimits(allowsDoctype: true), shape: shape, chunk: 1 + random(40))
      let isSame =
        whole == pieces || whole.last?.hasPrefix("notWellFormed") == pieces.last?.hasPrefix("notWellFormed")
      #expect(isSame, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

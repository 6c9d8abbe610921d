import Diagnostics

/// A source written with its spans marked: `applies to ‹windows 11›`. Spans are numbered by where they begin.
struct MarkedSource {
  let bytes: [UInt8]
  private(set) var ranges: [Range<Int>] = []

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "‹":
        open.append(ranges.count)
        ranges.append(bytes.count..<bytes.count)
      case "›":
        let index = open.removeLast()
        ranges[index] = ranges[index].lowerBound..<bytes.count
      default: bytes += Array(String(scalar).utf8)
      }
    }
    self.bytes = bytes
  }
}

/// The rendering of one finding over marked sources: the label `texts` belong to the spans in order, the
/// first to the primary one.
func rendering(
  _ marked: String, _ texts: [String], primary: Int = 0, severity: Severity = .error, help: [String] = [],
  style: TerminalStyle = TerminalStyle()
) -> String {
  var sources = SourceMap()
  let source = MarkedSource(marked)
  let file = sources.add(SourceFile(name: "hello.attpolicy", bytes: source.bytes))
  let labels = zip(source.ranges, texts).map {
    Label(Span(file: file, start: UInt32($0.lowerBound), end: UInt32($0.upperBound)), $1)
  }
  var others = labels
  let first = others.remove(at: primary)
  let diagnostic = Diagnostic(
    "XX0001", severity, "something is the matter", at: first, secondary: others, help: help)
  return "\n" + TerminalRenderer(sources, style: style).render([diagnostic])
}

import Diagnostics
import PolicyModel
import PolicySyntax

/// The tokens of a file, put together, are the file.
func fuzzLexer(_ bytes: [UInt8]) {
  var sources = SourceMap()
  let file = sources.add(SourceFile(name: "fuzz.attpolicy", bytes: bytes))
  let (tokens, diagnostics) = Lexer.tokenize(bytes, file: file)
  var end = 0
  for index in 0..<tokens.count {
    let isLast = index == tokens.count - 1
    require(tokens.start(of: index) == end, "token \(index) does not begin where the one before it ends")
    require(tokens.end(of: index) > end || isLast, "token \(index) is empty")
    require((tokens.kinds[index] == .endOfFile) == isLast, "the end of the file is not the last token")
    end = tokens.end(of: index)
  }
  require(end == bytes.count, "the tokens cover \(end) of \(bytes.count) bytes")
  checkPlaces(of: diagnostics, in: sources)
}

/// The tree is well nested; only nodes for what is missing, which have no tokens, may lie anywhere.
func fuzzParser(_ bytes: [UInt8]) {
  var sources = SourceMap()
  let source = SourceFile(name: "fuzz.attpolicy", bytes: bytes)
  let file = sources.add(source)
  let parsed = Parser.parse(source, file: file)
  let nodes = parsed.tree.nodes
  require(!nodes.isEmpty && Int(nodes[0].size) == nodes.count, "the root does not hold every node")
  for (index, node) in nodes.enumerated() {
    require(node.size >= 1 && index + Int(node.size) <= nodes.count, "node \(index) ends after the tree")
    require(
      node.firstToken <= node.endToken && Int(node.endToken) <= parsed.tree.tokens.count,
      "node \(index) has tokens that there are not")
    for child in parsed.tree.children(of: index) where nodes[child].firstToken < nodes[child].endToken {
      require(
        nodes[child].firstToken >= node.firstToken && nodes[child].endToken <= node.endToken,
        "\(nodes[child]) is not inside its parent \(node)")
    }
  }
  checkPlaces(of: parsed.diagnostics, in: sources)
}

/// Every finding can be shown, to people and to machines.
func fuzzRenderer(_ bytes: [UInt8]) {
  var sources = SourceMap()
  let source = SourceFile(name: "fuzz.attpolicy", bytes: bytes)
  let parsed = Parser.parse(source, file: sources.add(source))
  showFindings(parsed.diagnostics, in: sources)
}

/// Findings in every format are documents of it, with nothing in them that acts on a terminal or a log.
func showFindings(_ diagnostics: [Diagnostic], in sources: SourceMap) {
  for repertoire in [TextRepertoire.unicode, .ascii] {
    let text = TerminalRenderer(sources, style: TerminalStyle(repertoire: repertoire)).render(diagnostics)
    requirePrintable(text, in: repertoire, "the text of the findings")
  }
  let github = GitHubRenderer(sources).render(diagnostics)
  requirePrintable(github, "the annotations")
  for line in github.split(separator: "\n") {
    require(
      ["::error ", "::warning ", "::notice "].contains { line.hasPrefix($0) }, "an annotation is '\(line)'")
  }
  requirePrintable(JUnitRenderer(sources).render(diagnostics), "the JUnit report")
  requirePrintable(json: Array(JSONRenderer(sources).render(diagnostics).utf8), "the JSON of the findings")
  requirePrintable(json: Array(SARIFRenderer(sources).render(diagnostics).utf8), "the SARIF log")
}

/// Every place that a finding names lies in its file.
func checkPlaces(of diagnostics: [Diagnostic], in sources: SourceMap) {
  for diagnostic in diagnostics {
    let labels = [diagnostic.primary].compactMap { $0 } + diagnostic.secondary
    for span in labels.map(\.span) + diagnostic.fixIts.map(\.span) {
      require(
        span.start <= span.end && Int(span.end) <= sources[span.file].bytes.count,
        "\(diagnostic.code) points at \(span.start)..<\(span.end), outside its file")
    }
  }
}

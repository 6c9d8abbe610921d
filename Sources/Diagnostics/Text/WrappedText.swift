extension TerminalStyle {
  /// Sentences in lines of at most 88 cells, indented by two; a line end in the text begins a paragraph.
  package func wrapped(_ text: String) -> String {
    let columns = max(min(self.columns, 90) - 2, 20)
    var result = ""
    for paragraph in text.split(separator: "\n") {
      var line = ""
      var width = 0
      for piece in Self.pieces(of: paragraph) {
        let shown = visible(piece.text, in: repertoire)
        let cells = displayWidth(of: shown)
        let gap = piece.isSpaced && width > 0 ? 1 : 0
        if width > 0, width + gap + cells > columns {
          result += "  " + line + "\n"
          (line, width) = (shown, cells)
        } else {
          line += (gap > 0 ? " " : "") + shown
          width += gap + cells
        }
      }
      if width > 0 { result += "  " + line + "\n" }
    }
    return result
  }

  /// What a line may be broken between: words, and characters of scripts that have no blanks between words. What may not begin a
  /// line stays with what is before it, and an opening bracket with what follows.
  private static func pieces(of paragraph: Substring) -> [(text: String, isSpaced: Bool)] {
    var pieces: [(text: String, isSpaced: Bool)] = []
    for word in paragraph.split(separator: " ") {
      var isFirst = true
      var joinsNext = false
      for character in word {
        let isWide = displayWidth(of: String(character)) > 1
        let breaks = isWide || pieces.last?.text.last.map { displayWidth(of: String($0)) > 1 } == true
        if isFirst || (breaks && !joinsNext && !"、。）」』・ーっゃゅょッャュョ)].,".contains(character)) {
          pieces.append((String(character), isFirst))
        } else {
          pieces[pieces.count - 1].text.append(character)
        }
        joinsNext = "（「『([".contains(character)
        isFirst = false
      }
    }
    return pieces
  }
}

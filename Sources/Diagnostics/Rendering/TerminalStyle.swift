/// How a terminal is written to. Nothing here is read from the environment: the command line decides.
public struct TerminalStyle: Hashable, Sendable {
  /// Whether ANSI escapes colour the text. Colour never carries anything alone.
  public var isColored: Bool
  /// Whether frames and text may be more than ASCII.
  public var repertoire: TextRepertoire
  /// The cells of a row; source lines that are longer are clipped around what is pointed at.
  public var columns: Int
  /// The distance of tab stops, in cells.
  public var tabWidth: Int

  /// A style; the defaults are those for a file or a pipe.
  public init(
    isColored: Bool = false, repertoire: TextRepertoire = .unicode, columns: Int = 120, tabWidth: Int = 4
  ) {
    self.isColored = isColored
    self.repertoire = repertoire
    self.columns = columns
    self.tabWidth = tabWidth
  }

  /// A text in an ink, or as it is where there is no colour.
  public func paint(_ text: String, _ ink: Ink) -> String {
    guard isColored, !text.isEmpty, let code = ink.code else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// What a piece of text means, which decides its colour.
public enum Ink: Hashable, Sendable {
  case plain
  case emphasis
  case severity(Severity)
  case secondary
  case frame
  case help
  /// A rule that holds, a device that complies.
  case success

  /// The parameters of the escape that selects it.
  var code: String? {
    switch self {
    case .plain: nil
    case .emphasis: "1"
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.note): "1;36"
    case .secondary: "36"
    case .frame: "34"
    case .help: "1"
    case .success: "1;32"
    }
  }

  /// What follows ESC in all that ``TerminalStyle/paint(_:_:)`` writes.
  static let escapes = ["0", "1", "1;31", "1;33", "1;36", "36", "34", "1;32"].map { "[\($0)m" }
}

/// The characters that frames and underlines are drawn with.
struct FrameGlyphs {
  let corner: String
  let bar: String
  let rule: String
  let gap: String
  let start: String
  let end: String
  let primary: String
  let secondary: String
  let ellipsis: String

  init(_ repertoire: TextRepertoire) {
    switch repertoire {
    case .unicode:
      (corner, bar, rule, gap) = ("┌─", "│", "─", "⋮")
      (start, end, primary, secondary, ellipsis) = ("╭", "╰", "━", "─", "…")
    case .ascii:
      (corner, bar, rule, gap) = ("-->", "|", "_", ":")
      (start, end, primary, secondary, ellipsis) = (" ", "|", "^", "-", "...")
    }
  }

  /// The tip that marks one place: the end of an underline that spans lines, or a span without length.
  func tip(isPrimary: Bool) -> String { isPrimary ? "^" : "'" }
}

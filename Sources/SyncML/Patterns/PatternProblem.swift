/// Why a pattern of a DDF is not run: what it means is not certain, or it asks for more than a match in linear time.
enum PatternProblem: Error, Hashable, Sendable {
  case isEmpty
  /// Words and blanks instead of an expression.
  case isProse
  /// Something that regular languages, or the engines that Windows might use, do not agree on.
  case unsupported(String)
  case incomplete(String)
  case isTooLarge

  /// The end of a sentence that begins with 'the pattern'.
  var reason: String {
    switch self {
    case .isEmpty: "is empty"
    case .isProse: "is prose, not an expression"
    case .unsupported(let what): "has \(what), which is not run here"
    case .incomplete(let what): "lacks \(what)"
    case .isTooLarge: "is too large to be run"
    }
  }
}

/// Finds the end of a document type declaration and whether it declares anything.
///
/// Comments and processing instructions may stand in its internal subset, as Microsoft's DDF files have them.
struct DoctypeScanner {
  enum Step {
    case more, end
    /// A markup declaration or a parameter entity stands in the internal subset.
    case declares
  }

  private enum State {
    case outside, subset, less, bang, dash, comment, instruction
  }

  private var state = State.outside
  private var quote: UInt8 = 0
  private var matched = 0
  private var last: UInt8 = 0

  mutating func step(_ byte: UInt8) -> Step {
    switch state {
    case .outside: return outside(byte)
    case .subset:
      if byte == Byte.less { state = .less }
      if byte == Byte.percent { return .declares }
      if byte == Byte.closingBracket { state = .outside }
    case .less:
      if byte == Byte.question {
        state = .instruction
        last = 0
      } else if byte == Byte.bang {
        state = .bang
      } else {
        return .declares
      }
    case .bang:
      guard byte == Byte.dash else { return .declares }
      state = .dash
    case .dash:
      guard byte == Byte.dash else { return .declares }
      state = .comment
      matched = 0
    case .comment:
      if byte == Byte.greater, matched >= 2 { state = .subset }
      matched = byte == Byte.dash ? matched + 1 : 0
    case .instruction:
      if byte == Byte.greater, last == Byte.question { state = .subset }
      last = byte
    }
    return .more
  }

  private mutating func outside(_ byte: UInt8) -> Step {
    if quote != 0 {
      if byte == quote { quote = 0 }
      return .more
    }
    switch byte {
    case Byte.doubleQuote, Byte.singleQuote: quote = byte
    case Byte.openingBracket: state = .subset
    case Byte.greater: return .end
    default: break
    }
    return .more
  }
}

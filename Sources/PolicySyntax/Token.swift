/// What a token is. Layout and comments are tokens too, so that the tokens of a file, put together, are the file.
public enum TokenKind: UInt8, Hashable, Sendable {
  case whitespace
  case lineComment
  /// `/// …`, which belongs to the declaration that follows.
  case docComment
  /// A UTF-8 byte order mark at the beginning of the file.
  case byteOrderMark
  /// Bytes that no token begins with.
  case unknown

  /// `supported_build`, `secured-core-pc`, keywords included.
  case identifier
  /// `tpm.version`: identifiers joined by dots.
  case dottedName
  /// `5`, `-5`, `0x1F`
  case integer
  /// `2.0`, `10.0.22631.2792`
  case version
  /// `22H2`: a word that begins with a digit.
  case digitWord
  case string
  /// A bare CSP path: `./Device/Vendor/MSFT/…`
  case path

  case leftBrace, rightBrace, leftParen, rightParen, leftBracket, rightBracket
  case comma, colon, assign
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  /// `&&`, `||` and `!`, which are written `and`, `or`, `not` here; known so that the message can say so.
  case ampersands, bars, bang
  case endOfFile

  /// Whether the token carries no meaning for the parser.
  @inlinable public var isTrivia: Bool { rawValue <= TokenKind.byteOrderMark.rawValue }
}

/// The tokens of a file in flat storage: each begins where the one before it ends.
public struct TokenList: Sendable {
  /// What each token is.
  public internal(set) var kinds: [TokenKind] = []
  /// The offset after each token.
  public internal(set) var ends: [UInt32] = []

  /// How many tokens there are, the end of the file included.
  public var count: Int { kinds.count }

  /// The offset of a token's first byte.
  @inlinable public func start(of index: Int) -> Int { index == 0 ? 0 : Int(ends[index - 1]) }

  /// The offset after a token's last byte.
  @inlinable public func end(of index: Int) -> Int { Int(ends[index]) }

  @inline(__always)
  mutating func append(_ kind: TokenKind, end: Int) {
    kinds.append(kind)
    ends.append(UInt32(truncatingIfNeeded: end))
  }
}

/// A reader of bytes that strangers may have written. Each is fuzzed by itself and replays its own regressions.
///
/// Running one must end: without a trap, in bounded memory, and in time about linear in the input.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Versions and builds, from snapshots, programs and policies.
  case versions
  /// The text of a policy, cut into tokens.
  case lexer
  /// The text of a policy, its tree, and its findings as shown to people and machines.
  case parser
  /// JSON: compiled policies, snapshots, the output of programs.
  case json

  /// Reads the bytes, and traps when a property of the reader does not hold.
  public func run(_ bytes: [UInt8]) {
    switch self {
    case .versions: fuzzVersions(bytes)
    case .lexer: fuzzLexer(bytes)
    case .parser: fuzzParser(bytes)
    case .json: fuzzJSON(bytes)
    }
  }
}

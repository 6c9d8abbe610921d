/// A line of the compact form behind the nodes: `gone PATH`, and a field that says why.
///
/// The word before the path puts these lines behind all nodes, so that one search serves both.
enum RetiredLine {
  private static let mark = "gone "

  /// Whether a line's path is that of a retired node.
  static func begins(_ path: some Sequence<UInt8>) -> Bool { path.starts(with: mark.utf8) }

  /// What a line of that path, or of one below it, begins with.
  static func key(_ path: [UInt8]) -> [UInt8] { Array(mark.utf8) + path }

  /// The path behind the word.
  static func path(_ key: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    key.dropFirst(mark.utf8.count)
  }

  /// The line, without its line feed.
  static func encode(_ node: RetiredNode) -> String {
    let reason =
      switch node.reason {
      case .moved(let path): "moved=\(EscapedText.escape(path))"
      case .phoneOnly: "phone"
      case .removed(let release): "removed=\(EscapedText.escape(release))"
      }
    return "\(mark)\(EscapedText.escape(node.path))\t\(reason)"
  }

  /// The node of a line, or what is wrong with it.
  static func decode(_ line: String) throws(CatalogLineError) -> RetiredNode {
    let fields = line.parts(at: UInt8(ascii: "\t"))
    guard fields.count == 2, fields[0].hasPrefix(mark + "./") else {
      throw CatalogLineError("expected 'gone', a path that begins with './', and why it is gone")
    }
    let pair = fields[1].parts(at: UInt8(ascii: "="), most: 2)
    let value = pair.count == 2 ? EscapedText.unescape(pair[1]) : nil
    let reason: RetiredNode.Reason
    switch (String(pair[0]), value) {
    case ("phone", nil): reason = .phoneOnly
    case ("moved", let path?) where path.hasPrefix("./"): reason = .moved(to: path)
    case ("removed", let release?) where !release.isEmpty: reason = .removed(lastSeen: release)
    default: throw CatalogLineError("reason \(fields[1]): expected phone, moved=PATH or removed=RELEASE")
    }
    return RetiredNode(path: EscapedText.unescape(fields[0].dropFirst(mark.utf8.count)), reason: reason)
  }
}

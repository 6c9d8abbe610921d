/// A path of a CSP node with placeholders in braces, against which the paths that a device writes are held.
package struct NodePattern: Hashable, Sendable {
  private let segments: [[UInt8]]

  /// A pattern such as `./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}/HWDevID`; nil for what is no path.
  package init?(_ path: String) {
    guard let uri = LocURI(path) else { return nil }
    segments = uri.segments
  }

  /// The path in normal form.
  package var path: String { LocURI.text(of: segments) }

  /// Whether any of its names is left open.
  package var hasPlaceholder: Bool { segments.contains(where: Self.isPlaceholder) }

  /// Whether a path names this node or an instance of it, in any of its written forms: `./Vendor` is `./Device/Vendor`, percent escapes
  /// are resolved, any name stands for a placeholder.
  ///
  /// A path with a query for a property (`?prop=`) names no node's value, and never matches.
  package func matches(_ path: String) -> Bool {
    guard !path.utf8.contains(UInt8(ascii: "?")), let uri = LocURI(path), uri.segments.count == segments.count
    else { return false }
    return zip(segments, uri.segments).allSatisfy { $0 == $1 || Self.isPlaceholder($0) }
  }

  private static func isPlaceholder(_ segment: [UInt8]) -> Bool {
    segment.first == UInt8(ascii: "{") && segment.last == UInt8(ascii: "}")
  }

  /// The normal form of a path, by which two spellings of one node are the same; nil for what is no path.
  package static func normalForm(_ path: String) -> String? { LocURI(path)?.text }
}

/// A dotted version such as `2.0` or `7.85.4555.0`: one to four components, each an unsigned 32-bit number.
///
/// Missing components count as zero when two versions are compared, so `2.0 == 2.0.0`.
public struct Version: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The components as written, padded with zeros.
  public let major: UInt32
  /// The second component, zero if not written.
  public let minor: UInt32
  /// The third component, zero if not written.
  public let patch: UInt32
  /// The fourth component, zero if not written.
  public let build: UInt32
  /// How many components were written, 1 to 4. It matters for printing only.
  public let written: UInt8

  /// A version of one to four components.
  public init(
    _ major: UInt32, _ minor: UInt32 = 0, _ patch: UInt32 = 0, _ build: UInt32 = 0, written: UInt8 = 4
  ) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.build = build
    self.written = min(max(written, 1), 4)
  }

  /// Reads one to four decimal components separated by single dots; nil for anything else, a number beyond
  /// 32 bits included.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8)[...])
  }

  /// Reads a version from UTF-8 bytes, as ``init(_:)`` does from a string.
  public init?(utf8 bytes: ArraySlice<UInt8>) {
    var components: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    var count: UInt8 = 0
    var value: UInt32 = 0
    var digits = 0
    func store() -> Bool {
      guard digits > 0 else { return false }
      switch count {
      case 0: components.0 = value
      case 1: components.1 = value
      case 2: components.2 = value
      case 3: components.3 = value
      default: return false
      }
      count += 1
      return true
    }
    for byte in bytes {
      if byte == UInt8(ascii: ".") {
        guard store() else { return nil }
        value = 0
        digits = 0
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt32(byte - UInt8(ascii: "0")))
        guard !overflow, !carry else { return nil }
        value = sum
        digits += 1
      } else {
        return nil
      }
    }
    guard store() else { return nil }
    self.init(components.0, components.1, components.2, components.3, written: count)
  }

  /// Whether all four components are equal; how many were written does not matter.
  public static func == (left: Version, right: Version) -> Bool {
    left.major == right.major && left.minor == right.minor && left.patch == right.patch
      && left.build == right.build
  }

  /// Hashes the four components.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(major)
    hasher.combine(minor)
    hasher.combine(patch)
    hasher.combine(build)
  }

  /// Compares component by component, the first that differs decides.
  public static func < (left: Version, right: Version) -> Bool {
    (left.major, left.minor, left.patch, left.build) < (right.major, right.minor, right.patch, right.build)
  }

  /// The version with as many components as were written.
  public var description: String {
    switch written {
    case 1: "\(major)"
    case 2: "\(major).\(minor)"
    case 3: "\(major).\(minor).\(patch)"
    default: "\(major).\(minor).\(patch).\(build)"
    }
  }
}

/// What values a node takes (`MSFT:AllowedValues`).
package enum AllowedValues: Hashable, Sendable {
  /// The DDF says nothing.
  case unstated
  /// `None`: any value of the format.
  case any
  case enumeration([String])
  /// Inclusive ranges; a single number is a range of one.
  case ranges([ClosedRange<Int64>])
  /// Bits that may be combined.
  case flags([UInt64])
  case pattern(String)
  case admx(file: String, area: String, name: String)
  case xsd, json, sddl
}

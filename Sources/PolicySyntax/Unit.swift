/// Units of whole numbers. A quantity is kept in its base unit: seconds, bytes, megahertz, pixels or millimetres.
///
/// Disks are sold by powers of ten (`GB`), memory by powers of two (`GiB`); both are known, and differ.
public enum Unit: String, Hashable, Sendable, CaseIterable {
  case seconds, minutes, hours, days
  case bytes, KiB, MiB, GiB, TiB, kB, MB, GB, TB
  case MHz, GHz
  case pixels
  case millimetres

  /// What one of the unit is in the base unit.
  public var factor: Int64 {
    switch self {
    case .seconds, .bytes, .MHz, .pixels, .millimetres: 1
    case .minutes: 60
    case .hours: 3600
    case .days: 86400
    case .KiB: 1 << 10
    case .MiB: 1 << 20
    case .GiB: 1 << 30
    case .TiB: 1 << 40
    case .kB: 1000
    case .MB: 1_000_000
    case .GB: 1_000_000_000
    case .TB: 1_000_000_000_000
    case .GHz: 1000
    }
  }

  /// The unit that facts of the kind are kept in.
  public var base: Unit {
    switch self {
    case .seconds, .minutes, .hours, .days: .seconds
    case .bytes, .KiB, .MiB, .GiB, .TiB, .kB, .MB, .GB, .TB: .bytes
    case .MHz, .GHz: .MHz
    case .pixels: .pixels
    case .millimetres: .millimetres
    }
  }

  static let longestName = 11

  /// The unit of a word: `minutes` or `minute`, `GiB`; nil for any other.
  public static func named(_ word: String) -> Unit? {
    Unit(rawValue: word) ?? Unit(rawValue: word + "s")
  }
}

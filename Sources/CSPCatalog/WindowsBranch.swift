/// A branch of Windows that shipped.
public struct WindowsBranch: Hashable, Sendable {
  /// What the branch was sold as.
  public enum Product: String, Hashable, Sendable {
    case windows10 = "Windows 10"
    case windows11 = "Windows 11"
  }

  public let build: UInt32
  public let product: Product
  /// The version, such as `22H2`.
  public let version: String

  public init(build: UInt32, product: Product, version: String) {
    self.build = build
    self.product = product
    self.version = version
  }

  /// `Windows 11 22H2`
  public var name: String { "\(product.rawValue) \(version)" }
}

import Foundation

/// Files of the checkout that tests read.
public enum Checkout {
  /// The root of the checkout.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()
}

/// A 32-bit error code of Windows, an HRESULT ([MS-ERREF] 2.1).
package struct ErrorNumber: Hashable, Comparable, Sendable {
  /// The code's bits.
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Reads a code as people find it: `0x80090016`, `80090016` with a letter or eight digits that begin with 8, `2148073494` or `-2146893802`.
  package init?(_ text: String) {
    let text = text.lowercased()
    if text.hasPrefix("0x") {
      guard let number = UInt32(text.dropFirst(2), radix: 16) else { return nil }
      self.init(number)
    } else if text.hasPrefix("-") {
      guard let number = Int32(text) else { return nil }
      self.init(UInt32(bitPattern: number))
    } else if text.utf8.count == 8, text.hasPrefix("8"), let number = UInt32(text, radix: 16) {
      self.init(number)
    } else {
      guard let number = UInt32(text) else { return nil }
      self.init(number)
    }
  }

  /// `0x80090016`
  package var hexadecimal: String {
    let digits = String(rawValue, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
  }

  /// `-2146893802`, as logs and scripts print it.
  package var signed: String { "\(Int32(bitPattern: rawValue))" }

  /// Whether it stands for a failure: the bit S.
  package var isFailure: Bool { rawValue >> 31 == 1 }

  /// Whether whoever defined it is not Microsoft: the bit C.
  package var isOfCustomer: Bool { rawValue >> 29 & 1 == 1 }

  /// Whether it is an NTSTATUS in an HRESULT: the bit N.
  package var isStatusOfKernel: Bool { rawValue >> 28 & 1 == 1 }

  /// Which part of Windows it is from: 11 bits.
  package var facility: UInt32 { rawValue >> 16 & 0x7FF }

  /// The code within the facility: 16 bits.
  package var code: UInt32 { rawValue & 0xFFFF }

  /// By the bits.
  package static func < (left: ErrorNumber, right: ErrorNumber) -> Bool { left.rawValue < right.rawValue }
}

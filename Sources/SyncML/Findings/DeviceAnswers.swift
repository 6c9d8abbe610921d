import Diagnostics

/// What the numbers mean that a device answers commands with, and those that consoles show in their place.
///
/// The numbers are OMA's (SyncML Representation Protocol 1.2, response status codes); what Windows answers when is from Microsoft's
/// description of OMA DM in Windows.
package enum DeviceAnswers {
  /// A number and its texts.
  struct Row: Sendable {
    let number: UInt32
    let title: LocalizedText
    let cause: LocalizedText
    let cure: LocalizedText

    init(_ number: UInt32, _ title: LocalizedText, cause: LocalizedText, cure: LocalizedText) {
      self.number = number
      self.title = title
      self.cause = cause
      self.cure = cure
    }
  }

  /// The page of a number, or nil when it is none of a device's answers.
  ///
  /// - Parameter text: A status (`404`), or the error code that Windows makes of it, `0x87D10194` or `-2016345708`.
  package static func page(of text: String) -> Page? {
    guard let number = number(of: text) else { return nil }
    if let row = codes.first(where: { $0.number == number }) { return page(of: row) }
    let status = number & 0xFFFF_0000 == facility ? number & 0xFFFF : number
    return row(of: status).map(page(of:))
  }

  /// All pages, ascending by number.
  package static var pages: [Page] { (statuses + codes).map(page(of:)) }

  /// What a status means, in a few words; nil for one that no device answers.
  package static func title(of status: UInt32) -> LocalizedText? { row(of: status)?.title }

  private static func row(of status: UInt32) -> Row? { statuses.first { $0.number == status } }

  private static func page(of row: Row) -> Page {
    let isStatus = row.number <= 0xFFFF
    let code = isStatus ? facility | row.number : row.number
    var page = Page(.deviceAnswer, isStatus ? "\(row.number)" : hexadecimal(code), row.title)
    // What went well has no error code.
    if !isStatus || row.number >= 400 {
      page.names = (isStatus ? [hexadecimal(code)] : []) + ["\(Int32(truncatingIfNeeded: code))"]
    }
    page.cause = row.cause
    page.cure = row.cure
    return page
  }

  /// The upper half of the error codes that Windows and Intune make of a status.
  private static let facility: UInt32 = 0x87D1_0000

  private static func number(of text: String) -> UInt32? {
    let text = text.lowercased()
    if text.hasPrefix("0x") { return UInt32(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("-") { return Int32(text).map { UInt32(bitPattern: $0) } }
    return UInt32(text)
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: max(8 - digits.utf8.count, 0)) + digits
  }
}

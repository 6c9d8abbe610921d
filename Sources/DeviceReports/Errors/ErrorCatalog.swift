import CCatalogData
import Diagnostics
import PolicyModel

/// What is known of one error, or of several that one text fits.
package struct ErrorEntry: Hashable, Sendable {
  /// The codes, with their names in the Windows SDK; a name is nil where Microsoft publishes none.
  package var names: [ErrorNumber: String?]
  /// What it means.
  package var meaning: LocalizedText
  /// What it mostly comes from.
  package var cause: LocalizedText
  /// What to do.
  package var cure: LocalizedText
  /// The remedies, the least destructive first.
  package var remedies: [KnownRemedy]

  init(
    codes: [UInt32: String?], meaning: LocalizedText, cause: LocalizedText, cure: LocalizedText,
    remedies: [KnownRemedy]
  ) {
    names = Dictionary(codes.map { (ErrorNumber($0), $1) }) { first, _ in first }
    self.meaning = meaning
    self.cause = cause
    self.cure = cure
    self.remedies = remedies
  }
}

/// The errors of TPM, key storage, registration and Autopilot, and the names of others.
package struct ErrorCatalog: Sendable {
  /// Every entry with texts.
  package let entries: [ErrorEntry]
  private let entryOfNumber: [ErrorNumber: Int]
  private let names: [ErrorNumber: String]
  private let numbers: [String: ErrorNumber]

  /// The catalogue that comes with the program. It is made when it is first asked for.
  package static let embedded = ErrorCatalog(
    entries: ErrorEntry.keyStorage + ErrorEntry.commands + ErrorEntry.baseServices + ErrorEntry.registration
      + ErrorEntry.autopilot + ErrorEntry.bitLocker,
    names: Array(UnsafeBufferPointer(start: error_names_bytes(), count: error_names_size())))

  /// A catalogue of entries with texts, and of a list of names: lines of eight hexadecimal digits and a name.
  private init(entries: [ErrorEntry], names list: [UInt8]) {
    self.entries = entries
    var names: [ErrorNumber: String] = [:]
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let parts = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard parts.count == 2, let number = UInt32(parts[0], radix: 16) else { continue }
      names[ErrorNumber(number)] = String(parts[1])
    }
    var entryOfNumber: [ErrorNumber: Int] = [:]
    for (index, entry) in entries.enumerated() {
      for (number, name) in entry.names {
        entryOfNumber[number] = index
        if let name { names[number] = name }
      }
    }
    self.entryOfNumber = entryOfNumber
    self.names = names
    numbers = Dictionary(names.map { ($0.value, $0.key) }) { first, _ in first }
  }

  /// The name of a code in the Windows SDK, or nil.
  package func name(of number: ErrorNumber) -> String? { names[number] }

  /// The code of a name, in either case, or nil.
  package func number(named name: String) -> ErrorNumber? { numbers[name.uppercased()] }

  /// The texts of a code, or nil when there are none.
  package func entry(of number: ErrorNumber) -> ErrorEntry? { entryOfNumber[number].map { entries[$0] } }

  /// Every name, for suggestions.
  package var allNames: some Collection<String> { numbers.keys }
}

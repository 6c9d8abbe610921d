import CCatalogData
import PolicyModel
import YAMLInput

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
}

/// The errors of TPM, key storage, registration and Autopilot, and the names of others.
package struct ErrorCatalog: Sendable {
  /// Every entry with texts, in the order of the file.
  package let entries: [ErrorEntry]
  private let entryOfNumber: [ErrorNumber: Int]
  private let names: [ErrorNumber: String]
  private let numbers: [String: ErrorNumber]

  /// The catalogue that comes with the program. It is read when it is first asked for.
  package static let embedded: ErrorCatalog = {
    let bytes = UnsafeBufferPointer(start: error_catalog_bytes(), count: error_catalog_size())
    let names = UnsafeBufferPointer(start: error_names_bytes(), count: error_names_size())
    do throws(YAMLError) {
      return try ErrorCatalog(yaml: Array(bytes), names: Array(names))
    } catch {
      preconditionFailure("errors.yaml: \(error)")
    }
  }()

  /// Reads a catalogue, of which every entry is checked.
  init(yaml: [UInt8], names list: [UInt8]) throws(YAMLError) {
    entries = try ErrorCatalogReader.read(YAMLNode(yaml: yaml))
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

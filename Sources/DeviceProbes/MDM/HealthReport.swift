import Diagnostics
import TPMEvidence
import XMLInput

/// A report of the Device Health Attestation service: `HealthCertificateValidationResponse` (MS-DHA 3.2.5.1.1.2, schemas in 6.10 to 6.12).
///
/// The properties are kept as texts. What is not one of the elements directly below `HealthCertificateProperties` is passed over.
package struct HealthReport: Hashable, Sendable {
  /// The largest report that is read, in bytes.
  package static let byteLimit = 1 << 20

  /// The version of the namespace: 1, 3 or 4 are known.
  package private(set) var version: Int
  /// `ErrorCode`, as it is written; nil when it is missing.
  package private(set) var errorCode: String?
  /// `ErrorMessage`, which the service words as it likes.
  package private(set) var errorMessage: String?
  /// The texts of the properties without blanks around them. One that comes several times has several.
  package private(set) var properties: [String: [String]] = [:]
  /// Whether there are properties at all; the service leaves them out when it could not verify the device.
  package private(set) var hasProperties = false
  /// Which of the states at boot the service found to be others now, by the names of their flags.
  package private(set) var mismatches: [String] = []

  /// Why a text is no report.
  package enum Problem: Error, Hashable, Sendable {
    /// It is no XML, or more than is read.
    case xml(XMLError)
    /// The outermost element is another.
    case otherRoot(String)
  }

  private static let namespace =
    "http://schemas.microsoft.com/windows/security/healthcertificate/validation/response/v"

  /// Reads a report.
  package init(_ bytes: [UInt8]) throws(Problem) {
    var reader = Reader()
    do throws(XMLError) {
      try readXML(bytes, limits: XMLLimits(bytes: Self.byteLimit, depth: 32, textBytes: 256 << 10)) { event in
        reader.take(event)
      }
    } catch {
      throw .xml(error)
    }
    guard let root = reader.root, root.local == "HealthCertificateValidationResponse",
      root.namespace.hasPrefix(Self.namespace),
      let version = Int(root.namespace.dropFirst(Self.namespace.count)), version > 0
    else { throw .otherRoot(shortened(reader.root?.local ?? "", limit: 60)) }
    self.version = version
    errorCode = reader.attributes["ErrorCode"]
    errorMessage = reader.attributes["ErrorMessage"]
    properties = reader.properties
    hasProperties = reader.hasProperties
    mismatches = reader.mismatches
  }

  private struct Reader {
    var root: XMLName?
    var attributes: [String: String] = [:]
    var properties: [String: [String]] = [:]
    var hasProperties = false
    var mismatches: [String] = []
    private var depth = 0
    private var section = ""
    private var property: String?
    private var text = ""

    mutating func take(_ event: XMLEvent) {
      switch event {
      case .start(let name, let attributes, _):
        depth += 1
        switch depth {
        case 1:
          root = name
          for attribute in attributes where attribute.name.namespace.isEmpty {
            self.attributes[attribute.name.local] = attribute.value
          }
        case 2:
          section = name.namespace == root?.namespace ? name.local : ""
          if section == "HealthCertificateProperties" { hasProperties = true }
        case 3:
          property = name.namespace == root?.namespace ? name.local : nil
          text = ""
        default: break
        }
      case .text(let piece, _, _): if depth == 3, property != nil { text += piece }
      case .end:
        if depth == 3, let property { store(property) }
        depth -= 1
      case .comment, .processingInstruction: break
      }
    }

    private mutating func store(_ property: String) {
      let value = String(trimmedBlanks(text))
      if section == "HealthCertificateProperties" {
        // A second text is enough to see that there are several.
        if properties[property, default: []].count < 2 { properties[property, default: []].append(value) }
      } else if section == "HealthStatusMismatchFlags", value.lowercased() != "false", mismatches.count < 16 {
        mismatches.append(property)
      }
      self.property = nil
    }
  }
}

/// A text without the white space of XML around it.
func trimmedBlanks(_ text: String) -> Substring {
  let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  guard let first = text.utf8.firstIndex(where: { !isBlank($0) }),
    let last = text.utf8.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return text[first...last]
}

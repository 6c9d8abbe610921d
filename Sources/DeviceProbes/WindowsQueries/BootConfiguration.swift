import PolicyModel
import TPMEvidence

/// What `bcdedit /enum all` prints: objects with elements, of which the loader of the running Windows is `{current}`.
///
/// The names of elements are in English in every language, headings are not. What is configured is what the next boot does; the running
/// Windows did the same unless somebody has changed it since. An element that neither an object nor those that it inherits from have is not
/// set, which for all elements here means no.
enum BootConfiguration: ToolParser {
  static let names = ["boot.debugging", "boot.kernel_debugging", "boot.test_signing", "boot.flight_signing"]

  static func findings(in text: ToolText) -> FactFindings {
    var findings = FactFindings()
    let store = Store(text)
    guard store.objects["{current}"] != nil else {
      let said = text.firstLine.map { "; the output begins with \(ToolText.quote($0))" } ?? ""
      for name in names { findings.miss(name, "bcdedit does not show the loader {current}\(said)") }
      return findings
    }
    findings.set("boot.kernel_debugging", store.flag("debug", of: "{current}")) { .bool($0) }
    findings.set("boot.test_signing", store.flag("testsigning", of: "{current}")) { .bool($0) }
    findings.set("boot.flight_signing", store.flag("flightsigning", of: "{current}")) { .bool($0) }
    switch (store.flag("bootdebug", of: "{bootmgr}"), store.flag("bootdebug", of: "{current}")) {
    case (.known(true), _), (_, .known(true)): findings.set("boot.debugging", .bool(true))
    case (.known(false), .known(false)): findings.set("boot.debugging", .bool(false))
    case (.unknown(let reason), _), (_, .unknown(let reason)): findings.miss("boot.debugging", reason)
    }
    return findings
  }

  /// The objects by their identifiers.
  private struct Store {
    private(set) var objects: [String: [String: [String]]] = [:]

    /// An object begins below a line of hyphens, with its identifier, whose label alone is translated.
    init(_ text: ToolText) {
      var current: [String: [String]] = [:]
      var identifier: String?
      var element: String?
      var expectsIdentifier = false
      func isRule(_ line: String) -> Bool {
        line.utf8.count >= 3 && line.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
      }
      for line in text.lines {
        let words = line.split { $0 == " " || $0 == "\t" }
        if isRule(line) {
          if let identifier, objects.count < 1024 { objects[identifier] = objects[identifier] ?? current }
          (current, identifier, element, expectsIdentifier) = ([:], nil, nil, true)
        } else if words.isEmpty {
          element = nil
        } else if expectsIdentifier {
          expectsIdentifier = false
          if let last = words.last, last.hasPrefix("{") { identifier = last.lowercased() }
        } else if identifier != nil, line.hasPrefix(" ") {
          // One more value of a list.
          if let element, words.count == 1 { current[element]?.append(String(words[0])) }
        } else if identifier != nil {
          let name = words[0].lowercased()
          element = name
          current[name] = [words.dropFirst().joined(separator: " ")]
        }
      }
      if let identifier, objects.count < 1024 { objects[identifier] = objects[identifier] ?? current }
    }

    /// Whether a flag is set on an object, or else on what it inherits from.
    func flag(_ name: String, of identifier: String) -> BootFinding<Bool> {
      var pending = [identifier]
      var seen: Set<String> = []
      var next = 0
      while next < pending.count {
        let identifier = pending[next]
        next += 1
        guard seen.insert(identifier).inserted else { continue }
        guard let object = objects[identifier] else {
          return .unknown(
            "bcdedit does not show \(ToolText.quote(identifier)), which may set '\(name)'; save 'bcdedit /enum all'"
          )
        }
        if let value = object[name]?.first {
          switch value.lowercased() {
          case "yes", "はい": return .known(true)
          case "no", "いいえ": return .known(false)
          default:
            return .unknown(
              "bcdedit gives '\(name)' the value \(ToolText.quote(value)), where Yes and No are understood")
          }
        }
        pending += (object["inherit"] ?? []).map { $0.lowercased() }
      }
      return .known(false)
    }
  }
}

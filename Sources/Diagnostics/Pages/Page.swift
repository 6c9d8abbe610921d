/// What a code means and what to do about it: what `policyc explain` prints, in one form for whatever has a code.
package struct Page: Hashable, Sendable {
  /// What the code is one of.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A finding of policyc.
    case diagnostic
    /// What a device answers to a command of its management.
    case deviceAnswer = "device_answer"
    /// A status of the attestation report.
    case attestationStatus = "attestation_status"
    /// An error of Windows.
    case windowsError = "windows_error"
    /// What to do about a device.
    case remedy
  }

  /// What the code is one of.
  package var kind: Kind
  /// The code: `AP2104`, `404`, `0x80090016`, `tpm_not_ready`.
  package var code: String
  /// Other spellings and names of the code.
  package var names: [String] = []
  /// How bad a diagnostic is.
  package var severity: Severity?
  /// What it means: a few words, or for an error of Windows sentences.
  package var title: LocalizedText
  /// More of what it means, in sentences.
  package var meaning: LocalizedText?
  /// Where it comes from.
  package var cause: LocalizedText?
  /// The shortest source or payload that brings it about.
  package var example: String?
  /// What to do.
  package var cure: LocalizedText?
  /// The example without its fault.
  package var corrected: String?
  /// The facts that decide it.
  package var decidedBy: [String] = []
  /// Other facts that show its cause.
  package var clues: [String] = []
  /// What can be done about it, the least destructive first.
  package var remedies: [Remedy] = []
  /// What the bits of a code say that has no texts.
  package var structure: [LocalizedText] = []

  /// Something that can be done.
  package struct Remedy: Hashable, Sendable {
    /// The name that `policyc remedy` takes.
    package let id: String
    /// A few words, as an order.
    package let title: LocalizedText

    package init(_ id: String, _ title: LocalizedText) {
      self.id = id
      self.title = title
    }
  }

  package init(_ kind: Kind, _ code: String, _ title: LocalizedText) {
    self.kind = kind
    self.code = code
    self.title = title
  }

  /// The page as a JSON object with a line end. Every page has every member; what a kind of code does not have is null or empty.
  package func json(in language: ReportLanguage) -> String {
    var json = JSONText()
    write(to: &json, language)
    return json.text + "\n"
  }

  /// `{"version":2,"pages":[…]}`, with a line end.
  package static func list(_ pages: [Page], jsonIn language: ReportLanguage) -> String {
    var json = JSONText()
    json.object { json in
      json.member("version", 2)
      json.key("pages")
      json.array(pages) { $1.write(to: &$0, language) }
    }
    return json.text + "\n"
  }

  private func write(to json: inout JSONText, _ language: ReportLanguage) {
    json.object { json in
      json.member("kind", kind.rawValue)
      json.member("code", code)
      json.key("names")
      json.array(names) { $0.string($1) }
      json.member("language", language.rawValue)
      let texts: [(String, String?)] = [
        ("severity", severity?.rawValue), ("title", title[language]), ("meaning", meaning?[language]),
        ("cause", cause?[language]), ("example", example), ("cure", cure?[language]),
        ("corrected", corrected),
      ]
      for (name, text) in texts {
        json.key(name)
        if let text { json.string(text) } else { json.null() }
      }
      let lists = [
        ("decided_by", decidedBy), ("clues", clues), ("remedies", remedies.map(\.id)),
        ("structure", structure.map { $0[language] }),
      ]
      for (name, list) in lists {
        json.key(name)
        json.array(list) { $0.string($1) }
      }
    }
  }
}

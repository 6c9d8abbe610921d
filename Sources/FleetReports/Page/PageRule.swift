import DeviceReports
import Diagnostics
import PolicyModel

extension Rule {
  /// What the page says of a device that the rule does not hold for, with the language that the text is written in.
  ///
  /// The report keeps no facts of its devices. So params are filled in, and an ellipsis stands for the value of a fact.
  func pageMessage(in policy: CompiledPolicy, _ language: ReportLanguage) -> (text: String, language: String)
  {
    if let message = Message.best(of: messages, for: language) ?? Message.best(of: messages, for: .english) {
      return (Self.filled(message.text, from: policy), message.language)
    }
    let text = source.isEmpty ? name : language.choose("needs \(source)", "\(source) が必要です")
    return (text, language.rawValue)
  }

  private static func filled(_ text: String, from policy: CompiledPolicy) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "\\" }) {
      filled += rest[..<open]
      rest = rest[open...]
      if rest.hasPrefix("\\{") {
        filled += "{"
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("{"), let end = rest.firstIndex(of: "}") {
        let name = String(rest[rest.index(after: open)..<end])
        filled += policy.parameters.first { $0.name == name }?.value.description ?? "…"
        rest = rest[rest.index(after: end)...]
      } else {
        filled.append(rest.removeFirst())
      }
    }
    return filled + rest
  }
}

extension Rule.Message {
  /// The message whose tag is the language itself, or else the first with a region or script.
  fileprivate static func best(of messages: [Rule.Message], for language: ReportLanguage) -> Rule.Message? {
    messages.first { $0.language.lowercased() == language.rawValue }
      ?? messages.first { ReportLanguage(tag: $0.language) == language }
  }
}

extension CompiledPolicy {
  /// The title in a language, or else in English, or nil.
  func pageTitle(in language: ReportLanguage) -> String? {
    Rule.Message.best(of: titles, for: language)?.text ?? title
  }
}

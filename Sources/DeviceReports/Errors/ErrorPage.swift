import Diagnostics
import PolicyModel

/// The page of an error code, as `policyc explain` prints it: its texts, or for a code without any what its structure says.
package struct ErrorPage: Sendable {
  private let number: ErrorNumber
  private let name: String?
  private let entry: ErrorEntry?
  private let language: ReportLanguage

  /// The page of a code in a catalogue.
  package init(_ number: ErrorNumber, in catalog: ErrorCatalog = .embedded, language: ReportLanguage) {
    self.number = number
    self.language = language
    name = catalog.name(of: number)
    entry = catalog.entry(of: number)
  }

  /// The page that a command line asks for by a code or a name; nil when it is neither.
  ///
  /// Numbers below 65536 are no error codes but statuses, which have pages of their own.
  package init?(_ text: String, in catalog: ErrorCatalog = .embedded, language: ReportLanguage) {
    if let number = catalog.number(named: text) {
      self.init(number, in: catalog, language: language)
    } else if let number = ErrorNumber(text), number.rawValue > 0xFFFF {
      self.init(number, in: catalog, language: language)
    } else {
      return nil
    }
  }

  /// The page for a terminal.
  package func text(style: TerminalStyle = TerminalStyle()) -> String {
    let names = [name, number.signed].compactMap { $0 }.joined(separator: ", ")
    var text = style.paint("\(number.hexadecimal) (\(names))", .emphasis) + "\n\n"
    if let entry {
      text += RulePage.wrap(entry.meaning[language], style)
      text += section(language.choose("Cause", "考えられる原因"), entry.cause[language], style)
      text += section(language.choose("What to do", "対処"), entry.cure[language], style)
      if !entry.remedies.isEmpty {
        text +=
          "\n" + style.paint(language.choose("Remedies, the gentlest first", "対処方法 (影響の小さい順)"), .emphasis)
          + "\n"
        for remedy in entry.remedies { text += "  \(remedy.rawValue)\n" }
      }
    } else {
      text += RulePage.wrap(unexplained, style)
      text += section(
        language.choose("What its bits say", "コードの構造"), structure.joined(separator: "\n"), style)
    }
    return text
  }

  /// The page as a JSON object, with a line end.
  package func json() -> [UInt8] {
    var members: [JSONMember] = [
      JSONMember("code", .string(number.hexadecimal)), JSONMember("signed", .string(number.signed)),
      JSONMember("language", .string(language.rawValue)),
      JSONMember("name", name.map { .string($0) } ?? .null),
      JSONMember("failure", .bool(number.isFailure)),
      JSONMember("facility", .integer(Int64(number.facility))),
      JSONMember("facility_text", ErrorFacility(of: number).map { .string($0.text(in: language)) } ?? .null),
      JSONMember("facility_code", .integer(Int64(number.code))),
    ]
    if let entry {
      members += [
        JSONMember("meaning", .string(entry.meaning[language])),
        JSONMember("cause", .string(entry.cause[language])),
        JSONMember("cure", .string(entry.cure[language])),
        JSONMember("remedies", .array(entry.remedies.map { .string($0.rawValue) })),
      ]
    }
    return JSONValue.object(members).canonicalBytes() + [UInt8(ascii: "\n")]
  }

  private var unexplained: String {
    name == nil
      ? language.choose("policyc does not know this code.", "policyc に説明のないコードです。")
      : language.choose(
        "policyc knows the name of this code and no more.", "policyc では、このコードの名前のみわかります。")
  }

  private var structure: [String] {
    var lines = [
      number.isFailure
        ? language.choose("a failure", "失敗を示すコード") : language.choose("no failure", "失敗ではないコード")
    ]
    if number.isOfCustomer {
      lines.append(language.choose("defined by a program, not by Windows", "Windows ではなくプログラムが定義したコード"))
    }
    if number.isStatusOfKernel {
      let status = ErrorNumber(number.rawValue & ~0x1000_0000).hexadecimal
      lines.append(language.choose("the kernel's status \(status)", "カーネルの状態コード \(status)"))
    } else if let facility = ErrorFacility(of: number) {
      lines.append(
        language.choose("from \(facility.text(in: .english))", "発生元: \(facility.text(in: .japanese))"))
    } else if !number.isOfCustomer {
      lines.append(language.choose("from the facility \(number.facility)", "発生元: ファシリティ \(number.facility)"))
    }
    switch number.facility {
    case 0x007 where !number.isOfCustomer && !number.isStatusOfKernel:
      lines.append(
        language.choose(
          "error \(number.code) of Windows; 'net helpmsg \(number.code)' prints its text",
          "Windows のエラー番号 \(number.code) (net helpmsg \(number.code) で内容を表示)"))
    case 0x019 where !number.isOfCustomer && !number.isStatusOfKernel && (100...599).contains(number.code):
      lines.append(language.choose("HTTP status \(number.code)", "HTTP 状態コード \(number.code)"))
    case 0x028 where !number.isOfCustomer && !number.isStatusOfKernel && number.code < 0x4000:
      let code = "0x" + String(number.code, radix: 16, uppercase: true)
      lines.append(language.choose("the TPM's response code \(code)", "TPM の応答コード \(code)"))
    default:
      let code = "0x" + String(number.code, radix: 16, uppercase: true)
      lines.append(language.choose("code \(code) there", "その中でのコード \(code)"))
    }
    return lines
  }

  private func section(_ title: String, _ content: String, _ style: TerminalStyle) -> String {
    "\n" + style.paint(title, .emphasis) + "\n" + RulePage.wrap(content, style)
  }
}

import Diagnostics
import PolicyModel

extension ErrorCatalog {
  /// The page of a code or a name of Windows; nil when it is neither.
  ///
  /// Numbers below 65536 are no error codes but statuses, which have pages of their own.
  package func page(of text: String) -> Page? {
    if let number = number(named: text) { return page(of: number) }
    guard let number = ErrorNumber(text), number.rawValue > 0xFFFF else { return nil }
    return page(of: number)
  }

  /// The pages of all codes with texts.
  package var pages: [Page] {
    entries.flatMap { entry in entry.names.keys.sorted().map { page(of: $0) } }
  }

  private func page(of number: ErrorNumber) -> Page {
    let name = name(of: number)
    let entry = entry(of: number)
    let unexplained =
      name == nil
      ? LocalizedText("policyc does not know this code.", "policyc に説明のないコードです。")
      : LocalizedText("policyc knows the name of this code and no more.", "policyc では、このコードの名前のみわかります。")
    var page = Page(.windowsError, number.hexadecimal, entry?.meaning ?? unexplained)
    page.names = [name, number.signed].compactMap { $0 }
    guard let entry else {
      page.structure = number.structure
      return page
    }
    page.cause = entry.cause
    page.cure = entry.cure
    page.remedies = entry.remedies.map(\.entry)
    return page
  }
}

extension ErrorNumber {
  /// What its bits say, a line each.
  fileprivate var structure: [LocalizedText] {
    var lines = [
      isFailure
        ? LocalizedText("a failure", "失敗を示すコード") : LocalizedText("not a failure", "失敗ではないコード")
    ]
    if isOfCustomer {
      lines.append(LocalizedText("defined by a program, not by Windows", "Windows ではなくプログラムが定義したコード"))
    }
    if isStatusOfKernel {
      let status = ErrorNumber(rawValue & ~0x1000_0000).hexadecimal
      lines.append(LocalizedText("the kernel's status \(status)", "カーネルの状態コード \(status)"))
    } else if let facility = ErrorFacility(of: self) {
      lines.append(
        LocalizedText("from \(facility.text(in: .english))", "発生元: \(facility.text(in: .japanese))"))
    } else if !isOfCustomer {
      lines.append(LocalizedText("from the facility \(facility)", "発生元: ファシリティ \(facility)"))
    }
    let isPlain = !isOfCustomer && !isStatusOfKernel
    let digits = "0x" + String(code, radix: 16, uppercase: true)
    switch facility {
    case 0x007 where isPlain:
      lines.append(
        LocalizedText(
          "error \(code) of Windows; 'net helpmsg \(code)' prints its text",
          "Windows のエラー番号 \(code) (net helpmsg \(code) で内容を表示)"))
    case 0x019 where isPlain && (100...599).contains(code):
      lines.append(LocalizedText("HTTP status \(code)", "HTTP 状態コード \(code)"))
    case 0x028 where isPlain && code < 0x4000:
      lines.append(LocalizedText("the TPM's response code \(digits)", "TPM の応答コード \(digits)"))
    default:
      lines.append(LocalizedText("code \(digits) there", "その中でのコード \(digits)"))
    }
    return lines
  }
}

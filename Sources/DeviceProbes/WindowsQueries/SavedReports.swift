import PolicyModel
import TPMEvidence

/// The report of msinfo32, of which one line is told nowhere else: `Kernel DMA Protection`.
enum SystemInformationReport: ToolParser {
  static let names = ["dma.kernel_protection"]
  private static let labels = ["kernel dma protection", "カーネル dma 保護"]

  static func findings(in text: ToolText) -> FactFindings {
    var findings = FactFindings()
    for line in text.lines {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: true)
      guard columns.count >= 2, labels.contains(Words.trimmed(columns[0]).lowercased()) else { continue }
      switch Words.trimmed(columns[1]).lowercased() {
      case "on", "オン": findings.set(names[0], .bool(true))
      case "off", "オフ": findings.set(names[0], .bool(false))
      default: findings.miss(names[0], "the line \(ToolText.quote(line)) says neither On nor Off")
      }
      return findings
    }
    findings.miss(names[0], "the report has no line 'Kernel DMA Protection' in English or Japanese")
    return findings
  }
}

/// The text that dxdiag saves, in English whatever the language of Windows. The first display device is the primary one.
enum DirectXReport: ToolParser {
  static let names = ["graphics.directx12", "graphics.wddm"]

  static func findings(in text: ToolText) -> FactFindings {
    var findings = FactFindings()
    findings["graphics.directx12"] = directX12(
      levels: values("Feature Levels", in: text), interfaces: values("DDI Version", in: text))
    let model = values("Driver Model", in: text).first
    let words = (model ?? "").split(separator: " ")
    if words.count == 2, words[0] == "WDDM", let version = Version(words[1]) {
      findings.set("graphics.wddm", .version(version))
    } else {
      findings.miss(
        "graphics.wddm",
        model.map { "the driver model \(ToolText.quote($0)) is not understood" }
          ?? "the report has no line 'Driver Model'")
    }
    return findings
  }

  /// One adapter that can is enough. A driver may speak DirectX 12 for hardware of feature level 11.
  private static func directX12(levels: [String], interfaces: [String]) -> Observation.Content {
    let numbers =
      levels.flatMap { $0.split(separator: ",") }.map { major($0) } + interfaces.map { major($0[...]) }
    if numbers.contains(where: { $0 ?? 0 >= 12 }) { return .value(.bool(true)) }
    guard !levels.isEmpty, !interfaces.isEmpty else {
      return .unknown(reason: "the report has no line 'Feature Levels' or no line 'DDI Version'")
    }
    return numbers.contains(nil)
      ? .unknown(
        reason:
          "the line \(ToolText.quote("Feature Levels: \(levels.joined(separator: "; "))")) is not understood")
      : .value(.bool(false))
  }

  private static func major(_ text: Substring) -> Int? {
    Int(Words.trimmed(text).prefix { $0 != "_" && $0 != "." })
  }

  private static func values(_ label: String, in text: ToolText) -> [String] {
    var found: [String] = []
    for line in text.lines where found.count < 64 {
      let words = Words.trimmed(line[...])
      if words.hasPrefix(label), words.dropFirst(label.count).first == ":" {
        found.append(String(Words.trimmed(words.dropFirst(label.count + 1))))
      }
    }
    return found
  }
}

/// What `certreq -enrollaik` prints, the file CertReq_enrollaik_Output.txt of a diagnostic report among others.
///
/// The symbols SCEPDispositionSuccess and EnrollStatus are no words of any language. That an enrollment failed does not say that
/// the device has no certificate from before.
enum AttestationKeyEnrollment: ToolParser {
  static let names = ["attestation.aik_certificate"]

  static func findings(in text: ToolText) -> FactFindings {
    var findings = FactFindings()
    if text.lines.contains(where: { $0.contains("SCEPDispositionSuccess") }),
      text.lines.contains(where: { $0.contains("EnrollStatus(1)") })
    {
      findings.set(names[0], .bool(true))
      return findings
    }
    let telling = text.lines.first { line in
      line.contains("HTTP/1.1 4") || line.contains("HTTP/1.1 5") || line.contains("\"Message\"")
        || line.contains("0x8")
        || line.contains("SCEPDisposition")
    }
    let said = (telling ?? text.firstLine).map { ": \(ToolText.quote($0))" } ?? ""
    findings.miss(names[0], "the enrollment of an attestation key did not succeed\(said)")
    return findings
  }
}

/// Words of a line.
enum Words {
  static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}

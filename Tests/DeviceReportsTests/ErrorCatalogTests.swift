import DeviceReports
import Diagnostics
import Foundation
import PolicyModel
import TestSupport
import Testing

@Suite("ErrorCatalog")
struct ErrorCatalogTests {
  let catalog = ErrorCatalog.embedded

  /// The codes that an enrollment with attestation is known to fail with.
  static let expected: [UInt32] = [
    0x8009_0016, 0x8029_0407, 0x8028_0036, 0x8009_0031, 0x8009_0030, 0x8009_0034, 0x8009_0035, 0x8028_0006,
    0x8028_0007, 0x8028_0001, 0x8028_0013, 0x8028_0014, 0x8028_0018, 0x8028_001C, 0x8028_0803, 0x8028_0921,
    0x8029_041B, 0x8028_0400, 0x8028_4001, 0x8028_4008, 0x8028_4010, 0x8028_400F, 0x8028_4011, 0x8028_4012,
    0x8028_4016, 0x8029_0401, 0x8029_041F, 0x801C_03ED, 0x801C_03EA, 0x801C_03EE, 0x801C_03F2, 0x801C_03F3,
    0x801C_001D, 0x801C_0021, 0x801C_003D, 0x8103_9001, 0x8103_9023, 0x8103_9024, 0x8007_0490, 0x8007_05B4,
    0x8019_0190, 0x8031_0001, 0x8031_0018, 0x8031_0021,
  ]

  @Test("every code of an enrollment has texts", arguments: expected)
  func isExplained(code: UInt32) throws {
    let entry = try #require(catalog.entry(of: ErrorNumber(code)))
    for texts in [entry.meaning, entry.cause, entry.cure] {
      #expect(texts[.english].hasSuffix(".") && texts[.japanese].contains("。"), "\(texts)")
    }
  }

  @Test(
    "a remedy that destroys never stands before one that does not, and its text speaks of the recovery key")
  func destructiveLast() {
    let destructive: Set<KnownRemedy> = [.clearTPM]
    for entry in catalog.entries where !destructive.isDisjoint(with: entry.remedies) {
      #expect(
        entry.remedies.firstIndex { destructive.contains($0) } == entry.remedies.count - 1, "\(entry.names)")
    }
  }

  @Test("names lead to codes and back, in either case")
  func names() {
    #expect(catalog.allNames.count > 390)
    #expect(catalog.number(named: "nte_bad_keyset") == ErrorNumber(0x8009_0016))
    for name in catalog.allNames {
      #expect(catalog.number(named: name).flatMap { catalog.name(of: $0) } == name)
    }
  }

  @Test("the names are those of the Windows SDK")
  func agreesWithTheRecording() throws {
    let path = Checkout.root.deletingLastPathComponent().appendingPathComponent(
      "shared/data/windows/hresults.tsv")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else {
      print("skipped: there is no \(path.path)")
      return
    }
    var compared = 0
    for line in text.split(separator: "\n") where line.hasPrefix("0x") {
      let cells = line.split(separator: "\t")
      #expect(catalog.name(of: try #require(ErrorNumber(String(cells[0])))) == String(cells[1]))
      compared += 1
    }
    #expect(compared > 380)
  }
}

@Suite("Pages of errors")
struct ErrorPageTests {
  private func text(_ code: String, _ language: ReportLanguage = .english) throws -> String {
    try #require(ErrorCatalog.embedded.page(of: code)).text(in: language)
  }

  @Test(
    "a code is found in every spelling",
    arguments: [
      "0x80090016", "0X80090016", "80090016", "2148073494", "-2146893802", "NTE_BAD_KEYSET", "nte_bad_keyset",
    ])
  func spellings(code: String) throws {
    #expect(try text(code).hasPrefix("0x80090016 (NTE_BAD_KEYSET, -2146893802)\n"))
  }

  @Test(
    "what is no code has no page",
    arguments: ["404", "0x194", "AP2104", "", "-", "0x", "0x123456789", "-2147483649", "NTE_"])
  func noCode(code: String) {
    #expect(ErrorCatalog.embedded.page(of: code) == nil)
  }

  @Test(
    "a code without texts is taken apart, and nothing is made up",
    arguments: [
      ("0x80070005", "error 5 of Windows"), ("0x80190194", "HTTP status 404"),
      ("0x80280922", "the TPM's response code 0x922"), ("0xD0000022", "the kernel's status 0xC0000022"),
      ("0xA0070005", "defined by a program, not by Windows"), ("0x81039099", "from the facility 259"),
      ("0x40290423", "not a failure"), ("0x802845FF", "the TPM base services"),
    ])
  func structure(code: String, expected: String) throws {
    let page = try text(code)
    #expect(page.contains(expected), "\(page)")
    #expect(
      page.contains("policyc does not know this code") || page.contains("the name of this code and no more"))
    #expect(!page.contains("Remedies"))
  }

  @Test("the page is Japanese for Japanese readers, in lines that fit")
  func japanese() throws {
    let page = try text("0x801C03EA", .japanese)
    #expect(page.contains("\n対処\n"))
    for line in page.split(separator: "\n") {
      #expect(displayWidth(of: line) <= 90, "\(line)")
      #expect(!line.drop { $0 == " " }.hasPrefix("、") && !line.drop { $0 == " " }.hasPrefix("。"))
    }
  }

  @Test("every error with texts has a page, by its code and by each of its names")
  func everyPage() throws {
    let catalog = ErrorCatalog.embedded
    #expect(catalog.pages.count == catalog.entries.map(\.names.count).reduce(0, +))
    for page in catalog.pages {
      #expect(page.structure.isEmpty && page.cause != nil && page.cure != nil, "\(page.code)")
      for name in [page.code] + page.names { #expect(catalog.page(of: name) == page, "\(name)") }
    }
    let page = try #require(catalog.page(of: "0x80090030"))
    #expect(page.remedies.map(\.id) == ["reboot_and_retry", "prepare_tpm", "update_firmware", "clear_tpm"])
  }
}

import Foundation
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("ToolText")
struct ToolTextTests {
  static let japanese = "BitLocker のバージョン: なし\n保護状態:\t保護はオフです\n"
  static let french = "-TPM présent : Vrai\n-Prêt pour le stockage : Vrai\n-État : créée à l'été\n"

  /// A text in a code page, by the C library.
  private func encode(_ text: String, _ codePage: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
    process.arguments = ["-f", "UTF-8", "-t", codePage]
    let (input, output) = (Foundation.Pipe(), Foundation.Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  @Test(
    "the encodings of Windows' tools are told apart, with and without a byte order mark",
    arguments: [
      ("UTF-8", [], ToolEncoding.utf8), ("UTF-8", [0xEF, 0xBB, 0xBF], .utf8),
      ("UTF-16LE", [], .utf16LittleEndian), ("UTF-16LE", [0xFF, 0xFE], .utf16LittleEndian),
      ("UTF-16BE", [], .utf16BigEndian), ("UTF-16BE", [0xFE, 0xFF], .utf16BigEndian), ("CP932", [], .cp932),
    ] as [(String, [UInt8], ToolEncoding)])
  func japaneseEncodings(name: String, mark: [UInt8], expected: ToolEncoding) throws {
    let text = ToolText(mark + (try encode(Self.japanese, name)))
    #expect(text.encoding == expected)
    #expect(text.lines == ["BitLocker のバージョン: なし", "保護状態:\t保護はオフです"])
  }

  @Test(
    "Western text is never taken for Japanese",
    arguments: [("CP850", ToolEncoding.cp850), ("CP1252", .cp1252), ("UTF-8", .utf8)])
  func westernEncodings(name: String, expected: ToolEncoding) throws {
    let text = ToolText(try encode(Self.french, name))
    #expect(text.encoding == expected)
    #expect(text.lines.joined(separator: "\n") + "\n" == Self.french)
  }

  @Test(
    "every character of the Western code pages is what the C library says it is",
    arguments: ["CP850", "CP1252"])
  func codePages(name: String) {
    for byte in UInt8(0x80)...0xFF {
      guard let expected = CodePage.convert([byte], from: name) else { continue }
      #expect((name == "CP850" ? CodePage.cp850([byte]) : CodePage.cp1252([byte])) == expected, "\(byte)")
    }
  }

  @Test("ASCII is kept in whatever the bytes around it are")
  func ascii() {
    for seed in UInt64(0)..<2000 {
      var generator = SeededGenerator(seed: seed)
      let bytes = (0..<40).map { _ in UInt8.random(in: 0x80...0xFF, using: &generator) }
      let place = Int.random(in: 0...40, using: &generator)
      let all = Array(bytes[..<place]) + Array("\nTpmPresent : True\n".utf8) + Array(bytes[place...])
      // A byte order mark, or a lead byte that swallows the line end, is chance and no loss of letters.
      guard !all.starts(with: [0xFF, 0xFE]), !all.starts(with: [0xFE, 0xFF]) else { continue }
      #expect(ToolText(all).lines.contains { $0.hasSuffix("TpmPresent : True") }, "\(all)")
    }
  }

  @Test("lines end with LF, CRLF, CR or several CRs")
  func lineEnds() {
    #expect(ToolText("a\nb\r\nc\rd\r\r\ne\n\nf").lines == ["a", "b", "c", "d", "e", "", "f"])
    #expect(ToolText("").lines.isEmpty)
  }

  @Test("control characters are harmless: NULs, marks and colours go, others become a mark of damage")
  func controls() {
    #expect(
      ToolText("\u{1B}[32;1mTpm\0Present\u{1B}[0m\u{200E}\t: \u{7}True\u{1B}").lines == [
        "TpmPresent\t: \u{FFFD}True"
      ])
  }

  @Test("text that the end cuts within a character is still what it is")
  func cut() throws {
    let bytes = Array("保護状態: 保護はオフ".utf8)
    for count in 1..<bytes.count { #expect(ToolText(Array(bytes[..<count])).encoding == .utf8, "\(count)") }
    let cp932 = try encode(Self.japanese, "CP932")
    for count in 20..<cp932.count { #expect(ToolText(Array(cp932[..<count])).encoding == .cp932, "\(count)") }
    #expect(ToolText([0x41, 0, 0x42, 0, 0x43]).lines == ["AB"])
  }

  @Test("there is a limit to bytes and lines, and it is told")
  func limits() {
    let long = ToolText([UInt8](repeating: 0x41, count: ToolText.byteLimit + 1))
    #expect(long.isCut && long.lines.first?.utf8.count == ToolText.byteLimit)
    let many = ToolText([UInt8](repeating: 0x0A, count: ToolText.lineLimit + 1))
    #expect(many.isCut && many.lines.count == ToolText.lineLimit)
    #expect(!ToolText("a\n").isCut)
  }

  @Test("a quoted line is short, without blanks at its ends, control characters or secrets")
  func quote() {
    for secret in ["OwnerAuth : 0aZ+", "  111111-222222-333333-444444-555555-666666-777777-888888"] {
      #expect(ToolText.quote(secret) == "'…', which may hold a secret")
    }
    #expect(ToolText.quote("   TpmPresent\t   : True ") == "'TpmPresent : True'")
    #expect(
      ToolText.quote(String(repeating: "x", count: 1_000_000)) == "'\(String(repeating: "x", count: 79))…'")
  }
}

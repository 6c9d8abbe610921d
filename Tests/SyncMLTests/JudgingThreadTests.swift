import CSPCatalog
import Foundation
import SyncML
import Testing

/// Payloads that are large enough for a thread of their own.
@Suite struct JudgingThreadTests {
  private static let command = """
    <Replace><CmdID>%d</CmdID><Item><Target><LocURI>%@</LocURI></Target><Meta>\
    <Format xmlns="syncml:metinf">int</Format></Meta><Data>%d</Data></Item></Replace>

    """
  private static let paths = [
    "Update/AllowAutoUpdate", "Update/NoSuchNode", "DeviceLock/MinDevicePasswordLength",
  ]

  private static func payload(_ count: Int) -> [UInt8] {
    var text = ""
    for number in 1...count {
      let path = "./Device/Vendor/MSFT/Policy/Config/" + paths[number % paths.count]
      text += String(format: command, number % 1500, path, number % 9)
    }
    return Array(text.utf8)
  }

  private func report(_ bytes: [UInt8], inPiecesOf size: Int) -> PayloadReport {
    var validator = PayloadValidator(PayloadOptions(catalog: .embedded, findingLimit: 100_000))
    var isRead = true
    bytes.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty, isRead {
        isRead = validator.feed(UnsafeRawBufferPointer(rebasing: rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
    }
    return validator.finish()
  }

  @Test("a payload is judged alike in one piece, which no second thread sees, and in many, which one judges")
  func alike() {
    let bytes = Self.payload(2000)
    #expect(bytes.count > 256 << 10)
    let whole = report(bytes, inPiecesOf: bytes.count)
    #expect(whole.errors > 100 && whole.warnings > 100)
    for size in [4096, 65_536, 100_000] {
      #expect(report(bytes, inPiecesOf: size) == whole, "in pieces of \(size)")
    }
  }

  @Test("what cannot be read on is told after all that stands before it")
  func failure() {
    let bytes = Self.payload(2000) + Array("</Replace>".utf8) + Self.payload(10)
    let whole = report(bytes, inPiecesOf: bytes.count)
    #expect(whole.findings.contains { $0.code == "SM1001" })
    #expect(report(bytes, inPiecesOf: 16_384) == whole)
  }

  @Test("a validator that is left before the end ends its thread")
  func abandoned() {
    let bytes = Self.payload(2000)
    for _ in 0..<50 {
      var validator = PayloadValidator(PayloadOptions(catalog: .embedded))
      bytes.withUnsafeBytes { all in
        _ = validator.feed(UnsafeRawBufferPointer(rebasing: all[..<100_000]))
        _ = validator.feed(UnsafeRawBufferPointer(rebasing: all[100_000...]))
      }
    }
    #expect(Self.threads < 40)
  }

  private static var threads: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
  }
}

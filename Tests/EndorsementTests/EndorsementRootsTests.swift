import Endorsement
import Foundation
import TPMEvidence
import Testing

@Suite("Folders of roots")
struct EndorsementRootsTests {
  private func pem(_ der: [UInt8], lineEnd: String = "\n") -> String {
    let text = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
      .replacingOccurrences(of: "\n", with: lineEnd)
    return "-----BEGIN CERTIFICATE-----\(lineEnd)\(text)\(lineEnd)-----END CERTIFICATE-----\(lineEnd)"
  }

  @Test("files in DER, in PEM, and bundles with text between are read; the same certificate counts once")
  func formats() throws {
    let one = try MadeUpAuthority("One")
    let two = try MadeUpAuthority("Two", under: one)
    let bundle =
      "Subject: One\n\(pem(one.certificate))\nSubject: Two\n\(pem(two.certificate, lineEnd: "\r\n"))"
    let roots = try EndorsementRoots(files: [
      ("one.cer", one.certificate), ("bundle.pem", Array(bundle.utf8)),
    ])
    #expect(roots.rootCount == 1)
    #expect(roots.intermediateCount == 1)
    #expect(roots.unusable == [])
  }

  @Test("what is no certificate is refused with the name of its file")
  func noCertificates() throws {
    let der = try MadeUpAuthority("One").certificate
    func problem(_ bytes: [UInt8]) -> String? {
      do {
        _ = try EndorsementRoots(files: [("odd.crt", bytes)])
        return nil
      } catch { return error.description }
    }
    #expect(problem([]) == "odd.crt: there is no certificate in it")
    #expect(problem(Array("hello".utf8)) == "odd.crt: there is no certificate in it")
    #expect(
      problem(Array(der.dropLast())) == "odd.crt: it is neither a whole certificate in DER nor one in PEM")
    #expect(problem(der + [0]) == "odd.crt: it is neither a whole certificate in DER nor one in PEM")
    #expect(
      problem(Array(pem(der).replacingOccurrences(of: "CERTIFICATE", with: "X509 CRL").utf8))
        == "odd.crt: it holds something else than certificates")
    #expect(
      problem(Array(pem(Array(der.dropLast())).utf8)) == "odd.crt: certificate 1 in it is not a certificate")
    #expect(
      problem(Array(pem(der).split(separator: "\n").dropLast().joined(separator: "\n").utf8))
        == "odd.crt: its last certificate in PEM has no end")
    #expect(problem(Array("-----END CERTIFICATE-----".utf8))?.contains("without a beginning") == true)
  }

  @Test("a certificate that cannot be made use of is left out and named")
  func unusable() throws {
    let roots = try EndorsementRoots(files: [("odd.der", [0x30, 0x03, 0x02, 0x01, 0x00])])
    #expect(roots.rootCount == 0)
    #expect(roots.unusable.count == 1)
    #expect(roots.unusable.first?.hasPrefix("odd.der: ") == true)
    var forged = try MadeUpAuthority("Forged").certificate
    forged[forged.count - 1] ^= 1
    let other = try EndorsementRoots(files: [("forged.der", forged)])
    #expect(other.rootCount == 0)
    #expect(other.unusable == ["forged.der: it names itself as its issuer, and its signature is not its own"])
  }

  @Test("a folder is read with the folders below it, and files of other endings are left alone")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "policyc-roots-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "Examplia/RootCA"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = #expect(throws: EndorsementRootsError.self) { try EndorsementRoots(folder: folder.path) }
    #expect(
      error?.description
        == "\(folder.path): expected files of certificates (.pem, .crt, .cer, .der), found none")
    try Data(MadeUpAuthority("One").certificate).write(
      to: folder.appending(path: "Examplia/RootCA/One.CRT"))
    try Data("read me".utf8).write(to: folder.appending(path: "setup.txt"))
    #expect(try EndorsementRoots(folder: folder.path).rootCount == 1)
    try Data("read me".utf8).write(to: folder.appending(path: "two.pem"))
    #expect(throws: EndorsementRootsError.self) { try EndorsementRoots(folder: folder.path) }
    #expect(throws: EndorsementRootsError.self) { try EndorsementRoots(folder: folder.path + "/none") }
  }
}

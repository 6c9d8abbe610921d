import PolicyModel
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("Files of reference values")
struct ReferenceFileTests {
  private static let digest = String(repeating: "ab", count: 32)

  private static let values: ReferenceValues = {
    let digests: [[UInt8]] = [[UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 48)]
    let entry = ReferenceValues.Entry(
      .init(.certificate, [UInt8](repeating: 3, count: 32)), comment: #"CN="x" \ é"#)
    return ReferenceValues(
      banks: [.sha256, .sha384],
      measurements: [
        .init(.firmware(0), digests: digests, comment: "1.2.3"), .init(.firmware(2), digests: digests),
        .init(.image(.beforeSeparator), digests: digests),
        .init(.image(.beforeBootManager), digests: digests),
        .init(.image(.bootManager), digests: digests, comment: #"\EFI\x.efi"#),
      ], authorities: [entry, .init(.init(.image, [UInt8](repeating: 4, count: 32)))],
      keys: [.platformKey: [entry], .forbidden: [.init(.init(.other, [UInt8](repeating: 5, count: 32)))]],
      required: [.keys, .firmware])
  }()

  @Test("what is written is read again, and is canonical; the digest is the file's")
  func roundTrip() throws {
    let bytes = Self.values.encode()
    var read = try ReferenceValues.decode(bytes, name: "x.json")
    #expect(read.name == "x.json" && read.digest == HashAlgorithm.sha256.digest(of: bytes))
    #expect(try JSONValue(parsing: bytes).canonicalBytes() + [10] == bytes)
    (read.name, read.digest) = ("", [])
    #expect(read == Self.values)
  }

  @Test("what is written is as the schema has it, and the schema refuses what the reader refuses")
  func schema() throws {
    let cases = Self.refusals.map { Array($0.text.utf8) }
    guard let answers = try JSONSchema("reference").answers(for: [Self.values.encode()] + cases) else {
      return
    }
    #expect(answers.first == "valid")
    for (answer, refusal) in zip(answers.dropFirst(), Self.refusals) where refusal.isOfSchema {
      #expect(answer.hasPrefix("not valid"), "\(refusal.text): \(answer)")
    }
  }

  struct Refusal: CustomTestStringConvertible {
    let text: String
    let message: String
    var isOfSchema = true
    var testDescription: String { message }
  }

  /// A file with some members in the place of its own.
  private static func file(_ members: [String: String], without missing: String = "") -> String {
    var all = [
      "format": #""policyc-reference""#, "version": "1", "banks": #"["sha256"]"#, "firmware": "[]",
      "images": "[]", "authorities": "[]", "keys": "{}",
    ]
    all.merge(members) { $1 }
    all[missing] = nil
    return "{" + all.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  static let refusals: [Refusal] = [
    Refusal(text: file([:], without: "images"), message: "$: expected a member images, found none"),
    Refusal(text: file(["image": "[]"]), message: #"found "image""#),
    Refusal(text: file(["version": "2"]), message: "is of version 2 of its format"),
    Refusal(text: file(["format": #""policyc-evidence""#]), message: #""format": "policyc-reference""#),
    Refusal(text: file(["banks": "[]"]), message: "$.banks: expected at least one bank"),
    Refusal(text: file(["banks": #"["md5"]"#]), message: "$.banks[0]: expected one of sha1, sha256"),
    Refusal(text: file(["banks": #"["sha256","sha256"]"#]), message: "$.banks[1]: expected one of"),
    Refusal(text: file(["firmware": "{}"]), message: "$.firmware: expected an array, found an object"),
    Refusal(text: file(["firmware": "[7]"]), message: "$.firmware[0]: expected an object"),
    Refusal(
      text: file(["firmware": #"[{"pcr":7,"digests":{"sha256":"\#(digest)"}}]"#]),
      message: "$.firmware[0].pcr: expected 0 or 2"),
    Refusal(
      text: file(["firmware": #"[{"pcr":0,"digests":{"sha384":"\#(digest)"}}]"#]),
      message: "$.firmware[0].digests: expected only the members sha256", isOfSchema: false),
    Refusal(
      text: file(["images": #"[{"place":"boot_manager","digests":{"sha256":"abcd"}}]"#]),
      message: "$.images[0].digests.sha256: expected a digest of sha256 in hexadecimal, 64 digits"),
    Refusal(
      text: file(["images": #"[{"place":"last","digests":{"sha256":"\#(digest)"}}]"#]),
      message: "$.images[0].place: expected one of before_separator, before_boot_manager, boot_manager"),
    Refusal(
      text: file(["images": #"[{"pcr":0,"digests":{"sha256":"\#(digest)"}}]"#]), message: #"found "pcr""#),
    Refusal(
      text: file(["authorities": #"[{"certificate":"\#(digest)","image":"\#(digest)"}]"#]),
      message: "$.authorities[0]: expected exactly one of the members certificate, image, other"),
    Refusal(text: file(["authorities": "[{}]"]), message: "$.authorities[0]: expected exactly one"),
    Refusal(
      text: file(["authorities": #"[{"certificate":"\#(digest)","comment":7}]"#]),
      message: "$.authorities[0].comment: expected a string, found an integer"),
    Refusal(text: file(["keys": "[]"]), message: "$.keys: expected an object, found an array"),
    Refusal(
      text: file(["keys": #"{"MokList":[]}"#]),
      message: #"$.keys: expected only the members KEK, PK, db, dbx"#),
    Refusal(
      text: file(["keys": #"{"db":[{"other":"zz"}]}"#]), message: "$.keys.db[0].other: expected a digest"),
    Refusal(text: file(["required": #"["everything"]"#]), message: "$.required[0]: expected one of firmware"),
    Refusal(
      text: file(["required": #"["keys","keys"]"#]), message: "$.required[1]: expected one of firmware"),
    Refusal(
      text: file(["authorities": #"[{"certificate":"\#(digest)"},{"image":null}]"#]),
      message: "$.authorities[1].image: expected a string, found null"),
  ]

  @Test("a file that is none is refused with the place and what was expected", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let error = #expect(throws: EvidenceFormatError.self) {
      try ReferenceValues.decode(Array(refusal.text.utf8), name: "x")
    }
    #expect(error?.description.contains(refusal.message) == true, "\(error?.description ?? "")")
  }

  @Test("more entries than are read are refused, and so is a file that is too large")
  func bounds() {
    let entry = #"{"image":"\#(Self.digest)"}"#
    func many(_ count: Int) -> [UInt8] {
      let list = "[" + Array(repeating: entry, count: count).joined(separator: ",") + "]"
      return Array(Self.file(["authorities": list, "keys": #"{"dbx":[\#(entry)]}"#]).utf8)
    }
    #expect(throws: Never.self) { try ReferenceValues.decode(many(32_767), name: "x") }
    let error = #expect(throws: EvidenceFormatError.self) {
      try ReferenceValues.decode(many(32_768), name: "x")
    }
    #expect(
      error?.description == "$.keys.dbx: the file has more than 32768 entries, and no more are read")
    let large = many(1) + [UInt8](repeating: UInt8(ascii: " "), count: ReferenceValues.byteLimit)
    #expect(throws: EvidenceFormatError.self) { try ReferenceValues.decode(large, name: "x") }
  }
}

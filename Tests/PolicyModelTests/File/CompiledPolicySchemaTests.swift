import Foundation
import PolicyModel
import TestSupport
import Testing

/// Holds `docs/compiled-policy.schema.json` and the encoder to each other with python3-jsonschema.
@Suite("Compiled policy schema")
struct CompiledPolicySchemaTests {
  private let schema = JSONSchema("compiled-policy")

  @Test("generated policies are valid by the schema")
  func generated() throws {
    var generator = PolicyGenerator(seed: 21)
    let catalogs = CompiledPolicyFile.CatalogVersions(csp: "2025-02", facts: "1")
    let policies = (0..<100).map { _ in generator.policy() } + [CompiledPolicyFileTests.example]
    let documents = policies.map { CompiledPolicyFile.encode($0, catalogs: catalogs) }
    guard let answers = try schema.answers(for: documents) else { return }
    #expect(answers.count == documents.count)
    for answer in answers { #expect(answer == "valid") }
  }

  @Test("the schema refuses what the reader refuses")
  func refused() throws {
    let catalogs = CompiledPolicyFile.CatalogVersions(csp: "2025-02", facts: "1")
    let text = String(
      decoding: CompiledPolicyFile.encode(CompiledPolicyFileTests.example, catalogs: catalogs), as: UTF8.self)
    let edits = [
      (#""schema":1"#, #""schema":2"#), (#""language":"1.0","#, ""), (#""kind":"warn""#, #""kind":"forbid""#),
      (#""kind":"warn""#, #""kind":"warn","x":1"#), (#""op":"and""#, #""op":"xor""#),
      (#""op":"and""#, #""op":"not""#),
      (#""10.0.22621.2792""#, #""22621.2792""#), (#""attested":true"#, #""attested":false"#),
      (#""type":"bool""#, #""type":"enum""#), (#""compare":">=""#, #""compare":"=>""#),
      (#"{"version":"2.0"}"#, #"{"float":"2.0"}"#), (#"{"version":"2.0"}"#, #"{"version":"2.0.x"}"#),
      (#"{"version":"2.0"}"#, #"{"version":"2.0","bool":true}"#),
      (#""kind":"warn""#, #""kind":"warn","unknown_allowed":true"#),
      (#""kind":"require""#, #""kind":"require","unknown_allowed":false"#),
    ]
    let documents = edits.map { from, to in
      Array(text.replacingOccurrences(of: from, with: to).utf8)
    }
    guard let answers = try schema.answers(for: documents) else { return }
    for (edit, answer) in zip(edits, answers) { #expect(answer.hasPrefix("not valid"), "\(edit)") }
    for document in documents {
      #expect(throws: CompiledPolicyError.self) { try CompiledPolicyFile.decode(document) }
    }
  }
}

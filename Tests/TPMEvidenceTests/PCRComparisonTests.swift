import Testing

@testable import TPMEvidence

@Suite("Comparison of PCR values")
struct PCRComparisonTests {
  let log: EventLog

  init() throws { log = try MadeUpLogs.windows().read() }

  private func values(_ algorithm: HashAlgorithm) throws -> [Int: [UInt8]] {
    let replay = try #require(log.replay(algorithm))
    return Dictionary(
      uniqueKeysWithValues: replay.values.enumerated().compactMap { index, value in value.map { (index, $0) }
      })
  }

  @Test("the values of the log agree in every bank and register")
  func agreement() throws {
    let given = PCRValues([.sha1: try values(.sha1), .sha256: try values(.sha256)])
    let comparison = log.comparison(with: given)
    #expect(comparison.divergences.isEmpty && comparison.untold.isEmpty)
    #expect(comparison.agreeing.map(\.algorithm) == [.sha1, .sha256])
    #expect(comparison.agreeing.allSatisfy { $0.numbers == Array(0..<24) })
  }

  @Test("one value that differs is one divergence, and the others still agree")
  func divergence() throws {
    var bank = try values(.sha256)
    bank[7]?[0] ^= 1
    let comparison = log.comparison(with: PCRValues([.sha256: bank]))
    #expect(comparison.divergences.map(\.register) == [7])
    #expect(comparison.agreeing.map(\.numbers) == [Array(0..<24).filter { $0 != 7 }])
  }

  @Test("a bank or register that the log does not have is neither agreement nor divergence")
  func untold() {
    let given = PCRValues([
      .sha384: [0: [UInt8](repeating: 1, count: 48)], .sha256: [24: [UInt8](repeating: 0, count: 32)],
    ])
    let comparison = log.comparison(with: given)
    #expect(comparison.agreeing.isEmpty && comparison.divergences.isEmpty)
    #expect(comparison.untold.map(\.algorithm) == [.sha256, .sha384])
  }

  @Test("the registers of a confidential machine are compared by their numbers")
  func confidential() throws {
    var log = EditableLog([.sha384])
    log.headerRegister = 1
    log.add(1, .separator, MadeUpLogs.separator)
    log.add(3, .separator, MadeUpLogs.separator)
    let read = try log.read()
    let replay = try #require(read.replay(.sha384))
    let given = PCRValues([
      .sha384: [1: try #require(replay[1]), 3: [UInt8](repeating: 0, count: 48), 7: []]
    ])
    let comparison = read.comparison(with: given)
    #expect(comparison.agreeing.map(\.numbers) == [[1]])
    #expect(comparison.divergences.map(\.register) == [3])
    #expect(comparison.divergences.first?.agreesUpTo == -1)
    #expect(comparison.untold.map(\.numbers) == [[7]])
  }
}

import CSPCatalog
import Testing

@Suite struct CatalogSearchTests {
  private func found(_ words: String..., limit: Int = 5) throws -> [String] {
    let search = try #require(CatalogSearch(words))
    return search.nodes(of: .embedded, limit: limit).nodes.map(\.locURI)
  }

  @Test(
    "words of a name find its node first, in either case and however they are parted",
    arguments: [
      ["secure boot state"], ["SecureBootState"], ["state", "SECURE", "boot"],
      ["devicestatus securebootstate"],
    ])
  func names(words: [String]) throws {
    let search = try #require(CatalogSearch(words))
    #expect(
      search.nodes(of: .embedded, limit: 1).nodes.map(\.locURI)
        == ["./Device/Vendor/MSFT/DeviceStatus/SecureBootState"])
  }

  @Test("a word of a name comes before its beginning, that before a part, and the last name before others")
  func order() throws {
    let tpm = try found("tpm", limit: 1000)
    let whole = try #require(tpm.firstIndex(of: "./Device/Vendor/MSFT/DeviceStatus/TPM"))
    let word = try #require(
      tpm.firstIndex(
        of: "./Device/Vendor/MSFT/PassportForWork/{TenantId}/Policies/ExcludeSecurityDevices/TPM12"))
    let below = try #require(tpm.firstIndex(of: "./Device/Vendor/MSFT/DeviceStatus/TPM/SpecificationVersion"))
    #expect(whole < word && word < below)
  }

  @Test("every word must match, and nothing is found for a word that no name has")
  func all() throws {
    #expect(try found("secureboot", "zzz").isEmpty)
    #expect(CatalogSearch([]) == nil && CatalogSearch(["  ", "/"]) == nil)
    let result = try #require(CatalogSearch(["device"])).nodes(of: .embedded, limit: 3)
    #expect(result.nodes.count == 3 && result.total > 100)
  }

  @Test("ADMX policies are found by the name that their file gives them")
  func admx() throws {
    let admx = try #require(
      CSPCatalog.embedded.nodes.first { node in
        guard case .admx(_, _, let name) = node.allowedValues else { return false }
        return !node.locURI.hasSuffix(name) && name.count > 12
      })
    guard case .admx(_, _, let name) = admx.allowedValues else { return }
    #expect(try found(name, limit: 10).contains(admx.locURI), "\(name)")
  }
}

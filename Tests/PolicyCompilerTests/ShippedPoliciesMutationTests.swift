import PolicyCompiler
import PolicyModel
import Testing

@Suite struct ShippedPoliciesMutationTests {
  private let shipped: ShippedPolicies

  init() throws { shipped = try ShippedPolicies() }

  @Test(
    "a policy's own tests notice each rule that is gone, never applies or cannot be satisfied",
    arguments: ShippedPolicies.names)
  func coarse(name: String) throws {
    let policy = try shipped.policy(name)
    let mutants = PolicyMutant.coarse(of: policy.compiled)
    #expect(mutants.count >= policy.compiled.rules.count * 2)
    #expect(try mutants.filter { try survives($0, name, policy) }.map(\.name) == [])
  }

  /// Rules that several policies include are held by the tests of one of them.
  @Test("each limit, value and connective is held by a test of some policy that has the rule")
  func fine() throws {
    var surviving: [String: Bool] = [:]
    for name in ShippedPolicies.names {
      let policy = try shipped.policy(name)
      for mutant in PolicyMutant.fine(of: policy.compiled) {
        let survived = try survives(mutant, name, policy)
        surviving[mutant.name, default: true] = surviving[mutant.name, default: true] && survived
      }
    }
    #expect(surviving.count > 60)
    #expect(surviving.filter(\.value).keys.sorted() == [])
  }

  private func survives(_ mutant: PolicyMutant, _ name: String, _ policy: CheckedPolicy) throws -> Bool {
    let runner = TestRunner { settings in
      (try? shipped.policy(name, settings: settings)).map { mutant.applied(to: $0) }
    }
    return runner.run(mutant.applied(to: policy)).results.allSatisfy(\.hasPassed)
  }
}

import PolicyModel
import PolicyTargets

/// A policy that was read is written as a file that reads as the same policy, and can be evaluated.
///
/// A mutated file would stop at its digest, so a wrong digest is mended first.
func fuzzCompiled(_ bytes: [UInt8]) {
  let file: CompiledPolicyFile
  do throws(CompiledPolicyError) {
    file = try CompiledPolicyFile.decode(bytes)
  } catch .damaged(_, let computed) {
    guard case .object(let members)? = try? JSONValue(parsing: bytes) else { return }
    let mended = members.filter { $0.name != "sha256" } + [JSONMember("sha256", .string(computed))]
    guard let again = try? CompiledPolicyFile.decode(JSONValue.object(mended).canonicalBytes()) else {
      return
    }
    file = again
  } catch {
    return
  }
  let written = CompiledPolicyFile.encode(file.policy, catalogs: file.catalogs)
  guard let again = try? CompiledPolicyFile.decode(written) else { fatalError("our own file cannot be read") }
  require(again.policy == file.policy, "the policy reads back as another one")
  guard let evaluator = try? PolicyEvaluator(file.policy) else {
    fatalError("a policy without defects is refused")
  }
  require(
    evaluator.report(on: FactSnapshot()).verdict == evaluator.verdict(on: FactSnapshot()), "two verdicts")
}

import Endorsement
import TPMEvidence

/// Certificates that were read lead to no root but one among them; and files of certificates are read or refused.
func fuzzDER(_ bytes: [UInt8]) {
  _ = Certificate(bytes[...]).name
  _ = CertifiedKey(certificate: bytes)
  do throws(EndorsementRootsError) {
    _ = try EndorsementRoots(files: [("file", bytes)])
  } catch { require(!error.description.isEmpty, "the error says nothing") }

  let parts = derSequences(in: bytes, limit: 8)
  guard let first = parts.first,
    let roots = try? EndorsementRoots(files: parts.dropFirst().map { ("part", $0) })
  else { return }
  let verdict = EndorsementCertificate.verify(
    first, intermediates: parts, roots: roots, endorsementKey: nil, at: 1_800_000_000)
  switch verdict {
  case .trusted(let root, let chain):
    require(roots.rootCount > 0, "trusted without a root")
    require(chain.count > 1 && chain.last == root, "the chain does not end at its root: \(chain)")
  case .refused(let refusal): require(!refusal.description.isEmpty, "the refusal says nothing")
  }
  guard let none = try? EndorsementRoots(files: []) else { return }
  require(
    !EndorsementCertificate.verify(
      first, intermediates: parts, roots: none, endorsementKey: nil, at: 1_800_000_000
    ).isTrusted, "trusted without roots")
}

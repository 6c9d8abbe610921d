import Endorsement
import FileAccess

/// Reads the folder of `--ek-roots`; says what of it is left out, and ends the command when there is no root in it.
func readRoots(_ folder: String, _ console: Console) throws -> EndorsementRoots {
  do throws(EndorsementRootsError) {
    let roots = try EndorsementRoots(folder: folder)
    for note in roots.unusable { console.say("warning: left out: \(note)") }
    return roots
  } catch {
    if case .file(let error) = error { throw error }
    console.say("error: \(error)")
    throw ExitStatus.inaccessible.code
  }
}

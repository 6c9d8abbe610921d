import SystemPackage

/// Why a file, folder or stream could not be read or written. Its message names the file and says what is the
/// matter; ``help`` says what to do.
package struct FileError: Error, Hashable, Sendable {
  /// The path as the user gave it, or `<stdin>` or `<stdout>`.
  package let path: String
  /// What is the matter with it.
  package let problem: Problem

  /// What can be the matter with a path.
  package enum Problem: Hashable, Sendable {
    case notFound
    /// A folder was wanted and the path, or one above it, is something else.
    case notAFolder
    /// A file was wanted and the path is a folder.
    case isFolder
    /// A device, a socket or a named pipe, which may never end.
    case isSpecial
    case readingNotPermitted
    /// Larger than the number of bytes allowed for this kind of file.
    case tooLarge(limit: Int)
    /// More folders within folders than the number allowed.
    case tooDeep(limit: Int)
    /// More entries than the number allowed.
    case tooManyEntries(limit: Int)
    /// A folder without policies in or below it.
    case hasNoPolicies
    /// A name in a folder that is not UTF-8.
    case nameNotUTF8
    /// A link, where a regular file is needed.
    case isLink
    /// A link leads out of the folder that a policy and its imports must stay in.
    case leavesFolder(root: String)
    /// A file of the kernel, whose content is not what its author wrote.
    case isKernelFile
    /// Not what it should be, in the reader's words.
    case unusable(String)
    case cannotRead(Errno)
    case writingNotPermitted
    case diskFull
    /// Whoever read the stream has closed it.
    case closedPipe
    /// Not one plain name within the output folder.
    case unsuitableName
    case cannotWrite(Errno)
    /// Two outputs have the same place.
    case sameOutput
    /// A link that somebody else may have made where everybody may.
    case foreignLink
    /// A link on the way to a folder that is written to though nobody named it.
    case unnamedLink
    /// Another run writes to the folder and did not end within some seconds.
    case inUse(seconds: Int)
    /// Files of somebody else have the names of the lock; the first of them.
    case lockTaken(String)
    /// What a run had begun to write could not be taken back; its staging folder.
    case unfinished(String)
    /// SIGINT, SIGTERM or SIGHUP came while output was written.
    case interrupted
  }

  /// Whether it came up in writing; else in reading.
  package let isAboutWriting: Bool

  /// A problem with a path; `inWriting` for a problem that reading has too.
  package init(_ path: String, _ problem: Problem, inWriting: Bool = false) {
    self.path = path
    self.problem = problem
    switch problem {
    case .writingNotPermitted, .diskFull, .closedPipe, .unsuitableName, .cannotWrite, .interrupted,
      .sameOutput,
      .foreignLink, .unnamedLink, .inUse, .lockTaken, .unfinished:
      isAboutWriting = true
    default: isAboutWriting = inWriting
    }
  }

  static func reading(_ path: String, _ errno: Errno) -> FileError {
    switch errno {
    case .noSuchFileOrDirectory: FileError(path, .notFound)
    case .notDirectory: FileError(path, .notAFolder)
    case .isDirectory: FileError(path, .isFolder)
    case .permissionDenied, .notPermitted: FileError(path, .readingNotPermitted)
    case .noSuchAddressOrDevice: FileError(path, .isSpecial)
    default: FileError(path, .cannotRead(errno))
    }
  }

  static func writing(_ path: String, _ errno: Errno) -> FileError {
    switch errno {
    case .notDirectory: FileError(path, .notAFolder, inWriting: true)
    case .isDirectory: FileError(path, .isFolder, inWriting: true)
    case .permissionDenied, .notPermitted, .readOnlyFileSystem: FileError(path, .writingNotPermitted)
    case .noSpace, .diskQuotaExceeded: FileError(path, .diskFull)
    case .brokenPipe: FileError(path, .closedPipe)
    default: FileError(path, .cannotWrite(errno))
    }
  }
}

extension FileError: CustomStringConvertible {
  /// One sentence without a full stop.
  package var description: String {
    switch problem {
    case .notFound: "'\(path)' does not exist"
    case .notAFolder: "'\(path)' cannot be reached: a part of the path that must be a folder is a file"
    case .isFolder: "'\(path)' is a folder; a file is needed here"
    case .isSpecial: "'\(path)' is a device, socket or named pipe; a regular file is needed here"
    case .readingNotPermitted: "'\(path)' may not be read by this account"
    case .tooLarge(let limit):
      "'\(path)' is larger than \(Self.size(limit)), the most allowed for this kind of file"
    case .tooDeep(let limit): "'\(path)' has folders nested more than \(limit) deep"
    case .tooManyEntries(let limit): "'\(path)' has more than \(limit) files and folders"
    case .hasNoPolicies: "'\(path)' has no policy, no file named *\(policySuffix), in it or below"
    case .nameNotUTF8: "'\(path)' has a policy whose name is not UTF-8"
    case .isLink: "'\(path)' is a link; a regular file is needed here"
    case .leavesFolder(let root):
      "'\(path)' leads out of the folder '\(root)', which policies and their imports must stay in"
    case .isKernelFile: "'\(path)' is a file of the kernel or of a device; a regular file is needed here"
    case .unusable(let problem): "'\(path)' cannot be used: \(problem)"
    case .cannotRead(let errno): "'\(path)' cannot be read: \(errno)"
    case .writingNotPermitted: "'\(path)' may not be written by this account, or its file system is read-only"
    case .diskFull: "'\(path)' cannot be written: the disk is full"
    case .closedPipe: "'\(path)' was closed by the program that read it before everything was written"
    case .unsuitableName: "'\(path)' cannot be the name of an output file: it must be one plain name"
    case .cannotWrite(let errno): "'\(path)' cannot be written: \(errno)"
    case .sameOutput: "'\(path)' is named for two outputs, and one would replace the other"
    case .foreignLink:
      "'\(path)' is a link that another account made in a folder that everybody may write to; it is not followed"
    case .unnamedLink: "'\(path)' is a link, and nothing is written through it unless its path is given"
    case .inUse(let seconds):
      "'\(path)' is being written by another run of policyc, which did not end within \(seconds) seconds"
    case .lockTaken(let name): "'\(path)' cannot be locked: '\(name)' in it is not a lock of this account"
    case .unfinished(let name):
      "'\(path)' holds some outputs of a build that did not finish, and the ones before cannot be put back; they are in '\(name)'"
    case .interrupted: "'\(path)' was not written: the program was interrupted"
    }
  }

  /// What to do, as one sentence without a full stop, where there is something to do.
  package var help: String? {
    switch problem {
    case .notFound: "check the spelling of the path, and the folder that the command runs in"
    case .notAFolder: "check the path, or move the file that is in the way"
    case .isFolder where isAboutWriting, .isSpecial where isAboutWriting:
      "move what is in the way, or write to another folder"
    case .isFolder: "name a file in it"
    case .isSpecial: "to read from a pipe, give - as the path and pipe into standard input"
    case .readingNotPermitted: "look at its permissions with ls -l, or run as an account that may read it"
    case .tooLarge: "check that this is the file you meant; split it if it is really that large"
    case .tooDeep, .tooManyEntries, .hasNoPolicies: "name the folder that the policies are in"
    case .nameNotUTF8: "rename the file"
    case .writingNotPermitted: "write to a folder of your own, or run as an account that may write there"
    case .diskFull: "free some space, or write to another disk"
    case .isLink: "remove the link, or put the file in its place"
    case .leavesFolder:
      "put the file itself into the folder, or name a higher folder with --root if you trust where the link leads"
    case .isKernelFile: "name a regular file, or pipe the text to standard input and give - as the path"
    case .sameOutput: "name another file for one of them"
    case .unnamedLink: "name the folder with -o if you trust where the link leads"
    case .foreignLink: "write to a folder of your own"
    case .inUse: "wait for it to end, or write to another folder"
    case .lockTaken: "have its owner remove it, and those beside it, or write to a folder of your own"
    case .unfinished: "see that the folder may be written and the disk has space, and run the command again"
    case .unusable, .cannotRead, .closedPipe, .unsuitableName, .cannotWrite, .interrupted: nil
    }
  }

  private static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes >= unit && bytes % unit == 0 {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes) bytes"
  }
}

import Foundation
import Testing

@Suite("Files that cannot be read, or that are no text")
struct BadFileTests {
  /// The run ended as it should, said why on stderr, and wrote nothing else.
  func expectRefusal(
    _ run: Run, _ codes: Set<Int32>, naming name: String, in folder: Folder, mentioning words: [String] = [],
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(codes.map { Ending.exit($0) }.contains(run.ending), "\(run)", sourceLocation: location)
    // validate gives each file a line on stdout, whatever came of it.
    #expect(
      run.output.isEmpty
        || (run.output.hasPrefix("\(name): ") && run.output.hasSuffix(": not valid, 1 error\n")),
      "data on stdout: \(run)", sourceLocation: location)
    #expect(run.errors.contains(name), "the message does not name \(name): \(run)", sourceLocation: location)
    for word in words { #expect(run.errors.contains(word), "no \(word) in \(run)", sourceLocation: location) }
    #expect(folder.contents(below: "out").isEmpty, "something was written to out", sourceLocation: location)
    #expect(run.seconds < 20, "\(run)", sourceLocation: location)
  }

  @Test("bytes that are not UTF-8 are refused", arguments: CommandInput.allCases)
  func notUTF8(input: CommandInput) throws {
    let folder = try input.folder()
    // An overlong NUL, a surrogate, a lone continuation byte: inside a text, wherever the format has one.
    let damage: [UInt8] = [0xC0, 0x80, 0xED, 0xA0, 0x80, 0xBF]
    let (start, end) =
      input == .validate ? ("<SyncML xmlns='SYNCML:SYNCML1.2'>", "</SyncML>") : ("{\"os.build\": \"", "\"}")
    try folder.write(Array(start.utf8) + damage + Array(end.utf8), to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    expectRefusal(run, [input.codeForDamage], naming: input.fileName, in: folder, mentioning: ["UTF-8"])
  }

  @Test("a NUL byte is refused", arguments: CommandInput.allCases)
  func nul(input: CommandInput) throws {
    let folder = try input.folder()
    try folder.write("policy hello \0 version 1.0.0 { }", to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    expectRefusal(run, [input.codeForDamage], naming: input.fileName, in: folder)
  }

  @Test("an empty file is refused, or has nothing to do", arguments: CommandInput.allCases)
  func empty(input: CommandInput) throws {
    let folder = try input.folder()
    try folder.write("", to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    expectRefusal(run, [input.codeForDamage], naming: input.fileName, in: folder)
  }

  @Test("a file of 100 MB is refused without filling the memory", arguments: CommandInput.allCases)
  func large(input: CommandInput) throws {
    let folder = try input.folder()
    try folder.writeSparse(100 << 20, to: input.fileName)
    let run = try Tool.run(input.arguments(input.fileName), in: folder, memory: 64 << 20)
    expectRefusal(run, [input.codeForLarge], naming: input.fileName, in: folder)
  }

  @Test("a file that this account may not read is refused", arguments: CommandInput.allCases)
  func unreadable(input: CommandInput) throws {
    let folder = try input.folder()
    try folder.write(Samples.policy, to: input.fileName)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path(input.fileName))
    // root reads everything, unless it gives up that right.
    let drop = "setpriv --bounding-set=-dac_override,-dac_read_search --"
    let line =
      "\(geteuid() == 0 ? drop : "exec") \"$POLICYC\" \(input.arguments(input.fileName).joined(separator: " "))"
    let run = try Tool.shell(line, in: folder)
    expectRefusal(run, [4], naming: input.fileName, in: folder)
  }

  @Test("a file that does not exist is refused", arguments: CommandInput.allCases)
  func missing(input: CommandInput) throws {
    let folder = try input.folder()
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    expectRefusal(run, [4], naming: input.fileName, in: folder, mentioning: ["does not exist"])
  }

  @Test("a folder in place of a file is refused", arguments: CommandInput.allCases)
  func folderForFile(input: CommandInput) throws {
    let folder = try input.folder()
    try folder.write("", to: "\(input.fileName)/empty")
    let run = try Tool.run(input.arguments(input.fileName), in: folder)
    expectRefusal(run, [4], naming: input.fileName, in: folder)
  }

  @Test("a named pipe without a writer is refused at once", arguments: CommandInput.allCases)
  func namedPipe(input: CommandInput) throws {
    let folder = try input.folder()
    #expect(mkfifo(folder.path(input.fileName), 0o600) == 0)
    let run = try Tool.run(input.arguments(input.fileName), in: folder, limit: 10)
    expectRefusal(run, [4], naming: input.fileName, in: folder)
  }

  @Test("a device that never ends is refused", arguments: CommandInput.allCases)
  func device(input: CommandInput) throws {
    let folder = try input.folder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path(input.fileName), withDestinationPath: "/dev/zero")
    let run = try Tool.run(input.arguments(input.fileName), in: folder, limit: 10)
    expectRefusal(run, [4], naming: input.fileName, in: folder)
  }
}

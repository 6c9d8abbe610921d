import ArgumentParser
import Diagnostics
import FileAccess

#if canImport(Glibc)
  import Glibc
#endif

extension ParsableCommand {
  /// Parses the command line, runs the command, and ends the process with an ``ExitStatus``.
  static func runProgram() -> Never {
    reserveStandardStreams()
    ignoreSignalsOfWriting()
    var subcommand: (any ParsableCommand.Type)?
    do {
      if let check = DeviceCheck(plainly: CommandLine.arguments.dropFirst()) {
        subcommand = CheckCommand.self
        try check.run()
      } else {
        let arguments = ExplainCommand.acceptingNegativeCodes(CommandLine.arguments.dropFirst())
        try refuseMistyped(arguments[...])
        var command = try parseAsRoot(arguments)
        subcommand = type(of: command)
        try command.run()
      }
    } catch let error as FileError {
      Console().report(error)
      end(with: ExitStatus.inaccessible.rawValue)
    } catch let error as MistypedCommand {
      Console().say(text: error.description)
      end(with: ExitStatus.usage.rawValue)
    } catch let code as ExitCode {
      // A command's own answer. Asking ArgumentParser for it makes the command's help first.
      end(with: code.rawValue)
    } catch {
      // ArgumentParser ends with 64 where the command line is wrong, and throws its help and version texts.
      let code = exitCode(for: error)
      let text = subcommand.flatMap { usage(of: $0, after: error) } ?? fullText(of: error)
      do {
        if code.isSuccess, !text.isEmpty { try Console().write(text + "\n") }
      } catch {
        Console().report(error)
        end(with: ExitStatus.inaccessible.rawValue)
      }
      if !code.isSuccess, !text.isEmpty { Console().say(text: text + "\n") }
      end(with: code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
    }
    end(with: ExitStatus.done.rawValue)
  }
}

extension ParsableCommand {
  /// Says what the first word was meant to be where it is no command: ArgumentParser calls it an unexpected argument. A word that begins
  /// with a hyphen is an option, which is left to ArgumentParser.
  private static func refuseMistyped(_ arguments: ArraySlice<String>) throws {
    var command: any ParsableCommand.Type = Self.self
    var words: [String] = []
    var rest = arguments
    while !command.configuration.subcommands.isEmpty, let word = rest.popFirst(), !word.hasPrefix("-") {
      if word == "help", words.isEmpty { continue }
      let known = command.configuration.subcommands
      guard let next = known.first(where: { $0.configuration.commandName == word }) else {
        let near = closest(to: word, in: known.compactMap { $0.configuration.commandName }).map {
          (words + [$0]).joined(separator: " ")
        }
        throw MistypedCommand(words: words, word: word, near: near)
      }
      command = next
      words.append(word)
    }
  }

  /// What to print of a mistake in the command line that a command found only while it ran, such as a probe that
  /// there is not: ArgumentParser would add the usage of `policyc` as a whole. Nil for any other error.
  private static func usage(of subcommand: any ParsableCommand.Type, after error: any Error) -> String? {
    guard let mistake = error as? ValidationError else { return nil }
    return "Error: \(safeLine(mistake.message, limit: 10_000))\nUsage: \(usageString(for: subcommand))"
  }

  /// Help, or what is wrong with the command line and the usage. A mistake quotes the argument, which may hold anything: it may have come
  /// from a script that took it from elsewhere. Then the whole message becomes one line.
  private static func fullText(of error: any Error) -> String {
    let text = fullMessage(for: error)
    guard !exitCode(for: error).isSuccess else { return text }
    let head = "Error: " + message(for: error)
    let isPlain = CommandLine.arguments.allSatisfy { $0.utf8.elementsEqual(safeLine($0, limit: .max).utf8) }
    guard !isPlain, text.utf8.starts(with: head.utf8) else { return text }
    let rest = String(decoding: text.utf8.dropFirst(head.utf8.count), as: UTF8.self)
    return safeLine(head, limit: 10_000) + rest
  }
}

/// A word where a command is expected.
private struct MistypedCommand: Error, CustomStringConvertible {
  /// The commands before it.
  let words: [String]
  let word: String
  /// The command that it most likely is.
  let near: String?

  var description: String {
    let suggestion = near.map { "; did you mean '\($0)'?" } ?? ""
    let parent = (["policyc"] + words).joined(separator: " ")
    return """
      Error: there is no command '\(safeLine((words + [word]).joined(separator: " "), limit: 200))'\(suggestion)
      Usage: \(parent) <subcommand>
        See '\(parent) --help' for more information.

      """
  }
}

/// `exit` of the C library, which a command's method of that name hides.
private func end(with status: Int32) -> Never { exit(status) }

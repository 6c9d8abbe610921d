import Foundation

/// A fenced block of code in a Markdown file.
package struct CodeFence: Sendable, CustomStringConvertible {
  /// The file's path from the root of the checkout.
  package let file: String
  /// The line of the opening fence, from 1.
  package let line: Int
  /// What follows the language on the opening fence: the name of the file that the block shows, or nothing.
  package let name: String
  /// What is between the fences.
  package let text: String

  /// Where the block stands, for the log of a test run.
  package var description: String { "\(file):\(line)\(name.isEmpty ? "" : " (\(name))")" }

  /// The blocks of a language in a Markdown file of the checkout, in order.
  package static func all(in file: String, language: String = "attpolicy") throws -> [CodeFence] {
    let text = try String(contentsOf: Checkout.root.appendingPathComponent(file), encoding: .utf8)
    var fences: [CodeFence] = []
    var open: (line: Int, name: String, lines: [Substring])?
    var isForeign = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        fences.append(
          CodeFence(
            file: file, line: block.line, name: block.name, text: block.lines.joined(separator: "\n") + "\n"))
        open = nil
      } else if isForeign {
        isForeign = false
      } else {
        let words = line.dropFirst(3).split(separator: " ", maxSplits: 1)
        isForeign = words.first.map(String.init) != language
        if !isForeign { open = (index + 1, words.count > 1 ? String(words[1]) : "", []) }
      }
    }
    return fences
  }
}

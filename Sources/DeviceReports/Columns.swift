import Diagnostics

/// A text with blanks behind it up to a width in cells.
package func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(width - displayWidth(of: text), 0))
}

/// Names with commas between them, in indented lines of at most so many cells.
package func listed(_ names: [String], indent: String, columns: Int) -> [String] {
  var lines: [String] = []
  for name in names {
    if let last = lines.last, last.count + name.count + 2 <= columns {
      lines[lines.count - 1] = last + ", " + name
    } else {
      lines.append(indent + name)
    }
  }
  return lines
}

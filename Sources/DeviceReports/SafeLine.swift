import Diagnostics

/// One line that is safe to print: line ends become blanks, what would act on a terminal is shown instead, and
/// what is too long for anyone to read is cut.
package func safeLine(_ text: String, in repertoire: TextRepertoire) -> String {
  let blanks: Set<Unicode.Scalar> = ["\n", "\r", "\t"]
  let limit = 1000
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(limit) { line.append(blanks.contains(scalar) ? " " : scalar) }
  if text.unicodeScalars.dropFirst(limit).first != nil { line.append("…") }
  return visible(String(line), in: repertoire)
}

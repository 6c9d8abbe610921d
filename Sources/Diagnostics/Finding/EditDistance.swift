/// The number of insertions, deletions, replacements and swaps of neighbours that turn one name into another
/// (Damerau-Levenshtein distance without edits inside a swap), counted in Unicode scalars; nil above the
/// limit.
public func editDistance(from name: String, to other: String, limit: Int) -> Int? {
  editDistance(from: Array(name.unicodeScalars), to: Array(other.unicodeScalars), limit: limit)
}

/// The candidate that a misspelt name most likely means, or nil when none is near.
///
/// A candidate is near within a third of the name's length, and `limit` at most; one that differs only in the
/// case of its ASCII letters is always near. Of equally near ones the first in byte order is given, so that
/// the order of the candidates does not matter. Names of more than 256 scalars have no near candidate.
public func closest(to name: String, in candidates: some Sequence<String>, limit: Int = 3) -> String? {
  let name = Array(name.unicodeScalars)
  guard name.count <= 256 else { return nil }
  let folded = name.map(lowercasedASCII)
  var best: (distance: Int, text: String)?
  for candidate in candidates {
    guard candidate.utf8.count <= 4 * 256 + 4 * limit else { continue }
    let other = Array(candidate.unicodeScalars)
    let distance: Int
    if other.count == name.count, other.map(lowercasedASCII) == folded {
      distance = other == name ? 0 : 1
    } else {
      let bound = min(name.count / 3, limit, best?.distance ?? limit)
      guard let found = editDistance(from: name, to: other, limit: bound) else { continue }
      distance = found
    }
    if let held = best, (held.distance, held.text) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  return best?.text
}

private func lowercasedASCII(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
}

/// Only the band of the table within `limit` of its diagonal is computed, so that the time is that of length
/// times limit.
private func editDistance(from name: [Unicode.Scalar], to other: [Unicode.Scalar], limit: Int) -> Int? {
  guard limit >= 0, abs(name.count - other.count) <= limit else { return nil }
  let tooFar = limit + 1
  var beforeLast = [Int](repeating: tooFar, count: other.count + 1)
  var last = (0...other.count).map { min($0, tooFar) }
  var current = beforeLast
  for row in 0..<name.count {
    let low = max(0, row - limit)
    let high = min(other.count, row + limit + 1)
    current[low] = low == 0 ? min(row + 1, tooFar) : tooFar
    var nearest = current[low]
    for column in low..<high {
      let replacing = last[column] + (name[row] == other[column] ? 0 : 1)
      let deleting = column == row + limit ? tooFar : last[column + 1] + 1
      var cost = min(replacing, deleting, current[column] + 1, tooFar)
      if row > 0, column > 0, name[row] == other[column - 1], name[row - 1] == other[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current[column + 1] = cost
      nearest = min(nearest, cost)
    }
    if nearest >= tooFar { return nil }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[other.count] <= limit ? last[other.count] : nil
}

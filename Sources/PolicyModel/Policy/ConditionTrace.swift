extension Condition {
  /// The facts that the condition reads, in the order of its steps, repeated as they are.
  public var references: [FactReference] { steps.flatMap(\.references) }

  /// For every step, the index of the first step of the part of the condition that it ends; nil for a condition that is not well formed.
  ///
  /// The operands of the step at `i` end at `i - 1`, and before it at the start of that operand minus one, and so on.
  package func partStarts() -> [Int]? {
    var starts = [Int](repeating: 0, count: steps.count)
    var open: [Int] = []
    for (index, step) in steps.enumerated() {
      let operands: Int
      switch step {
      case .not: operands = 1
      case .and(let count), .or(let count): operands = Int(count)
      case .constant, .test: operands = 0
      }
      guard (0...open.count).contains(operands) else { return nil }
      let start = operands == 0 ? index : open[open.count - operands]
      open.removeLast(operands)
      open.append(start)
      starts[index] = start
    }
    return open.count == 1 ? starts : nil
  }

  /// The tests that made the condition what it is, given the truth of every step; ascending by index.
  ///
  /// An operand matters if its truth is that of the whole: the false ones of a false `and`, all of a true one.
  func decisiveSteps(truths: ArraySlice<Truth>) -> [(index: Int, isNegated: Bool)] {
    guard let last = steps.indices.last, truths.count == steps.count, let starts = partStarts() else {
      return []
    }
    var found: [(index: Int, isNegated: Bool)] = []
    var open: [(index: Int, isNegated: Bool)] = [(last, false)]
    while let part = open.popLast() {
      switch steps[part.index] {
      case .constant: continue
      case .not: open.append((part.index - 1, !part.isNegated))
      case .and(let count), .or(let count):
        let truth = truths[truths.startIndex + part.index]
        var operand = part.index - 1
        for _ in 0..<count {
          if truths[truths.startIndex + operand] == truth { open.append((operand, part.isNegated)) }
          operand = starts[operand] - 1
        }
      default: found.append(part)
      }
    }
    return found.sorted { $0.index < $1.index }
  }
}

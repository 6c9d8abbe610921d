/// A regular expression of a DDF, ready to run: states are followed side by side, so that the time is linear in the text
/// whatever the pattern.
struct ValuePattern: Sendable {
  /// Units of a text beyond which it is not matched.
  static let textLimit = 32_768
  private static let programLimit = 8192

  private enum Instruction: Sendable {
    case unit(UnitSet)
    case split(Int, Int)
    case jump(Int)
    case start, end
    case boundary(Bool)
    case match
  }

  /// As the DDF writes it.
  let source: String
  private var program: [Instruction] = []

  /// Of a pattern such as `^[0-9,-]+$` the set of all units, and how many there are at least.
  private var uniform: (set: UnitSet, least: Int)?

  init(_ source: String) throws(PatternProblem) {
    self.source = source
    let tree = try PatternParser.parse(source)
    if case .sequence(let parts) = tree, parts.count == 3, case .start = parts[0], case .end = parts[2],
      case .repeated(.unit(let set), let least, nil) = parts[1]
    {
      uniform = (set, least)
    }
    try compile(tree)
    try emit(.match)
  }

  /// Whether the pattern is found in a text; nil when the text is too long to be tried.
  func matches(_ text: some StringProtocol) -> Bool? {
    if let uniform {
      var count = 0
      for unit in text.utf16 {
        guard uniform.set.contains(unit) else { return false }
        count += 1
      }
      return count >= uniform.least
    }
    let units = Array(text.utf16.prefix(Self.textLimit + 1))
    guard units.count <= Self.textLimit else { return nil }
    var threads = Threads(count: program.count)
    var next = Threads(count: program.count)
    for position in 0...units.count {
      follow(from: 0, at: position, in: units, &threads)
      if threads.isMatch { return true }
      guard position < units.count else { break }
      for index in threads.waiting {
        if case .unit(let set) = program[index], set.contains(units[position]) {
          follow(from: index + 1, at: position + 1, in: units, &next)
        }
      }
      swap(&threads, &next)
      next.clear()
    }
    return threads.isMatch
  }

  /// The instructions that wait for a unit, each once.
  private struct Threads {
    var waiting: [Int] = []
    var isMatch = false
    private var marks: [Int]
    private var round = 1
    var stack: [Int] = []

    init(count: Int) { marks = Array(repeating: 0, count: count) }

    mutating func enter(_ index: Int) -> Bool {
      guard marks[index] != round else { return false }
      marks[index] = round
      return true
    }

    mutating func clear() {
      waiting.removeAll(keepingCapacity: true)
      isMatch = false
      round += 1
    }
  }

  private func follow(from start: Int, at position: Int, in units: [UInt16], _ threads: inout Threads) {
    threads.stack.append(start)
    while let index = threads.stack.popLast() {
      guard threads.enter(index) else { continue }
      switch program[index] {
      case .unit: threads.waiting.append(index)
      case .split(let left, let right):
        threads.stack.append(right)
        threads.stack.append(left)
      case .jump(let target): threads.stack.append(target)
      case .start: if position == 0 { threads.stack.append(index + 1) }
      case .end: if position == units.count { threads.stack.append(index + 1) }
      case .boundary(let isWanted):
        let before = position > 0 && UnitSet.word.contains(units[position - 1])
        let after = position < units.count && UnitSet.word.contains(units[position])
        if (before != after) == isWanted { threads.stack.append(index + 1) }
      case .match: threads.isMatch = true
      }
    }
  }

  private mutating func emit(_ instruction: Instruction) throws(PatternProblem) {
    guard program.count < Self.programLimit else { throw .isTooLarge }
    program.append(instruction)
  }

  private mutating func compile(_ node: PatternNode) throws(PatternProblem) {
    switch node {
    case .empty: return
    case .unit(let set): try emit(.unit(set))
    case .start: try emit(.start)
    case .end: try emit(.end)
    case .boundary(let isWanted): try emit(.boundary(isWanted))
    case .sequence(let parts): for part in parts { try compile(part) }
    case .choice(let branches): try compile(choice: branches)
    case .repeated(let body, let least, let most): try compile(body, least: least, most: most)
    }
  }

  private mutating func compile(choice branches: [PatternNode]) throws(PatternProblem) {
    var exits: [Int] = []
    for branch in branches.dropLast() {
      let split = program.count
      try emit(.split(split + 1, split + 1))
      try compile(branch)
      exits.append(program.count)
      try emit(.jump(0))
      program[split] = .split(split + 1, program.count)
    }
    if let last = branches.last { try compile(last) }
    for exit in exits { program[exit] = .jump(program.count) }
  }

  private mutating func compile(_ body: PatternNode, least: Int, most: Int?) throws(PatternProblem) {
    for _ in 0..<least { try compile(body) }
    guard let most else {
      let split = program.count
      try emit(.split(split + 1, split + 1))
      try compile(body)
      try emit(.jump(split))
      program[split] = .split(split + 1, program.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<max(most, least) {
      splits.append(program.count)
      try emit(.split(program.count + 1, 0))
      try compile(body)
    }
    for split in splits { program[split] = .split(split + 1, program.count) }
  }
}

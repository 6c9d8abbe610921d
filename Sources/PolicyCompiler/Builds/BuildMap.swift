import PolicyModel

/// A truth set for every Windows build there can be: what a condition can come to on each.
///
/// Branches fall into runs, within which only the revision counts; the revisions of a run fall into pieces. Runs that
/// are alike share their line of pieces, so a test of revisions costs the same however many branches others name.
struct BuildMap {
  /// The truth from one revision up to the next piece's.
  struct Piece: Hashable {
    let start: UInt32
    let truth: TruthSet
  }

  /// Ascending pieces; the first begins at revision 0, and neighbours differ.
  typealias Line = [Piece]

  /// The line of the branches from one up to the next run's.
  private struct Run {
    let start: UInt32
    let line: Int32
  }

  /// Ascending; the first begins at branch 0.
  private var runs: [Run]
  private var lines: [Line]

  private init(runs: [Run], lines: [Line]) {
    self.runs = runs
    self.lines = lines
  }

  /// The same on every build.
  init(_ truth: TruthSet) {
    self.init(runs: [Run(start: 0, line: 0)], lines: [[Piece(start: 0, truth: truth)]])
  }

  /// A test whose answer changes at some builds, or after them. Branches between those of the builds must be alike.
  init(changingAt builds: some Sequence<OSBuild>, _ truth: (OSBuild) -> TruthSet) {
    let builds = builds.sorted()
    var builder = Builder()
    var next: UInt32? = 0
    var index = 0
    while index < builds.count {
      let branch = builds[index].branch
      if let gap = next, gap < branch {
        builder.append(gap, [Piece(start: 0, truth: truth(OSBuild(branch: gap)))])
      }
      var revisions: [UInt32] = []
      while index < builds.count, builds[index].branch == branch {
        revisions.append(builds[index].revision)
        index += 1
      }
      builder.append(branch, Self.line(revisions) { truth(OSBuild(branch: branch, revision: $0)) })
      next = branch == .max ? nil : branch + 1
    }
    if let next { builder.append(next, [Piece(start: 0, truth: truth(OSBuild(branch: next)))]) }
    self = builder.map
  }

  /// A test of the branch alone whose answer changes at some branches, or after them.
  init(changingAtBranches branches: some Sequence<UInt32>, _ truth: (UInt32) -> TruthSet) {
    var builder = Builder()
    for piece in Self.line(branches.sorted(), truth) {
      builder.append(piece.start, [Piece(start: 0, truth: piece.truth)])
    }
    self = builder.map
  }

  /// A test of the revision alone whose answer changes at some revisions, or after them.
  init(changingAtRevisions revisions: some Sequence<UInt32>, _ truth: (UInt32) -> TruthSet) {
    self.init(runs: [Run(start: 0, line: 0)], lines: [Self.line(revisions.sorted(), truth)])
  }

  /// The pieces of ascending changes: at each number, and after it.
  private static func line(_ numbers: [UInt32], _ truth: (UInt32) -> TruthSet) -> Line {
    var pieces: Line = []
    func add(_ start: UInt32) {
      if let last = pieces.last, last.start >= start { return }
      let value = truth(start)
      if pieces.last?.truth != value { pieces.append(Piece(start: start, truth: value)) }
    }
    add(0)
    for number in numbers {
      add(number)
      if number < .max { add(number + 1) }
    }
    return pieces
  }

  /// What can come out on one build.
  subscript(build: OSBuild) -> TruthSet {
    let line = line(of: build.branch)
    return line[Self.index(of: build.revision, in: line)].truth
  }

  func line(of branch: UInt32) -> Line {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if runs[middle].start <= branch { low = middle } else { high = middle }
    }
    return lines[Int(runs[low].line)]
  }

  /// The piece that a revision lies in.
  private static func index(of revision: UInt32, in line: Line) -> Int {
    var low = 0
    var high = line.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if line[middle].start <= revision { low = middle } else { high = middle }
    }
    return low
  }
}

extension BuildMap {
  /// Puts a map together from its runs, ascending.
  private struct Builder {
    private var runs: [Run] = []
    private(set) var lines: [Line] = []
    /// The lines that are the same at every revision, by their truth.
    private var constants: [Int32] = Array(repeating: -1, count: 8)

    var map: BuildMap { BuildMap(runs: runs, lines: lines) }

    mutating func add(_ line: Line) -> Int32 {
      let constant = line.count == 1 ? Int(line[0].truth.rawValue & 7) : nil
      if let constant, constants[constant] >= 0 { return constants[constant] }
      let number = Int32(truncatingIfNeeded: lines.count)
      lines.append(line)
      if let constant { constants[constant] = number }
      return number
    }

    mutating func append(_ start: UInt32, _ line: Line) {
      if let last = runs.last, lines[Int(last.line)] == line { return }
      append(start, number: add(line))
    }

    mutating func append(_ start: UInt32, number: Int32) {
      if let last = runs.last, last.line == number || lines[Int(last.line)] == lines[Int(number)] { return }
      runs.append(Run(start: start, line: number))
    }
  }

  /// How many pieces one map may have. Conditions that name thousands of builds and thousands of revisions could make
  /// their product.
  static let maximumPieces = 10_000_000
  /// How many pieces all combinations for one policy may go through.
  static let maximumWork = 100_000_000

  /// The map with each truth set changed.
  func mapped(_ change: (TruthSet) -> TruthSet) -> BuildMap {
    var builder = Builder()
    let numbers = lines.map { line in
      var changed: Line = []
      for piece in line {
        let truth = change(piece.truth)
        if changed.last?.truth != truth { changed.append(Piece(start: piece.start, truth: truth)) }
      }
      return builder.add(changed)
    }
    for run in runs { builder.append(run.start, number: numbers[Int(run.line)]) }
    return builder.map
  }

  /// Combines two maps build by build, and counts the pieces that this takes.
  static func combine(
    _ left: BuildMap, _ right: BuildMap, _ work: inout Int, _ join: (TruthSet, TruthSet) -> TruthSet
  ) -> BuildMap {
    guard work <= maximumWork else { return BuildMap([.no, .unknown, .yes]) }
    var pieces = 0
    var builder = Builder()
    var known: [UInt64: Int32] = [:]
    var (first, second) = (0, 0)
    var start: UInt32 = 0
    while true {
      let (one, two) = (left.runs[first].line, right.runs[second].line)
      let pair = UInt64(UInt32(bitPattern: one)) << 32 | UInt64(UInt32(bitPattern: two))
      let number: Int32
      if let same = known[pair] {
        number = same
      } else {
        let line = combine(left.lines[Int(one)], right.lines[Int(two)], join)
        pieces += line.count
        if pieces > maximumPieces { work = maximumWork }
        work += left.lines[Int(one)].count + right.lines[Int(two)].count
        guard work <= maximumWork else { return BuildMap([.no, .unknown, .yes]) }
        number = builder.add(line)
        known[pair] = number
      }
      builder.append(start, number: number)
      work += 1
      let end = first + 1 < left.runs.count ? left.runs[first + 1].start : nil
      let other = second + 1 < right.runs.count ? right.runs[second + 1].start : nil
      guard let next = nearer(end, other) else { return builder.map }
      start = next
      if end == next { first += 1 }
      if other == next { second += 1 }
    }
  }

  /// The lesser of two starts, as far as there are any.
  private static func nearer(_ left: UInt32?, _ right: UInt32?) -> UInt32? {
    guard let left, let right else { return left ?? right }
    return min(left, right)
  }

  private static func combine(_ left: Line, _ right: Line, _ join: (TruthSet, TruthSet) -> TruthSet) -> Line {
    var result: Line = []
    result.reserveCapacity(max(left.count, right.count))
    var (first, second) = (0, 0)
    var start: UInt32 = 0
    while true {
      let truth = join(left[first].truth, right[second].truth)
      if result.last?.truth != truth { result.append(Piece(start: start, truth: truth)) }
      let end = first + 1 < left.count ? left[first + 1].start : nil
      let other = second + 1 < right.count ? right[second + 1].start : nil
      guard let next = nearer(end, other) else { return result }
      start = next
      if end == next { first += 1 }
      if other == next { second += 1 }
    }
  }

  /// Combines any number of maps, in balanced pairs, so that n small ones cost n log n.
  static func fold(
    _ maps: [BuildMap], _ work: inout Int, _ join: (TruthSet, TruthSet) -> TruthSet
  ) -> BuildMap? {
    var round = maps
    while round.count > 1 {
      var next: [BuildMap] = []
      next.reserveCapacity(round.count / 2 + 1)
      for index in stride(from: 0, to: round.count, by: 2) {
        next.append(
          index + 1 < round.count ? combine(round[index], round[index + 1], &work, join) : round[index])
      }
      round = next
    }
    return round.first
  }
}

/// Maps whose every truth set is `.yes` or `.no` are sets of builds.
extension BuildMap {
  /// The builds on which one of some truth values can come out.
  func builds(where truth: TruthSet) -> BuildMap { mapped { $0.isDisjoint(with: truth) ? .no : .yes } }

  /// Whether no build is in the set.
  var isEmpty: Bool { !lines.contains { $0.contains { $0.truth == .yes } } }

  /// Of ascending branches those that have a build in both sets.
  func branches(of candidates: [UInt32], shared other: BuildMap) -> [UInt32] {
    guard !isEmpty, !other.isEmpty else { return [] }
    var (first, second) = (0, 0)
    return candidates.filter { branch in
      while first + 1 < runs.count, runs[first + 1].start <= branch { first += 1 }
      while second + 1 < other.runs.count, other.runs[second + 1].start <= branch { second += 1 }
      return Self.overlap(lines[Int(runs[first].line)], other.lines[Int(other.runs[second].line)])
    }
  }

  /// Whether some build is in both sets.
  func overlaps(_ other: BuildMap) -> Bool {
    var (first, second) = (0, 0)
    while true {
      if Self.overlap(lines[Int(runs[first].line)], other.lines[Int(other.runs[second].line)]) { return true }
      let end = first + 1 < runs.count ? runs[first + 1].start : nil
      let another = second + 1 < other.runs.count ? other.runs[second + 1].start : nil
      guard let next = Self.nearer(end, another) else { return false }
      if end == next { first += 1 }
      if another == next { second += 1 }
    }
  }

  /// Whether two lines of sets have a revision in common.
  private static func overlap(_ left: Line, _ right: Line) -> Bool {
    guard left.count <= right.count else { return overlap(right, left) }
    for (index, piece) in left.enumerated() where piece.truth == .yes {
      let found = Self.index(of: piece.start, in: right)
      if right[found].truth == .yes { return true }
      // Neighbours differ, so the piece after one that is not in the set is.
      guard found + 1 < right.count else { continue }
      if index + 1 == left.count || right[found + 1].start < left[index + 1].start { return true }
    }
    return false
  }
}

/// What is shown of one file for one finding: its labels, and the lines that they need.
struct Excerpt {
  let file: SourceFile
  let index: LineIndex
  let labels: [PlacedLabel]

  /// A label with the lines it covers. A line end at the end of a span is not part of what is pointed at.
  struct PlacedLabel {
    let text: String
    let isPrimary: Bool
    let bytes: Range<Int>
    let lines: ClosedRange<Int>
    /// The column of the margin that its bracket is drawn in, for a label of several lines.
    var slot: Int?
  }

  /// Lines that are shown one under the other.
  struct Block {
    /// The lines in order; a nil stands for lines left out within a label.
    var lines: [Int?]
    var hasPrimary: Bool
  }

  init(file: SourceFile, index: LineIndex, labels: [(label: Label, isPrimary: Bool)]) {
    self.file = file
    self.index = index
    var placed = labels.map { Self.place($0.label, isPrimary: $0.isPrimary, index) }
    placed.sort { ($0.lines.lowerBound, -$0.lines.upperBound) < ($1.lines.lowerBound, -$1.lines.upperBound) }
    var lastLineOfSlot: [Int] = []
    for position in placed.indices where placed[position].lines.count > 1 {
      let lines = placed[position].lines
      if let free = lastLineOfSlot.firstIndex(where: { $0 < lines.lowerBound }) {
        lastLineOfSlot[free] = lines.upperBound
        placed[position].slot = free
      } else {
        placed[position].slot = lastLineOfSlot.count
        lastLineOfSlot.append(lines.upperBound)
      }
    }
    self.labels = placed
  }

  private static func place(_ label: Label, isPrimary: Bool, _ index: LineIndex) -> PlacedLabel {
    let count = index.bytes.count
    let content = index.content(ofLine: index.line(at: min(Int(label.span.start), count)))
    let start = min(max(Int(label.span.start), content.lowerBound), content.upperBound)
    var end = min(max(Int(label.span.end), start), count)
    while end > start, index.bytes[end - 1] == 0x0A || index.bytes[end - 1] == 0x0D { end -= 1 }
    let first = index.line(at: start)
    let last = end > start ? index.line(at: end - 1) : first
    return PlacedLabel(
      text: label.text, isPrimary: isPrimary, bytes: start..<end, lines: first...max(first, last))
  }

  /// The number of columns of brackets in the margin.
  var slots: Int { labels.reduce(0) { max($0, ($1.slot ?? -1) + 1) } }

  /// The blocks of lines to show: that of the primary label first, then the others in source order.
  func blocks() -> [Block] {
    var wanted: Set<Int> = []
    for label in labels {
      let lines = label.lines
      if lines.count <= 5 {
        wanted.formUnion(lines)
      } else {
        wanted.formUnion([lines.lowerBound, lines.lowerBound + 1, lines.upperBound - 1, lines.upperBound])
      }
    }
    var blocks: [Block] = []
    for line in wanted.sorted() {
      let hasPrimary = labels.contains { $0.isPrimary && $0.lines.contains(line) }
      guard let last = blocks.last?.lines.last ?? nil else {
        blocks.append(Block(lines: [line], hasPrimary: hasPrimary))
        continue
      }
      let current = blocks.count - 1
      if line <= last + 2 {
        blocks[current].lines += (last + 1...line).map { $0 }
      } else if labels.contains(where: { $0.lines.contains(last) && $0.lines.contains(line) }) {
        blocks[current].lines += [nil, line]
      } else {
        blocks.append(Block(lines: [line], hasPrimary: hasPrimary))
        continue
      }
      if hasPrimary { blocks[current].hasPrimary = true }
    }
    return blocks.filter(\.hasPrimary) + blocks.filter { !$0.hasPrimary }
  }
}

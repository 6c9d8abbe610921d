/// Conditions lowered for speed: trivially copyable instructions over keys, so that evaluating one device touches no
/// reference counts.
///
/// Every value becomes a pair of integers whose order is the order of the values; strings are numbered.
struct EvaluationProgram: Sendable {
  /// A value as two integers, compared lexicographically. Keys of different types never meet.
  struct Key: Comparable, Sendable {
    var high: UInt64
    var low: UInt64

    static func < (left: Key, right: Key) -> Bool {
      left.high != right.high ? left.high < right.high : left.low < right.low
    }
  }

  /// A fact's key with the evidence behind it.
  struct Slot: Sendable {
    /// 0 when unknown, 1 when reported, 2 when attested.
    var evidence: UInt8
    var key: Key

    static let unknown = Slot(evidence: 0, key: Key(high: 0, low: 0))
  }

  /// A slot with the evidence that a condition asks for.
  struct Operand: Sendable {
    let slot: Int32
    let evidence: UInt8

    init(_ reference: FactReference) {
      slot = reference.index
      evidence = reference.attested ? 2 : 1
    }
  }

  enum Instruction: Sendable {
    case constant(Truth)
    case fact(Operand)
    case compare(Operand, Comparison, key: Int32)
    case compareFacts(Operand, Comparison, Operand)
    case member(Operand, start: Int32, count: Int32)
    case meets(Operand, list: Int32)
    case not
    case and(Int32)
    case or(Int32)
  }

  private var instructions: [Instruction] = []
  private var keys: [Key] = []
  private var lists: [BuildList] = []
  private var stringNumbers: [ExactText: UInt64] = [:]
  private let types: [ValueType]

  /// A program over these facts and lists, without conditions yet.
  init(facts: [FactDeclaration], lists: [BuildList]) {
    types = facts.map(\.type)
    self.lists = lists
  }

  /// How many instructions there are, which is how many truths ``run(_:slots:stack:truths:)`` may write.
  var count: Int { instructions.count }

  /// Adds a condition that has no defect and gives the place of its instructions.
  mutating func add(_ condition: Condition) -> Range<Int> {
    let start = instructions.count
    for step in condition.steps { instructions.append(lower(step)) }
    return start..<instructions.count
  }

  private mutating func lower(_ step: ConditionStep) -> Instruction {
    switch step {
    case .constant(let truth): return .constant(truth)
    case .test(let test): return lower(test)
    case .not: return .not
    case .and(let count): return .and(count)
    case .or(let count): return .or(count)
    }
  }

  private mutating func lower(_ test: ConditionTest) -> Instruction {
    switch test {
    case .fact(let fact): return .fact(Operand(fact))
    case .compare(let fact, let comparison, let value):
      keys.append(constantKey(of: value, as: types[Int(fact.index)]))
      return .compare(Operand(fact), comparison, key: Int32(truncatingIfNeeded: keys.count - 1))
    case .compareFacts(let left, let comparison, let right):
      return .compareFacts(Operand(left), comparison, Operand(right))
    case .member(let fact, let values):
      let start = keys.count
      let type = types[Int(fact.index)]
      keys += values.map { constantKey(of: $0, as: type) }.sorted()
      return .member(
        Operand(fact), start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: values.count)
      )
    case .meets(let fact, let list): return .meets(Operand(fact), list: list)
    }
  }

  private mutating func constantKey(of value: Value, as type: ValueType) -> Key {
    if case .string(let text) = value, stringNumbers[ExactText(text)] == nil {
      stringNumbers[ExactText(text)] = UInt64(stringNumbers.count)
    }
    return Self.key(of: value, as: type, strings: &stringNumbers)
  }

  /// The slots of a device's readings, one a fact, in the order of the fact table.
  func slots(of readings: [FactReading]) -> [Slot] {
    var strings = stringNumbers
    return zip(readings, types).map { reading, type in
      guard let value = reading.value else { return .unknown }
      return Slot(
        evidence: reading.level == .attested ? 2 : 1, key: Self.key(of: value, as: type, strings: &strings))
    }
  }

  /// The key of a value of the given type. A string that has no number yet gets the next one.
  private static func key(of value: Value, as type: ValueType, strings: inout [ExactText: UInt64]) -> Key {
    switch value {
    case .bool(let flag): return Key(high: 0, low: flag ? 1 : 0)
    case .int(let number): return Key(high: 0, low: UInt64(bitPattern: number) ^ (1 << 63))
    case .version(let version):
      return Key(
        high: UInt64(version.major) << 32 | UInt64(version.minor),
        low: UInt64(version.patch) << 32 | UInt64(version.build))
    case .build(let build): return Key(high: 0, low: UInt64(build.branch) << 32 | UInt64(build.revision))
    case .symbol(let symbol):
      guard case .symbol(let symbols) = type, let index = symbols.firstIndex(where: { isSame($0, symbol) })
      else {
        return Key(high: .max, low: .max)
      }
      return Key(high: 0, low: UInt64(index))
    case .string(let text):
      let text = ExactText(text)
      if let number = strings[text] { return Key(high: 0, low: number) }
      let number = UInt64(strings.count)
      strings[text] = number
      return Key(high: 0, low: number)
    }
  }

  /// Evaluates the instructions of one condition. `stack` is scratch space; `truths` has ``count`` places and takes
  /// the truth of every instruction at its own index.
  func run(_ range: Range<Int>, slots: [Slot], stack: inout [Truth], truths: inout [Truth]) -> Truth {
    stack.removeAll(keepingCapacity: true)
    for index in range {
      let truth: Truth
      switch instructions[index] {
      case .constant(let value): truth = value
      case .fact(let operand):
        let slot = slots[Int(operand.slot)]
        truth = slot.evidence < operand.evidence ? .unknown : Truth(slot.key.low == 1)
      case .compare(let operand, let comparison, let key):
        let slot = slots[Int(operand.slot)]
        truth =
          slot.evidence < operand.evidence ? .unknown : Truth(comparison.holds(slot.key, keys[Int(key)]))
      case .compareFacts(let leftOperand, let comparison, let rightOperand):
        let left = slots[Int(leftOperand.slot)]
        let right = slots[Int(rightOperand.slot)]
        let isKnown = left.evidence >= leftOperand.evidence && right.evidence >= rightOperand.evidence
        truth = isKnown ? Truth(comparison.holds(left.key, right.key)) : .unknown
      case .member(let operand, let start, let count):
        let slot = slots[Int(operand.slot)]
        truth =
          slot.evidence < operand.evidence ? .unknown : Truth(isMember(slot.key, from: start, count: count))
      case .meets(let operand, let list):
        let slot = slots[Int(operand.slot)]
        let build = OSBuild(
          branch: UInt32(truncatingIfNeeded: slot.key.low >> 32),
          revision: UInt32(truncatingIfNeeded: slot.key.low))
        truth = slot.evidence < operand.evidence ? .unknown : Truth(lists[Int(list)].judge(build).isMet)
      case .not: truth = stack.removeLast().negated
      case .and(let count):
        truth = stack.suffix(Int(count)).reduce(Truth.true) { $0.and($1) }
        stack.removeLast(Int(count))
      case .or(let count):
        truth = stack.suffix(Int(count)).reduce(Truth.false) { $0.or($1) }
        stack.removeLast(Int(count))
      }
      truths[index] = truth
      stack.append(truth)
    }
    return stack.last ?? .unknown
  }

  private func isMember(_ key: Key, from start: Int32, count: Int32) -> Bool {
    var low = Int(start)
    var high = low + Int(count)
    while low < high {
      let middle = low + (high - low) / 2
      if keys[middle] == key { return true }
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

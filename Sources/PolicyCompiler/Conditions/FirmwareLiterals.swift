import Diagnostics
import PolicyModel
import PolicySyntax

/// A version that `tpm.firmware` is compared with and that may be in Infineon's other notation.
struct FirmwareLiteral {
  let clause: ClauseID
  let span: Span
  let shown: Version
  /// The same version in the form of the fact.
  let version: Version
  /// Whether the version is written where it is compared, so that it can be rewritten there.
  let isWritten: Bool
  /// Clauses around it, whose waivers count too.
  let groups: [ClauseID]
}

/// Infineon's other notation in conditions.
///
/// `tpm.firmware` is what the TPM answers, and a version is compared number by number. An author who copies 5.63.3353.0 from Windows or from a page of
/// Infineon's means 5.63.13.6400. Where a rule is asked of Infineon's TPMs only, the version is converted; elsewhere it could be another maker's.
extension PolicyChecker {
  /// Keeps a version for ``convertFirmwareLiterals()``.
  mutating func noteFirmware(
    _ value: Value, of name: String, at place: NodeIndex, _ lowering: ConditionLowering
  ) {
    guard name == "tpm.firmware", case .version(let shown) = value,
      let version = InfineonFirmware.converted(shown)
    else { return }
    let tree = lowering.tree
    let isWritten = tree.tokens.kinds[Int(tree.nodes[place].firstToken)] == .version
    firmwareLiterals.append(
      FirmwareLiteral(
        clause: ClauseID(file: tree.file, node: lowering.clause), span: tree.span(place), shown: shown,
        version: version, isWritten: isWritten, groups: groups))
  }

  /// Converts the versions of rules and guards that only Infineon's TPMs are asked, and reports each version that looks like it where the policy speaks of
  /// Infineon at all.
  mutating func convertFirmwareLiterals() {
    guard !firmwareLiterals.isEmpty, let maker = factTable.index(of: "tpm.manufacturer"),
      let firmware = factTable.index(of: "tpm.firmware")
    else { return }
    var converted: Set<ClauseID> = []
    var speaks = false
    for index in rules.indices {
      let rule = rules[index].rule
      var reading = FirmwareReading(maker: maker, firmware: firmware)
      let when = rule.when.map { reading.converted($0) }
      let that = reading.converted(rule.that, isGuarded: when?.asksInfineonOnly == true)
      speaks = speaks || reading.speaksOfInfineon
      guard reading.count > 0 else { continue }
      rules[index].rule.when = when?.condition
      rules[index].rule.that = that.condition
      if !reading.leavesSome {
        converted.insert(ClauseID(file: rules[index].file, node: rules[index].node))
        converted.formUnion(rules[index].owners)
      }
    }
    var others = FirmwareReading(maker: maker, firmware: firmware)
    for condition in guards.map(\.condition) + [scope.condition].compactMap(\.self) {
      _ = others.converted(condition)
    }
    guard speaks || others.speaksOfInfineon else { return }
    for literal in firmwareLiterals { report(literal, isConverted: converted.contains(literal.clause)) }
  }

  private mutating func report(_ literal: FirmwareLiteral, isConverted: Bool) {
    let finding = Diagnostic(
      "AP3014", .warning,
      isConverted
        ? "\(literal.shown) is Infineon's notation of \(literal.version), which is what is compared"
        : "\(literal.shown) looks like Infineon's notation of \(literal.version), and is compared as it is written",
      at: Label(literal.span, "'tpm.firmware' is \(literal.version) there"),
      help: [
        "'tpm.firmware' is four words of 16 bits; Infineon's third number is the third word times 256 plus the upper byte of the fourth"
      ],
      fixIts: literal.isWritten
        ? [
          FixIt(title: "write \(literal.version)", span: literal.span, replacement: "\(literal.version)")
        ] : [])
    report(finding, on: [literal.clause] + literal.groups)
  }
}

/// Reads conditions for what they say of Infineon, and converts versions where they can only be Infineon's.
private struct FirmwareReading {
  let maker: Int32
  let firmware: Int32
  /// Whether some part was true of Infineon's TPMs.
  private(set) var speaksOfInfineon = false
  /// How many versions were converted, and whether some that look like it were not.
  private(set) var count = 0
  private(set) var leavesSome = false

  init(maker: Int32, firmware: Int32) {
    self.maker = maker
    self.firmware = firmware
  }

  /// The condition with its versions in the form of the fact, and whether it is true of no TPM but Infineon's.
  ///
  /// Beside `tpm.manufacturer == "IFX"`, what is said of the firmware of another maker's TPM does not matter: the whole is false of it.
  ///
  /// - Parameter isGuarded: Whether the condition is asked of Infineon's TPMs only.
  mutating func converted(
    _ condition: Condition, isGuarded: Bool = false
  ) -> (condition: Condition, asksInfineonOnly: Bool) {
    var stack: [(isOnly: Bool, start: Int)] = []
    // Ranges of steps beside Infineon's id. They nest or lie apart, and the outermost counts: one that is marked covers those inside.
    var marks = [Int](repeating: 0, count: condition.steps.count + 1)
    for (index, step) in condition.steps.enumerated() {
      switch step {
      case .not:
        guard let last = stack.popLast() else { return (condition, false) }
        stack.append((false, last.start))
      case .and(let number), .or(let number):
        guard number > 0, stack.count >= Int(number) else { return (condition, false) }
        let operands = stack.suffix(Int(number))
        let start = operands.first?.start ?? index
        var isOnly = operands.allSatisfy(\.isOnly)
        if case .and = step {
          isOnly = operands.contains(where: \.isOnly)
          if isOnly {
            marks[start] += 1
            marks[index] -= 1
          }
        }
        stack.removeLast(Int(number))
        stack.append((isOnly, start))
      default:
        let sense = infineon(step)
        speaksOfInfineon = speaksOfInfineon || sense != nil
        stack.append((sense == true, index))
      }
    }
    var depth = 0
    var steps = condition.steps
    for index in steps.indices {
      depth += marks[index]
      convert(&steps[index], isInfineon: isGuarded || depth > 0)
    }
    return (Condition(steps: steps), stack.count == 1 && stack[0].isOnly)
  }

  private mutating func convert(_ step: inout ConditionStep, isInfineon: Bool) {
    guard case .test(let test) = step else { return }
    switch test {
    case .compare(let fact, let comparison, let value) where fact.index == firmware:
      step = .compare(fact, comparison, converted(value, isInfineon))
    case .member(let fact, let values) where fact.index == firmware:
      step = .member(fact, values.map { converted($0, isInfineon) })
    default: break
    }
  }

  private mutating func converted(_ value: Value, _ isInfineon: Bool) -> Value {
    guard case .version(let shown) = value, let version = InfineonFirmware.converted(shown) else {
      return value
    }
    guard isInfineon else {
      leavesSome = true
      return value
    }
    count += 1
    return .version(version)
  }

  /// Whether a step compares the maker with Infineon's id: true where with no other, nil where not with it.
  private func infineon(_ step: ConditionStep) -> Bool? {
    let id = Value.string(InfineonFirmware.manufacturer)
    guard case .test(let test) = step else { return nil }
    switch test {
    case .compare(let fact, .equal, id) where fact.index == maker: return true
    case .member(let fact, let values) where fact.index == maker && values.contains(id):
      return values.allSatisfy { $0 == id }
    default: return nil
    }
  }
}

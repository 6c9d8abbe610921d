import PolicyModel

extension Condition {
  /// A number that equal conditions share, quick to compute; unequal ones may share it too.
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01B3 }
    func mix(_ reference: FactReference) {
      mix(UInt64(UInt32(bitPattern: reference.index)) << 1 | (reference.attested ? 1 : 0))
    }
    func mix(_ value: Value) {
      switch value {
      case .bool(let flag): mix(flag ? 1 : 2)
      case .int(let number): mix(UInt64(bitPattern: number))
      case .version(let version):
        mix(UInt64(version.major) << 32 | UInt64(version.minor))
        mix(UInt64(version.patch) << 32 | UInt64(version.build))
      case .build(let build): mix(UInt64(build.branch) << 32 | UInt64(build.revision))
      case .string(let text), .symbol(let text): for byte in text.utf8 { mix(UInt64(byte)) }
      }
    }
    func mix(_ test: ConditionTest) {
      switch test {
      case .fact(let fact): mix(fact)
      case .compare(let fact, let comparison, let value):
        mix(fact)
        mix(UInt64(comparison.ordinal) | 0x200)
        mix(value)
      case .compareFacts(let left, let comparison, let right):
        mix(left)
        mix(UInt64(comparison.ordinal) | 0x300)
        mix(right)
      case .member(let fact, let values):
        mix(fact)
        for value in values { mix(value) }
      case .meets(let fact, let list):
        mix(fact)
        mix(UInt64(UInt32(bitPattern: list)) | 0x1_0000_0000)
      }
    }
    for step in steps {
      switch step {
      case .constant(let truth): mix(UInt64(truth.rawValue) | 0x100)
      case .test(let test): mix(test)
      case .not: mix(0x400)
      case .and(let count): mix(UInt64(UInt32(bitPattern: count)) | 0x2_0000_0000)
      case .or(let count): mix(UInt64(UInt32(bitPattern: count)) | 0x3_0000_0000)
      }
    }
    return hash
  }
}

extension Comparison {
  fileprivate var ordinal: Int {
    switch self {
    case .equal: 0
    case .notEqual: 1
    case .less: 2
    case .lessOrEqual: 3
    case .greater: 4
    case .greaterOrEqual: 5
    }
  }
}

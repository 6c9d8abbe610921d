import PolicyModel

/// Looks for values of other facts that exclude what the probes say of the device's platform.
///
/// Each probe judges by what it can read, and no one reads everything: a snapshot may call a machine physical whose TPM another
/// probe knows to be of software. Such a pair is a contradiction, though no two values of one fact differ.
enum PlatformClues {
  private static let platform = FactDeclaration(
    name: "device.platform", type: .symbol(MachinePlatform.allCases.map(\.rawValue)))
  private static let virtualMachine = FactDeclaration(name: "device.virtual_machine", type: .bool)
  private static let manufacturer = FactDeclaration(name: "device.manufacturer", type: .string)
  private static let model = FactDeclaration(name: "device.model", type: .string)
  private static let tpm = FactDeclaration(name: "tpm.manufacturer", type: .string)

  /// The facts to ask for besides the wanted ones, when one of them is about the platform.
  static func facts(besides wanted: [FactDeclaration]) -> [FactDeclaration] {
    let names = Set(wanted.map(\.name))
    guard names.contains(platform.name) || names.contains(virtualMachine.name) else { return [] }
    return [platform, virtualMachine, manufacturer, model, tpm].filter { !names.contains($0.name) }
  }

  /// What the answers of the probes hold against the observation of a fact about the platform.
  static func contradictions(
    of fact: String, _ kept: Observation, in answers: [[String: Observation]]
  ) -> [Contradiction] {
    guard let value = kept.value, let claimed = platforms(fact, value) else { return [] }
    var result: [Contradiction] = []
    // A probe whose own value differs is a contradiction already.
    for answer in answers where [nil, value].contains(answer[fact]?.value) {
      for (sign, source) in clues(in: answer, except: fact) where sign.allows.isDisjoint(with: claimed) {
        let setAside = Observation(
          self.value(of: fact, sign.allows), level: source.level, source: "\(source.source), \(sign.text)")
        result.append(Contradiction(fact: fact, kept: kept, setAside: setAside))
      }
    }
    return result
  }

  private static func platforms(_ fact: String, _ value: Value) -> Set<MachinePlatform>? {
    switch (fact, value) {
    case (platform.name, .symbol(let name)): MachinePlatform(rawValue: name).map { [$0] }
    case (virtualMachine.name, .bool(let isVirtual)): isVirtual ? MachinePlatform.virtual : [.physical]
    default: nil
    }
  }

  private static func clues(
    in answer: [String: Observation], except fact: String
  ) -> [(sign: MachineSign, source: Observation)] {
    var result: [(sign: MachineSign, source: Observation)] = []
    func text(_ name: String) -> String? {
      guard case .string(let text)? = answer[name]?.value else { return nil }
      return text
    }
    let names = MachineSigns(systemManufacturer: text(manufacturer.name), systemModel: text(model.name))
    let all = MachineSigns(
      tpmManufacturer: text(tpm.name), systemManufacturer: names.systemManufacturer,
      systemModel: names.systemModel)
    if let sign = all.tpmSign, let source = answer[tpm.name] { result.append((sign, source)) }
    if let sign = names.systemSign, let source = answer[manufacturer.name] ?? answer[model.name] {
      result.append((sign, source))
    }
    for other in [platform.name, virtualMachine.name] where other != fact {
      if let source = answer[other], let value = source.value, let allowed = platforms(other, value) {
        result.append((MachineSign("\(other) = \(value)", allows: allowed), source))
      }
    }
    return result
  }

  /// The value that a sign stands for: the one that it allows, or what all of them have in common.
  private static func value(of fact: String, _ allowed: Set<MachinePlatform>) -> Observation.Content {
    if fact == virtualMachine.name { return .value(.bool(!allowed.contains(.physical))) }
    if let only = allowed.first, allowed.count == 1 { return .value(.symbol(only.rawValue)) }
    let names = MachinePlatform.allCases.filter(allowed.contains).map(\.rawValue)
    return .value(.string(names.joined(separator: " or ")))
  }
}

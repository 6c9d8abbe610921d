import PolicyModel
import TPMEvidence

/// Puts together what the outputs of several sources say, each observation with the output that it comes from.
struct WindowsAnswers {
  private let wanted: Set<String>
  /// What each output says of the wanted facts, in the order of the sources.
  private(set) var answers: [[String: Observation]] = []
  private var signs = MachineSigns()
  /// Which outputs had a sign of a virtual machine.
  private var signSources: [String] = []

  init(_ wanted: Set<String>) { self.wanted = wanted }

  /// Takes what an output says.
  mutating func add(_ readings: [WindowsReading], from source: String) {
    for reading in readings {
      let name = reading.question.map { "\(source) (\($0))" } ?? source
      let observations = reading.findings.observations(of: wanted, source: name)
      if !observations.isEmpty { answers.append(observations) }
      var found = reading.signs
      if case .value(.string(let manufacturer))? = reading.findings["tpm.manufacturer"] {
        found.tpmManufacturer = manufacturer
      }
      guard found != MachineSigns() else { continue }
      signs.add(found)
      if !signSources.contains(source) { signSources.append(source) }
    }
  }

  /// Makes the given facts unknown for a reason, as far as they are wanted.
  mutating func miss(_ facts: some Sequence<String>, _ reason: String, from source: String) {
    var findings = FactFindings()
    for fact in facts { findings.miss(fact, reason) }
    add([WindowsReading(findings: findings)], from: source)
  }

  /// Concludes from the signs of all outputs together whether it is a virtual machine.
  mutating func recognizeMachine() {
    guard !signSources.isEmpty else { return }
    let observations = signs.platform().observations(of: wanted, source: signSources.joined(separator: ", "))
    if !observations.isEmpty { answers.append(observations) }
  }

  /// The wanted facts of which no output has said anything.
  var missing: Set<String> { wanted.subtracting(answers.flatMap(\.keys)) }

  /// One observation of each fact: the first value, or else the first reason.
  static func first(_ answers: [[String: Observation]]) -> [String: Observation] {
    var snapshot = FactSnapshot()
    for answer in answers { for (name, observation) in answer { snapshot.add(observation, for: name) } }
    return snapshot.observations
  }
}

import PolicyModel

/// A policy with a rule of each kind, and devices for it.
enum SampleReport {
  static let facts = [
    FactDeclaration(name: "attestation.aik_certificate", type: .bool),
    FactDeclaration(name: "boot.secure_boot", type: .symbol(["on", "off", "unsupported"])),
    FactDeclaration(name: "device.platform", type: .symbol(["physical", "virtual"])),
    FactDeclaration(name: "os.build", type: .build),
    FactDeclaration(name: "tpm.firmware", type: .version),
    FactDeclaration(name: "tpm.manufacturer", type: .string),
    FactDeclaration(name: "tpm.ready", type: .bool),
    FactDeclaration(name: "tpm.version", type: .version),
  ]

  static func fact(_ name: String, attested: Bool = false) -> FactReference {
    FactReference(index: Int32(facts.firstIndex { $0.name == name } ?? -1), attested: attested)
  }

  static let policy = CompiledPolicy(
    name: "enrollment", version: Version(1, 0, 0, written: 3), title: "Enrollment attestation",
    scope: CompiledPolicy.Scope(
      names: ["Windows 10", "Windows 11"],
      condition: Condition(steps: [
        .compare(fact("os.build"), .greaterOrEqual, .build(OSBuild(branch: 10240)))
      ])),
    facts: facts,
    buildLists: [
      BuildList(
        name: "supported",
        minimums: [OSBuild(branch: 19045, revision: 3996), OSBuild(branch: 22621, revision: 2792)],
        allowsNewerBranches: true)
    ],
    parameters: [CompiledPolicy.Parameter(name: "minimum_tpm", value: .version(Version(2, 0, written: 2)))],
    rules: [
      Rule(
        name: "supported_build", kind: .require,
        when: Condition(steps: [.compare(fact("device.platform"), .equal, .symbol("physical"))]),
        that: Condition(steps: [.meets(fact("os.build"), list: 0)]), status: "feature_not_supported",
        remedy: "update_windows", source: "os.build meets supported"),
      Rule(
        name: "tpm_2_0", kind: .require,
        that: Condition(steps: [
          .compare(fact("tpm.version"), .greaterOrEqual, .version(Version(2, 0, written: 2)))
        ]),
        severity: .critical, status: "tpm_not_available", remedy: "update_firmware",
        messages: [
          Rule.Message(language: "en", text: "This device has TPM {tpm.version}; {minimum_tpm} is needed."),
          Rule.Message(language: "ja", text: "TPM {tpm.version} です。{minimum_tpm} が必要です。"),
        ], source: "tpm.version >= minimum_tpm"),
      Rule(
        name: "tpm_ready", kind: .require, that: Condition(steps: [.fact(fact("tpm.ready"))]),
        status: "tpm_not_ready",
        remedy: "prepare_tpm", messages: [Rule.Message(language: "en", text: "The TPM is not ready.")],
        source: "tpm.ready"),
      Rule(
        name: "aik_certificate", kind: .require,
        that: Condition(steps: [.fact(fact("attestation.aik_certificate"))]),
        status: "aik_certificate_missing", source: "attestation.aik_certificate"),
      Rule(
        name: "secure_boot", kind: .require,
        that: Condition(steps: [.compare(fact("boot.secure_boot", attested: true), .equal, .symbol("on"))]),
        source: "attested boot.secure_boot == on"),
      Rule(
        name: "weak_tpm_key", kind: .warn,
        that: Condition(steps: [
          .compare(fact("tpm.manufacturer"), .equal, .string("IFX")),
          .compare(fact("tpm.firmware"), .less, .version(Version(4, 34, written: 2))), .and(2), .not,
        ]), source: "not (tpm.manufacturer == \"IFX\" and tpm.firmware < 4.34)"),
    ])

  static func observation(
    _ value: Value, _ source: String = "file:laptop.yaml", level: EvidenceLevel = .reported
  ) -> Observation {
    Observation(.value(value), level: level, source: source)
  }

  /// A device that meets everything.
  static let good = FactSnapshot([
    "attestation.aik_certificate": observation(.bool(true)),
    "boot.secure_boot": observation(.symbol("on"), "log", level: .attested),
    "device.platform": observation(.symbol("physical")),
    "os.build": observation(.build(OSBuild(branch: 22621, revision: 3007))),
    "tpm.firmware": observation(.version(Version(7, 85, written: 2)), "tpm:/dev/tpmrm0"),
    "tpm.manufacturer": observation(.string("IFX"), "tpm:/dev/tpmrm0"),
    "tpm.ready": observation(.bool(true)),
    "tpm.version": observation(.version(Version(2, 0, written: 2)), "tpm:/dev/tpmrm0"),
  ])

  /// A device with something wrong of every kind.
  static let bad: FactSnapshot = {
    var snapshot = good
    snapshot["os.build"] = observation(.build(OSBuild(branch: 22621, revision: 2000)))
    snapshot["tpm.version"] = observation(.version(Version(1, 2, written: 2)), "tpm:/dev/tpmrm0")
    snapshot["tpm.ready"] = observation(.bool(false))
    snapshot["attestation.aik_certificate"] = Observation(
      .unknown(reason: "run as administrator"), source: "exec:probe")
    snapshot["boot.secure_boot"] = observation(.symbol("on"))
    snapshot["tpm.firmware"] = observation(.version(Version(4, 33, written: 2)), "tpm:/dev/tpmrm0")
    snapshot.add(observation(.version(Version(2, 0, written: 2)), "file:laptop.yaml"), for: "tpm.version")
    return snapshot
  }()

  static func report(_ snapshot: FactSnapshot, policy: CompiledPolicy = policy) throws -> PolicyReport {
    try PolicyEvaluator(policy).report(on: snapshot)
  }
}

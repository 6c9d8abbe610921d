// swift-tools-version: 6.1
import PackageDescription

/// A floor of the building: a library target and its test target.
func floor(_ name: String, on lower: [Target.Dependency], swiftSettings: [SwiftSetting] = []) -> Target {
  .target(name: name, dependencies: lower, swiftSettings: swiftSettings)
}

/// For what runs once a command and is much code: small is worth more than fast there.
let compact: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

func tests(of name: String, with dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies)
}

let package = Package(
  name: "policyc",
  products: [
    .executable(name: "policyc", targets: ["policyc"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CTSS2", providers: [.apt(["libtss2-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CCatalogData"),
    .target(name: "CDigest"),
    .target(name: "COpenSSL"),
    .target(name: "CStarter"),

    floor("Diagnostics", on: []),
    floor("PolicyModel", on: ["CDigest", "Diagnostics"]),
    floor("Cryptography", on: ["COpenSSL"]),
    floor(
      "FileAccess", on: [.product(name: "SystemPackage", package: "swift-system")], swiftSettings: compact),
    floor("XMLInput", on: ["CLibXML2", "Diagnostics"]),
    floor("ZipInput", on: ["CZlib"]),
    floor("YAMLInput", on: ["CLibYAML", "Diagnostics"], swiftSettings: compact),
    floor("CSPCatalog", on: ["CCatalogData", "Diagnostics", "PolicyModel", "XMLInput", "YAMLInput"]),
    floor("SyncML", on: ["CSPCatalog", "Diagnostics", "PolicyModel", "XMLInput"]),
    floor("PolicySyntax", on: ["Diagnostics"]),
    floor("PolicyCompiler", on: ["CSPCatalog", "Diagnostics", "PolicyModel", "PolicySyntax", "SyncML"]),
    floor(
      "PolicyTargets",
      on: ["CSPCatalog", "Diagnostics", "PolicyCompiler", "PolicyModel", "SyncML"], swiftSettings: compact),
    floor("TPMEvidence", on: ["CDigest", "Cryptography", "Diagnostics"]),
    floor(
      "Endorsement", on: ["COpenSSL", "Cryptography", "Diagnostics", "FileAccess", "TPMEvidence"],
      swiftSettings: compact),
    floor(
      "DeviceProbes",
      on: [
        "CSPCatalog", "CStarter", "CTSS2", "Cryptography", "Diagnostics", "FileAccess", "PolicyModel",
        "SyncML",
        "TPMEvidence", "XMLInput",
        "YAMLInput",
      ], swiftSettings: compact),
    floor(
      "DeviceReports", on: ["CCatalogData", "Diagnostics", "PolicyModel", "TPMEvidence"],
      swiftSettings: compact),

    floor(
      "FleetReports",
      on: [
        "CCatalogData", "CSPCatalog", "DeviceProbes", "DeviceReports", "Diagnostics", "PolicyModel",
        "TPMEvidence", "YAMLInput",
      ]),

    .executableTarget(
      name: "policyc",
      dependencies: [
        "CSPCatalog", "DeviceProbes", "DeviceReports", "Diagnostics", "Endorsement", "FileAccess",
        "FleetReports", "PolicyCompiler", "PolicyModel", "PolicyTargets", "SyncML", "TPMEvidence", "XMLInput",
        "YAMLInput", "ZipInput",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: compact),

    .target(name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport"),
    .target(
      name: "EvidenceSupport", dependencies: ["COpenSSL", "TPMEvidence"], path: "Tests/EvidenceSupport",
      linkerSettings: [.linkedLibrary("crypto")]),
    .target(
      name: "OutputModel",
      dependencies: ["FileAccess", .product(name: "SystemPackage", package: "swift-system")],
      path: "Tests/OutputModel"),
    .executableTarget(
      name: "CompileTime", dependencies: ["CSPCatalog", "PolicyCompiler"], path: "Benchmarks/CompileTime"),
    .executableTarget(name: "EventLogTime", dependencies: ["TPMEvidence"], path: "Benchmarks/EventLogTime"),

    tests(of: "Diagnostics", with: ["TestSupport"]),
    tests(of: "PolicyModel", with: ["Diagnostics", "TestSupport"]),
    tests(of: "FileAccess", with: ["OutputModel", "TestSupport"]),
    tests(of: "XMLInput", with: ["Diagnostics", "TestSupport"]),
    tests(of: "YAMLInput", with: ["Diagnostics"]),
    tests(of: "ZipInput"),
    tests(of: "CSPCatalog", with: ["TestSupport"]),
    tests(of: "SyncML", with: ["CSPCatalog", "Diagnostics", "PolicyModel", "TestSupport"]),
    tests(of: "PolicySyntax", with: ["TestSupport"]),
    tests(
      of: "PolicyCompiler", with: ["CSPCatalog", "Diagnostics", "PolicyModel", "PolicySyntax", "TestSupport"]),
    tests(
      of: "PolicyTargets", with: ["CSPCatalog", "PolicyCompiler", "PolicyModel", "SyncML", "TestSupport"]),
    tests(of: "TPMEvidence", with: ["CDigest", "Cryptography", "EvidenceSupport"]),
    tests(of: "Endorsement", with: ["EvidenceSupport", "TPMEvidence"]),
    tests(
      of: "DeviceProbes",
      with: [
        "CSPCatalog", "EvidenceSupport", "PolicyModel", "SyncML", "TPMEvidence", "TestSupport",
      ]),
    tests(
      of: "DeviceReports",
      with: ["CSPCatalog", "PolicyCompiler", "PolicyModel", "TPMEvidence", "TestSupport"]),
    tests(
      of: "FleetReports",
      with: [
        "CSPCatalog", "DeviceReports", "Diagnostics", "PolicyCompiler", "PolicyModel", "TPMEvidence",
        "TestSupport",
      ]),
    .testTarget(name: "ArchitectureTests", dependencies: ["Diagnostics", "TestSupport"]),
    .testTarget(name: "CommandLineTests", dependencies: ["policyc", "TPMEvidence", "TestSupport"]),

    .target(
      name: "FuzzEntries",
      dependencies: [
        "CSPCatalog", "DeviceProbes", "DeviceReports", "Diagnostics", "Endorsement", "FleetReports",
        "OutputModel", "PolicyCompiler", "PolicyModel", "PolicySyntax", "PolicyTargets", "SyncML",
        "TPMEvidence", "XMLInput", "YAMLInput", "ZipInput",
      ],
      path: "Tests/Fuzz/Entries"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzEntries", "TestSupport"], path: "Tests/Fuzz/Replay"),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own main, so the driver links only with `--sanitize=fuzzer`: scripts/fuzz asks for it.
if Context.environment["POLICYC_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "Fuzz", dependencies: ["FuzzEntries"], path: "Tests/Fuzz/Driver"))
}

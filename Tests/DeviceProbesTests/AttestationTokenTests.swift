import CSPCatalog
import EvidenceSupport
import Foundation
import PolicyModel
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("Tokens of Azure Attestation")
struct AttestationTokenTests {
  static let now: Int64 = 1_900_000_100
  static let nonce = (1...16).map { UInt8($0) }
  static let issuer = "https://attest.contoso.example"
  static let algorithms = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]

  static func path(_ name: String) -> String {
    Checkout.root.appendingPathComponent("Tests/Corpus/tokens/\(name)").path
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  private static let key = SigningKey()

  private static func encoded(_ bytes: some Collection<UInt8>) -> String {
    Base64.encode(bytes).replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
  }

  /// The set with the key of the tests, and what is made up beside it.
  private static func keys(kid: String = "k", more: String = "") throws -> JSONWebKeys {
    let point = key.point
    let text = #"""
      {"keys": [{"kty": "EC", "crv": "P-256", "kid": "\#(kid)", "x": "\#(encoded(point.prefix(32)))",
      "y": "\#(encoded(point.suffix(32)))"}\#(more)]}
      """#
    return try JSONWebKeys(Array(text.utf8))
  }

  /// A token that the key of the tests signed.
  private static func token(
    _ claims: String, header: String = #"{"alg": "ES256", "kid": "k"}"#
  ) throws -> String {
    let signed = encoded(Array(header.utf8)) + "." + encoded(Array(claims.utf8))
    return signed + "." + encoded(try key.numbers(over: Array(signed.utf8)))
  }

  private static func verified(
    _ text: String, keys: JSONWebKeys?, issuer: String? = nil, nonce: [UInt8]? = nil, now: Int64 = now
  ) throws -> AttestationToken {
    AttestationToken(
      try JSONWebToken(Array(text.utf8)), .init(keys: keys, issuer: issuer, nonce: nonce), now: now)
  }

  private static func claims(_ more: String) -> String { #"{"exp": 1900030000\#(more)}"# }

  private func problem(_ text: String) -> String {
    do throws(JSONWebToken.Problem) {
      return "\(try JSONWebToken(Array(text.utf8)))"
    } catch {
      return error.message
    }
  }

  private func doubt(_ more: String, header: String? = nil, issuer: String? = nil, nonce: [UInt8]? = nil)
    throws
    -> String?
  {
    let text =
      try header.map { try Self.token(Self.claims(more), header: $0) } ?? Self.token(Self.claims(more))
    return try Self.verified(text, keys: Self.keys(), issuer: issuer, nonce: nonce).doubt
  }

  private func content(of fact: String, _ more: String) throws -> Observation.Content? {
    AttestationClaims.findings(
      of: try Self.verified(Self.token(Self.claims(more)), keys: Self.keys()))[fact]
  }

  @Test("a token that openssl signed is verified by every algorithm that is accepted", arguments: algorithms)
  func signatures(algorithm: String) throws {
    let text = String(decoding: try Self.bytes("\(algorithm.lowercased()).jwt"), as: UTF8.self)
    let keys = try JSONWebKeys(Self.bytes("keys.json"))
    #expect(try Self.verified(text, keys: keys).doubt == nil)
    var damaged = Array(text.utf8)
    let dot = try #require(damaged.lastIndex(of: UInt8(ascii: ".")))
    damaged[dot + 5] = damaged[dot + 5] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    #expect(
      try Self.verified(String(decoding: damaged, as: UTF8.self), keys: keys).doubt
        == "the token's signature is not one by the given key")
  }

  @Test("the keys of certificates serve too", arguments: ["rs256", "es256"])
  func certificates(name: String) throws {
    let keys = try JSONWebKeys(Self.bytes("certificates.json"))
    let text = String(decoding: try Self.bytes("\(name).jwt"), as: UTF8.self)
    #expect(try Self.verified(text, keys: keys).doubt == nil)
  }

  @Test("a healthy device gives every fact, of the fact's type and attested")
  func healthy() throws {
    let probe = AttestationTokenProbe(
      path: Self.path("rs256.jwt"), keys: Self.path("keys.json"), issuer: Self.issuer, nonce: Self.nonce,
      now: Self.now)
    let facts = AttestationClaims.names.compactMap { FactCatalog.embedded[$0]?.declaration }
    let found = try probe.observe(facts)
    let expected: [String: Value] = [
      "boot.secure_boot": .symbol("on"), "boot.debugging": .bool(false),
      "boot.kernel_debugging": .bool(false),
      "boot.test_signing": .bool(false), "boot.flight_signing": .bool(false),
      "boot.code_integrity": .bool(true),
      "boot.safe_mode": .bool(false), "boot.winpe": .bool(false), "boot.elam": .bool(true),
      "vbs.running": .bool(true), "hvci.status": .symbol("running"),
      "attestation.aik_certificate": .bool(true),
      "attestation.aik_public_key": .bool(true), "tpm.version": .version(try #require(Version("2.0"))),
      "tpm.present": .bool(true),
    ]
    #expect(found.mapValues(\.value) == expected)
    for fact in facts {
      #expect(found[fact.name]?.value?.isOf(fact.type) == true, "\(fact.name)")
      #expect(found[fact.name]?.level == .attested)
      #expect(found[fact.name]?.source == "\(probe.name), issued by \(Self.issuer)")
    }
    guard case .facts(let coverage) = probe.coverage else { return }
    #expect(Set(coverage.keys) == AttestationClaims.names && Set(coverage.values) == [.attested])
  }

  @Test("a virtual machine of Azure gives what guest attestation tells")
  func virtualMachine() throws {
    let probe = AttestationTokenProbe(
      path: Self.path("azurevm.jwt"), keys: Self.path("keys.json"), issuer: Self.issuer, nonce: Self.nonce,
      now: Self.now)
    let found = try probe.observe(
      declarations("boot.secure_boot", "boot.debugging", "boot.elam", "boot.safe_mode", "hvci.status"))
    #expect(found["boot.secure_boot"]?.value == .symbol("on"))
    #expect(found["boot.debugging"]?.value == .bool(false) && found["boot.debugging"]?.level == .attested)
    #expect(found["boot.elam"]?.value == .bool(true))
    #expect(
      found["boot.safe_mode"]?.content
        == .unknown(reason: "the service's policy issues no such claim (notSafeMode)"))
    #expect(found["hvci.status"]?.value == nil)
    #expect(
      try content(of: "boot.elam", #", "x-ms-azurevm-is-windows": false, "x-ms-azurevm-elam-enabled": false"#)
        == .unknown(reason: "the token is about a machine that does not run Windows"))
  }

  @Test("facts are attested by key, nonce and issuer together, and reported else")
  func levels() throws {
    let more = #", "iss": "https://a.example", "nonce": "AQID", "vbsEnabled": true"#
    let text = try Self.token(Self.claims(more))
    func level(_ issuer: String?, _ nonce: [UInt8]?) throws -> EvidenceLevel {
      let token = try Self.verified(text, keys: Self.keys(), issuer: issuer, nonce: nonce)
      #expect(token.doubt == nil)
      return token.level
    }
    #expect(try level(nil, nil) == .reported)
    #expect(try level("https://a.example", nil) == .reported)
    #expect(try level(nil, [1, 2, 3]) == .reported)
    #expect(try level("https://a.example", [1, 2, 3]) == .attested)
    let unverified = try Self.verified(text, keys: nil, issuer: "https://a.example", nonce: [1, 2, 3])
    #expect(unverified.level == .reported)
    let findings = AttestationClaims.findings(of: unverified)
    #expect(findings.contents.count == AttestationClaims.names.count)
    for (name, content) in findings.contents {
      #expect(
        content
          == .unknown(
            reason: "the token's signature was not verified, for want of keys: --maa-keys FILE gives them"),
        "\(name)")
    }
  }

  @Test("without keys, with another nonce or another issuer, all facts are unknown")
  func nonces() throws {
    let bound = #", "nonce": "AQID", "rp_data": "AQID""#
    #expect(try doubt(bound, nonce: [1, 2, 3]) == nil)
    #expect(try doubt(bound, nonce: [1, 2, 4]) == "the token's nonce is not the given nonce")
    #expect(
      try doubt(#", "nonce": "AQID", "rp_data": "AQIE""#, nonce: [1, 2, 3])
        == "the token's rp_data is not the given nonce")
    #expect(try doubt(#", "nonce": 5"#, nonce: [5]) == "the token's nonce is not the given nonce")
    #expect(try doubt("", nonce: [1]) == "the token has no nonce")
    #expect(
      try doubt(#", "x-ms-runtime": {"client-payload": {"nonce": "AQID"}}"#, nonce: [1, 2, 3]) == nil)
    #expect(try doubt("", issuer: "https://a") == "the token does not say who issued it (iss)")
    #expect(
      try doubt(#", "iss": "https://b""#, issuer: "https://a")
        == "the token was issued by 'https://b', where 'https://a' is trusted")
    // The same to the eye, and to Swift's ==.
    let coffee = #", "iss": "https://caf\u00e9""#
    #expect(try doubt(coffee, issuer: "https://cafe\u{301}")?.contains("is trusted") == true)
    #expect(try doubt(coffee, issuer: "https://caf\u{e9}") == nil)
  }

  @Test("a token counts from its beginning to its end, with a minute between the clocks")
  func times() throws {
    func doubt(_ claims: String, now: Int64) throws -> String? {
      try Self.verified(Self.token(claims), keys: Self.keys(), now: now).doubt
    }
    let claims = #"{"nbf": 1000, "iat": 1000, "exp": 2000}"#
    #expect(try doubt(claims, now: 939) == "the token is not valid yet (nbf)")
    #expect(try doubt(claims, now: 940) == nil)
    #expect(try doubt(claims, now: 1999) == nil)
    #expect(try doubt(claims, now: 2000) == "the token has expired")
    #expect(try doubt("{}", now: 1) == "the token does not say until when it is valid (exp)")
    #expect(try doubt(#"{"exp": "2000"}"#, now: 1) == "the token does not say until when it is valid (exp)")
    #expect(
      try doubt(#"{"exp": 2000, "nbf": "1"}"#, now: 1)
        == "the token's nbf is a string, where a number belongs")
    #expect(
      try doubt(#"{"exp": 9223372036854775807, "iat": 9223372036854775807}"#, now: 1)
        == "the token is not valid yet (iat)")
    #expect(try doubt(#"{"exp": 10, "nbf": -9223372036854775808}"#, now: 1) == nil)
  }

  @Test(
    "a fraction is a number: anywhere in a token, and in its times, which end with the second that they are in"
  )
  func fractions() throws {
    func doubt(_ claims: String, now: Int64) throws -> String? {
      try Self.verified(Self.token(claims), keys: Self.keys(), now: now).doubt
    }
    let claims = #"{"nbf": 1000.9, "iat": 1.0009e3, "exp": 2000.5, "other": [0.25, {"x": -1e-7}]}"#
    #expect(try doubt(claims, now: 939) == "the token is not valid yet (nbf)")
    #expect(try doubt(claims, now: 940) == nil)
    #expect(try doubt(claims, now: 1999) == nil)
    #expect(try doubt(claims, now: 2000) == "the token has expired")
    for end in [
      "1e400", "-1e400", "1e16", "99999999999999999999", #""2000""#, #""nan""#, #""0x1.8p30""#, #""1.5 ""#,
    ] {
      #expect(
        try doubt(#"{"exp": \#(end)}"#, now: 1)?.contains("until when it is valid") == true, "\(end)")
    }
    #expect(problem(try Self.token(#"{"exp": 1.}"#)).hasPrefix("the body is not JSON"))
    #expect(problem(try Self.token(#"{"exp": 01.5}"#)).hasPrefix("the body is not JSON"))
    for claim in ["secureBootEnabled", "aikPubHash", "tpmVersion"] {
      let found = AttestationClaims.findings(
        of: try Self.verified(
          Self.token(Self.claims(#", "x-ms-runtime": 1.5, "\#(claim)": 2.5"#)), keys: Self.keys()))
      #expect(found.contents.values.allSatisfy { if case .value = $0 { false } else { true } }, "\(claim)")
    }
  }

  @Test("an algorithm that is not accepted or not the key's own verifies nothing")
  func confusion() throws {
    for algorithm in ["none", "HS256", "HS512", "RS1", "es256", ""] {
      let header = #"{"alg": "\#(algorithm)", "kid": "k"}"#
      #expect(
        try doubt("", header: header)
          == "the token is signed by '\(algorithm)', where RS256, RS384, RS512, PS256, ES256, ES384 are accepted"
      )
    }
    for algorithm in ["RS256", "PS256", "ES384"] {
      let header = #"{"alg": "\#(algorithm)", "kid": "k"}"#
      #expect(try doubt("", header: header) == "the token's signature is not one by the given key")
    }
    #expect(
      try doubt("", header: #"{"alg": "ES256", "kid": "k", "crit": ["exp"]}"#)
        == "the token's header asks for extensions (crit) that are not known")
    #expect(
      try doubt("", header: #"{"alg": "ES256", "kid": "other"}"#)
        == "none of the given keys of the name 'other' is for ES256")
    #expect(try doubt("", header: #"{"alg": "ES256"}"#) == nil)
    // The secret of an HMAC may be the public key, which everybody has; here the signature is empty besides.
    let parts = try Self.token(Self.claims("")).split(separator: ".")
    let unsigned = "\(Self.encoded(Array(#"{"alg": "none"}"#.utf8))).\(parts[1])."
    #expect(
      try Self.verified(unsigned, keys: Self.keys()).doubt?.hasPrefix("the token is signed by 'none'") == true
    )
  }

  @Test("several keys of one name are all tried, and a key for another use is none")
  func keySets() throws {
    let other = SigningKey().point
    let same =
      #", {"kty": "EC", "crv": "P-256", "kid": "k", "x": "\#(Self.encoded(other.prefix(32)))", "y": "\#(Self.encoded(other.suffix(32)))"}"#
    let text = try Self.token(Self.claims(""))
    #expect(try Self.verified(text, keys: Self.keys(more: same)).doubt == nil)
    let unfit =
      #", {"kty": "oct", "k": "AQAB"}, {"kty": "EC", "crv": "P-521"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "RSA", "use": "enc"}"#
    #expect(try Self.keys(more: unfit).keys.count == 1)
    #expect(
      try Self.verified(text, keys: Self.keys(kid: "other")).doubt?.hasPrefix("none of the given keys")
        == true)
  }

  @Test(
    "what is no key set is refused",
    arguments: [
      ("[]", "it is no key set"), ("{}", "it is no key set"), (#"{"keys": []}"#, "the set has no key"),
      (#"{"keys": [1]}"#, "key 1 is an integer, where an object belongs"),
      (#"{"keys": [{"kty": 1}]}"#, "'kty' of key 1 is an integer, where a string belongs"),
      (#"{"keys": [{"kty": "RSA", "n": "A+"}]}"#, "'n' of key 1 is not base64 for URLs"),
      (#"{"keys": [{"kty": "oct"}]}"#, "the set has no key"), ("{", "the keys are not JSON"),
      (#"{"keys": [], "keys": []}"#, "the keys are not JSON"),
    ])
  func badKeys(text: String, expected: String) {
    do throws(JSONWebToken.Problem) {
      _ = try JSONWebKeys(Array(text.utf8))
      Issue.record("it was read")
    } catch {
      #expect(error.message.hasPrefix(expected), "\(error.message)")
    }
  }

  @Test("what is no token is refused, whatever its size")
  func malformed() throws {
    let good = try Self.token(Self.claims(""))
    #expect(problem(good).hasPrefix("JSONWebToken"))
    #expect(problem("  \(good)\r\n").hasPrefix("JSONWebToken"))
    #expect(problem(#"{"token": "\#(good)"}"#).hasPrefix("JSONWebToken"))
    let parts = good.split(separator: ".").map(String.init)
    let shape = "it is no token of three parts with a dot between each two"
    for text in ["", "a", "a.b", "\(good).", "\(good).a.b", ".\(good)"] { #expect(problem(text) == shape) }
    #expect(
      problem("\(parts[0])=.\(parts[1]).\(parts[2])") == "the header is not base64 for URLs without padding")
    #expect(
      problem("\(parts[0]).\(parts[1])+.\(parts[2])") == "the body is not base64 for URLs without padding")
    #expect(
      problem("\(parts[0]).\(parts[1]).\(parts[2]) x")
        == "the signature is not base64 for URLs without padding")
    #expect(problem("..") == "the header is not JSON: 1:1: expected a value, found the end of the input")
    func made(_ header: String, _ body: String) -> String {
      "\(Self.encoded(Array(header.utf8))).\(Self.encoded(Array(body.utf8)))."
    }
    #expect(problem(made("[]", "{}")) == "the header is an array, where an object belongs")
    #expect(problem(made("{}", "{}")) == "the header has no 'alg'")
    #expect(problem(made(#"{"alg": 1}"#, "{}")) == "the header has no 'alg'")
    #expect(
      problem(made(#"{"alg": "x", "kid": []}"#, "{}"))
        == "the header's 'kid' is an array, where a string belongs")
    #expect(problem(made(#"{"alg": "x"}"#, "1")) == "the body is an integer, where an object belongs")
    #expect(problem(made(#"{"alg": "x"}"#, #"{"exp": 1, "exp": 2}"#)).contains("expected each name once"))
    #expect(problem(made(#"{"alg": "x"}"#, #"{"exp": 1.}"#)).contains("1:11: expected a digit"))
    let deep = String(repeating: "[", count: 100_000)
    #expect(problem(made(#"{"alg": "x"}"#, deep)).contains("nested at most 32 deep"))
    let long = String(repeating: "x", count: 100_000)
    #expect(problem(made(#"{"alg": "\#(long)"}"#, "{}")) == "the header has more than 64 KiB")
    #expect(problem(String(repeating: "a", count: 2 << 20)) == "the token has more than 1 MiB")
    #expect(problem(#"{"token": 1}"#) == "the JSON has no member 'token' with a text")
    #expect(problem(String(repeating: ".", count: 100_000)) == shape)
  }

  @Test(
    "a claim of another type is unknown, with what it says",
    arguments: [
      (
        "boot.secure_boot", #", "secureBootEnabled": "true""#,
        "the token says the text 'true' for secureBootEnabled, which is not understood"
      ),
      (
        "boot.secure_boot", #", "secureBootEnabled": 1"#,
        "the token says 1 for secureBootEnabled, which is not understood"
      ),
      (
        "boot.secure_boot", #", "secureBootEnabled": [true]"#,
        "the token says an array for secureBootEnabled, which is not understood"
      ),
      (
        "boot.secure_boot", #", "secureBootEnabled": null"#,
        "the token says null for secureBootEnabled, which is not understood"
      ),
      (
        "boot.secure_boot", #", "secureBootEnabled": true, "SecureBootEnabled": false"#,
        "the token's claims secureBootEnabled and SecureBootEnabled contradict each other"
      ),
      (
        "boot.secure_boot", "",
        "the service's policy issues no such claim (secureBootEnabled, SecureBootEnabled, secureboot)"
      ),
      (
        "boot.elam", #", "elamDriverLoaded": false"#,
        "the token says false for elamDriverLoaded, which tells of Microsoft's driver only"
      ),
      (
        "hvci.status", #", "hvciEnabled": false"#,
        "the token says false for hvciEnabled, and not for which reason"
      ),
      ("tpm.version", #", "tpmVersion": 3"#, "the token says 3 for tpmVersion, which is not understood"),
      (
        "tpm.present", #", "tpmVersion": false"#,
        "the token says false for tpmVersion, which is not understood"
      ),
      (
        "vbs.running", #", "x-ms-attestation-type": "sgx""#,
        "the token attests 'sgx', and not how a machine booted by its TPM"
      ),
      (
        "vbs.running", #", "x-ms-attestation-type": 1"#,
        "the token's x-ms-attestation-type is an integer, where a string belongs"
      ),
    ])
  func strangeClaims(fact: String, more: String, expected: String) throws {
    #expect(try content(of: fact, more) == .unknown(reason: expected))
  }

  @Test("claims that are false say the opposite of what they say when true")
  func negative() throws {
    let pairs: [(String, String, Value)] = [
      ("boot.secure_boot", "secureBootEnabled", .symbol("off")),
      ("boot.debugging", "bootDebuggingDisabled", .bool(true)),
      ("boot.kernel_debugging", "osKernelDebuggingDisabled", .bool(true)),
      ("boot.test_signing", "testSigningDisabled", .bool(true)),
      ("boot.flight_signing", "flightSigningNotEnabled", .bool(true)),
      ("boot.code_integrity", "codeIntegrityEnabled", .bool(false)),
      ("boot.safe_mode", "notSafeMode", .bool(true)),
      ("boot.winpe", "notWinPE", .bool(true)), ("vbs.running", "vbsEnabled", .bool(false)),
    ]
    for (fact, claim, value) in pairs {
      #expect(try content(of: fact, #", "\#(claim)": false"#) == .value(value), "\(fact)")
    }
  }

  @Test("openssl and this program agree about signatures")
  func differential() throws {
    guard let openssl = findProgram("openssl") else {
      print("skipped: the comparison with openssl, since it is not installed")
      return
    }
    let folder = try TemporaryFolder()
    func run(_ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: openssl)
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }
    func file(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
    try run(["genrsa", "-out", file("key.pem"), "3072"])
    try run([
      "req", "-x509", "-new", "-key", file("key.pem"), "-subj", "/CN=x", "-outform", "DER", "-out",
      file("c.der"),
    ])
    let certificate = try Data(contentsOf: URL(fileURLWithPath: file("c.der"))).base64EncodedString()
    let keys = try JSONWebKeys(Array(#"{"keys": [{"kty": "RSA", "x5c": ["\#(certificate)"]}]}"#.utf8))
    for (algorithm, hash, options) in [
      ("RS256", "-sha256", []), ("RS512", "-sha512", []),
      ("PS256", "-sha256", ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32"]),
    ] {
      let header = Self.encoded(Array(#"{"alg": "\#(algorithm)"}"#.utf8))
      let signed = header + "." + Self.encoded(Array(Self.claims("").utf8))
      let message = try folder.file("message", signed)
      try run(["dgst", hash, "-sign", file("key.pem")] + options + ["-out", file("signature"), message])
      let signature = try Data(contentsOf: URL(fileURLWithPath: file("signature")))
      let token = signed + "." + Self.encoded(Array(signature))
      #expect(try Self.verified(token, keys: keys).doubt == nil, "\(algorithm)")
      let other = signed.dropLast(4) + "AAAA." + Self.encoded(Array(signature))
      if let changed = try? Self.verified(String(other), keys: keys) {
        #expect(changed.doubt == "the token's signature is not one by the given key")
      }
    }
  }

  @Test("a file that is no token or no key set is an error, and is not opened when no fact of it is wanted")
  func refuses() throws {
    let folder = try TemporaryFolder()
    func message(_ probe: AttestationTokenProbe) -> String {
      do throws(ProbeError) {
        return "\(try probe.observe(declarations("vbs.running")))"
      } catch {
        return "\(error)"
      }
    }
    let text = try folder.file("x.jwt", "no token")
    #expect(
      message(AttestationTokenProbe(path: text))
        == "\(text): it is no token of three parts with a dot between each two")
    #expect(
      message(AttestationTokenProbe(path: Self.path("rs256.jwt"), keys: text)).hasPrefix(
        "\(text): the keys are not JSON"))
    #expect(message(AttestationTokenProbe(path: "nowhere.jwt")) == "'nowhere.jwt' does not exist")
    #expect(try AttestationTokenProbe(path: "nowhere.jwt").observe(declarations("tpm.enabled")) == [:])
  }
}

import Foundation
import TestSupport
import Testing

/// What certifying keys beside a simulated TPM needs beside policyc.
private let hasSimulator: Bool = {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  let missing = ["swtpm", "swtpm_setup", "swtpm_localca", "tpm2_evictcontrol", "openssl"].filter { name in
    !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
  if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
  return missing.isEmpty
}()

@Suite("policyc attest --certify", .serialized)
struct CertifyCommandTests {
  private static let policy = """
    policy "keys-in-tpm" version 1.0.0 {
      title "Keys in the TPM"
      require tpm_2_0 { that attested tpm.present and tpm.version >= 2.0 }
      require mdm { that attested attestation.mdm_key_in_tpm }
      require entra { that attested entra.key_in_tpm }
    }
    """
  private static let nonce = String(repeating: "a1", count: 32)

  /// Runs a script beside a simulator that keeps an MDM key at 0x81010020, an Entra key at 0x81010021 and one that can be copied out at
  /// 0x81010022.
  private func besideTPM(_ script: String, in folder: Folder) throws -> Run {
    let simulator = "\(Checkout.root.path)/scripts/with-swtpm"
    try folder.write(Self.policy, to: "policy.attpolicy")
    try folder.write(
      """
      set -u
      policyc() { "$POLICYC" "$@"; }
      attest() { policyc attest --nonce $NONCE --probe "tpm:$POLICYC_TCTI" "$@" 2>>errors; }
      judge() { # NAME FILE OPTION...: the exit code of a check by somebody who knows the attestation key
        local name=$1 file=$2; shift 2
        policyc check out/keys-in-tpm.compiled.json --evidence $file --nonce $NONCE --lang en "$@" >$name.report 2>&1
        echo "$name $?"
      }
      value() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p" "$2"; }
      make() { # NAME HANDLE ATTRIBUTES
        tpm2_create -Q -C parent.ctx -G rsa2048 -u $1.pub -r $1.priv -a "$3"
        tpm2_load -Q -C parent.ctx -u $1.pub -r $1.priv -c $1.ctx; tpm2_flushcontext -t
        tpm2_readpublic -Q -c $1.ctx -f pem -o $1.pem; tpm2_flushcontext -t
        tpm2_evictcontrol -Q -C o -c $1.ctx $2; tpm2_flushcontext -t
      }
      NONCE=\(Self.nonce)
      policyc build policy.attpolicy -o out >/dev/null || echo "the policy does not build"
      {
        tpm2_createprimary -Q -C o -G ecc -c parent.ctx; tpm2_flushcontext -t
        make mdm 0x81010020 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign'
        make entra 0x81010021 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|noda'
        make loose 0x81010022 'sensitivedataorigin|userwithauth|sign'
      } 2>>errors
      \(script)
      """, to: "script.sh")
    return try Tool.start(
      [simulator, "bash", "script.sh"], in: folder, environment: ["POLICYC": Tool.path]
    ).end(within: 300)
  }

  @Test(
    "a device complies where its TPM certified the keys that the services know, and nothing less does",
    .enabled(if: hasSimulator))
  func flow() throws {
    let folder = try Folder()
    let run = try besideTPM(
      """
      attest -o evidence.json --certify mdm=0x81010020 --certify entra=0x81010021 || echo "no evidence"
      name=000b$(value attestation_key evidence.json | base64 -d | sha256sum | cut -d ' ' -f 1)
      keys=(--mdm-key mdm.pem --entra-key entra.pub)
      judge known evidence.json --ak "$name" "${keys[@]}"
      named=$(tpm2_readpublic -c 0x81010020 | sed -n 's/^name: //p')
      judge by-name evidence.json --ak "$name" --mdm-key $named --entra-key entra.pem
      judge unknown-keys evidence.json --ak "$name"
      judge one-key evidence.json --ak "$name" --mdm-key mdm.pem
      judge unknown-signer evidence.json "${keys[@]}"
      judge another-key evidence.json --ak "$name" --mdm-key loose.pem --entra-key entra.pem
      attest -o without.json
      judge without without.json --ak "$name" "${keys[@]}"
      attest -o bare.json --certify 0x81010020 --certify 0x81010021
      judge bare bare.json --ak "$name" "${keys[@]}"
      attest -o loose.json --certify mdm=0x81010022 --certify entra=0x81010021
      judge loose loose.json --ak "$name" --mdm-key loose.pem --entra-key entra.pem
      NONCE=$(printf 'b2%.0s' {1..32})
      attest -o other.json --certify mdm=0x81010020
      sed "s|\\"statement\\":\\"[^\\"]*\\"|\\"statement\\":\\"$(value statement bare.json)\\"|" other.json >spliced.json
      judge spliced spliced.json --ak "$name" "${keys[@]}"
      """, in: folder)
    let expected = [
      "known 0", "by-name 0", "unknown-keys 3", "one-key 3", "unknown-signer 3", "another-key 3", "without 3",
      "bare 0", "loose 1", "spliced 3",
    ]
    let reports = expected.map { folder.text("\($0.split(separator: " ")[0]).report") }
    #expect(
      run.output.split(separator: "\n").map(String.init) == expected,
      "\(run)\(folder.text("errors"))\(reports)")
    #expect(folder.text("unknown-keys.report").contains("but only the device says that it is its MDM key"))
    #expect(
      folder.text("another-key.report").hasPrefix(
        "? indeterminate: the device had the key "), "\(folder.text("another-key.report"))")
    #expect(
      folder.text("without.report").contains("policyc attest --certify mdm=HANDLE adds it"),
      "\(folder.text("without.report"))")
    #expect(
      folder.text("spliced.report").contains("the certification of the MDM key does not hold"),
      "\(folder.text("spliced.report"))")
    #expect(
      folder.text("errors").contains(
        "warning: the MDM key at 0x81010022 does not count as kept in the TPM: it can be copied out of its TPM"
      ))
  }

  @Test(
    "a key that is not there or is not certified ends with 1, and nothing is written",
    .enabled(if: hasSimulator))
  func refused() throws {
    let folder = try Folder()
    let run = try besideTPM(
      """
      for key in mdm=0x81010099 0x80000000 entra=0x81010001; do
        attest -o refused.json --certify mdm=0x81010020 --certify ${key#mdm=}
        echo "$key $?"
      done
      echo kept >kept.json; attest -o kept.json --certify 0x81010099; cat kept.json
      ls refused.json 2>/dev/null
      """, in: folder)
    #expect(
      run.output == "mdm=0x81010099 1\n0x80000000 1\nentra=0x81010001 1\nkept\n",
      "\(run)\(folder.text("errors"))")
    let errors = folder.text("errors")
    #expect(
      errors.contains(
        "error: the TPM has no key at 0x81010099; tpm2_getcap handles-persistent lists what it has; no evidence is written\n"
      ))
    #expect(errors.contains("error: the TPM refused to certify the Entra key at 0x81010001: "), "\(errors)")
  }

  @Test(
    "keys that cannot be certified are a mistake of the command line",
    arguments: [
      (["0x1c00002"], "--certify: 0x1c00002 is the handle of an NV index"),
      (["mdm"], "--certify: 'mdm' has no handle in hexadecimal"),
      (["vpn=0x81010020"], "'vpn' in 'vpn=0x81010020' is not a role of a key"),
      (["mdm=0x81010020", "entra=0x81010020"], "--certify names the key of 'entra=0x81010020' twice"),
      (["mdm=0x81010020", "mdm=0x81010021"], "--certify names two keys for 'mdm'"),
      ((0..<9).map { "0x8101002\($0)" }, "--certify names 9 keys, and evidence has at most 8"),
    ])
  func mistakes(keys: [String], message: String) throws {
    let options = keys.flatMap { ["--certify", $0] }
    let run = try Tool.run(
      ["attest", "-o", "-", "--nonce", Self.nonce, "--probe", "tpm:nosuch"] + options, in: Folder())
    #expect(run.status == 2 && run.errors.contains(message), "\(run)")
  }
}

import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite("Keys that are known")
struct KnownKeyTests {
  // Of a made-up device; openssl wrote all of them for the same two keys.
  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBnzCCAUWgAwIBAgIUeI/InjxF+qiDgFWH9Mft1rHKGfgwCgYIKoZIzj0EAwIw
    JTERMA8GA1UEAwwIQSBkZXZpY2UxEDAOBgNVBAoMB0NvbnRvc28wHhcNMjYxMjAx
    MDM1MzU1WhcNMzYxMTI4MDM1MzU1WjAlMREwDwYDVQQDDAhBIGRldmljZTEQMA4G
    A1UECgwHQ29udG9zbzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLsW8lRWyyrU
    a51oTt0x2zCcy/nXthmQBjs1xgpw8xgGRXi09iUX6Xg116B9fJe3fCOZSsl3+vUt
    trDvSqL9hBajUzBRMB0GA1UdDgQWBBR04vAmX9IYxFBYXmEFm5y28mgnJzAfBgNV
    HSMEGDAWgBR04vAmX9IYxFBYXmEFm5y28mgnJzAPBgNVHRMBAf8EBTADAQH/MAoG
    CCqGSM49BAMCA0gAMEUCIQCBw++PHkoq/otAFd9QFVpvEN+Xvee+fuJP9hbiHmHK
    HAIgHz30w1sj8VK3oIPwM33jBOMorBJb4qhyrGy/lgBuTzo=
    -----END CERTIFICATE-----
    """
  private static let publicKey = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEuxbyVFbLKtRrnWhO3THbMJzL+de2
    GZAGOzXGCnDzGAZFeLT2JRfpeDXXoH18l7d8I5lKyXf69S22sO9Kov2EFg==
    -----END PUBLIC KEY-----
    """
  private static let compressed = """
    -----BEGIN PUBLIC KEY-----
    MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACuxbyVFbLKtRrnWhO3THbMJzL+de2
    GZAGOzXGCnDzGAY=
    -----END PUBLIC KEY-----
    """
  private static let rsaCertificate = """
    -----BEGIN CERTIFICATE-----
    MIIB9DCCAV2gAwIBAgIUZwKd5WCMLr86Q3TOnNQ40kZC7CAwDQYJKoZIhvcNAQEL
    BQAwDDEKMAgGA1UEAwwBQjAeFw0yNjEyMDEwMzUzNTZaFw0zNjExMjgwMzUzNTZa
    MAwxCjAIBgNVBAMMAUIwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAL7vxGlU
    DmHJSParpFmgJes7o6y6qe4Ne+lt/L0OFeV5y/h7yMQrSbK6MNssfT/m6RLJIenU
    J6DWQbIZC53A7EDfGvgmfqRm06mjNaXJcp+DVVL2QUIHsOb8CjpKV8glyDuLFiiY
    NxBPPj9Dwm5KHxW2UA2JLpmT7L2ZmXVeKupnAgMBAAGjUzBRMB0GA1UdDgQWBBS5
    fpNc2DbfLLf0Mv/fnm7u7bsjPzAfBgNVHSMEGDAWgBS5fpNc2DbfLLf0Mv/fnm7u
    7bsjPzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAL3h0udYZMxh
    bzzvDBGxKKOQaSieeaqq7lc9gTtZHm6KzgCO48/uZINg5g2hmMQ2O8RvsnWTY/sW
    3WrwDXOtrHyVnTgbg0/HeJxjHwjKlw2fSa+kghVa7ExLarIvEwUj18p99mp0IAQa
    gUnZA9ouo7hKAq4h1cjObM/065nS67pR
    -----END CERTIFICATE-----
    """
  private static let rsaKey = """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC+78RpVA5hyUj2q6RZoCXrO6Os
    uqnuDXvpbfy9DhXlecv4e8jEK0myujDbLH0/5ukSySHp1Ceg1kGyGQudwOxA3xr4
    Jn6kZtOpozWlyXKfg1VS9kFCB7Dm/Ao6SlfIJcg7ixYomDcQTz4/Q8JuSh8VtlAN
    iS6Zk+y9mZl1XirqZwIDAQAB
    -----END PUBLIC KEY-----
    """
  private static let rsaNumbers = """
    -----BEGIN RSA PUBLIC KEY-----
    MIGJAoGBAL7vxGlUDmHJSParpFmgJes7o6y6qe4Ne+lt/L0OFeV5y/h7yMQrSbK6
    MNssfT/m6RLJIenUJ6DWQbIZC53A7EDfGvgmfqRm06mjNaXJcp+DVVL2QUIHsOb8
    CjpKV8glyDuLFiiYNxBPPj9Dwm5KHxW2UA2JLpmT7L2ZmXVeKupnAgMBAAE=
    -----END RSA PUBLIC KEY-----
    """

  private static func der(_ pem: String) -> [UInt8] {
    Base64.decode(pem.split(separator: "\n").dropFirst().dropLast().joined().utf8) ?? []
  }

  private static let point = Array(der(publicKey).suffix(64))
  private static let area = Marshal.publicArea(
    .ecc(.p256, x: Array(point.prefix(32)), y: Array(point.suffix(32))), .null, attributes: Marshal.boundKey)
  private static let rsaArea = Marshal.publicArea(
    .rsa(modulus: Array(der(rsaNumbers)[7..<135]), exponent: 65537), .null, attributes: Marshal.boundKey)

  private func problem(_ bytes: [UInt8]) -> String {
    do throws(KnownKey.Problem) {
      _ = try KnownKey(file: bytes)
      return ""
    } catch { return "\(error)" }
  }

  @Test("a certificate, a public key and a public area name the same key, in every form")
  func forms() throws {
    let (ecc, rsa) = (try TPMPublic(Self.area), try TPMPublic(Self.rsaArea))
    let name = hexadecimal(ecc.name)
    let files: [[UInt8]] = [
      Array(Self.certificate.utf8), Self.der(Self.certificate), Array(Self.publicKey.utf8),
      Self.der(Self.publicKey), Self.area, Marshal.sized(Self.area), Array("\(name)\n".utf8),
      Array("0x\(name.uppercased())".utf8),
      Array("subject=CN = A device\r\n\(Self.certificate.replacing("\n", with: "\r\n"))\r\n".utf8),
    ]
    for file in files {
      let key = try KnownKey(file: file)
      #expect(key.isKey(of: ecc) && !key.isKey(of: rsa), "\(String(decoding: file, as: UTF8.self))")
    }
    for pem in [Self.rsaCertificate, Self.rsaKey, Self.rsaNumbers] {
      for file in [Array(pem.utf8), Self.der(pem)] {
        let key = try KnownKey(file: file)
        #expect(key.isKey(of: rsa) && !key.isKey(of: ecc), "\(pem)")
      }
    }
  }

  @Test("a name is of one public area, numbers are of every one with that key")
  func attributes() throws {
    let other = try TPMPublic(
      Marshal.publicArea(
        .ecc(.p256, x: Array(Self.point.prefix(32)), y: Array(Self.point.suffix(32))), .null,
        attributes: [.sign]))
    #expect(try KnownKey(file: Self.der(Self.publicKey)).isKey(of: other))
    #expect(try !KnownKey(file: Self.area).isKey(of: other))
    #expect(KnownKey(hexadecimal: hexadecimal(other.name))?.isKey(of: other) == true)
    #expect(KnownKey(hexadecimal: hexadecimal(other.name.dropLast())) == nil)
    #expect(KnownKey(hexadecimal: "") == nil && KnownKey(hexadecimal: "device.cer") == nil)
  }

  @Test("what is no key is refused, and says what it is")
  func refusals() {
    let none =
      "it is not a certificate, a public key, a public area of a TPM, or the name of one in hexadecimal"
    #expect(problem([]) == none && problem(Array("hello\n".utf8)) == none)
    #expect(problem(Array("000b\n".utf8)).hasPrefix("it is damaged, or is not a certificate"))
    #expect(
      problem(Array("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n".utf8))
        == "it has 'EC PRIVATE KEY', and neither a certificate nor a public key")
    let two = Array("\(Self.certificate)\n\(Self.rsaCertificate)\n".utf8)
    #expect(problem(two) == "it has several; give the one of the device alone")
    #expect(
      problem(Array(Self.certificate.utf8.dropLast(20))) == "what it has in PEM has no end")
    #expect(
      problem(Array(Self.publicKey.replacing("MFkw", with: "MF!w").utf8))
        == "what it has in PEM is not Base64")
    #expect(problem(Array(Self.compressed.utf8)).contains("as a point without compression"))
    let der = Self.der(Self.certificate)
    for count in der.indices { #expect(problem(Array(der[..<count])) != "", "\(count) bytes") }
    #expect(problem(der + [0]).hasPrefix("it is damaged"))
    // What begins like the numbers of a public key and goes on, as a private key does.
    #expect(problem([0x30, 9, 2, 1, 0, 2, 1, 7, 2, 1, 5]) != "")
  }
}

import TPMEvidence

/// The certificates in a file: one in DER, or any number in PEM (RFC 7468).
enum CertificateFile {
  /// Why a file is no file of certificates.
  struct Problem: Error, Hashable {
    let text: String
  }

  /// The certificates in DER, each one whole element; they need not be readable as certificates.
  static func certificates(in bytes: [UInt8]) throws(Problem) -> [[UInt8]] {
    if bytes.first == DERElement.sequence {
      guard let length = elementLength(bytes), length == bytes.count else {
        throw Problem(text: "it is neither a whole certificate in DER nor one in PEM")
      }
      return [bytes]
    }
    var certificates: [[UInt8]] = []
    var open: [UInt8]?
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = trimmed(line)
      if line.elementsEqual("-----BEGIN CERTIFICATE-----".utf8) {
        guard open == nil else { throw Problem(text: "a certificate in PEM begins in another one") }
        open = []
      } else if line.elementsEqual("-----END CERTIFICATE-----".utf8) {
        guard let text = open else { throw Problem(text: "a certificate in PEM ends without a beginning") }
        guard let der = Base64.decode(text), elementLength(der) == der.count, der.first == DERElement.sequence
        else { throw Problem(text: "certificate \(certificates.count + 1) in it is not a certificate") }
        certificates.append(der)
        open = nil
      } else if line.starts(with: "-----BEGIN".utf8) {
        throw Problem(text: "it holds something else than certificates")
      } else if open != nil {
        open? += line
      }
    }
    guard open == nil else { throw Problem(text: "its last certificate in PEM has no end") }
    guard !certificates.isEmpty else { throw Problem(text: "there is no certificate in it") }
    return certificates
  }

  /// A certificate as an NV index of a TPM holds it: the index may be larger than the certificate, and filled up with zeros or ones.
  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    guard let length = elementLength(bytes), let fill = bytes.dropFirst(length).first,
      fill == 0 || fill == 0xFF,
      bytes.dropFirst(length).allSatisfy({ $0 == fill })
    else { return bytes }
    return Array(bytes.prefix(length))
  }

  private static func elementLength(_ bytes: [UInt8]) -> Int? {
    var reader = DERReader(bytes[...])
    return reader.next()?.content.endIndex
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var line = line.drop(while: isBlank)
    while let last = line.last, isBlank(last) { line.removeLast() }
    return line
  }
}

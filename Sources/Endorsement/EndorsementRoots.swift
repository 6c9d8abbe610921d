import Cryptography
import FileAccess
import TPMEvidence

/// The certificates that whoever judges evidence has put into a folder: roots, which are trusted, and others, which only help to get from an
/// endorsement key's certificate to a root.
///
/// A certificate is a root when it signs itself. Putting any other certificate into the folder trusts nothing.
package struct EndorsementRoots: Sendable {
  let roots: [X509Certificate]
  let intermediates: [X509Certificate]
  /// Certificates that are not read.
  let unread: [UnreadCertificate]
  /// Certificates that are not made use of, since they cannot be read or their signature is not one: `FILE: reason`.
  package let unusable: [String]

  /// How many roots there are.
  package var rootCount: Int { roots.count }
  /// How many certificates there are that are no roots.
  package var intermediateCount: Int { intermediates.count }

  /// What is read at most.
  package enum Limit {
    /// The size of a file in bytes.
    package static let fileBytes = 4 << 20
    /// The number of certificates in all files; Microsoft's collection of manufacturers' certificates has some 2000.
    package static let certificates = 10_000
    /// The number of files.
    package static let files = 10_000
  }

  /// The endings of the names of certificate files; others are left alone.
  package static let suffixes = [".pem", ".crt", ".cer", ".der"]

  /// Reads the certificate files in and below a folder, whose names end in one of ``suffixes`` in either case.
  package init(folder: String) throws(EndorsementRootsError) {
    var files: [(name: String, bytes: [UInt8])] = []
    do throws(FileError) {
      let names = try listFiles(under: folder, suffix: "", depth: 8, entries: Limit.files)
      for name in names where Self.isCertificateFile(name) {
        files.append((name, try readFile(name, limit: Limit.fileBytes)))
      }
    } catch { throw .file(error) }
    guard !files.isEmpty else { throw .noCertificates(folder) }
    try self.init(files: files)
  }

  /// Takes the certificates of files that have been read.
  package init(files: [(name: String, bytes: [UInt8])]) throws(EndorsementRootsError) {
    guard LibCrypto.installed != nil else { throw .noLibrary }
    var roots: [X509Certificate] = []
    var intermediates: [X509Certificate] = []
    var unread: [UnreadCertificate] = []
    var unusable: [String] = []
    var seen: Set<[UInt8]> = []
    for file in files {
      let found: [[UInt8]]
      do { found = try CertificateFile.certificates(in: file.bytes) } catch {
        throw .notCertificate(file.name, error.text)
      }
      for der in found where seen.insert(der).inserted {
        guard seen.count <= Limit.certificates else { throw .tooMany }
        let certificate: X509Certificate
        do { certificate = try X509Certificate(der) } catch {
          unread.append(UnreadCertificate(der, in: file.name, because: error.text))
          unusable.append("\(file.name): \(Self.advice(error.text))")
          continue
        }
        if !certificate.isSelfIssued {
          intermediates.append(certificate)
        } else if certificate.signed(certificate) {
          roots.append(certificate)
        } else if certificate.isIssuedByNamesake {
          intermediates.append(certificate)
        } else {
          unusable.append("\(file.name): it names itself as its issuer, and its signature is not its own")
        }
      }
    }
    self.roots = roots
    self.intermediates = intermediates
    self.unread = unread
    self.unusable = unusable
  }

  private static func advice(_ reason: String) -> String {
    "policyc cannot read this certificate, since \(reason); whether TPMs below it are trusted stays unknown. Check their certificates by "
      + "other means, such as openssl verify, and name their attestation keys with --ak; delete the file if you have none of them"
  }

  private static func isCertificateFile(_ path: String) -> Bool {
    suffixes.contains { suffix in path.lowercased().hasSuffix(suffix) }
  }
}

/// Why a folder of roots is refused.
package enum EndorsementRootsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder or a file in it cannot be read.
  case file(FileError)
  /// A file is no certificate, for this reason.
  case notCertificate(String, String)
  /// There is no file of certificates in the folder.
  case noCertificates(String)
  /// There are more certificates than ``EndorsementRoots/Limit/certificates``.
  case tooMany
  /// There is no libcrypto on this machine.
  case noLibrary

  /// One sentence without a full stop.
  package var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .notCertificate(let name, let reason): "\(name): \(reason)"
    case .noCertificates(let folder):
      "\(folder): expected files of certificates (\(EndorsementRoots.suffixes.joined(separator: ", "))), found none"
    case .tooMany: "expected at most \(EndorsementRoots.Limit.certificates) certificates, found more"
    case .noLibrary: "certificates cannot be read: \(LibCrypto.advice)"
    }
  }
}

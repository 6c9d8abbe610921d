#!/usr/bin/env python3
"""Writes evidence of about so many bytes, as policyc attest would: generate_evidence.py BYTES FILE

Its boot log has what those of Windows have: keys and databases with 430 revoked digests, drivers of cards, variables of boot options, two stages of
Windows, and lists of loaded modules of 24 kB each. A third of it is small events of firmware, of which there are more for a byte than in any real
log; real ones have 60 to 120 events in 20 to 75 kB. Two banks are quoted. The key is made anew each time, by openssl; its name and the nonce are
printed as options of policyc check.
"""
import base64
import hashlib
import json
import random
import struct
import subprocess
import sys
import tempfile

BANKS = ((0x0004, "sha1", 20), (0x000B, "sha256", 32))
NO_ACTION, SEPARATOR, EVENT_TAG = 3, 4, 6
VARIABLE, IMAGE, DRIVER, BLOB, ACTION, AUTHORITY = 0x80000001, 0x80000003, 0x80000004, 0x80000008, 0x80000007, 0x800000E0
BOOT_VARIABLE = 0x80000002
GLOBAL = bytes.fromhex("61dfe48bca93d211aa0d00e098032b8c")
DATABASE = bytes.fromhex("cbb219d73a3d9645a3bcdad00e67656f")
X509 = bytes.fromhex("a159c0a5e494a74a87b5ab155c2bf072")
SHA256 = bytes.fromhex("2616c4c14c509240aca941f936934328")
OWNER = b"\x77" * 16
NONCE = bytes(range(16))
QUOTED = [*range(10), *range(11, 15), *range(17, 23)]


class Log:
    """A crypto-agile log, and the PCRs that it leads to."""

    def __init__(self):
        names = b"".join(struct.pack("<HH", number, size) for number, _, size in BANKS)
        data = b"Spec ID Event03\0" + struct.pack("<I4BI", 0, 0, 2, 0, 2, len(BANKS)) + names + b"\0"
        self.bytes = bytearray(struct.pack("<II20xI", 0, NO_ACTION, len(data)) + data)
        self.count = 1
        self.pcrs = {name: {pcr: (b"\xff" if 17 <= pcr <= 22 else b"\0") * size for pcr in range(24)} for _, name, size in BANKS}

    def add(self, pcr, kind, data, measured=None):
        self.count += 1
        self.bytes += struct.pack("<III", pcr, kind, len(BANKS))
        for number, name, _ in BANKS:
            digest = hashlib.new(name, data if measured is None else measured).digest()
            self.bytes += struct.pack("<H", number) + digest
            self.pcrs[name][pcr] = hashlib.new(name, self.pcrs[name][pcr] + digest).digest()
        self.bytes += struct.pack("<I", len(data)) + data


def variable(vendor, name, value):
    return vendor + struct.pack("<QQ", len(name), len(value)) + name.encode("utf-16-le") + value


def signatures(kind, entries):
    size = 16 + len(entries[0])
    body = b"".join(OWNER + entry for entry in entries)
    return kind + struct.pack("<III", 28 + len(body), 0, size) + body


def der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82, size >> 8, size & 255])
    return bytes([tag]) + length + content


def certificate(name, chance):
    """What a reader of subjects sees of a certificate, at the size of a real one."""
    attribute = der(0x31, der(0x30, der(0x06, b"\x55\x04\x03") + der(0x0C, name.encode())))
    empty = der(0x30, b"")
    fields = der(0xA0, der(0x02, b"\2")) + der(0x02, b"\7") + empty * 3 + der(0x30, attribute) + der(0x30, chance.randbytes(1200))
    return der(0x30, der(0x30, fields))


def image(path):
    text = path.encode("utf-16-le") + b"\0\0"
    nodes = struct.pack("<BBH", 4, 4, 4 + len(text)) + text + b"\x7f\xff\4\0"
    return bytes(24) + struct.pack("<Q", len(nodes)) + nodes


def element(tag, data):
    return struct.pack("<II", tag, len(data)) + data


def stage(*elements):
    return element(0x40010001, b"".join(element(tag, data) for tag, data in elements))


def module(number, chance):
    members = ((0x00070001, f"\\Windows\\System32\\drivers\\contoso{number}.sys".encode("utf-16-le")),
               (0x00070002, struct.pack("<Q", 65536)), (0x00070003, struct.pack("<I", 0x800C)),
               (0x00070004, chance.randbytes(32)), (0x0007000A, b"\1"), (0x00070007, chance.randbytes(8)),
               (0x00070005, "Contoso Production PCA 2030".encode("utf-16-le")),
               (0x00070008, "Contoso Windows".encode("utf-16-le")), (0x00070009, chance.randbytes(20)))
    return 0x40010003, b"".join(element(tag, data) for tag, data in members)


def boot_log(size, chance):
    log = Log()
    log.add(0, 8, "1.2.3".encode("utf-16-le"))
    for _ in range(6):
        log.add(0, BLOB, chance.randbytes(16), measured=chance.randbytes(64))
    signer = certificate("Contoso Boot Signer", chance)
    log.add(7, VARIABLE, variable(GLOBAL, "SecureBoot", b"\1"))
    log.add(7, VARIABLE, variable(GLOBAL, "PK", signatures(X509, [certificate("Contoso PK", chance)])))
    log.add(7, VARIABLE, variable(GLOBAL, "KEK", b"".join(signatures(X509, [certificate(f"Contoso KEK {i}", chance)]) for i in range(2))))
    log.add(7, VARIABLE, variable(DATABASE, "db", b"".join(
        signatures(X509, [one]) for one in (signer, certificate("Contoso Third Party", chance)))))
    log.add(7, VARIABLE, variable(DATABASE, "dbx", signatures(SHA256, [chance.randbytes(32) for _ in range(430)])))
    log.add(7, SEPARATOR, bytes(4))
    small = len(log.bytes) + size // 3
    while len(log.bytes) < small:
        name = f"Boot{log.count:04X}"
        log.add(1, BOOT_VARIABLE, variable(GLOBAL, name, chance.randbytes(chance.randrange(8, 60))))
        log.add(chance.choice((0, 1, 3, 6)), BLOB, chance.randbytes(16), measured=chance.randbytes(16))
    for number in range(30):
        log.add(2, DRIVER, image(f"\\card{number}.efi"), measured=chance.randbytes(64))
    log.add(4, ACTION, b"Calling EFI Application from Boot Option")
    for pcr in range(7):
        log.add(pcr, SEPARATOR, bytes(4))
    log.add(7, AUTHORITY, variable(DATABASE, "db", OWNER + signer))
    log.add(4, IMAGE, image("\\EFI\\Microsoft\\Boot\\bootmgfw.efi"), measured=chance.randbytes(64))
    word, long = struct.Struct("<I").pack, struct.Struct("<Q").pack
    flags = ((0x00040001, b"\0"), (0x00050003, b"\0"), (0x00050021, b"\0"), (0x00050002, b"\1"))
    log.add(12, EVENT_TAG, stage((0x00020002, long(7)), (0x00020003, word(1)), (0x00020009, word(3)), *flags))
    log.add(12, EVENT_TAG, stage(
        (0x00020009, word(5)), (0x00050001, b"\0"), (0x00050005, b"\0"), (0x00050006, b"\0"), (0x0005000A, long(1)),
        (0x00050012, long(1)), (0x000A0007, long(1)),
        (0x40010002, element(0x00090001, "Contoso AV".encode("utf-16-le")) + element(0x00090004, b"\1\2\3")), *flags))
    while len(log.bytes) < size:
        log.add(13, EVENT_TAG, stage(*(module(log.count * 100 + i, chance) for i in range(50))))
    for pcr in (12, 13, 14):
        log.add(pcr, SEPARATOR, b"WBCL")
    return log


def openssl(*arguments, **options):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True, **options).stdout


def sized(data):
    return struct.pack(">H", len(data)) + data


def integer(data):
    """The next INTEGER of DER, as 32 bytes, and what follows."""
    size = data[1]
    return data[2:2 + size].lstrip(b"\0").rjust(32, b"\0"), data[2 + size:]


def quote(log):
    """TPMT_PUBLIC, TPMS_ATTEST and TPMT_SIGNATURE of a key of P-256."""
    with tempfile.NamedTemporaryFile() as key:
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key.name)
        point = openssl("ec", "-in", key.name, "-pubout", "-outform", "DER")[-64:]
        # ECC, named by SHA-256, of an attestation key; no policy; no parameters, ECDSA by SHA-256, P-256, no key derivation.
        public = struct.pack(">HHI", 0x23, 0x0B, 0x50072) + sized(b"") + struct.pack(">HHHHH", 0x10, 0x18, 0x0B, 3, 0x10)
        public += sized(point[:32]) + sized(point[32:])
        name = b"\0\x0b" + hashlib.sha256(public).digest()
        bits = sum(1 << pcr for pcr in QUOTED).to_bytes(3, "little")
        selection = struct.pack(">I", len(BANKS)) + b"".join(struct.pack(">HB", number, 3) + bits for number, _, _ in BANKS)
        values = b"".join(log.pcrs[bank][pcr] for _, bank, _ in BANKS for pcr in QUOTED)
        statement = b"\xffTCG\x80\x18" + sized(name) + sized(NONCE) + struct.pack(">QIIBQ", 1000, 7, 0, 1, 1) + selection
        statement += sized(hashlib.sha256(values).digest())
        signature = openssl("dgst", "-sha256", "-sign", key.name, input=statement)
    r, rest = integer(signature[2:])
    s, _ = integer(rest)
    return name, public, statement, struct.pack(">HH", 0x18, 0x0B) + sized(r) + sized(s)


def main():
    size, path = int(sys.argv[1]), sys.argv[2]
    # Base64 takes four bytes for three.
    log = boot_log((size - 5000) * 3 // 4, random.Random(7))
    name, public, statement, signature = quote(log)
    text = {key: base64.b64encode(value).decode() for key, value in (
        ("nonce", NONCE), ("attestation_key", public), ("quote", statement), ("signature", signature), ("boot_log", bytes(log.bytes)))}
    pcrs = {bank: {str(pcr): values[pcr].hex() for pcr in QUOTED} for bank, values in log.pcrs.items()}
    with open(path, "w") as file:
        json.dump({"format": "policyc-evidence", "version": 1, "pcrs": pcrs, **text}, file, separators=(",", ":"), sort_keys=True)
    print(f"--nonce {NONCE.hex()} --ak {name.hex()}")


if __name__ == "__main__":
    main()

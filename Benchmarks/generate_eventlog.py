#!/usr/bin/env python3
"""Writes a boot log of about so many bytes: generate_eventlog.py BYTES FILE

Crypto-agile, with digests in SHA-1 and SHA-256; events of some twenty bytes in the PCRs 0 to 7, about 100 bytes each in all, which is far smaller
than real ones and so the most work for a byte. The same bytes each time.
"""
import hashlib
import random
import struct
import sys

ALGORITHMS = ((0x0004, "sha1", 20), (0x000B, "sha256", 32))
NO_ACTION, EVENT_TAG = 3, 6


def header():
    names = b"".join(struct.pack("<HH", number, size) for number, _, size in ALGORITHMS)
    data = b"Spec ID Event03\0" + struct.pack("<I4BI", 0, 0, 2, 0, 2, len(ALGORITHMS)) + names + b"\0"
    return struct.pack("<II20xI", 0, NO_ACTION, len(data)) + data


def event(register, data):
    digests = b"".join(struct.pack("<H", number) + hashlib.new(name, data).digest() for number, name, _ in ALGORITHMS)
    return struct.pack("<III", register, EVENT_TAG, len(ALGORITHMS)) + digests + struct.pack("<I", len(data)) + data


def main():
    size, path = int(sys.argv[1]), sys.argv[2]
    chance = random.Random(7)
    with open(path, "wb") as file:
        written = file.write(header())
        while written < size:
            data = b"event %d " % written + chance.randbytes(chance.randrange(8, 24))
            written += file.write(event(chance.randrange(8), data))


if __name__ == "__main__":
    main()

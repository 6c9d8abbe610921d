#!/usr/bin/env python3
"""Proves that reports over a generated fleet add up, by counts that others than policyc make.

    Tests/Fleet/prove.py POLICYC COUNT FOLDER

generate.py makes COUNT devices; jq judges them by expect.jq, from the input alone. Every format of policyc's report has to say the same of every device, its counts
have to be those of jq, and so have those that DuckDB (where Python has it, else Python's csv) takes from the report in CSV. Prints what it
compared; ends with 1 at the first difference, and with 77 and a reason where jq is missing. Files stay in FOLDER.
"""
import collections
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys

import generate

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NO_RETRY = {"tpm_not_trusted", "client_request_rejected", "feature_not_supported", "entra_token_without_device"}
STATES = ("line", "verdict", "state", "statuses", "branch", "ownership", "failed", "unknown")
Device = collections.namedtuple("Device", STATES)
# The device of a report as a line of expect.jq.
PROJECTION = (
    '[.line, .verdict, .attestation_status, ([.status_detail // empty] + .other_statuses | join(" ")), .branch // "", .ownership // "", '
    '(.failed_rules | join(" ")), (.unknown_rules | join(" "))] | @tsv')


class Difference(Exception):
    pass


def same(what, expected, actual):
    if expected != actual:
        raise Difference(f"{what}: expected {str(expected)[:600]}, found {str(actual)[:600]}")
    print(f"same: {what}")


def same_lines(what, expected, actual):
    for number, (one, other) in enumerate(zip(expected, actual), 1):
        if one != other:
            raise Difference(f"{what}, device {number}: expected {one}, found {other}")
    same(f"{what}, devices", len(expected), len(actual))


def run(*command, codes=(0,), output=None):
    with open(output or "/dev/null", "wb") as out:
        process = subprocess.run([str(part) for part in command], stdout=out if output else subprocess.PIPE, stderr=subprocess.PIPE)
    if process.returncode not in codes:
        raise Difference(f"{' '.join(map(str, command))} ended with {process.returncode}: {process.stderr.decode()[:1000]}")
    return process.stdout


def jq(*arguments):
    return [Device(*line.split("\t")) for line in run("jq", *arguments).decode().splitlines()]


def counted(devices):
    """The counts of a report's JSON, from devices."""
    def by(key, items=devices):
        return dict(collections.Counter(key(item) for item in items))

    branches = {name: {"devices": len(items), "verdicts": by(lambda item: item.verdict, items)}
                for name, items in grouped(devices, lambda item: item.branch).items()}
    return {"verdicts": by(lambda item: item.verdict), "attestation_statuses": by(lambda item: item.state),
            "status_details": by(lambda item: item.statuses.split(" ")[0] or "none"), "branches": branches}


def grouped(items, key):
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def told(counts):
    """The counts of a report's JSON without those that are 0."""
    def some(found):
        return {name: count for name, count in found.items() if count}

    branches = {item["branch"] or "": {"devices": item["devices"], "verdicts": some(item["verdicts"])} for item in counts["branches"]}
    return {name: some(counts[name]) for name in ("verdicts", "attestation_statuses", "status_details")} | {"branches": branches}


def csv_counts(path):
    """How many devices the CSV has for each combination of what counts; by DuckDB where it is installed."""
    columns = ["Verdict", "Attestation status", "Status detail", "Windows branch", "Ownership", "Failed rules"]
    try:
        import duckdb
    except ImportError:
        print("CSV is read by Python's csv: DuckDB is not installed")
        with open(path, encoding="utf-8", newline="") as file:
            rows = [tuple(row[name] for name in columns) for row in csv.DictReader(file)]
        return collections.Counter(rows)
    names = ", ".join(f"coalesce(\"{name}\", '')" for name in columns)
    found = duckdb.sql(f"select {names}, count(*) from read_csv('{path}', header=true, all_varchar=true) group by all").fetchall()
    return collections.Counter({tuple(row[:-1]): row[-1] for row in found})


def check_csv(path, devices):
    """The CSV counts the same: its texts stand one to one for the names of the others."""
    texts = csv_counts(path)
    names = collections.Counter(
        (one.verdict, one.state, one.statuses.split(" ")[0], one.branch, one.ownership, "; ".join(one.failed.split(" "))) for one in devices)
    same("CSV, devices", sum(names.values()), sum(texts.values()))
    for column, name in ((3, "branch"), (4, "ownership"), (5, "failed rules")):
        same(f"CSV, counts by {name}", totals(names, column), totals(texts, column))
    # Verdicts and statuses are texts in a language: their counts have to be the same, whatever they are called.
    for name, group in (("verdict", (0,)), ("attestation status", (1,)), ("status detail", (2,)), ("all three", (0, 1, 2))):
        same(f"CSV, counts by {name}", sizes(names, group), sizes(texts, group))


def totals(counts, column):
    found = collections.Counter()
    for key, count in counts.items():
        found[key[column]] += count
    return found


def sizes(counts, group):
    found = collections.Counter()
    for key, count in counts.items():
        found[tuple(key[column] for column in group)] += count
    return sorted(found.values())


def check_intune(path, lines):
    """Each status detail of Intune's own report comes back as the status that stands for it."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Model"] is not None]
    details = dict(generate.DETAILS, **{"Attestation is in process": "attestation_in_process", "": ""})
    devices = [json.loads(line) for line in open(lines, encoding="utf-8")]
    found = [(device["device_id"] or "", device["status_detail"] or "") for device in devices if device["type"] == "device"]
    same_lines("Intune's export", [(row["Device ID"], details[row["Status detail"]]) for row in rows], found)


def check_plan(plan, devices, ids):
    """The plan asks whom the rules say, each once, in batches that keep the limits."""
    asked, refused, entries = [], set(), []
    for one in devices:
        statuses = set(one.statuses.split())
        wanted = one.verdict != "not_applicable" and not statuses & NO_RETRY and (
            bool(statuses) or one.verdict != "fail" and one.state in ("not_started", "in_progress"))
        identity = (ids[int(one.line)] or "").lower()
        valid = bool(GUID.fullmatch(identity)) and identity.strip("0-") != ""
        if valid and not wanted:
            refused.add(identity)
        if valid and wanted:
            entries.append(identity)
    asked = sorted({identity for identity in entries if identity not in refused})
    found, last = [], {}
    for stage in ("now", "after_mending"):
        for batch in plan[stage]["batches"]:
            requests = [request for call in batch["calls"] for request in call["requests"]]
            same_quietly("a batch's time", last.get(stage, -60) + 60, batch["start_seconds"])
            last[stage] = batch["start_seconds"]
            same_quietly("a batch's limits", (True, True),
                         (len(requests) <= 100, all(len(call["requests"]) <= 20 for call in batch["calls"])))
            for request in requests:
                same_quietly("a request's URL", f"/deviceManagement/managedDevices/{request['id']}/initiateMobileDeviceManagementKeyRecovery",
                             request["url"])
            found += [request["id"] for request in requests]
    same("plan, requests", asked, sorted(found))
    counts = plan["counts"]
    same("plan, rows", len(devices), counts["now"] + counts["after_mending"] + counts["left_out"])


def same_quietly(what, expected, actual):
    if expected != actual:
        raise Difference(f"{what}: expected {expected}, found {actual}")


def prove(policyc, count, folder):
    run(policyc, "build", ROOT / "Policies", "-o", folder / "policies")
    policy = folder / "policies" / "windows-enrollment-attestation.compiled.json"
    inputs = {"ndjson": folder / "devices.ndjson", "csv": folder / "devices.csv", "intune": folder / "intune.csv"}
    for kind, path in inputs.items():
        run(sys.executable, HERE / "generate.py", count, kind, output=path)

    def report(kind, form, *options):
        path = folder / f"from-{kind}.{form}{'.plan' if '--plan-attest' in options else ''}"
        run(policyc, "report", policy, "--input", inputs[kind], "--format", form, "--lang", "en", "-o", path, *options, codes=(0, 1))
        return path

    expected = jq("-Rnrf", HERE / "expect.jq", inputs["ndjson"])
    bad = [row for row in range(1, int(count) + 1) if row % 97 == 14]
    same("rows that jq can read and rows that were made readable", int(count) - len(bad), len(expected))
    lines = report("ndjson", "ndjson")
    same_lines("NDJSON", expected, jq("-r", f'select(.type == "device") | {PROJECTION}', lines))
    document = report("ndjson", "json")
    same_lines("JSON", expected, jq("-r", f".devices[] | {PROJECTION}", document))
    whole = json.loads(document.read_bytes())
    same("lines of bad rows", bad, [problem["line"] for problem in whole["problems"]])
    same("counts", counted(expected), told(whole["counts"]))
    counts = whole["counts"]
    same("sums", (int(count), len(expected), len(bad)), (counts["rows"], counts["devices"], counts["problems"]))

    tables = jq("-r", f'select(.type == "device") | {PROJECTION}', report("csv", "ndjson"))
    same_lines("CSV as input", [one._replace(line="") for one in expected], [one._replace(line="") for one in tables])
    check_csv(report("ndjson", "csv"), expected)

    check_intune(inputs["intune"], report("intune", "ndjson", "--mapping", "intune"))

    ids = {device["line"]: device["device_id"] for device in whole["devices"]}
    check_plan(json.loads(report("ndjson", "json", "--plan-attest").read_bytes()), expected, ids)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if not shutil.which("jq"):
        print("jq is not installed (Debian: jq)")
        sys.exit(77)
    try:
        prove(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]))
    except Difference as difference:
        print(f"different: {difference}")
        sys.exit(1)


if __name__ == "__main__":
    main()

"""What Benchmarks/run measures of the report over a fleet: 100,000 devices beside programs that only read them."""
import pathlib
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEVICES = 100_000
READERS = {
    "DuckDB, reading and counting": {
        "ndjson": "import duckdb,sys; duckdb.sql('select count(*), count(distinct json) from read_json_objects(\"%s\", format=\"newline_delimited\", ignore_errors=true)' % sys.argv[1]).fetchall()",
        "csv": "import duckdb,sys; duckdb.sql('select count(*), count(distinct device_id) from read_csv(\"%s\", header=true, all_varchar=true, ignore_errors=true)' % sys.argv[1]).fetchall()",
    },
    "Python's json and csv, reading": {
        "ndjson": "import json,sys\nfor line in open(sys.argv[1], encoding='utf-8'):\n try: json.loads(line)\n except ValueError: pass",
        "csv": "import csv,sys\nfor row in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')): pass",
    },
}


def report_table(policyc, work, process, show, python, rounds):
    """The lines of the table on reports; `process` gives milliseconds, peak memory in MB and the exit code of a command."""
    out = work / "fleet"
    out.mkdir(exist_ok=True)
    subprocess.run([str(policyc), "build", str(ROOT / "Policies"), "-o", str(out)], check=True, capture_output=True)
    policy = str(out / "windows-enrollment-attestation.compiled.json")
    inputs = {kind: out / f"devices.{kind}" for kind in ("ndjson", "csv")}
    for kind, path in inputs.items():
        with open(path, "wb") as file:
            subprocess.run([sys.executable, str(ROOT / "Tests/Fleet/generate.py"), str(DEVICES), kind], stdout=file, check=True)
    jobs = {}
    for kind, path in inputs.items():
        for form in ("text", "csv", "ndjson", "json", "html"):
            command = [str(policyc), "report", policy, "--input", str(path), "--format", form, "-o", str(out / f"report.{form}")]
            jobs[(f"policyc report --format {form}", kind)] = command
    if shutil.which("jq"):
        jobs[("jq -c, reading and writing", "ndjson")] = ["jq", "-cR", "fromjson?", str(inputs["ndjson"])]
    else:
        print("jq left out: it is not installed", file=sys.stderr)
    for reader, programs in READERS.items():
        if reader.startswith("DuckDB") and not python:
            print("DuckDB left out: it could not be installed", file=sys.stderr)
            continue
        for kind, program in programs.items():
            jobs[(reader, kind)] = [python or sys.executable, "-c", program, str(inputs[kind])]
    times = {job: [] for job in jobs}
    for round_ in range(rounds + 1):
        for job, command in jobs.items():
            wall, memory, code = process(command)
            # Devices that fail and rows that cannot be read are in the fleet on purpose.
            if code not in ((0, 1) if job[0].startswith("policyc") else (0,)):
                sys.exit(f"{' '.join(command)[:300]} ended with {code}")
            if round_ > 0:
                times[job].append((wall, memory))
    sizes = {kind: path.stat().st_size / 1e6 for kind, path in inputs.items()}
    lines = [
        "", f"### Report over {DEVICES:,} devices, whole processes on one processor, milliseconds", "",
        f"| command | NDJSON, {sizes['ndjson']:.0f} MB | devices/s | peak memory | CSV, {sizes['csv']:.0f} MB | devices/s | peak memory |",
        "|---|" + "--:|" * 6]
    for name in dict.fromkeys(name for name, _ in times):
        cells = []
        for kind in inputs:
            runs = times.get((name, kind))
            if runs is None:
                cells += ["", "", ""]
                continue
            walls = [wall for wall, _ in runs]
            cells += [show(walls, 0), f"{DEVICES / statistics.median(walls) * 1000:,.0f}", f"{max(memory for _, memory in runs):.0f} MB"]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines

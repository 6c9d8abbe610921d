"""What Benchmarks/run measures of evidence: boot logs beside tpm2_eventlog and checksums, and a check of a TPM beside tpm2-tools."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Logs of real machines, which are not part of the project: the largest one, and the largest one that tpm2_eventlog reads to its end.
RECORDED = ROOT.parent / "shared" / "data" / "eventlogs" / "google+go-attestation"
SIZES = {"1 MB": 1_000_000, "16 MB": 16_700_000}
JUDGED = {"100 kB": 100_000, "1 MB": 1_000_000, "20 MB": 20_000_000}


def processor_time(command, env=None, cpus=None):
    """One process: milliseconds of processor time and from fork to exit, peak memory in MB, exit code."""
    sys.stdout.flush()
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        if cpus:
            os.sched_setaffinity(0, cpus)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.execvpe(command[0], command, env or os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = (time.perf_counter() - start) * 1e3
    return (usage.ru_utime + usage.ru_stime) * 1e3, wall, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def logs(work):
    """name -> path of what is measured."""
    found = {}
    for name, file in (("recorded, 73 kB", "attest_testdata_option_rom_eventlog"),
                       ("recorded, 43 kB", "attest_testdata_windows_gcp_shielded_vm.eventlog.bin")):
        if (RECORDED / file).exists():
            found[name] = RECORDED / file
    for name, size in SIZES.items():
        path = work / f"eventlog-{size}.bin"
        subprocess.run([sys.executable, str(ROOT / "Benchmarks/generate_eventlog.py"), str(size), str(path)], check=True)
        found[name] = path
    return found


def log_table(policyc, timer, work, show, rounds):
    """The lines of the tables on boot logs."""
    paths = logs(work)
    inside = {name: {"parse": [], "replay": [], "verify": [], "hash": []} for name in paths}
    commands = {
        "policyc eventlog": [str(policyc), "eventlog"],
        "tpm2_eventlog": ["tpm2_eventlog"],
        "openssl dgst -sha1, then -sha256": None,
        "/bin/true": ["/bin/true"],
    }
    if not shutil.which("tpm2_eventlog"):
        print("tpm2_eventlog left out: it is not installed", file=sys.stderr)
        del commands["tpm2_eventlog"]
    outside = {contestant: {name: [] for name in paths} for contestant in commands}
    crashes = set()
    for round_ in range(rounds + 1):
        for name, path in paths.items():
            repeats = "20" if path.stat().st_size < 5_000_000 else "3"
            times = json.loads(subprocess.run([str(timer), str(path), repeats], check=True, text=True, capture_output=True).stdout)
            for contestant, command in commands.items():
                if command is None:
                    runs = [processor_time(["openssl", "dgst", f"-{hash_}", str(path)]) for hash_ in ("sha1", "sha256")]
                    spent, memory, code = sum(r[0] for r in runs), max(r[2] for r in runs), max(r[3] for r in runs)
                else:
                    spent, _, memory, code = processor_time([*command, str(path)])
                if code < 0:
                    crashes.add((contestant, name))
                elif code != 0:
                    sys.exit(f"{contestant} ended with {code} on {path}")
                if round_ > 0:
                    outside[contestant][name].append((spent, memory))
            if round_ > 0:
                for key, values in times.items():
                    inside[name][key].append(statistics.median(values))
    lines = [
        "", "### Boot logs in memory, milliseconds of processor time", "",
        "| | " + " | ".join(paths) + " |", "|---|" + "--:|" * len(paths),
    ]
    for key, label in (("parse", "parse"), ("replay", "replay of every bank"), ("hash", "hashing the log's bytes by the algorithm of every bank"),
                       ("verify", "beside it: every event's data against its digests")):
        lines.append(f"| {label} | " + " | ".join(show(inside[name][key], 3) for name in paths) + " |")
    ratios = {
        name: statistics.median(
            (p + r) / h for p, r, h in zip(inside[name]["parse"], inside[name]["replay"], inside[name]["hash"])) for name in paths}
    lines += ["", "Parse and replay over hashing the bytes: "
              + ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()) + " (limit 2)."]
    lines += [
        "", "### Boot logs, whole processes, milliseconds of processor time", "",
        "| command | " + " | ".join(paths) + " | peak memory |", "|---|" + "--:|" * (len(paths) + 1),
    ]
    for contestant, found in outside.items():
        cells = [
            "crashes" if (contestant, name) in crashes else show([spent for spent, _ in runs]) for name, runs in found.items()]
        peak = max(memory for runs in found.values() for _, memory in runs)
        lines.append(f"| {contestant} | " + " | ".join(cells) + f" | {peak:.0f} MB |")
    if "tpm2_eventlog" in outside:
        parts = []
        for name in paths:
            if ("tpm2_eventlog", name) in crashes:
                continue
            theirs = statistics.median(w for w, _ in outside["tpm2_eventlog"][name])
            ours = statistics.median(w for w, _ in outside["policyc eventlog"][name])
            core = statistics.median(p + r for p, r in zip(inside[name]["parse"], inside[name]["replay"]))
            parts.append(f"{name} {theirs / ours:.1f} times by whole processes, {theirs / core:.0f} times by parse and replay alone")
        lines += ["", "Faster than tpm2_eventlog: " + "; ".join(parts) + " (goal 20)."]
    return lines


def check_table(policyc, work, show, rounds):
    """The lines of the table on a check of a TPM; none without a simulator or tpm2-tools."""
    missing = [name for name in ("swtpm", "swtpm_setup", "tpm2_getcap", "tpm2_pcrread") if not shutil.which(name)]
    if missing:
        print(f"check of a TPM left out: {', '.join(missing)} not installed", file=sys.stderr)
        return []
    out = work / "tpm"
    subprocess.run([str(policyc), "build", str(ROOT / "Policies"), "-o", str(out)], check=True, capture_output=True)
    policy = str(out / "windows-enrollment-attestation.compiled.json")
    simulator = subprocess.Popen(
        [str(ROOT / "scripts/with-swtpm"), "sh", "-c", 'echo "$POLICYC_TCTI"; exec cat'], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    try:
        tcti = simulator.stdout.readline().strip()
        environment = dict(os.environ, TPM2TOOLS_TCTI=tcti)
        jobs = {
            "policyc check --probe tpm": [[str(policyc), "check", policy, "--probe", f"tpm:{tcti}"]],
            "tpm2_getcap properties-fixed, then tpm2_pcrread": [["tpm2_getcap", "properties-fixed"], ["tpm2_pcrread"]],
            "tpm2_getcap properties-fixed": [["tpm2_getcap", "properties-fixed"]],
        }
        times = {name: [] for name in jobs}
        for round_ in range(rounds + 3):
            for name, commands in jobs.items():
                runs = [processor_time(command, env=environment) for command in commands]
                # A device that is not Windows fails the policy, or some of it is unknown; what counts is that it was judged.
                if any(run[3] not in (0, 1, 3) for run in runs):
                    sys.exit(f"{name} ended with {[run[3] for run in runs]}")
                if round_ >= 3:
                    times[name].append((sum(run[1] for run in runs), sum(run[0] for run in runs), max(run[2] for run in runs)))
    finally:
        simulator.stdin.close()
        simulator.wait()
    lines = [
        "", "### A check of a TPM (swtpm), whole processes, milliseconds", "",
        "| commands | from start to end | of processor time | peak memory |", "|---|--:|--:|--:|"]
    for name, runs in times.items():
        cells = [show([run[index] for run in runs]) for index in (0, 1)]
        lines.append(f"| {name} | {cells[0]} | {cells[1]} | {max(run[2] for run in runs):.0f} MB |")
    ours, theirs = (statistics.median(run[0] for run in list(times.values())[index]) for index in (0, 1))
    lines += ["", f"policyc check over tpm2_getcap and tpm2_pcrread: {ours / theirs:.2f} (limit 1)."]
    return lines


def judge_table(policyc, work, show, rounds):
    """The lines of the table on judging evidence, from start to end."""
    out = work / "evidence"
    out.mkdir(parents=True, exist_ok=True)
    policy = out / "how-it-booted.attpolicy"
    policy.write_text('policy "how-it-booted" version 1.0.0 {\n  title "How it booted"\n  require secure_boot {\n'
                      '    that    attested boot.secure_boot == on\n    message en "Secure Boot has to be on."\n  }\n}\n')
    subprocess.run([str(policyc), "build", str(policy), "-o", str(out)], check=True, capture_output=True)
    compiled = str(out / "how-it-booted.compiled.json")
    jobs = {}
    for name, size in JUDGED.items():
        path = out / f"evidence-{size}.json"
        options = subprocess.run(
            [sys.executable, str(ROOT / "Benchmarks/generate_evidence.py"), str(size), str(path)], check=True, text=True,
            capture_output=True).stdout.split()
        jobs[name] = {"policyc check --evidence": [str(policyc), "check", compiled, "--evidence", str(path), *options],
                      "policyc probe evidence:": [str(policyc), "probe", f"evidence:{path}", *options]}
    times = {command: {name: [] for name in jobs} for command in jobs["1 MB"]}
    for round_ in range(rounds + 3):
        for name, commands in jobs.items():
            for label, command in commands.items():
                spent, wall, memory, code = processor_time(command)
                if code != 0:
                    sys.exit(f"{label} ended with {code} on evidence of {name}")
                if round_ >= 3:
                    times[label][name].append((wall, spent, memory))
    lines = [
        "", "### Evidence judged, whole processes, milliseconds", "",
        "| command | " + " | ".join(f"{name}, processor time" for name in jobs) + " | 1 MB, from start to end | peak memory at 1 MB |",
        "|---|" + "--:|" * (len(jobs) + 2)]
    for label, found in times.items():
        cells = [show([spent for _, spent, _ in runs]) for runs in found.values()]
        cells.append(show([wall for wall, _, _ in found["1 MB"]]))
        lines.append(f"| {label} | " + " | ".join(cells) + f" | {max(memory for _, _, memory in found['1 MB']):.0f} MB |")
    wall, spent = (statistics.median(run[index] for run in times["policyc check --evidence"]["1 MB"]) for index in (0, 1))
    lines += ["", f"policyc check of evidence of 1 MB, start included: {wall:.1f} ms, of them {spent:.1f} of processor time (limit 25)."]
    return lines

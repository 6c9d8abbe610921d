#!/usr/bin/env python3
"""Holds policyc to a second evaluator, written from Grammar/REFERENCE.md alone.

    Tests/Evaluator/differential.py POLICYC POLICIES SEED FOLDER

Makes POLICIES random policies with devices, reckons scope, rules and verdict of each here, and compares them with what the tests in the
policies, `check` and `report` say. No device may end with 0 that meets no requirement. Prints what it compared; ends with 1 at the first
difference, and its policy stays in FOLDER.
"""
import collections
import json
import pathlib
import random
import subprocess
import sys

ENUMS = {
    "boot.secure_boot": ["on", "off", "unsupported"],
    "os.edition": ["home", "pro", "education", "enterprise"],
    "device.ownership": ["corporate", "personal"],
    "join.type": ["entra_joined", "hybrid_joined", "workgroup"],
}
BOOLS = ["boot.uefi", "boot.debugging", "boot.safe_mode", "os.s_mode", "device.enrolled", "tpm.present", "cpu.bits64"]
INTS = {"cpu.cores": [1, 2, 4, 8], "display.height": [480, 720, 1080]}
VERSIONS = {"graphics.wddm": ["1.3", "2.0", "2.7", "3.0"]}
STRINGS = {"device.model": ["A", "a", "\u00e9", "e\u0301", "Latitude 7440", "x\\y"]}
BUILDS = ["10.0.19045.3996", "10.0.19045.3995", "10.0.20348.1", "10.0.22000.2713", "10.0.22621.2792", "10.0.22621.1", "10.0.22631.2792",
          "10.0.25398.1", "10.0.26100.1742", "10.0.9600.1"]
ATTESTED = {"boot.secure_boot", "boot.uefi", "boot.debugging", "boot.safe_mode", "tpm.present"}
SCOPES = {
    "windows 10": lambda b: 10240 <= b < 22000 and b != 20348,
    "windows 11": lambda b: b >= 22000 and b != 25398,
    "windows 11 22H2": lambda b: b == 22621,
    "windows 11 22H2 or newer": lambda b: b >= 22621 and b != 25398,
    "windows 10 22H2": lambda b: b == 19045,
}
ORDER = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
         "==": lambda a, b: a == b, "!=": lambda a, b: a != b}
CODES = {"pass": 0, "fail": 1, "indeterminate": 3, "not_applicable": 5}
Rule = collections.namedtuple("Rule", "name kind guards that allowed")


def numbers(text):
    parts = [int(part) for part in text.split(".")]
    return parts + [0] * (4 - len(parts))


def unit(fact):
    return " pixels" if fact == "display.height" else ""


def quoted(text):
    return '"' + text.replace("\\", "\\\\") + '"'


class Maker:
    """Random conditions as pairs: their text, and a function from a device to True, False or None."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lists = {}
        self.aliases = {}
        self.params = {}

    def pick(self, items):
        return self.random.choice(list(items))

    def fact(self, name):
        """The text that names a fact, and how it is read: attested or not, by its name or an alias."""
        attested = name in ATTESTED and self.random.random() < 0.3
        shown = next((alias for alias, fact in self.aliases.items() if fact == name), name)
        if self.random.random() < 0.5:
            shown = name

        def read(device):
            value, level = device.get(name, (None, "reported"))
            return None if attested and level != "attested" else value
        return ("attested " if attested else "") + shown, read

    def test(self):
        kind = self.random.randrange(7)
        if kind == 0:
            text, read = self.fact(self.pick(BOOLS))
            return text, read
        if kind == 1:
            name = self.pick(ENUMS)
            text, read = self.fact(name)
            if self.random.random() < 0.5:
                symbol, op = self.pick(ENUMS[name]), self.pick(["==", "!="])
                return f"{text} {op} {symbol}", compared(read, op, symbol)
            return self.membership(text, read, self.random.sample(ENUMS[name], 2), str)
        if kind == 2:
            name = self.pick(INTS)
            text, read = self.fact(name)
            value, op = self.pick(INTS[name]), self.pick(ORDER)
            if name == "cpu.cores" and self.random.random() < 0.3:
                param = f"p{len(self.params)}"
                self.params[param] = value
                return f"{text} {op} {param}", compared(read, op, value)
            return f"{text} {op} {value}{unit(name)}", compared(read, op, value)
        if kind == 3:
            name = self.pick(VERSIONS)
            text, read = self.fact(name)
            value, op = self.pick(VERSIONS[name]), self.pick(ORDER)
            return f"{text} {op} {value}", compared(read, op, value, numbers)
        if kind == 4:
            text, read = self.fact("device.model")
            if self.random.random() < 0.5:
                value, op = self.pick(STRINGS["device.model"]), self.pick(["==", "!="])
                return f"{text} {op} {quoted(value)}", compared(read, op, value)
            return self.membership(text, read, self.random.sample(STRINGS["device.model"], 2), quoted)
        text, read = self.fact("os.build")
        if kind == 5:
            value, op = self.pick(BUILDS[:-1]), self.pick(ORDER)
            return f"{text} {op} {value}", compared(read, op, value, numbers)
        name = f"builds{len(self.lists)}"
        minimums = self.random.sample(BUILDS[:2] + BUILDS[3:7], 2)
        minimums = list({numbers(b)[2]: b for b in minimums}.values())
        newer = self.random.random() < 0.5
        self.lists[name] = (minimums, newer)

        def meets(device):
            build = read(device)
            if build is None:
                return None
            branches = {numbers(m)[2]: numbers(m) for m in minimums}
            given = numbers(build)
            if given[2] in branches:
                return given >= branches[given[2]]
            return newer and given[2] > max(branches)
        return f"{text} meets {name}", meets

    def membership(self, text, read, values, shown):
        negated = self.random.random() < 0.5

        def member(device):
            value = read(device)
            return None if value is None else (value in values) != negated
        return f"{text} {'not in' if negated else 'in'} [{', '.join(shown(v) for v in values)}]", member

    def condition(self, depth):
        kind = self.random.randrange(5) if depth else 0
        if kind < 2:
            return self.test()
        if kind == 2:
            text, holds = self.condition(depth - 1)
            return f"not ({text})", lambda d: None if holds(d) is None else not holds(d)
        parts = [self.condition(depth - 1) for _ in range(self.random.randint(2, 3))]
        word, stop = ("and", False) if kind == 3 else ("or", True)

        def joined(device):
            truths = [holds(device) for _, holds in parts]
            return stop if stop in truths else None if None in truths else not stop
        return f" {word} ".join(f"({text})" for text, _ in parts), joined

    def device(self):
        device = {}
        for name in BOOLS:
            device[name] = self.pick([True, False, None])
        for name, values in {**ENUMS, **INTS, **VERSIONS, **STRINGS, "os.build": BUILDS}.items():
            device[name] = self.pick(values + [None])
        if self.random.random() < 0.7:
            device["os.build"] = self.pick(BUILDS)
        return {name: (value, self.pick(["reported", "attested"]) if name in ATTESTED else "reported")
                for name, value in device.items() if value is not None}


def compared(read, op, value, key=lambda x: x):
    def holds(device):
        found = read(device)
        return None if found is None else ORDER[op](key(found), key(value))
    return holds


def everything(truths):
    truths = list(truths)
    return False if False in truths else None if None in truths else True


class Policy:
    def __init__(self, seed):
        self.maker = maker = Maker(seed)
        rand = maker.random
        self.name = f"p{seed}"
        for index in range(rand.randrange(3)):
            maker.aliases[f"alias{index}"] = maker.pick(BOOLS)
        self.rules, self.body, self.groups = [], [], []
        self.scope, applies = self.make_scope()
        names = iter(f"r{n}" for n in range(1000))
        for _ in range(rand.randint(0, 3)):
            self.body += self.make_rule(next(names), [])
        if rand.random() < 0.5:
            text, holds = maker.condition(1)
            inner = [line for _ in range(2) for line in self.make_rule(next(names), [holds])]
            self.body += [f"when {text} {{", *inner, "}"]
        if rand.random() < 0.4:
            text, holds = maker.condition(1)
            inner = self.make_rule(next(names), [holds])
            self.groups += [f"rules g{seed} {{", *inner, "}"]
            self.body += [f"include g{seed} when {text}"]
        self.applies = applies

    def make_scope(self):
        rand, maker = self.maker.random, self.maker
        tests, lines = [], []
        chosen = rand.sample(sorted(SCOPES), max(0, rand.randrange(5) - 2))
        if chosen:
            split = rand.random() < 0.5
            lines += [f"applies to {name}" for name in chosen] if split else ["applies to " + ", ".join(chosen)]

            def branch(device):
                build = device.get("os.build", (None,))[0]
                return None if build is None else any(SCOPES[name](numbers(build)[2]) for name in chosen)
            tests.append(branch)
        editions = rand.sample(ENUMS["os.edition"], max(0, rand.randrange(6) - 3))
        if editions:
            lines += [f"applies editions {name}" for name in editions]
            tests.append(lambda d: None if "os.edition" not in d else d["os.edition"][0] in editions)
        if rand.random() < 0.2:
            text, holds = maker.condition(1)
            lines.append(f"applies when {text}")
            tests.append(holds)
        return (lambda device: everything(test(device) for test in tests)), lines

    def make_rule(self, name, guards):
        rand = self.maker.random
        kind = "warn" if rand.random() < 0.2 else "require"
        allowed = kind == "require" and rand.random() < 0.25
        clauses = []
        if rand.random() < 0.4:
            text, holds = self.maker.condition(1)
            clauses.append(f"when {text}")
            guards = guards + [holds]
        text, that = self.maker.condition(2)
        clauses.append(f"that {text}")
        if allowed:
            clauses.append("unknown allowed")
        self.rules.append(Rule(name, kind, guards, that, allowed))
        return [f"{kind} {name} {{ {'  '.join(clauses)} }}"]

    def outcomes(self, device):
        found = {}
        for rule in self.rules:
            guard, that = everything(g(device) for g in rule.guards), rule.that(device)
            if guard is False:
                found[rule.name] = "not_applicable"
            elif that is True:
                found[rule.name] = "pass"
            else:
                found[rule.name] = "fail" if guard is True and that is False else "unknown"
        return found

    def verdict(self, device):
        scope, found = self.scope(device), self.outcomes(device)
        required = [(found[r.name], r.allowed) for r in self.rules if r.kind == "require"]
        if scope is not True:
            return "not_applicable" if scope is False else "indeterminate"
        if any(outcome == "fail" for outcome, _ in required):
            return "fail"
        if ("unknown", False) in required:
            return "indeterminate"
        if any(outcome == "pass" for outcome, _ in required):
            return "pass"
        return "indeterminate" if ("unknown", True) in required else "not_applicable"

    def named(self, device, kind, outcome):
        found = self.outcomes(device)
        return [r.name for r in self.rules if r.kind == kind and found[r.name] == outcome]

    def test(self, index, device):
        verdict = self.verdict(device)
        names = []
        if verdict == "fail":
            names = self.named(device, "require", "fail")
        elif verdict == "indeterminate":
            names = [n for n in self.named(device, "require", "unknown") if not next(r for r in self.rules if r.name == n).allowed]
        warned = self.named(device, "warn", "fail")
        given = "  ".join(f"{'attested ' if level == 'attested' else ''}{name} = {literal(name, value)}" for name, (value, level) in device.items())
        expectations = [f"expect {verdict} {', '.join(names)}", f"expect warn {', '.join(warned)}" if warned else "expect no_warnings"]
        return [f'test "t{index}" {{', f"given {{ {given} }}", *expectations, "}"]

    def text(self, devices):
        lines = [f"policy {self.name} version 1.0 {{", *self.applies]
        lines += [f"alias {alias} = {fact}" for alias, fact in self.maker.aliases.items()]
        lines += [f"param {name}: int = {value}" for name, value in self.maker.params.items()]
        for name, (minimums, newer) in self.maker.lists.items():
            entries = [f"windows {'11' if numbers(m)[2] >= 22000 else '10'} {VERSION[numbers(m)[2]]} {m}" for m in minimums]
            lines += [f"builds {name} {{", *entries, f"newer branches {'allowed' if newer else 'refused'}", "}"]
        lines += self.groups + self.body
        for index, device in enumerate(devices):
            lines += self.test(index, device)
        return "\n".join(lines + ["}", ""])


VERSION = {19045: "22H2", 22000: "21H2", 22621: "22H2", 22631: "23H2", 26100: "24H2"}


def literal(name, value):
    if isinstance(value, bool):
        return str(value).lower()
    if name in STRINGS:
        return quoted(value)
    return f"{value}{unit(name)}"


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, check=False)


def main(policyc, count, seed, folder):
    folder = pathlib.Path(folder)
    compared_with = collections.Counter()
    verdicts = collections.Counter()

    def same(what, policy, device, expected, found):
        compared_with[what] += 1
        if expected != found:
            sys.exit(f"different: {what} of {policy.name} on {device}: expected {expected}, found {found}")

    compiled = 0
    for number in range(seed, seed + count):
        policy = Policy(number)
        devices = [policy.maker.device() for _ in range(12)]
        source = folder / f"{policy.name}.attpolicy"
        source.write_text(policy.text(devices), encoding="utf-8")
        built = run(policyc, "build", source, "-o", folder / "out")
        if built.returncode == 1:
            # A condition that can never hold, rules that exclude one another: not every random policy makes sense.
            source.unlink()
            continue
        if built.returncode != 0:
            sys.exit(f"different: build of {source} ended with {built.returncode}: {built.stderr.decode()}")
        compiled += 1
        tested = run(policyc, "test", source)
        if tested.returncode != 0:
            sys.exit(f"different: tests of {source}: {tested.stderr.decode()}{tested.stdout.decode()}")
        compared_with["test"] += len(devices)

        # What a file says is reported, never attested.
        reported = [{name: (value, "reported") for name, (value, _) in device.items()} for device in devices]
        rows = [{name: value for name, (value, _) in device.items()} for device in reported]
        target = folder / "out" / f"{policy.name}.compiled.json"
        for device, row in list(zip(reported, rows))[:3]:
            snapshot = folder / "device.json"
            snapshot.write_text(json.dumps(row), encoding="utf-8")
            checked = run(policyc, "check", target, "--probe", f"file:{snapshot}", "--format", "json")
            verdict, report = policy.verdict(device), json.loads(checked.stdout)
            verdicts[verdict] += 1
            same("check, verdict", policy, row, verdict, report["verdict"])
            same("check, exit code", policy, row, (CODES[verdict],) * 2, (checked.returncode, report["exit_code"]))
            same("check, rules", policy, row, policy.outcomes(device), {rule["name"]: rule["outcome"] for rule in report["rules"]})
            truths = {True: "true", False: "false", None: "unknown"}
            same("check, scope", policy, row, truths[policy.scope(device)], report["scope"]["applies"])
            meets_one = any(r.kind == "require" and r.that(device) is True for r in policy.rules)
            if checked.returncode == 0 and not meets_one:
                sys.exit(f"different: {policy.name} ends with 0 on {row}, which meets no requirement")

        fleet = folder / "fleet.ndjson"
        fleet.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        report = run(policyc, "report", target, "--input", fleet, "--format", "ndjson")
        lines = [json.loads(line) for line in report.stdout.splitlines()]
        found = [line for line in lines if line.get("type") == "device"]
        same("report, devices", policy, "all", len(rows), len(found))
        for device, line in zip(reported, found):
            same("report, verdict", policy, line, policy.verdict(device), line["verdict"])
            outside = policy.scope(device) is False
            for member, kind, outcome in [("failed_rules", "require", "fail"), ("unknown_rules", "require", "unknown"), ("warnings", "warn", "fail")]:
                same(f"report, {member}", policy, line, [] if outside else policy.named(device, kind, outcome), line[member])
        source.unlink()

    if compiled * 2 < count:
        sys.exit(f"different: only {compiled} of {count} policies compile")
    print(f"{compiled} of {count} policies compile; verdicts: {dict(sorted(verdicts.items()))}")
    for what, times in sorted(compared_with.items()):
        print(f"same: {what}, {times}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])

#!/usr/bin/env python3
"""peers.py NAME N: one pass of a peer over N rules comparable with generate_policy.py's, as JSON milliseconds.

One uncounted pass over one rule comes first; the source text is in memory.
"""
import json
import random
import sys
import time

FACTS = ["tpm_present", "tpm_ready", "entra_key_attested", "vbs_running", "bitlocker_on", "corporate"]


def rules(n, seed=7):
    r = random.Random(seed)
    for i in range(n):
        b = r.choice((19045, 22000, 22621, 22631, 26100))
        yield (i, b, r.randrange(100, 9999), r.randrange(100, 9999), *r.sample(FACTS, 2), r.choice((12, 20)))


def cedar(n):
    parts = ['@id("permit") permit (principal, action == Action::"attest", resource);\n']
    for i, b, u, u2, f, g, v in rules(n):
        parts.append(
            f'@id("r{i:05d}") forbid (principal, action == Action::"attest", resource) unless {{\n'
            f"  (context.os_build > {b} || context.os_build == {b} && context.os_ubr >= {u}"
            f" || context.os_build == {b - 1} && context.os_ubr >= {u2}) &&\n"
            f"  context.{f} && context.{g} && context has tpm_version && context.tpm_version >= {v}\n}};\n"
        )
    return "\n".join(parts)


SCHEMA = (
    'entity Device; entity Service; action "attest" appliesTo { principal: [Device], resource: [Service], context: {'
    " os_build: Long, os_ubr: Long, tpm_version?: Long, " + ", ".join(f"{f}: Bool" for f in FACTS) + " } };"
)


def expressions(n, both, either, access):
    for i, b, u, u2, f, g, v in rules(n):
        a = access
        yield i, (
            f"({a}os_build > {b} {either} {a}os_build == {b} {both} {a}os_ubr >= {u}"
            f" {either} {a}os_build == {b - 1} {both} {a}os_ubr >= {u2})"
            f" {both} {a}{f} {both} {a}{g} {both} {a}tpm_version >= {v}"
        )


def contestant(name, n):
    if name == "cedar parse":
        import cedarpy

        text = cedar(n)
        return lambda: cedarpy.PolicySet.from_str(text)
    if name == "cedar parse+validate":
        import cedarpy

        text = cedar(n)

        def validate():
            result = cedarpy.validate_policies(text, SCHEMA)
            assert result.validation_passed, result.errors[:2]

        return validate
    if name == "cedar decision":
        import cedarpy

        context = {"os_build": 22631, "os_ubr": 4317, "tpm_version": 20, **{f: True for f in FACTS}}
        request = {
            "principal": 'Device::"d"', "action": 'Action::"attest"', "resource": 'Service::"s"', "context": context,
        }
        text = cedar(4)
        return lambda: cedarpy.is_authorized(request, text, [])
    if name == "CEL (Rust) compile":
        import cel

        lines = [e for _, e in expressions(n, "&&", "||", "d.")]
        return lambda: [cel.compile(line) for line in lines]
    if name == "yara compile":
        import yara

        text = "".join(f"rule r{i:05d} {{ condition: {e} }}\n" for i, e in expressions(n, "and", "or", ""))
        known = {"os_build": 1, "os_ubr": 1, "tpm_version": 1, **{f: True for f in FACTS}}
        return lambda: yara.compile(source=text, externals=known)
    raise SystemExit(f"no peer {name}")


if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    contestant(name, 1)()
    work = contestant(name, count)
    repeats = max(1, 200 // count) if count < 1000 else 1
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    print(json.dumps([(time.perf_counter() - start) * 1e3 / repeats]))

#!/usr/bin/env python3
"""Takes the boot logs out of a checkout of immune-gmbh/guard-oss: extract.py CHECKOUT FOLDER

The evidence there has them in Base64, or packed by zstd with the length of each before it. Give the folder to the tests with POLICYC_RECORDED_LOGS.
Whatever is no boot log is written along; the tests know each log of logs.tsv by its SHA-256. Needs the program zstd.
"""
import base64
import json
import pathlib
import struct
import subprocess
import sys


def packed(data):
    """The logs of `event_log_z`."""
    data = subprocess.run(["zstd", "-dc"], input=data, capture_output=True, check=True).stdout
    while len(data) >= 4:
        size, = struct.unpack_from("<I", data)
        yield data[4:4 + size]
        data = data[4 + size:]


def logs(path):
    """The logs of a file, with what tells them apart."""
    if path.suffix != ".json":
        yield "", path.read_bytes()
        return
    value = json.loads(path.read_text())
    firmware = value.get("firmware") or value.get("values", {}).get("firmware") or value.get("values") or value
    for member in ("event_log", "event_log_z"):
        text = firmware.get(member)
        text = text.get("data") if isinstance(text, dict) else text
        if not text:
            continue
        data = base64.b64decode(text.replace("-", "+").replace("_", "/") + "==")
        for index, log in enumerate(packed(data) if member == "event_log_z" else [data]):
            yield f".{member}.{index}", log


def main():
    checkout, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted((checkout / "apisrv/test").iterdir()) + sorted((checkout / "apisrv/pkg/eventlog/testdata").iterdir())
    for path in files:
        if not path.is_file() or path.suffix not in (".json", ".log", "") and "measurements" not in path.name:
            continue
        try:
            for mark, log in logs(path):
                (folder / (path.name + mark)).write_bytes(log)
        except (ValueError, AttributeError, subprocess.CalledProcessError) as error:
            print(f"{path.name} left out: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()

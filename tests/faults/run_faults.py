#!/usr/bin/env python3
"""Puts one fault at a time into a correct architecture: exactly its rule must fire, and nothing else.

run_faults.py HALINT FAULTS. The first line of FAULTS names the directory of the architecture, relative to the project.
Then, for each fault:

    == rule-id: what was done
    -- file
    text that stands there once
    ->
    what stands there instead
"""
# SPDX-License-Identifier: Apache-2.0
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass
class Fault:
    rule: str
    what: str
    edits: list = dataclasses.field(default_factory=list)  # [file, old lines, new lines]


def read_faults(path):
    lines = path.read_text().splitlines()
    faults, target = [], None
    for line in lines[1:]:
        if line.startswith("== "):
            rule, what = line[3:].split(": ", 1)
            faults.append(Fault(rule, what))
        elif line.startswith("-- "):
            faults[-1].edits.append((line[3:], [], []))
            target = faults[-1].edits[-1][1]
        elif line == "->":
            target = faults[-1].edits[-1][2]
        elif target is not None:
            target.append(line)
    return PROJECT / lines[0], faults


def put_in(fault, directory):
    for name, old, new in fault.edits:
        path = directory / name
        text, old_text = path.read_text(), "\n".join(old) + "\n"
        if text.count(old_text) != 1:
            return f"{name} does not hold this text once:\n{old_text}"
        path.write_text(text.replace(old_text, "".join(line + "\n" for line in new)))
    return ""


def rules_that_fire(halint, directory):
    run = subprocess.run([str(halint), str(directory), "--format", "json"], capture_output=True, text=True, timeout=100)
    if run.returncode not in (0, 1):
        return f"halint ended with {run.returncode}: {run.stderr}"
    return sorted({finding["rule"] for finding in json.loads(run.stdout)["findings"]})


def main():
    halint = pathlib.Path(sys.argv[1]).resolve()
    architecture, faults = read_faults(pathlib.Path(sys.argv[2]))
    wrong = 0
    with tempfile.TemporaryDirectory() as parent:
        for fault in [Fault("", "as it is")] + faults:
            work = pathlib.Path(parent, "work")
            shutil.copytree(architecture, work, ignore=shutil.ignore_patterns(".terraform*"))
            trouble = put_in(fault, work)
            fired = trouble or rules_that_fire(halint, work)
            if fired != [rule for rule in [fault.rule] if rule]:
                wrong += 1
                print(f"{fault.rule or 'nothing'}: {fault.what}: found {fired}")
            shutil.rmtree(work)
    print(f"{len(faults)} faults in {architecture.name}, {wrong} not found as they should be")
    return 1 if wrong or not faults else 0


if __name__ == "__main__":
    sys.exit(main())

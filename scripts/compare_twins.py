#!/usr/bin/env python3
"""Compares templates that exist as YAML and as JSON: `compare_twins.py HALINT [DIRECTORY]`.

Prints for each pair whether both give the same findings and inconclusive checks on the same resources, and the counts. Exits 1 if a pair differs.
Without a directory, takes the AWS sample templates of $HALINT_SHARED or ../shared, and passes if there are none.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCONCLUSIVE = "inconclusive: "
SAMPLES = "corpus/aws-cloudformation+aws-cloudformation-templates"


def findings_of(halint, path):
    """Rule and resources of each finding and each inconclusive check, the file's name left out."""
    run = subprocess.run([halint, "check", "--isolated", "--format", "json", path.name], cwd=path.parent, text=True,
                         capture_output=True, timeout=60, check=False)
    if run.returncode not in (0, 1):
        return [f"exit code {run.returncode}: {run.stderr.strip()[:200]}"]
    report = json.loads(run.stdout)
    result = []
    for finding in report["findings"]:
        resources = sorted(subject["address"].split("#", 1)[-1] for subject in finding["subjects"])
        result.append(f"{finding['rule']} {' '.join(resources)} {finding.get('when') or ''}".strip())
    for check in report["inconclusive"]:
        resources = sorted(address.split("#", 1)[-1] for address in check["subjects"])
        result.append(f"{INCONCLUSIVE}{check['rule']} {' '.join(resources)}")
    return sorted(result)


def main():
    halint = os.path.abspath(sys.argv[1])
    shared = pathlib.Path(os.environ.get("HALINT_SHARED", ROOT.parent / "shared"))
    directory = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else shared / SAMPLES
    pairs = []
    for json_file in sorted(directory.rglob("*.json")):
        for ending in (".yaml", ".yml", ".template"):
            twin = json_file.with_suffix(ending)
            if twin.is_file():
                pairs.append((json_file, twin))
                break
    equal, found, undecided, differing = 0, 0, 0, 0
    for first, second in pairs:
        a, b = findings_of(halint, first), findings_of(halint, second)
        undecided += sum(line.startswith(INCONCLUSIVE) for line in a)
        found += sum(not line.startswith(INCONCLUSIVE) for line in a)
        if a == b:
            equal += 1
            continue
        differing += 1
        print(f"unequal: {first.relative_to(directory)}")
        print("".join(f"  only in {first.suffix}: {line}\n" for line in a if line not in b), end="")
        print("".join(f"  only in {second.suffix}: {line}\n" for line in b if line not in a), end="")
    print(f"{len(pairs)} pairs: {equal} equal, {differing} unequal; {found} findings, {undecided} inconclusive")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

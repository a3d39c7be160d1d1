#!/usr/bin/env python3
"""Holds what halint makes of Terraform sources against real plans of them: scripts/compare_plans.py [DIRECTORY...].

Each directory holds MODULE@VERSION/PLAN.json (`terraform show -json`) beside MODULE@VERSION/source/. A plan is named
after its root below source/, with `_` for `/`. Zone names and other data sources are answered as in the plan.

Counted are the attributes that the plan knows and that the source sets: equal, unknown here, different. What the
provider writes in its own way counts as equal: null, "", [] and {} are nothing; protocols go by name or number; JSON
texts are compared as JSON; sets have no order; of a script only the hash is kept; a certificate's names hold its first
one. Instances must be the same, nothing may differ, and 97 % must be equal.

With --halint, plans are checked too, and their sources: what is found in a plan must be found in its sources. What is
found in the sources only is listed: a plan does not hold locals, so that some of it cannot be told there.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import pathlib
import subprocess
import sys

from shared_data import PROJECT, findings


# Findings about the files themselves, of which a plan has none.
OF_FILES = {"invalid-configuration", "not-analysed"}


def find_root(directory, rest):
    """The directory below `directory` whose path is `rest` with `/` for `_`, or None."""
    if rest == "root":
        return directory
    for entry in sorted(directory.iterdir()):
        if not entry.is_dir() or not rest.startswith(entry.name):
            continue
        if rest == entry.name:
            return entry
        if rest[len(entry.name)] == "_" and (found := find_root(entry, rest[len(entry.name) + 1:])):
            return found
    return None


def found_in(path, halint):
    """Rule and subjects of each finding."""
    found, _ = findings([path], halint=halint)
    found = [finding for finding in found if finding["rule"] not in OF_FILES]
    return {(finding["rule"], " ".join(subject["address"].rpartition("#")[2] for subject in finding["subjects"]))
            for finding in found}


def compare_findings(directory, halint):
    """The number of findings that stand in plans only."""
    extra = 0
    for plan in sorted(directory.glob("*/*.json")):
        root = (plan.parent / "source").is_dir() and find_root(plan.parent / "source", plan.stem)
        if not root:
            continue
        os.chdir(plan.parent)  # The workspace: modules lie outside of the root.
        from_source, from_plan = found_in(root, halint), found_in(plan, halint)
        for rule, subjects in sorted(from_plan - from_source):
            print(f"{plan.parent.name}/{plan.name}: found in the plan only: {rule} {subjects}")
        for rule, subjects in sorted(from_source - from_plan):
            print(f"{plan.parent.name}/{plan.name}: found in the sources only: {rule} {subjects}")
        print(f"{plan.parent.name}/{plan.name}: findings in both {len(from_source & from_plan)}")
        extra += len(from_plan - from_source)
    return extra


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path,
                        default=PROJECT / "build" / "release" / "tests" / "compare_plans")
    parser.add_argument("--halint", type=pathlib.Path, help="compare findings with this program too")
    options = parser.parse_args()
    directories = options.directories
    if not directories:
        shared = pathlib.Path(os.environ.get("HALINT_SHARED") or PROJECT.parent / "shared")
        if not (shared / "plans").is_dir():
            print("skipped: there is no ../shared/plans; set HALINT_SHARED")
            return 0
        directories = [shared / "plans"]
    code = subprocess.run([options.program, *directories], check=False).returncode
    if options.halint and sum(compare_findings(d.resolve(), options.halint.resolve()) for d in directories) > 0:
        code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())

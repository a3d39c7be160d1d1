#!/usr/bin/env python3
"""Holds what halint makes of Terraform sources against real plans of them: scripts/compare_plans.py [DIRECTORY...].

Each directory holds MODULE@VERSION/PLAN.json (`terraform show -json`) beside MODULE@VERSION/source/. A plan is named
after its root below source/, with `_` for `/`. Zone names and other data sources are answered as in the plan.

Counted are the attributes that the plan knows and that the source sets: equal, unknown here, different. What the
provider writes in its own way counts as equal: null, "", [] and {} are nothing; protocols go by name or number; JSON
texts are compared as JSON; sets have no order; of a script only the hash is kept; a certificate's names hold its first
one. Instances must be the same, nothing may differ, and 97 % must be equal.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import pathlib
import subprocess
import sys

from shared_data import PROJECT


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path,
                        default=PROJECT / "build" / "release" / "tests" / "compare_plans")
    options = parser.parse_args()
    directories = options.directories
    if not directories:
        shared = pathlib.Path(os.environ.get("HALINT_SHARED") or PROJECT.parent / "shared")
        if not (shared / "plans").is_dir():
            print("skipped: there is no ../shared/plans; set HALINT_SHARED")
            return 0
        directories = [shared / "plans"]
    return subprocess.run([options.program, *directories], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs halint over every directory with Terraform files of the corpus, each by itself, and over each project whole.

Prints what crashed, what did not end within the limit, the syntax errors, and how often each rule fired. With
--list RULE it prints every finding of a rule (`all`: of all rules), to be read by eye.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import concurrent.futures
import os
import sys

from shared_data import HALINT, corpus, findings


def check(halint, directory, limit):
    found, done = findings([directory], limit=limit, halint=halint)
    return directory, found, done


def place(finding):
    location = finding.get("location") or {}
    return f"{location.get('file')}:{(location.get('start') or {}).get('line')}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=HALINT)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for each run")
    parser.add_argument("--only", default="", help="projects whose name contains this")
    parser.add_argument("--list", default="", metavar="RULE")
    parser.add_argument("--projects", action="store_true", help="whole projects only, not each directory")
    options = parser.parse_args()

    root = corpus()
    projects = sorted(p for p in root.iterdir() if p.is_dir() and options.only in p.name and any(p.rglob("*.tf")))
    directories = list(projects)
    if not options.projects:
        for project in projects:
            directories += sorted({path.parent for path in project.rglob("*.tf") if path.is_file()} - {project})

    crashes, late, syntax, rules, slowest = [], [], set(), collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for directory, found, done in pool.map(lambda d: check(options.halint, d, options.limit), directories):
            name = directory.relative_to(root)
            slowest.append((done.seconds, name))
            if done.code is None:
                late.append(name)
            elif done.crashed or not done.output:
                crashes.append((name, done.code, done.errors.strip()[-200:]))
            for finding in found:
                if finding["rule"] == "syntax-error":
                    syntax.add((place(finding).split("/")[-1], finding["message"]))
                elif directory in projects:
                    rules[finding["rule"]] += 1
                if directory in projects and options.list in ("all", finding["rule"]):
                    print(f"{project_name(name)}: {place(finding)}: {finding['severity']}: {finding['message']} "
                          f"[{finding['rule']}]")

    print(f"{len(directories)} runs, {len(crashes)} crashed, {len(late)} did not end within {options.limit:g} s")
    for crash in crashes:
        print("  crash:", *crash)
    for name in late:
        print("  too slow:", name)
    print(f"{len(syntax)} syntax errors")
    for where, message in sorted(syntax):
        print(f"  {where}: {message}")
    print("findings in whole projects:")
    for rule, count in rules.most_common():
        print(f"  {count:5} {rule}")
    print("slowest:", ", ".join(f"{name} {seconds:.2f} s" for seconds, name in sorted(slowest)[-3:]))
    return 1 if crashes or late else 0


def project_name(name):
    return name.parts[0] if name.parts else "."


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Compares halint with the cases of gixy and crossplane in the corpus.

gixy's cases are one file for each fault, below the name of its check; those that end with `_fp` are its known false
alarms. Each is put where nginx would have it: lines of a location into a location. For each check it prints how many of
the faults a rule of ours finds at the line, which it misses, and which sound cases it raises the same alarm on; what is
missed has a reason in KNOWN below. Of crossplane's configurations it prints where the syntax errors are.

A case that is missed without a reason, an alarm on a sound case and a syntax error that is new make the script fail.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import pathlib
import re
import sys
import tempfile

from shared_data import HALINT, corpus, findings, run

GIXY = "_weak-copyleft-mpl2/yandex+gixy/tests/plugins/simply"
CROSSPLANE = "nginxinc+crossplane/tests/configs"

# gixy's check -> the rules of ours that say the same.
RULES = {
    "add_header_multiline": ["nginx-add-header-multiline"],
    "add_header_redefinition": ["nginx-security-headers-missing"],
    "alias_traversal": ["nginx-alias-traversal"],
    "host_spoofing": ["nginx-host-spoofing"],
    "http_splitting": ["nginx-request-controlled-target"],
    "origins": ["nginx-origin-check-loose"],
    "ssrf": ["nginx-request-controlled-target"],
    "valid_referers": ["nginx-referer-missing-accepted"],
}

# Cases in which we differ on purpose: check/case -> why.
KNOWN = {
    "alias_traversal/not_slashed_alias": "no `..` leads out of it: `/files../` becomes `/home../`, which is not there",
}

# crossplane's configurations in which `nginx -t` finds a fault of syntax. crossplane takes the last one; nginx does not.
BROKEN = {"missing-semicolon/broken-above.conf", "missing-semicolon/broken-below.conf", "quote-behavior/nginx.conf"}


def wrapped(text):
    """The lines where nginx takes them: in `http`, a server or a location."""
    first = re.search(r"^\s*([\w-]+)", re.sub(r"#.*", "", text), re.M)
    word = first.group(1) if first else ""
    if word in ("http", "events"):
        return text if "events" in text else "events {}\n" + text
    if word in ("server", "map", "upstream"):
        return "events {}\nhttp {\n" + text + "\n}\n"
    if re.search(r"^\s*location\b", text, re.M):
        return "events {}\nhttp {\nserver {\n" + text + "\n}\n}\n"
    return "events {}\nhttp {\nserver {\nlocation / {\n" + text + "\n}\n}\n}\n"


def judge(halint, path, folder, rules):
    (folder / "nginx.conf").write_text(wrapped(path.read_text()))
    found, done = findings([folder], ["--fail-on", "never"], halint=halint)
    if done.crashed or done.code is None:
        sys.exit(f"halint ended with {done.code} on {path}: {done.errors[-300:]}")
    return [f for f in found if f["rule"] in rules]


def compare_gixy(halint, root):
    """How many cases are wrong without a known reason."""
    wrong = 0
    print(f"{'gixy':26} {'found':>7} {'missed':>7} {'silent':>7} {'false':>6}")
    for directory in sorted(p for p in (root / GIXY).iterdir() if p.is_dir()):
        rules = RULES.get(directory.name, [])
        counts, remarks = collections.Counter(), []
        for path in sorted(directory.glob("*.conf")):
            with tempfile.TemporaryDirectory() as name:
                found = judge(halint, path, pathlib.Path(name), rules)
            is_sound = path.stem.endswith("_fp")
            counts["false" if found else "silent"] += is_sound
            counts["found" if found else "missed"] += not is_sound
            if bool(found) == is_sound:
                reason = KNOWN.get(f"{directory.name}/{path.stem}")
                wrong += reason is None
                remarks.append(f"    {'false' if is_sound else 'missed'}: {path.name}: {reason or 'no reason is known'}")
        print(f"{directory.name:26} {counts['found']:7} {counts['missed']:7} {counts['silent']:7} {counts['false']:6}")
        print("".join(remark + "\n" for remark in remarks), end="")
    return wrong


def compare_crossplane(halint, root):
    wrong = 0
    print("\ncrossplane")
    mains = [p for p in sorted((root / CROSSPLANE).rglob("*.conf")) if p.parent.parent == root / CROSSPLANE]
    for path in mains:
        name = path.relative_to(root / CROSSPLANE).as_posix()
        found, _ = findings([path], ["--fail-on", "never"], halint=halint)
        lines = [f["location"]["start"]["line"] for f in found if f["rule"] == "syntax-error"]
        is_right = bool(lines) == (name in BROKEN)
        summary = run(["check", "--fail-on", "never", path], halint=halint)
        read = re.search(r"Read (\d+) files?", summary.errors)
        wrong += not is_right
        print(f"    {name:40} {'ok' if is_right else 'WRONG':6} files read: {read.group(1) if read else '?'}"
              f"{'  syntax errors in lines ' + ', '.join(map(str, lines)) if lines else ''}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=HALINT)
    options = parser.parse_args()
    root = corpus()
    wrong = compare_gixy(options.halint, root) + compare_crossplane(options.halint, root)
    print(f"\n{wrong} without a reason")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Builds a fuzz target with clang and runs it: run.py [SECONDS] [check|nginx]. Inputs start from the project's own files.

`check` is the whole pipeline, `nginx` only the front end with several files that include each other.

Needs clang and its runtime: `apt-get install clang libclang-rt-14-dev` on Debian 12.

What it finds is kept in build/fuzz/corpus-NAME; a crash is written to build/fuzz.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import subprocess
import sys
import textwrap

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = PROJECT / "build/fuzz"


def seed_check(corpus):
    """The project's own inputs, each with the byte in front that says what it is."""
    kinds = {".tf": b"\0", ".json": b"\1", ".tfvars": b"\2", ".conf": b"\3"}
    sources = [path for folder in ("examples", "tests/corpus", "stubs") for path in (PROJECT / folder).rglob("*")]
    for number, path in enumerate(sorted(sources)):
        if path.suffix in kinds and path.stat().st_size < 20_000:
            (corpus / f"seed-{number}").write_bytes(kinds[path.suffix] + path.read_bytes())


def seed_nginx(corpus):
    """The examples of the rules, and files of tests/ and examples/, alone and in pairs."""
    rules = (PROJECT / "rules" / "nginx").rglob("*.yaml")
    texts = [textwrap.dedent(text) for path in sorted(rules)
             for text in re.findall(r"\|\n((?: {10,}.*\n|\n)+)", path.read_text())]
    texts += [path.read_text(errors="replace") for folder in ("examples", "tests/corpus/nginx")
              for path in sorted((PROJECT / folder).rglob("*.conf"))]
    for number, text in enumerate(texts):
        other = texts[(number * 7 + 3) % len(texts)]
        for kind, whole in (("one", text), ("two", f"events {{}} http {{ include conf.d/*.conf; }}\1{text}\1{other}\1{other}")):
            (corpus / f"seed-{number}-{kind}").write_text(whole)


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    name = sys.argv[2] if len(sys.argv) > 2 else "check"
    corpus = BUILD / f"corpus-{name}"
    subprocess.run(["cmake", "-S", PROJECT, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DHALINT_FUZZ=ON",
                    "-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", BUILD, f"fuzz_{name}"], check=True)
    corpus.mkdir(parents=True, exist_ok=True)
    {"check": seed_check, "nginx": seed_nginx}[name](corpus)
    program = next(path for path in BUILD.rglob(f"fuzz_{name}") if path.is_file())
    return subprocess.run([program, f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=20000",
                           corpus], cwd=BUILD, env=os.environ | {"ASAN_OPTIONS": "detect_leaks=1"},
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

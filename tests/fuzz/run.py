#!/usr/bin/env python3
"""Builds the fuzz target with clang and runs it: run.py [SECONDS]. Inputs start from tests/corpus and examples/.

Needs clang and its runtime: `apt-get install clang libclang-rt-14-dev` on Debian 12.

What it finds is kept in build/fuzz/corpus; a crash is written to build/fuzz.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = PROJECT / "build/fuzz"


def seed(corpus):
    """The project's own inputs, each with the byte in front that says what it is."""
    corpus.mkdir(parents=True, exist_ok=True)
    kinds = {".tf": b"\0", ".json": b"\1", ".tfvars": b"\2", ".conf": b"\3"}
    sources = [path for folder in ("examples", "tests/corpus", "stubs") for path in (PROJECT / folder).rglob("*")]
    for number, path in enumerate(sorted(sources)):
        if path.suffix in kinds and path.stat().st_size < 20_000:
            (corpus / f"seed-{number}").write_bytes(kinds[path.suffix] + path.read_bytes())


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    subprocess.run(["cmake", "-S", PROJECT, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DHALINT_FUZZ=ON",
                    "-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", BUILD, "fuzz_check"], check=True)
    seed(BUILD / "corpus")
    program = next(BUILD.rglob("fuzz_check"))
    return subprocess.run([program, f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=20000",
                           BUILD / "corpus"], cwd=BUILD, env=os.environ | {"ASAN_OPTIONS": "detect_leaks=1"},
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

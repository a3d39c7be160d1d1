#!/usr/bin/env python3
"""Runs one case of tests/cli: the shell line in `cmd`, compared with `expected` (stdout, stderr, exit code).

run_command.py HALINT CASE [--update]. The line runs in a copy of the case, with no variable of the caller's
environment but PATH, on which `halint` is. Durations become `N ms`, numbers of
rules `N rules`, since they differ from run to run.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def observe(halint, case):
    with tempfile.TemporaryDirectory() as parent:
        work = pathlib.Path(parent, "work")
        shutil.copytree(case, work, symlinks=True, ignore=shutil.ignore_patterns("cmd", "expected"))
        path = f"{halint.parent}:{os.environ['PATH']}"
        # Leaks are looked for in the other tests; here they would cost most of the time.
        environment = {"PATH": path, "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"}
        run = subprocess.run(["bash", "-c", (case / "cmd").read_text()], cwd=work, env=environment, text=True,
                             stdin=subprocess.DEVNULL, capture_output=True, timeout=100)
        errors = re.sub(r"\b\d[\d,.]* (m?s)\b", r"N \1", run.stderr)
        errors = re.sub(r"\b\d+ rules?\b", "N rules", errors)  # Rules are added; that is no difference.
        output = re.sub(r'^(    "rules": )\d+$', r"\1N", run.stdout, flags=re.M)
        text = output + "--- stderr\n" + errors + f"--- exit {run.returncode}\n"
        return text.replace(parent, "TEMPORARY")


def main():
    halint, case = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    observed = observe(halint, case)
    expected = case / "expected"
    if "--update" in sys.argv[3:] or os.environ.get("HALINT_UPDATE_EXPECTED"):
        expected.write_text(observed)
        return 0
    if not expected.exists() or expected.read_text() != observed:
        print(f"{case.name}: this is not what `expected` says; if it is right: scripts/update_expected\n{observed}")
        if expected.exists():
            with tempfile.NamedTemporaryFile("w", suffix=".observed") as now:
                now.write(observed)
                now.flush()
                subprocess.run(["diff", "-u", str(expected), now.name], check=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Keeps what the documentation says true: the output that it shows, and the rule that it teaches with.

update_readme.py [--check] [HALINT]. Between `<!-- output: COMMAND -->` and `<!-- end -->` stands what COMMAND prints on
stdout; this writes it, or with --check says whether it differs. A YAML block of CONTRIBUTING.md that begins with `id:` is
a rule: its examples must pass.
"""
# SPDX-License-Identifier: Apache-2.0
import difflib
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ["README.md", "CONTRIBUTING.md"]
OUTPUT = re.compile(r"(<!-- output: (.+?) -->\n```text\n)(.*?)(```\n<!-- end -->)", re.S)
RULE = re.compile(r"```yaml\n(id: (\S+)\n.*?)```", re.S)


def output_of(halint, command):
    words = shlex.split(command)
    assert words[0] == "halint", command
    run = subprocess.run([halint, *words[1:]], cwd=PROJECT, text=True, stdin=subprocess.DEVNULL, capture_output=True,
                         env={"LC_ALL": "C.UTF-8"}, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"`{command}` ended with {run.returncode}: {run.stderr}")
    return run.stdout


def test_rule(halint, name, text):
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory, f"{name}.yaml")
        path.write_text(text)
        run = subprocess.run([halint, "test", path], text=True, capture_output=True, check=False)
        if run.returncode != 0:
            print(f"the rule {name} of CONTRIBUTING.md:\n{run.stdout}{run.stderr}")
        return run.returncode == 0


def main():
    arguments = [a for a in sys.argv[1:] if a != "--check"]
    halint = arguments[0] if arguments else str(PROJECT / "build/release/halint")
    sound = True
    for page in PAGES:
        path = PROJECT / page
        old = path.read_text()
        new = OUTPUT.sub(lambda m: m.group(1) + output_of(halint, m.group(2)) + m.group(4), old)
        for text, name in RULE.findall(old):
            sound &= test_rule(halint, name, text)
        if "--check" not in sys.argv:
            path.write_text(new)
        elif new != old:
            sound = False
            print(f"{page} is stale; run scripts/update_readme.py")
            sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), page, "now"))
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())

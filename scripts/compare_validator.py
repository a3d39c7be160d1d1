#!/usr/bin/env python3
"""Compares which templates halint can read with what AWS's own validator says, over the corpus.

The validator is `@aws/cloudformation-validate`, which `npm install aws-cdk-lib` brings along. --modules names the
node_modules directory that holds it; without it nothing is compared. Prints each template that only one of the two
refuses to parse, and how many they agree on. (It also calls it a fault of the form when the value of Fn::Transform is no
object, as in four examples of macros, which halint reads.)
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from shared_data import HALINT, corpus, findings

PACKAGE = "@aws/cloudformation-validate"
ENDINGS = {".yaml", ".yml", ".json", ".template"}
# Rules of the validator that say that a text is no YAML or JSON, or has a key twice.
SYNTAX = re.compile(r"^(F11\d\d|E0000)$")
ORACLE = """
import { CompositeEngine, TemplateFile } from '%s';
const engine = new CompositeEngine();
for (const path of JSON.parse(process.argv[2])) {
  let said = [];
  try {
    said = engine.validateTemplate(new TemplateFile(path)).diagnostics.map((d) => [d.ruleId, d.message]);
  } catch (error) {
    said = [['threw', String(error).slice(0, 200)]];
  }
  console.log(JSON.stringify([path, said]));
}
"""


def find_package(modules):
    for place in modules:
        for found in (place / PACKAGE, place / "aws-cdk-lib" / "node_modules" / PACKAGE):
            if (found / "package.json").is_file():
                return found
    return None


def verdicts(package, templates):
    """Path -> (rule, message) of each thing that the validator says."""
    with tempfile.TemporaryDirectory() as scratch:
        link = pathlib.Path(scratch) / "node_modules" / PACKAGE
        link.parent.mkdir(parents=True)
        link.symlink_to(package.resolve())
        script = pathlib.Path(scratch) / "oracle.mjs"
        script.write_text(ORACLE % PACKAGE)
        done = subprocess.run(["node", str(script), json.dumps([str(t) for t in templates])], cwd=scratch,
                              capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"the validator failed: {done.stderr.strip()[-500:]}")
    return dict(json.loads(line) for line in done.stdout.splitlines())


def is_template(path):
    head = path.read_text(errors="replace")
    return re.search(r'^\s*"?Resources"?\s*:', head, re.MULTILINE) and "AWS::" in head


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=HALINT)
    parser.add_argument("--modules", type=pathlib.Path, action="append", default=[])
    options = parser.parse_args()
    modules = options.modules + [pathlib.Path(p) for p in os.environ.get("NODE_PATH", "").split(":") if p]
    package = find_package(modules)
    if shutil.which("node") is None or package is None:
        print(f"skipped: there is no node, or no {PACKAGE} in --modules or NODE_PATH")
        return 0
    root = corpus()
    templates = sorted(p for p in root.rglob("*") if p.suffix in ENDINGS and p.is_file() and is_template(p))
    said = verdicts(package, templates)
    counts, others = collections.Counter(), collections.Counter()
    for path in templates:
        found, done = findings([path], ["--isolated"], limit=20, halint=options.halint)
        if "Read 0 files" in done.errors:
            counts["not taken for a template by halint"] += 1
            continue
        ours = [f["message"] for f in found if f["rule"] == "syntax-error"]
        theirs = [message for rule, message in said[str(path)] if SYNTAX.match(rule) or rule == "threw"]
        others.update(rule for rule, _ in said[str(path)] if rule.startswith("F"))
        kind = ("both refuse" if ours and theirs else "only halint refuses" if ours else
                "only the validator refuses" if theirs else "both read")
        counts[kind] += 1
        if kind.startswith("only"):
            print(f"{kind}: {path.relative_to(root)}: {(ours or theirs)[0][:160]}")
        if done.code not in (0, 1):
            print(f"failed with {done.code}: {path.relative_to(root)}")
    print(f"{len(templates)} templates:", ", ".join(f"{n} {kind}" for kind, n in counts.most_common()))
    print("the validator's fatal rules:", ", ".join(f"{rule} {n}" for rule, n in others.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

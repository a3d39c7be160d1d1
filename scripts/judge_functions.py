#!/usr/bin/env python3
"""Compares halint's functions, operators and templates with those of the `terraform` on the PATH.

Takes expressions from the tables of the tests, or from files: one expression on each line that is neither blank, nor a
comment, nor indented; or JSON, a list of expressions (which may then have several lines). Terraform evaluates them all
as outputs of one plan. Prints each difference, and how many there are; ends with 1 if there are any.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import base64
import collections
import decimal
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from shared_data import HALINT, PROJECT

FUNCTIONS = PROJECT / "src" / "terraform" / "functions"
TABLE = FUNCTIONS / "functions_test.txt"
PRELUDE = """
terraform {}
resource "terraform_data" "u" {}
variable "secret" {
  default   = "s3cret"
  sensitive = true
}
"""
BATCH = 400


def expressions_of(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    if str(path).endswith(".json"):
        document = json.loads(text)
        return [case["expr"] for case in document["cases"]] if isinstance(document, dict) else document
    return [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]


def block(index, expression, answer, kind):
    # A heredoc ends with a line of its own.
    return f'{kind} {{\n  {answer} = try(base64encode(jsonencode(\n{expression}\n)), "error")\n}}\n'.replace("INDEX", str(index))


def broken_syntax(indexed):
    """Those that cannot stand in a file: a quote that is never closed would change the meaning of all that follow."""
    text = "".join(f"x{index} = [\n{expression}\n]\n" for index, expression in indexed)
    done = subprocess.run(["terraform", "fmt", "-"], input=text, capture_output=True, text=True)
    if done.returncode == 0:
        return []
    if len(indexed) == 1:
        return [indexed[0][0]]
    middle = len(indexed) // 2
    return broken_syntax(indexed[:middle]) + broken_syntax(indexed[middle:])


def terraform_answers(expressions, directory):
    """The JSON text of each; "error", "rejected", "unknown" or "secret" for those that have none."""
    todo = dict(enumerate(expressions))
    answers = {index: "rejected" for index in broken_syntax(list(todo.items()))}
    todo = {index: expression for index, expression in todo.items() if index not in answers}
    environment = dict(os.environ, TF_IN_AUTOMATION="1", CHECKPOINT_DISABLE="1")
    while todo:
        file = directory / "main.tf"
        parts, first_line, line = [PRELUDE], {}, PRELUDE.count("\n") + 1
        for index, expression in todo.items():
            value = f"try(jsonencode(\n{expression}\n), \"error\")"
            part = (f'output "o{index}" {{\n  value = [for x in [{value}] : issensitive(x) ? "secret" : nonsensitive(x)][0]\n}}\n'
                    f'locals {{\n  s{index} = 1\n}}\n')
            first_line[index] = (line, line + part.count("\n"))
            parts.append(part)
            line += part.count("\n")
        file.write_text("".join(parts), encoding="utf-8")
        plan = subprocess.run(["terraform", f"-chdir={directory}", "plan", "-json", "-input=false", "-out=plan"],
                              capture_output=True, text=True, env=environment)
        broken = set()
        for entry in map(json.loads, filter(lambda l: l.startswith("{"), plan.stdout.splitlines())):
            place = (entry.get("diagnostic") or {}).get("range")
            if entry.get("@level") != "error" or not place:
                continue
            at = place["start"]["line"]
            broken |= {index for index, (begin, end) in first_line.items() if begin <= at < end}
        if plan.returncode != 0 and not broken:
            # A limit of the number of errors that are shown, or one that has no place.
            sys.exit(f"terraform cannot plan:\n{plan.stdout[-2000:]}{plan.stderr[-2000:]}")
        for index in broken:
            answers[index] = "rejected"
            todo.pop(index)
        if broken:
            continue
        shown = subprocess.run(["terraform", f"-chdir={directory}", "show", "-json", "plan"], capture_output=True,
                               text=True, env=environment, check=True)
        for name, change in json.loads(shown.stdout)["output_changes"].items():
            answers[int(name[1:])] = "unknown" if change["after_unknown"] is True else change["after"]
        todo.clear()
    return [answers[i] for i in range(len(expressions))]


def halint_answers(expressions, directory, halint):
    text = PRELUDE
    for index, expression in enumerate(expressions):
        text += block(index, expression, "ami", 'resource "aws_instance" "oINDEX"')
    (directory / "main.tf").write_text(text, encoding="utf-8")
    done = subprocess.run([str(halint), "--print", "graph", "--isolated", str(directory)], capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"halint failed: {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    answers = ["missing"] * len(expressions)
    current = None
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        if found := re.match(r"instance aws_instance\.o(\d+)", line):
            current = int(found.group(1))
        elif line.startswith("  image: ") and current is not None:
            shown = line[len("  image: "):]
            is_secret = "(sensitive)" in shown
            answers[current] = "secret" if is_secret else decoded(shown[1:-1]) if shown.startswith('"') else "unknown"
    return answers


# In the graph the text would be escaped for a terminal.
def decoded(shown):
    return shown if shown == "error" else base64.b64decode(shown).decode("utf-8", "replace")


def plain(answer):
    if answer in ("error", "rejected"):
        return "error"
    if answer in ("unknown", "secret", "missing"):
        return answer
    try:
        return json.loads(answer, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
    except ValueError:
        return answer


def function_of(expression):
    found = re.match(r"([a-z0-9_:]+)\(", expression)
    return found.group(1) if found else "(other)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", default=[TABLE], help="expressions; default: the table of the tests")
    parser.add_argument("--halint", default=HALINT)
    parser.add_argument("--beside", metavar="DIR", help="files for the functions that read some; default: of the tests",
                        default=FUNCTIONS / "testdata")
    parser.add_argument("--keep", metavar="FILE", help="write Terraform's answers here, as JSON")
    options = parser.parse_args()
    if shutil.which("terraform") is None:
        print("skipped: there is no `terraform` on the PATH")
        return 0
    expressions = [e for file in options.files for e in expressions_of(file)]
    expected, actual = [], []
    for start in range(0, len(expressions), BATCH):
        part = expressions[start:start + BATCH]
        with tempfile.TemporaryDirectory() as scratch:
            place = pathlib.Path(scratch)
            for name in ("terraform", "halint"):
                shutil.copytree(options.beside, place / name)
            (place / "halint" / ".git").mkdir()
            expected += terraform_answers(part, place / "terraform")
            actual += halint_answers(part, place / "halint", options.halint)
    if options.keep:
        pathlib.Path(options.keep).write_text(json.dumps(dict(zip(expressions, expected)), ensure_ascii=False, indent=1))
    counts = collections.Counter()
    for expression, theirs, ours in zip(expressions, expected, actual):
        if plain(theirs) == plain(ours):
            counts["equal"] += 1
        elif ours == "unknown":
            counts["unknown"] += 1
            print(f"unknown  {expression}\n    terraform: {theirs}")
        else:
            counts["different"] += 1
            print(f"DIFFERS  {expression}\n    terraform: {theirs}\n    halint:    {ours}")
    print(f"{len(expressions)} expressions: {counts['equal']} equal, {counts['unknown']} honestly unknown, "
          f"{counts['different']} different")
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())

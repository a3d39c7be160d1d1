#!/usr/bin/env python3
"""Compares the stubs with the real modules that they stand in for.

Each example of a module is checked twice: with the module's own source, and with `source` naming the registry, so that
halint takes its stub. Findings must be equal, and what rules see: nodes of mapped kinds, their attributes and edges.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import json
import pathlib
import re
import shutil
import sys
import tempfile

from shared_data import HALINT, PROJECT, corpus, run

MODULES = [
    "terraform-aws-modules/vpc/aws",
    "terraform-aws-modules/security-group/aws",
    "terraform-aws-modules/alb/aws",
    "terraform-aws-modules/autoscaling/aws",
    "terraform-aws-modules/rds/aws",
    "terraform-aws-modules/elasticache/aws",
    "terraform-aws-modules/rds-aurora/aws",
    "terraform-aws-modules/msk-kafka-cluster/aws",
    "cloudposse/vpc/aws",
    "cloudposse/dynamic-subnets/aws",
]
# What a module computes with; without it, its own source says less than the stub.
NEEDS = {"cloudposse/dynamic-subnets/aws": "cloudposse/utils/aws"}
TEST_FILES = {".tf", ".tfvars", ".json", ".tpl", ".sh", ".yaml", ".yml"}
# An address has no file in front if it is of the only root.
ROOT = re.compile(r"^[^#]*#")
# What print_graph writes behind a value that is not known.
REASON = re.compile(r" \(.*\)$")
# What is inserted into a text and not known.
INSERTED = re.compile(r'\$\{[^"]*\}(?=")')
# What halint says of the files themselves: a stub leaves out outputs, and a module lies in other files.
OWN_DIAGNOSTICS = {"not-analysed", "invalid-configuration"}
# Kinds that no rule asks for.
UNSEEN = {"other", "availability_zones", "vpc_endpoint", "vpn_gateway", "network_interface"}
# Attributes that are no more than names, and the kinds whose tags tell nothing.
NAMES = {"target_id", "user_data", "image", "group_name", "private_ip", "public_ip"}


def real_directory(module):
    namespace, name, provider = module.split("/")
    return corpus() / f"{namespace}+terraform-{provider}-{name}"


def copy_texts(source, target):
    for path in source.rglob("*"):
        if path.is_file() and path.suffix in TEST_FILES and ".terraform" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def lead_beside(text, home, beside):
    """Leads calls of other modules of the registry to the copies of them that lie in the root."""
    for number, (name, _) in enumerate(beside):
        place = "/".join([*[".."] * len(home.parts), f".beside{number}"])
        place = place if home.parts else f"./{place}"
        text = re.sub(rf'(\bsource\s*=\s*)"{re.escape(name)}"', rf'\1"{place}"', text)
    return text


def has_folder(module, folder):
    """Whether the stub describes the submodule."""
    stub = PROJECT / "stubs" / module
    return any((place / folder).is_dir() for place in (stub, *stub.glob("before-*")))


def prepare(real, example, directory, source, options):
    """Lays out an example as a root of its own below `directory`; its calls of the module are led to `source`.

    Modules lie in hidden directories, which are not searched for roots.
    """
    root = directory / "root"
    for number, (_, beside) in enumerate(options.beside):
        copy_texts(beside, root / f".beside{number}")
    copy_texts(real / "modules", root / ".module" / "modules")
    if source is None:
        root.joinpath(".module").mkdir(parents=True, exist_ok=True)
        for path in real.glob("*.tf"):
            shutil.copyfile(path, root / ".module" / path.name)
    copy_texts(example, root)
    for fixture in root.glob("fixtures*.tfvars"):
        shutil.copyfile(fixture, root / "fixtures.auto.tfvars")
    version = f'\n  version = "{options.version}"' if options.version and source not in (None, ".stub") else ""
    for path in root.rglob("*.tf"):
        home = pathlib.Path(*path.relative_to(root).parts[:-1])
        origin = real / home.relative_to(".module") if home.parts[:1] == (".module",) else example / home

        def led(match):
            target = (origin / match[2]).resolve()
            if target == real.resolve():
                own = "/".join([".."] * len(home.parts)) or "."
                place = f"{own}/{source or '.module'}" if source in (None, ".stub") else source
                return f'{match[1]}"{place}"{version}'
            below = target.relative_to(real.resolve()) if target.is_relative_to(real.resolve()) else None
            if below and source not in (None, ".stub") and home.parts[:1] != (".module",) and has_folder(source, below):
                return f'{match[1]}"{source}//{below}"{version}'
            if below and home.parts[:1] != (".module",):
                return f'{match[1]}"./.module/{below}"'
            return match[0]

        text = path.read_text(errors="replace")
        text = re.sub(r'(?m)^(\s*source\s*=\s*)"(\.\.?/[^"]*|\.\.)"', led, text)
        path.write_text(lead_beside(text, home, options.beside))
    return root


def findings_of(report):
    found = set()
    for finding in report["findings"]:
        if finding["rule"] not in OWN_DIAGNOSTICS:
            found.add((finding["rule"], *sorted(ROOT.sub("", subject["address"]) for subject in finding["subjects"])))
    return found


def graph_of(text):
    """The lines of the printed graph that rules see, each with the node that it belongs to."""
    seen = set()
    node = None
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            kind, _, address = line.partition(" ")
            address = ROOT.sub("", address)
            node = None if kind in UNSEEN or address.endswith("(external)") else (kind, address)
            if node:
                seen.add(node)
            continue
        if node is None:
            continue
        name, separator, value = re.match(r"\s+([\w-]+)(:| ->| =>)\s?(.*)$", line).groups()
        if separator == ":":
            if name in NAMES or (name == "tags" and node[0] != "subnet"):
                continue
            value = "unknown" if REASON.search(value) or value.startswith("(unknown: ") else INSERTED.sub("${}", value)
        seen.add((*node, name, value))
    return seen


def look_at(root, halint, flags=()):
    report = run(["check", "--format", "json", "-v", "--fail-on", "never", *flags, root], halint=halint)
    graph = run(["--print", "graph", *flags, root], halint=halint)
    try:
        return findings_of(json.loads(report.output)), graph_of(graph.output)
    except ValueError:
        sys.exit(f"halint failed on {root}: {report.errors}")


def print_difference(title, real, stub, limit):
    for sign, lines in (("-", real - stub), ("+", stub - real)):
        for line in sorted(lines)[:limit]:
            print(f"    {sign} {title} {' '.join(line)}")


def compare(module, real_module, example, options):
    source = module
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        if options.tree:
            source = ".stub"
            copy_texts(PROJECT / "stubs" / module, place / "stub" / "root" / ".stub")
            for folder in (place / "stub" / "root" / ".stub").glob("before-*"):
                shutil.rmtree(folder)
        real = look_at(prepare(real_module, example, place / "real", None, options), options.halint)
        stub = look_at(prepare(real_module, example, place / "stub", source, options), options.halint)
    is_equal = real == stub
    print(f"{'equal' if is_equal else 'different':10} {module} {example.name}: {len(real[0])} findings, "
          f"{len(real[1])} facts of the graph")
    print_difference("finding", real[0], stub[0], options.lines)
    print_difference("graph", real[1], stub[1], options.lines)
    return is_equal


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", default=MODULES, help="such as terraform-aws-modules/vpc/aws")
    parser.add_argument("--halint", type=pathlib.Path, default=HALINT)
    parser.add_argument("--tree", action="store_true", help="take the stubs from stubs/, not those that are built in")
    parser.add_argument("--source", type=pathlib.Path, help="of the real module, if it is not in the corpus")
    parser.add_argument("--version", help="that the stub is asked for")
    parser.add_argument("--beside", action="append", default=[], type=lambda pair: pair.split("=", 1), metavar="NAME=DIR",
                        help="the source of another module that the examples or the module use, such as a label")
    parser.add_argument("--lines", type=int, default=20, help="differences to print for each example")
    options = parser.parse_args()
    options.beside = [(name, pathlib.Path(place)) for name, place in options.beside]
    different = 0
    for module in options.modules:
        real = options.source or real_directory(module)
        if not (PROJECT / "stubs" / module).is_dir():
            print(f"{'no stub':10} {module}")
            continue
        if not (real / "examples").is_dir():
            print(f"{'skipped':10} {module}: its source is not in the corpus")
            continue
        needed = NEEDS.get(module)
        if needed and needed not in dict(options.beside):
            print(f"{'skipped':10} {module}: give --beside {needed}=DIR, which it calls")
            continue
        for example in sorted(path for path in (real / "examples").iterdir() if any(path.glob("*.tf"))):
            different += not compare(module, real, example, options)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Holds schema/modules.yaml (what public modules make when they are not installed) against the modules' own sources.

Every resource of a module's root directory, and of the local modules that it calls, must make a kind that the list
allows: a kind that is left out would let halint take absence for proved. Modules that are not in ../shared/corpus
cannot be checked.
"""
# SPDX-License-Identifier: Apache-2.0
import pathlib
import re
import sys

import shared_data

PROJECT = pathlib.Path(__file__).resolve().parent.parent
RESOURCE = re.compile(r'^resource\s+"([a-z0-9_]+)"', re.M)
LOCAL_CALL = re.compile(r'source\s*=\s*"(\.\.?/[^"]*)"')


def known_modules():
    """{source: set of kinds}, links (`kind.edge`) left out."""
    text = (PROJECT / "schema/modules.yaml").read_text()
    text = re.sub(r",\n\s+", ", ", text)
    found = {}
    for source, kinds in re.findall(r'^  "?([^":\s]+)"?: \[(.*?)\]', text, re.M | re.S):
        found[source] = {kind.strip() for kind in kinds.split(",") if kind.strip()}
    return found


def kinds_of_types():
    """Two maps: {terraform type: kinds of which it makes nodes}, {terraform type: {(kind, edge) that it links}}."""
    found, linked = {}, {}
    for path in sorted((PROJECT / "schema").glob("*.yaml")):
        entries = re.split(r"^  - type: ", path.read_text(), flags=re.M)[1:]
        for entry in entries:
            types, _, rest = entry.partition("\n")
            link = re.search(r"^    link: {edge: (\w+)", rest, re.M)
            for name in re.findall(r"aws_[a-z0-9_]+", types):
                if link:
                    linked.setdefault(name, set()).add((path.stem, link[1]))
                elif not re.search(r"^    add:", rest, re.M):
                    found.setdefault(name, set()).add(path.stem)
    return found, linked


def resource_types(directory, seen):
    if directory in seen or not directory.is_dir():
        return set()
    seen.add(directory)
    types = set()
    for path in directory.glob("*.tf"):
        text = path.read_text(errors="replace")
        types |= set(RESOURCE.findall(text))
        for call in LOCAL_CALL.findall(text):
            types |= resource_types((directory / call).resolve(), seen)
    return types


def main():
    corpus = shared_data.corpus()
    kinds, linked = kinds_of_types()
    wrong = checked = 0
    for source, allowed in sorted(known_modules().items()):
        if source.count("/") != 2:
            continue
        owner, name, provider = source.split("/")
        directory = corpus / f"{owner}+terraform-{provider}-{name}"
        types = resource_types(directory.resolve(), set())
        if not types:
            continue
        checked += 1
        made = {kind: name for name in sorted(types) for kind in kinds.get(name, ())}
        # What it links of its own making needs no mention.
        for name in sorted(types):
            made.update({f"{kind}.{edge}": name for kind, edge in linked.get(name, ()) if kind not in made})
        missing = sorted(kind for kind in made if kind not in allowed)
        unused = sorted(kind for kind in allowed if "." not in kind and kind not in made)
        for kind in missing:
            wrong += 1
            print(f"{source}: makes a {kind} ({made[kind]}), which schema/modules.yaml leaves out")
        if unused:
            print(f"{source}: may make, but this version does not: {', '.join(unused)}")
    print(f"{checked} modules checked, {wrong} kinds left out")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

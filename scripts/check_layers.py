#!/usr/bin/env python3
"""Keeps the laws of the house: includes go down the stair only, and libraries stay in their place."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Folder -> folders that it may include, besides itself.
STAIR = {
    "base": set(),
    "graph": {"base"},
    "cel": {"graph", "base"},
    "topology": {"graph", "base"},
    "terraform": {"graph", "base"},
    "cloudformation": {"graph", "base"},
    "nginx": {"graph", "base"},
    "rules": {"cel", "topology", "graph", "base"},
    "check": {"rules", "terraform", "cloudformation", "nginx", "cel", "topology", "graph", "base"},
    "report": {"check", "rules", "topology", "graph", "base"},
    "cli": {"lsp", "report", "check", "rules", "topology", "graph", "base"},
    "lsp": {"report", "check", "rules", "topology", "graph", "base"},
}
# The same inside a folder that has floors of its own. Tests may look up the stair.
FLOORS = {
    "terraform": {
        "values": set(),
        "syntax": {"values"},
        "functions": {"values"},
        "modules": {"functions", "syntax", "values"},
        "plan": {"syntax", "values"},
        "evaluate": {"plan", "modules", "functions", "syntax", "values"},
    },
    "cloudformation": {"syntax": set(), "evaluate": {"syntax"}},
}
INCLUDE = re.compile(r'^\s*#include\s+([<"])([^>"]+)[>"]', re.M)
# Library header -> the files that may include it.
LIBRARIES = [
    (re.compile(r"^tree_sitter/"), re.compile(r"_syntax\.cc$")),
    (re.compile(r"^yaml-cpp/"), re.compile(
        r"^src/(graph/load_schema|rules/load_rules|check/load_config|cloudformation/syntax/yaml_template|terraform/functions/functions_encoding)\.cc$")),
    (re.compile(r"^nlohmann/"), re.compile(r"^src/(report|lsp|cli|check|terraform|cloudformation)/")),
    (re.compile(r"^CLI/"), re.compile(r"^src/cli/")),
    (re.compile(r"^openssl/"), re.compile(r"^src/terraform/functions/functions_hash\.cc$")),
    (re.compile(r"^utf8proc\.h$"), re.compile(r"^src/terraform/values/text\.cc$")),
    (re.compile(r"^(filesystem|fstream)$"), re.compile(r"^src/base/file_system(_test)?\.cc$")),
    (re.compile(r"^(iostream|cstdio)$"), re.compile(r"^src/(cli|lsp)/|_test\.cc$")),
]
WORDS = [
    (re.compile(r"\bthrow\b|\btry\s*\{|\bcatch\s*\("), re.compile(
        r"^src/(base/file_system|graph/load_schema|rules/load_rules|check/load_config|cloudformation/syntax/yaml_template|terraform/functions/functions_encoding)\.cc$"
        r"|^src/(report|lsp|cli)/"), "exceptions stay in the adapters"),
    (re.compile(r"\bgetenv\b|\bstd::exit\b|\bexit\("), re.compile(r"^src/(cli|lsp)/|_test\.cc$"), "only cli/ and lsp/ read the environment or exit"),
]


def strip(text):
    """Without comments and string literals, so that prose does not count."""
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.S)
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


def same_names():
    """Two types of one name in one namespace: the linker takes either, and the program crashes."""
    seen, faults = {}, []
    for path in sorted((ROOT / "src").rglob("*.h")):
        text, name = path.read_text(), path.relative_to(ROOT).as_posix()
        space = re.search(r"^namespace ([\w:]+) \{", text, re.M)
        for kind in re.findall(r"^(?:class|struct|enum class) (\w+)(?: final)?(?: :(?!:)[^;\n]*)? \{", text, re.M):
            first = seen.setdefault((space and space[1], kind), name)
            if first != name:
                faults.append(f"{name}: `{kind}` is defined in {first} too")
    return faults


def main():
    faults = same_names()
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".cc", ".h"):
            continue
        name = path.relative_to(ROOT).as_posix()
        folder = name.split("/")[1] if name.count("/") > 1 else ""
        text = path.read_text()
        if folder and folder not in STAIR:
            faults.append(f"{name}: folder `{folder}` has no place on the stair")
            continue
        for quote, header in INCLUDE.findall(text):
            target = header.split("/")[0]
            if quote == '"' and folder and target in STAIR and target != folder and target not in STAIR[folder]:
                faults.append(f"{name}: includes {header}, which is not below {folder}/")
            floors = FLOORS.get(folder, {})
            floor = name.split("/")[2] if folder else ""
            below = header.split("/")[1] if target == folder and header.count("/") > 1 else ""
            if floor in floors and below and below != floor and below not in floors[floor] and not name.endswith("_test.cc"):
                faults.append(f"{name}: includes {header}, which is not below {folder}/{floor}/")
            for library, allowed in LIBRARIES:
                if library.search(header) and not allowed.search(name):
                    faults.append(f"{name}: <{header}> has no business here")
        bare = strip(text)
        for word, allowed, law in WORDS:
            if word.search(bare) and not allowed.search(name):
                faults.append(f"{name}: {word.search(bare).group(0)!r}: {law}")
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        logic = re.sub(r"(?s)\nexamples:.*", "", path.read_text())
        prose = re.compile(r"(?ms)^(why|help):.*?(?=^\w)|#[^\n]*")
        if found := re.search(r"\baws_\w+|AWS::|\.raw\b|\.format\b", prose.sub("", logic)):
            faults.append(f"{path.relative_to(ROOT)}: {found.group(0)!r}: a rule knows no format; schema/ does")
    print("\n".join(faults) if faults else "layers: in order")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

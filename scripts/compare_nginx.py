#!/usr/bin/env python3
"""nginx itself is the judge of syntax: what `nginx -t` calls a syntax error, halint calls one, and the other way round.

usage: compare_nginx.py HALINT [--mutants N] [--seed N] [DIRECTORY...]

Each nginx file below the directories is wrapped into a whole configuration where it is a part of one, then given to
both; then N mutants of those that nginx takes as sound. nginx stops at the first thing that it does not like, so where
that is not syntax (an unknown directive, a file that is missing), only the lines before it are compared. Modules that
Debian has are loaded. Nothing is started: `-t` tests and ends.

Known difference: a quote in Lua that nothing on its line closes. nginx's Lua module then goes on behind the quote, we at
the end of the line."""
import argparse
import collections
import glob
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SYNTAX = re.compile(r'unexpected "|unexpected end of (file|parameter)|too long parameter|has no opening "\{"|'
                    r'is not terminated by ";"|Lua code block|unexpected lua closing')
MODULES = "".join(
    f"load_module {path};\n"
    for path in sorted(glob.glob("/usr/lib/nginx/modules/*.so"),
                       key=lambda p: (0 if "ndk_http" in p else 1 if re.search(r"ngx_(stream|mail)_module|lua", p) else 2, p))
    if "ngx_http_modsecurity" not in path and "nchan" not in path)
WRAPS = {
    "main": ("", ""),
    "http": ("events {}\nhttp {\n", "\n}\n"),
    "server": ("events {}\nhttp {\nserver {\n", "\n}\n}\n"),
    "location": ("events {}\nhttp {\nserver {\nlocation / {\n", "\n}\n}\n}\n"),
    "upstream": ("events {}\nhttp {\nupstream u {\n", "\n}\n}\n"),
    "types": ("events {}\nhttp {\ntypes {\n", "\n}\n}\n"),
}


def run_nginx(text, folder):
    """("ok" | "syntax" | "other" | "stopped", line in `text`, message)"""
    path = folder / "nginx.conf"
    path.write_bytes(MODULES.encode() + text)
    result = subprocess.run(["nginx", "-t", "-q", "-e", "stderr", "-p", str(folder), "-c", str(path)],
                            capture_output=True, timeout=60)
    offset = MODULES.count("\n")
    for line in result.stderr.decode(errors="replace").splitlines():
        if "[emerg]" not in line:
            continue
        place = re.search(r" in (\S+):(\d+)$", line)
        if not place:  # Not about a line: said at the end of `http`, or of the file.
            return "stopped", None, line
        if place.group(1) != str(path):
            return "other", 0, line
        number = int(place.group(2)) - offset
        return ("syntax" if SYNTAX.search(line) else "other"), number, line
    return "ok", None, ""


def run_halint(binary, text, folder):
    """Lines of syntax errors, and why the file was left out."""
    (folder / "nginx.conf").write_bytes(text)
    result = subprocess.run([binary, "check", "nginx.conf", "--format", "json"], cwd=folder, capture_output=True, timeout=60)
    if result.returncode not in (0, 1):
        return None, f"exit {result.returncode}: {result.stderr.decode(errors='replace')[:200]}"
    report = json.loads(result.stdout)
    lines = []
    for finding in report["findings"]:
        if finding["rule"] == "syntax-error":
            place = finding["location"]
            lines.append((place["start"]["line"] if place else 0, finding["message"]))
    left_out = re.search(r"left out", result.stderr.decode(errors="replace"))
    return sorted(lines), "left out as a template" if left_out else ""


def agrees(nginx, halint):
    verdict, line, _ = nginx
    if verdict == "ok":
        return not halint
    if verdict == "stopped":  # What stands behind `http` may not have been read.
        return True
    if verdict == "syntax":
        return bool(halint)
    # What halint says at an opening brace is about the end of the file, which nginx has not reached.
    return all(at >= line or "the file ends before" in message for at, message in halint)


def context_of(text):
    top = re.sub(rb"#[^\n]*", b"", text)
    depth, first = 0, set()
    for match in re.finditer(rb"([{};])|([\w./$-]+)", top):
        token = match.group(0)
        if token == b"{":
            depth += 1
        elif token == b"}":
            depth -= 1
        elif depth == 0 and token != b";":
            first.add(token)
    if first & {b"events", b"http", b"stream", b"mail", b"worker_processes", b"user"}:
        return "main"
    if first & {b"upstream", b"server_name", b"server", b"map", b"geo"}:
        return "server" if first & {b"server_name", b"location", b"listen"} and b"upstream" not in first and \
            b"map" not in first and not re.search(rb"server\s*\{", top) else "http"
    if first & {b"location", b"listen", b"rewrite"}:
        return "server"
    return "http" if first & {b"types", b"log_format", b"limit_req_zone"} else "server"


def mutate(text, rng):
    """One small fault, of the kinds that people make."""
    text = bytearray(text)
    marks = [i for i, c in enumerate(text) if c in b";{}\"'#$\\\n "]
    kind = rng.choice(["delete", "delete", "insert", "insert", "double", "swap", "cut", "glue"])
    at = rng.choice(marks) if marks and rng.random() < 0.8 else rng.randrange(max(1, len(text)))
    if kind == "delete" and text:
        del text[at]
    elif kind == "insert":
        text[at:at] = rng.choice([b";", b"{", b"}", b'"', b"'", b"#", b"$", b"\\", b" ", b"\n", b"${", b"x", b"\xc3\xa9", b"\r", b"()"])
    elif kind == "double" and text:
        text[at:at] = text[at:at + 1]
    elif kind == "swap" and at + 1 < len(text):
        text[at], text[at + 1] = text[at + 1], text[at]
    elif kind == "cut":
        del text[rng.randrange(len(text) + 1):]
    elif kind == "glue" and at < len(text):
        end = at + rng.randrange(1, 30)
        del text[at:end]
    return bytes(text), kind


def find_files(directories):
    for directory in directories:
        for path in sorted(pathlib.Path(directory).rglob("*")):
            in_site = any(part.startswith("sites-") or part == "conf.d" for part in path.parts)
            named = path.suffix in (".conf", ".nginx", ".vhost") or path.name == "mime.types" or (in_site and not path.suffix)
            if path.is_file() and named and not path.name.startswith("."):
                yield path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("halint")
    parser.add_argument("directories", nargs="*")
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    arguments = parser.parse_args()
    shared = pathlib.Path(os.environ.get("HALINT_SHARED", ROOT.parent / "shared"))
    directories = arguments.directories or [shared / "corpus"]
    binary = str(pathlib.Path(arguments.halint).resolve())
    counts, differences, sound, certificates = collections.Counter(), [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder, other = pathlib.Path(name) / "n", pathlib.Path(name) / "h"
        folder.mkdir(), other.mkdir()
        (folder / "logs").mkdir()
        # nginx would stop at the first certificate that is missing.
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a.invalid",
                        "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")], check=True, capture_output=True)
        for kind, file in (("certificate_key", "key"), ("(?:trusted_|client_)?certificate", "cert")):
            certificates.append((re.compile(rb"(ssl_%s\s+)[\w./-]+;" % kind.encode()), b"\\1%s/%s.pem;" % (str(folder).encode(), file.encode())))

        def compare(label, text):
            nginx = run_nginx(text, folder)
            halint, left_out = run_halint(binary, text, other)
            if halint is None:
                counts["halint failed"] += 1
                differences.append((label, nginx, left_out))
                return nginx
            if left_out:
                counts["left out"] += 1
                if arguments.verbose or nginx[0] != "syntax":
                    print(f"left out: {label}: {left_out}; nginx: {nginx[0]} {nginx[2][-120:]}")
                return nginx
            counts[nginx[0] + (", halint: syntax" if halint else ", halint: sound")] += 1
            if not agrees(nginx, halint):
                differences.append((label, nginx, halint))
            elif arguments.verbose:
                print(label, nginx[0], halint[:1])
            return nginx

        for path in find_files(directories):
            text = path.read_bytes()
            if len(text) > 1 << 20:
                continue
            before, after = WRAPS["types" if path.name == "mime.types" else context_of(text)]
            whole = before.encode() + text.replace(b"\r\n", b"\n") + after.encode()
            for pattern, replacement in certificates:
                whole = pattern.sub(replacement, whole)
            verdict, line, _ = compare(str(path), whole)
            # How much of the file nginx reads before it stops tells what a mutant can be judged on.
            reach = whole.count(b"\n") if verdict in ("ok", "stopped") else line or 0
            if verdict != "syntax" and reach > 10:
                sound.append((str(path), whole, reach))
        print("files:", dict(counts))
        first = len(differences)
        for label, nginx, halint in differences:
            print(f"  differs: {label}\n    nginx:  {nginx}\n    halint: {halint}")
        counts.clear()
        rng = random.Random(arguments.seed)
        for number in range(arguments.mutants if sound else 0):
            label, whole, reach = rng.choice(sound)
            lines = whole.split(b"\n")
            head, tail = b"\n".join(lines[:reach]), b"\n".join(lines[reach:])
            mutant, kind = mutate(head, rng)
            mutant += b"" if kind == "cut" else b"\n" + tail
            before = len(differences)
            compare(f"{label} mutant {number} ({kind})", mutant)
            if len(differences) > before and os.environ.get("HALINT_KEEP"):
                pathlib.Path(os.environ["HALINT_KEEP"], f"{number}.conf").write_bytes(mutant)
        print("mutants:", dict(counts))
        for label, nginx, halint in differences[first:]:
            print(f"  differs: {label}\n    nginx:  {nginx}\n    halint: {halint}")
        print(f"{len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())

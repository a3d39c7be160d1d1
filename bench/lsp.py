#!/usr/bin/env python3
"""Measures the language server: start, first diagnostics, keystroke to diagnostics, hover.

bench/lsp.py [--halint PATH] [--edits N] [DIRECTORY]. Default: the largest project of the corpus, else examples/. Each edit
types one character into the largest file; the time runs until the diagnostics of that version are there. It ends with the
time that `halint check` takes for the same directory, as the measure of the machine.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("HALINT_SHARED", PROJECT.parent / "shared"))
LARGEST = SHARED / "corpus" / "brikis98+terraform-up-and-running-code"


class Server:
    def __init__(self, halint):
        self.process = subprocess.Popen([halint, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.next_id = 0

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, params):
        self.next_id += 1
        self.send(id=self.next_id, method=method, params=params)
        while (message := self.receive()).get("id") != self.next_id:
            pass
        return message

    def wait_for(self, uri, version):
        while True:
            message = self.receive()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params.get("uri") == uri \
                    and params.get("version") == version:
                return


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=pathlib.Path, default=LARGEST if LARGEST.is_dir() else PROJECT / "examples")
    parser.add_argument("--halint", type=pathlib.Path, default=PROJECT / "build/release/halint")
    parser.add_argument("--edits", type=int, default=100)
    options = parser.parse_args()
    folder = options.directory.resolve()
    files = sorted(folder.rglob("*.tf"), key=lambda path: path.stat().st_size)
    text, uri = files[-1].read_text(), files[-1].as_uri()
    print(f"{len(files)} .tf files in {folder.name}; edits in {files[-1].name}, {len(text)} bytes")

    server = Server(options.halint)
    print(f"initialize          {milliseconds(lambda: server.ask('initialize', {'capabilities': {}, 'rootUri': folder.as_uri()})):7.1f} ms")
    server.send(method="initialized", params={})
    document = {"uri": uri, "languageId": "terraform", "version": 0, "text": text}
    server.send(method="textDocument/didOpen", params={"textDocument": document})
    print(f"first diagnostics   {milliseconds(lambda: server.wait_for(uri, 0)):7.1f} ms")

    def edit(version):
        start = {"line": 0, "character": 0}
        end = start if version % 2 else {"line": 0, "character": 1}
        change = {"range": {"start": start, "end": end}, "text": " " if version % 2 else ""}
        server.send(method="textDocument/didChange",
                    params={"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
        server.wait_for(uri, version)

    times = [milliseconds(lambda: edit(version)) for version in range(1, options.edits + 1)]
    print(f"keystroke to diagnostics: median {quantile(times, 0.5):.1f} ms, p95 {quantile(times, 0.95):.1f} ms, "
          f"largest {max(times):.1f} ms, of {len(times)}")
    place = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 3}}
    hovers = [milliseconds(lambda: server.ask("textDocument/hover", place)) for _ in range(50)]
    print(f"hover: median {quantile(hovers, 0.5):.2f} ms, p95 {quantile(hovers, 0.95):.2f} ms")
    server.ask("shutdown", None)
    server.send(method="exit")
    server.process.wait()
    whole = [milliseconds(lambda: subprocess.run([options.halint, "-qq", folder], capture_output=True)) for _ in range(5)]
    print(f"halint check of the same directory: median {quantile(whole, 0.5):.1f} ms; "
          f"keystroke p95 / check = {quantile(times, 0.95) / quantile(whole, 0.5):.2f}")


if __name__ == "__main__":
    sys.exit(main())

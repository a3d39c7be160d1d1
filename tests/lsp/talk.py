#!/usr/bin/env python3
"""Talks to `halint lsp` as an editor does, over pipes: opens a folder, edits, asks, and ends.

talk.py HALINT. What single messages mean is tested beside the server; here the process, its streams and threads are.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

BAD = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n  multi_az = false\n  db_subnet_group_name = "main"\n}\n'


class Client:
    def __init__(self, halint):
        self.process = subprocess.Popen([halint, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.next_id = 0
        self.shown = {}
        self.asked = []

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.shown[message["params"]["uri"]] = message["params"]
        elif "method" in message and "id" in message:
            self.asked.append(message["method"])
            self.send(id=message["id"], result=None)
        return message

    def ask(self, method, params=None):
        self.next_id += 1
        self.send(id=self.next_id, method=method, params=params)
        while (message := self.receive()).get("id") != self.next_id or "method" in message:
            pass
        return message["result"]

    def wait(self, what):
        while not what():
            self.receive()


def main():
    halint = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder).resolve() / "main.tf"
        path.write_text(BAD)
        (path.parent / ".halint.yaml").write_text("select: [rds-single-az]\n")
        uri = path.as_uri()
        client = Client(halint)
        abilities = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
        answer = client.ask("initialize", {"capabilities": abilities, "rootUri": path.parent.as_uri()})
        assert answer["capabilities"]["positionEncoding"] == "utf-16", answer
        client.send(method="initialized", params={})
        client.wait(lambda: uri in client.shown)
        assert [d["code"] for d in client.shown[uri]["diagnostics"]] == ["rds-single-az"], client.shown
        assert client.asked == ["client/registerCapability"], client.asked

        client.send(method="textDocument/didOpen",
                    params={"textDocument": {"uri": uri, "languageId": "terraform", "version": 1, "text": BAD}})
        # Faster than any analysis: what comes while one runs is joined.
        for version in range(2, 40):
            value = "true" if version % 2 else "false"
            client.send(method="textDocument/didChange",
                        params={"textDocument": {"uri": uri, "version": version},
                                "contentChanges": [{"text": BAD.replace("false", value)}]})
        client.wait(lambda: client.shown[uri].get("version") == 39)
        assert client.shown[uri]["diagnostics"] == [], client.shown

        assert client.ask("shutdown") is None
        client.send(method="exit")
        assert client.process.wait(timeout=60) == 0
        print("the conversation went as it should")

        # An editor that dies says nothing.
        lost = Client(halint)
        lost.send(id=1, method="initialize", params={"capabilities": {}, "rootUri": path.parent.as_uri()})
        lost.receive()
        lost.process.stdin.close()
        assert lost.process.wait(timeout=60) == 1


if __name__ == "__main__":
    main()

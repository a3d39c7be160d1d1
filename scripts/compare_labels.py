#!/usr/bin/env python3
"""Compares halint with the labelled cases of other linters where their predicates are ours.

For each pair of a peer's check and our rules it prints how many of the peer's faults halint found and missed, and on
how many of the peer's sound cases it raised the same alarm. The labels judge the peer's rule: a difference is to be
read, and is either right, with the reason below, or a bug.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import csv
import json
import pathlib
import re
import shutil
import sys
import tempfile

import template_labels
from shared_data import HALINT, corpus, findings
from template_labels import Label

CHECKOV = "bridgecrewio+checkov"
COPIES = tempfile.TemporaryDirectory()
KICS = "DataDog+datadog-iac-scanner/assets/queries/terraform/aws"
BASTION = """
resource "aws_instance" "bastion" {
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.%s.id]
}
"""
TRIVY = "aquasecurity+trivy-checks/snippets"

# Peer, its check, the rule of ours with the same predicate, rules that may name the same cause instead, and a remark.
PAIRS = [
    ("checkov", "RDSMultiAZEnabled", "rds-single-az", [], ""),
    ("checkov", "SecurityGroupUnrestrictedIngress22", "bastion-ssh-open-to-world", [],
     "a bastion is put behind each group; fail2 opens port 0, not_self admits nobody, pass_self2 admits 0.0.0.0/0"),
    ("checkov", "ALBRedirectsHTTPToHTTPS", "lb-http-not-redirected", ["lb-no-https-listener"], ""),
    ("checkov", "ELBwListenerNotTLSSSL", "lb-http-not-redirected", ["lb-https-without-certificate"],
     "ours speaks of Application Load Balancers: a classic one cannot redirect"),
    ("kics", "rds_db_instance_publicly_accessible", "rds-publicly-accessible", [],
     "positive2 calls a module of the registry: not installed, so not analysed"),
    ("kics", "elasticache_nodes_not_created_across_multi_az", "cache-no-replica", [],
     "theirs is about Memcached, which has no replicas"),
    ("trivy", "elb/http_not_used", "lb-http-not-redirected", ["lb-no-https-listener"], ""),
]


def by_address(address):
    def matches(finding):
        if f"`{address}`" in finding["message"]:
            return True
        return any(re.split(r"[\[/]", s["address"].split("#")[-1])[0] == address for s in finding["subjects"])
    return matches


def by_block(path, line):
    """The finding stands in the top-level block that holds `line` of the file."""
    lines = path.read_text(errors="replace").splitlines()
    begin = max((i for i in range(min(line, len(lines))) if re.match(r"\w", lines[i])), default=0) + 1
    end = next((i + 1 for i in range(begin, len(lines)) if lines[i].startswith("}")), len(lines))

    def matches(finding):
        places = [finding["location"]] + [e.get("location") or {} for e in finding["evidence"]]
        return any(p.get("file", "").endswith(path.name) and begin <= p["start"]["line"] <= end
                   for p in places if p.get("start"))
    return matches


def checkov_labels(root, check):
    with open(root / CHECKOV / "LABELS.tsv", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t")
                if row["case"] == check and row["kind"] in ("tf", "tf-graph")]
    for row in rows:
        folders = [d for d in (root / CHECKOV / "tests/terraform").rglob("*")
                   if d.is_dir() and d.name in (check, f"example_{check}")]
        for folder in folders:
            fault = row["verdict"] == "fail"
            kind, _, name = row["resource"].partition(".")
            if check != "SecurityGroupUnrestrictedIngress22":
                yield Label(folder, fault, row["resource"], by_address(row["resource"]))
            elif kind == "aws_security_group":
                yield Label(with_bastion(folder, name), fault, row["resource"], by_address("aws_instance.bastion"))


def with_bastion(folder, group):
    """A copy of the case with an instance behind a group, since our rule is about what a group protects."""
    copy = pathlib.Path(COPIES.name, folder.name, group)
    shutil.copytree(folder, copy)
    (copy / "bastion.tf").write_text(BASTION % group)
    return copy


def alone(path):
    """A directory that holds this file only: the cases of a check stand side by side and repeat each other's names."""
    directory = pathlib.Path(COPIES.name, path.parent.parent.name, path.stem)
    directory.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, directory)
    return directory


def kics_labels(root, check):
    folder = root / KICS / check / "test"
    for path in sorted(folder.glob("negative*.tf")):
        yield Label(alone(path), False, path.name, lambda finding: True)
    for item in json.loads((folder / "positive_expected_result.json").read_text()):
        name = item.get("fileName") or item.get("filename") or "positive.tf"
        if (folder / name).exists():
            yield Label(alone(folder / name), True, f"{name}:{item['line']}", by_block(folder / name, item["line"]))


def trivy_labels(root, check):
    for folder in sorted((root / TRIVY / check / "terraform").iterdir()):
        yield Label(folder, folder.name.startswith("bad"), folder.name, lambda finding: True)


READERS = {"checkov": checkov_labels, "kics": kics_labels, "trivy": trivy_labels}


def compare(title, pairs, labels, options):
    print(f"{title:14} {'check':46} found missed false  of sound")
    for peer, check, rule, also, remark in pairs:
        found, missed, false, sound = 0, [], [], 0
        for label in labels(peer, check):
            ours, done = findings([label.directory], halint=options.halint)
            if done.code not in (0, 1):
                print("  failed:", label.directory, done.errors.strip()[-200:])
            hits = {f["rule"] for f in ours if label.matches(f)}
            if label.fault:
                found += bool(hits & {rule, *also})
                missed += [] if hits & {rule, *also} else [label.where]
            else:
                sound += 1
                false += [label.where] if rule in hits else []
        print(f"{peer:14} {check:46} {found:5} {len(missed):6} {len(false):5} {sound:9}  {remark}")
        if options.verbose:
            for where in missed:
                print("           missed", where)
            for where in false:
                print("           false ", where)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=HALINT)
    parser.add_argument("-v", "--verbose", action="store_true", help="name what was missed and what was false")
    options = parser.parse_args()
    root = corpus()
    copies = pathlib.Path(COPIES.name)
    compare("Terraform", PAIRS, lambda peer, check: READERS[peer](root, check), options)
    compare("CloudFormation", template_labels.PAIRS,
            lambda peer, check: template_labels.READERS[peer](root, check, copies), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

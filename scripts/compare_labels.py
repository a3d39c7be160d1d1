#!/usr/bin/env python3
"""Compares halint with the labelled cases of other linters where their predicates are ours.

For each pair of a peer's check and our rules it prints how many of the peer's faults halint found and missed, and on
how many of the peer's sound cases it raised the same alarm. The labels judge the peer's rule: a difference is to be
read, and is either right, with the reason below, or a bug.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import csv
import dataclasses
import json
import pathlib
import re
import shutil
import sys
import tempfile

from shared_data import HALINT, corpus, findings

CHECKOV = "bridgecrewio+checkov"
COPIES = tempfile.TemporaryDirectory()
KICS = "DataDog+datadog-iac-scanner/assets/queries/terraform/aws"
TRIVY = "aquasecurity+trivy-checks/snippets"

# Peer, its check, our rules, and where the predicates part.
PAIRS = [
    ("checkov", "RDSMultiAZEnabled", ["rds-single-az"], ""),
    ("checkov", "SecurityGroupUnrestrictedIngress22", ["bastion-ssh-open-to-world"],
     "ours asks for a bastion behind the group; the cases are groups that protect nothing"),
    ("checkov", "ELBwListenerNotTLSSSL", ["lb-no-https-listener", "lb-http-not-redirected"], ""),
    ("checkov", "ALBRedirectsHTTPToHTTPS", ["lb-http-not-redirected", "lb-no-https-listener"], ""),
    ("checkov", "AutoScalingEnabledLB", ["asg-no-elb-health-check"], ""),
    ("kics", "rds_db_instance_publicly_accessible", ["rds-publicly-accessible"], ""),
    ("kics", "auto_scaling_group_with_no_associated_elb", ["asg-no-elb-health-check"],
     "ours speaks of groups behind a load balancer only"),
    ("kics", "elasticache_nodes_not_created_across_multi_az", ["cache-no-replica", "cache-single-az"],
     "theirs is about Memcached"),
    ("kics", "http_port_open", ["lb-http-not-redirected"], "ours speaks of load balancers only"),
    ("kics", "unrestricted_security_group_ingress", ["data-store-open-to-world", "bastion-ssh-open-to-world"],
     "ours asks what stands behind the group"),
    ("trivy", "elb/http_not_used", ["lb-http-not-redirected", "lb-no-https-listener"], ""),
]


@dataclasses.dataclass
class Label:
    directory: object  # What halint is run on.
    fault: bool
    where: str         # For people.
    matches: object    # finding -> bool


def by_address(address):
    def matches(finding):
        return any(s["address"].split("#")[-1].split("[")[0] == address for s in finding["subjects"])
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
            yield Label(folder, row["verdict"] == "fail", row["resource"], by_address(row["resource"]))


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=HALINT)
    parser.add_argument("-v", "--verbose", action="store_true", help="name what was missed and what was false")
    options = parser.parse_args()
    root = corpus()
    print(f"{'peer':8} {'check':46} found missed false  of sound")
    for peer, check, rules, remark in PAIRS:
        found, missed, false, sound = 0, [], [], 0
        for label in READERS[peer](root, check):
            ours, done = findings([label.directory], halint=options.halint)
            if done.code not in (0, 1):
                print("  failed:", label.directory, done.errors.strip()[-200:])
            hit = any(f["rule"] in rules and label.matches(f) for f in ours)
            if label.fault:
                found += hit
                missed += [] if hit else [label.where]
            else:
                sound += 1
                false += [label.where] if hit else []
        print(f"{peer:8} {check:46} {found:5} {len(missed):6} {len(false):5} {sound:9}  {remark}")
        if options.verbose:
            for where in missed:
                print("           missed", where)
            for where in false:
                print("           false ", where)
    return 0


if __name__ == "__main__":
    sys.exit(main())

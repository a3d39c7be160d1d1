"""Labelled CloudFormation cases of other linters: where each case stands, and what its linter says about it."""
# SPDX-License-Identifier: Apache-2.0
import csv
import dataclasses
import json
import pathlib
import re
import textwrap

CHECKOV = "bridgecrewio+checkov"
CFN_NAG = "stelligent+cfn_nag"
GUARD = "aws-cloudformation+aws-guard-rules-registry/rules/aws"
KICS = "DataDog+datadog-iac-scanner/assets/queries/cloudFormation/aws"
TRIVY = "aquasecurity+trivy-checks/snippets"
ENDINGS = (".yaml", ".yml", ".json", ".template")


@dataclasses.dataclass
class Label:
    directory: object  # What halint is run on.
    fault: bool
    where: str         # For people.
    matches: object    # finding -> bool


def anything(_):
    return True


def by_logical_id(name):
    def matches(finding):
        if f"`{name}`" in finding["message"]:
            return True
        return any(re.split(r"[\[/]", s["address"].split("#")[-1])[0] == name for s in finding["subjects"])
    return matches


def indent_of(line):
    return len(line) - len(line.lstrip())


def resource_heads(lines):
    """Index of the line with which each resource begins, and of the line after the last one."""
    begin = next((i for i, line in enumerate(lines) if re.match(r'\s*"?Resources"?\s*:', line)), None)
    if begin is None:
        return []
    deeper = [i for i in range(begin + 1, len(lines)) if lines[i].strip() and not lines[i].lstrip().startswith("#")]
    end = next((i for i in deeper if indent_of(lines[i]) <= indent_of(lines[begin])), len(lines))
    inside = [i for i in deeper if i < end]
    return [i for i in inside if indent_of(lines[i]) == indent_of(lines[inside[0]])] + [end] if inside else []


def by_resource(path, line):
    """The finding stands in the resource that holds `line` of the file."""
    heads = resource_heads(path.read_text(errors="replace").splitlines())
    spans = [(a + 1, b) for a, b in zip(heads, heads[1:]) if a + 1 <= line <= b]
    begin, end = spans[0] if spans else (line, line)

    def matches(finding):
        places = [finding["location"]] + [e.get("location") or {} for e in finding["evidence"]]
        return any(p.get("file", "").endswith(path.name) and begin <= p["start"]["line"] <= end
                   for p in places if p.get("start"))
    return matches


def with_bastion(text, group):
    """The template with an instance behind a group, since our rule is about what a group protects."""
    lines = text.splitlines()
    heads = resource_heads(lines)
    bastion = f"""
        HalintBastion:
          Type: AWS::EC2::Instance
          Properties:
            SecurityGroupIds: [!Ref {group}]
            NetworkInterfaces: [{{DeviceIndex: "0", AssociatePublicIpAddress: true}}]
    """
    added = textwrap.indent(textwrap.dedent(bastion).strip(), " " * indent_of(lines[heads[0]]))
    return "\n".join(lines[:heads[0]] + added.splitlines() + lines[heads[0]:]) + "\n"


def checkov(root, check, copies):
    with open(root / CHECKOV / "LABELS.tsv", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["case"] == check and row["kind"] == "cfn"]
    folder = root / CHECKOV / "tests/cloudformation/checks/resource/aws" / f"example_{check}"
    for row in rows:
        name = row["resource"].rpartition(".")[2]
        yield Label(folder, row["verdict"] == "fail", row["resource"], by_logical_id(name))


def cfn_nag(root, check, copies):
    with open(root / CFN_NAG / "LABELS.tsv", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["rule"] == check]
    for row in rows:
        path = root / CFN_NAG / "spec/test_templates" / row["template"]
        names = [name for name in row["expected_failing_logical_ids"].split(",") if name]
        for name in names:
            yield Label(path, True, f"{row['template']} {name}", by_logical_id(name))
        if not names:
            yield Label(path, False, row["template"], anything)


def guard(root, check, copies):
    """The templates lie below `input:` of the test file; what guard skips is no label."""
    text = next(t for t in (p.read_text() for p in (root / GUARD).rglob("*_tests.yml")) if f" {check}:" in t)
    cases = re.split(r"^- name:", text, flags=re.M)[1:]
    for i, case in enumerate(cases):
        verdict = re.search(rf"{check}: *(\w+)", case)
        template = re.search(r"^( *)input:\n((?:\1 .*\n|\s*\n)*)", case, re.M)
        if not verdict or verdict[1] not in ("PASS", "FAIL") or not template:
            continue
        text = textwrap.dedent(template[2])
        if check == "INCOMING_SSH_DISABLED":
            group = re.search(r"^( +)(\w+):\s*\n\s+Type: *['\"]?AWS::EC2::SecurityGroup['\"]?$", text, re.M)
            if not group:
                continue
            text = with_bastion(text, group[2])
        directory = copies / check / str(i)
        directory.mkdir(parents=True)
        (directory / "template.yaml").write_text('AWSTemplateFormatVersion: "2010-09-09"\n' + text)
        yield Label(directory, verdict[1] == "FAIL", f"case {i + 1}: {case.splitlines()[0].strip()}", anything)


def kics(root, check, copies):
    folder = root / KICS / check / "test"
    for path in sorted(folder.glob("negative*")):
        if path.suffix in ENDINGS:
            yield Label(path, False, path.name, anything)
    for item in json.loads((folder / "positive_expected_result.json").read_text()):
        path = folder / (item.get("fileName") or item.get("filename") or "positive.yaml")
        if path.exists():
            yield Label(path, True, f"{path.name}:{item['line']}", by_resource(path, item["line"]))


def trivy(root, check, copies):
    for folder in sorted((root / TRIVY / check / "cloudformation").iterdir()):
        yield Label(folder, folder.name.startswith("bad"), folder.name, anything)


READERS = {"checkov": checkov, "cfn_nag": cfn_nag, "guard": guard, "kics": kics, "trivy": trivy}

# Peer, its check, the rule of ours with the same predicate, rules that may name the same cause instead, and a remark.
PAIRS = [
    ("checkov", "RDSMultiAZEnabled", "rds-single-az", [], ""),
    ("cfn_nag", "RDSInstancePubliclyAccessibleRule", "rds-publicly-accessible", [], ""),
    ("cfn_nag", "EC2SubnetMapPublicIpOnLaunchRule", "private-subnet-auto-public-ip", [],
     "a subnet by itself may be a public one: ours asks it of private ones"),
    ("cfn_nag", "ElasticLoadBalancerV2ListenerProtocolRule", "lb-no-https-listener", ["lb-http-not-redirected"],
     "the load balancer of the listener is not in the template"),
    ("guard", "RDS_MULTI_AZ_SUPPORT", "rds-single-az", [], "read replicas, of which ours asks no standby"),
    ("guard", "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "rds-publicly-accessible", [], ""),
    ("guard", "RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "deletion-protection-off", [],
     "read replicas, which can be made again"),
    ("guard", "ELB_DELETION_PROTECTION_ENABLED", "deletion-protection-off", [],
     "ours asks it of load balancers with a TLS listener"),
    ("guard", "ELBV2_ACM_CERTIFICATE_REQUIRED", "lb-https-without-certificate", [],
     "ours takes certificates of IAM too"),
    ("guard", "INCOMING_SSH_DISABLED", "bastion-ssh-open-to-world", [], "a bastion is put behind each group"),
    ("guard", "SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED", "private-subnet-auto-public-ip", [],
     "a subnet by itself may be a public one"),
    ("kics", "rds_multi_az_deployment_disabled", "rds-single-az", [], "their second mark is a read replica"),
    ("kics", "rds_db_instance_publicly_accessible", "rds-publicly-accessible", [], ""),
    ("kics", "elasticache_nodes_not_created_across_multi_az", "cache-no-replica", [],
     "theirs is about Memcached, which has no replicas"),
    ("trivy", "elb/http_not_used", "lb-no-https-listener", ["lb-http-not-redirected"], ""),
]

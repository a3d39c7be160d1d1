#!/usr/bin/env python3
"""Draws infrastructure with hostile names, and reads the pictures with the parsers of XML, HTML and JSON.

run.py HALINT. Nothing of a name may become markup or script, and nothing of it may get lost. Besides, nginx stands
inside the machine that it runs on.
"""
import html.parser
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "quotes": "a\"b'c`d",
    "script": "</title></text></svg><script>document.title = 'taken'</script>",
    "handler": "x\" onload=\"document.title = 'taken'\" y=\"",
    "entity": "&lt;b&gt; &#x3c; ]]>",
    "comment": "--><!-- x",
    "braces": "{{ 7 * 7 }} ${x} %s {}",
    "right to left": "\u05d0\u05d1 \u0627\u0644\u062e\u0627\u062f\u0645 \u202e evil",
    "wide": "\u65e5\u672c\u8a9e \U0001f600",
    "long": "L" * 300,
}


def template():
    resources = {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}}
    for i, name in enumerate(NAMES.values()):
        subnet = f"S{name}"
        resources[subnet] = {"Type": "AWS::EC2::Subnet", "Properties": {
            "VpcId": {"Ref": "Vpc"}, "CidrBlock": f"10.0.{i}.0/24", "AvailabilityZone": name}}
        resources[name] = {"Type": "AWS::EC2::Instance", "Properties": {"SubnetId": {"Ref": subnet}}}
        resources[f"D{name}"] = {"Type": "AWS::RDS::DBInstance", "Properties": {
            "Engine": name, "MultiAZ": False, "DBInstanceClass": "db.t3.small"}}
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


WEB = """
resource "aws_subnet" "a" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1a"
  cidr_block        = "10.0.1.0/24"
}
resource "aws_instance" "web" {
  subnet_id = aws_subnet.a.id
}
"""
NGINX = """
events {}
http {
  server { listen 80; server_name shop.example.com; }
  server { listen 81; server_name admin.example.com; }
}
"""


def boxes_of(svg):
    """The body of each box by the beginning of its title."""
    boxes = {}
    for group in xml.etree.ElementTree.fromstring(svg).iter(SVG + "g"):
        title, body = group.find(SVG + "title"), group.find(SVG + "rect")
        if title is not None and body is not None:
            x, y, width, height = (int(body.get(name)) for name in ("x", "y", "width", "height"))
            boxes[title.text.split(";")[0]] = (x, y, x + width, y + height)
    return boxes


def nginx_stands_in_its_machine(halint, must):
    with tempfile.TemporaryDirectory() as directory:
        for name, text in {"main.tf": WEB, "nginx.conf": NGINX,
                           ".halint.yaml": "bind:\n  - {nginx: nginx.conf, node: aws_instance.web}\n"}.items():
            pathlib.Path(directory, name).write_text(text)
        done = subprocess.run([halint, "graph", "--format", "svg", "."], cwd=directory, text=True, capture_output=True,
                              timeout=60)
        boxes = boxes_of(done.stdout)
        outer = boxes.get("instance aws_instance.web")
        for server in ("server[shop.example.com:80]", "server[admin.example.com:81]"):
            inner = boxes.get(f"nginx server {server}")
            must(outer and inner and outer[0] < inner[0] and outer[1] < inner[1] and inner[2] < outer[2] and
                 inner[3] < outer[3], f"{server} is not drawn in its machine: {inner} in {outer}")


def every_finding_is_drawn(halint, must):
    """In Terraform and in CloudFormation, the findings in nginx among them."""
    examples = pathlib.Path(__file__).resolve().parents[2] / "examples"
    for name in ("terraform-first-try", "cloudformation-first-try"):
        done = subprocess.run([halint, "graph", "--format", "html", name], cwd=examples, text=True, capture_output=True,
                              timeout=60)
        must("data-finding=" in done.stdout, f"{name}: no finding is listed")
        must("not in the picture" not in done.stdout, f"{name}: a finding is not in the picture")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data):
        self.text += data


def main():
    halint = pathlib.Path(sys.argv[1]).resolve()
    wrong = []

    def must(condition, what):
        if not condition:
            wrong.append(what)

    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        (work / "<b>\"'&.json").write_text(json.dumps(template()))

        def draw(kind):
            done = subprocess.run([halint, "graph", "--isolated", "--format", kind, "."], cwd=work, text=True,
                                  capture_output=True, timeout=60)
            must(done.returncode == 0, f"{kind}: exit code {done.returncode}: {done.stderr}")
            return done.stdout

        svg = draw("svg")
        root = xml.etree.ElementTree.fromstring(svg)
        titles = "\n".join(title.text or "" for title in root.iter(SVG + "title"))
        known = {"svg", "title", "style", "defs", "marker", "pattern", "path", "g", "rect", "text", "polyline", "line"}
        must({node.tag.removeprefix(SVG) for node in root.iter()} <= known, "svg: an element that is not ours")
        must(not any(name.startswith("on") or "href" in name for node in root.iter() for name in node.attrib),
             "svg: an attribute that acts")
        for what, name in NAMES.items():
            # What turns text around is shown, not done.
            must(name.replace("\u202e", "") in titles.replace("\u202e", "").replace("\\u202e", ""),
                 f"svg: the name with {what} is not whole in a title")
        page = Page()
        page.feed(draw("html"))
        must(page.tags.count("script") == 1 and page.tags.count("svg") == 1, "html: a script that is not ours")
        must(not any(name.startswith("on") for name in page.attributes), "html: an attribute that acts")
        for what, name in NAMES.items():
            must(name in page.text or what == "right to left", f"html: the name with {what} is not whole")
        addresses = {node["address"] for node in json.loads(draw("json"))["roots"][0]["nodes"]}
        must({f"D{name}" for name in NAMES.values()} <= addresses, "json: a name got lost")
        must("<script" not in draw("mermaid"), "mermaid: a script")
        must(draw("svg") == svg, "svg: two runs differ")
    nginx_stands_in_its_machine(halint, must)
    every_finding_is_drawn(halint, must)
    for what in wrong:
        print("FAILED", what)
    print(f"{len(NAMES)} hostile names drawn" if not wrong else f"{len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

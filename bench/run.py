#!/usr/bin/env python3
"""Measures whole runs of halint, as ratios within one run of this script: start-up, parsing alone against everything,
growth with the size of the input, peak memory; of nginx also megabytes a second.

Inputs are made here, and taken from ../shared/corpus where that is there: the 40 directories below `examples` folders
with the most Terraform text, and all .tf files but those of two projects. Each figure is the median of several runs.
"""
# SPDX-License-Identifier: Apache-2.0
import argparse
import pathlib
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "scripts"))
import shared_data  # noqa: E402

LEFT_OUT = ("_weak-copyleft-mpl2", "DataDog")
SUBNETS = """
resource "aws_vpc" "v{n}" {{
  cidr_block = "10.{net}.0.0/16"
}}
resource "aws_subnet" "private{n}" {{
  count             = 3
  vpc_id            = aws_vpc.v{n}.id
  availability_zone = element(["eu-west-1a", "eu-west-1b", "eu-west-1c"], count.index)
  cidr_block        = cidrsubnet(aws_vpc.v{n}.cidr_block, 8, count.index)
}}
resource "aws_security_group" "db{n}" {{
  vpc_id = aws_vpc.v{n}.id
  ingress {{
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.v{n}.cidr_block]
  }}
}}
resource "aws_db_subnet_group" "db{n}" {{
  subnet_ids = aws_subnet.private{n}[*].id
}}
resource "aws_db_instance" "db{n}" {{
  engine                 = "postgres"
  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.db{n}.name
  vpc_security_group_ids = [aws_security_group.db{n}.id]
}}
"""
SITE = """
upstream app{n} {{
  server 10.0.0.1:8080;
  server 10.0.1.1:8080;
}}
server {{
  listen 80;
  server_name app{n}.example.com;
  if ($arg_old) {{ return 301 https://www.example.com$request_uri; }}
  location / {{
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_pass http://app{n};
  }}
  location ~ ^/files/(?<file>[\\w.-]+)$ {{
    set $path /data/$file;
    add_header X-Path $path;
    root /srv/app{n};
  }}
}}
"""


class Bench:
    def __init__(self, options):
        self.options = options

    def measure(self, paths, *flags):
        """Median seconds and peak megabytes of `halint check FLAGS PATHS`."""
        arguments = ["check", "--fail-on", "never", "--format", "json", *flags, *paths]
        runs = [shared_data.run(arguments, 600, self.options.halint) for _ in range(self.options.runs)]
        wrong = [r for r in runs if r.code != 0]
        if wrong:
            sys.exit(f"halint ended with {wrong[0].code}: {wrong[0].errors.strip()[-300:]}")
        return statistics.median(r.seconds for r in runs), max(r.megabytes for r in runs)

    def compare(self, name, paths):
        parse, parse_memory = self.measure(paths, "--stop-after", "parse")
        whole, memory = self.measure(paths)
        print(f"{name:44} parse {parse * 1000:7.0f} ms  whole {whole * 1000:7.0f} ms  ratio {whole / parse:5.2f}"
              f"  memory {parse_memory:4.0f} -> {memory:4.0f} MB")

    def start_up(self, directory):
        path = pathlib.Path(directory, "small")
        path.mkdir()
        (path / "main.tf").write_text('resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n')
        nothing = statistics.median(shared_data.run(["help"], 60, self.options.halint).seconds
                                    for _ in range(self.options.runs * 4))
        one = statistics.median(self.measure([path])[0] for _ in range(4))
        print(f"start to exit: {nothing * 1000:.1f} ms for `help`, {one * 1000:.1f} ms for one small file")

    def growth(self, directory):
        base = None
        for factor in (1, 4, 16):
            path = pathlib.Path(directory, f"growth{factor}")
            path.mkdir()
            for n in range(20 * factor):
                (path / f"part{n}.tf").write_text(SUBNETS.format(n=n, net=n % 250))
            seconds, memory = self.measure([path])
            base = base or (seconds, memory)
            print(f"growth {factor:2}x: {seconds * 1000:7.0f} ms ({seconds / base[0]:5.2f} times)"
                  f"  {memory:4.0f} MB ({memory / base[1]:4.2f} times)")

    def nginx(self, directory):
        """One generated file of 1, 2, 5 and 10 MB."""
        for megabytes in (1, 2, 5, 10):
            path = pathlib.Path(directory, f"nginx{megabytes}")
            path.mkdir()
            parts, size = ["server_tokens off;\n"], 0
            while size < megabytes * 1_000_000:
                parts.append(SITE.format(n=len(parts)))
                size += len(parts[-1])
            (path / "nginx.conf").write_text("events {}\nhttp {\n" + "".join(parts) + "}\n")
            parse, _ = self.measure([path], "--stop-after", "parse")
            whole, memory = self.measure([path])
            print(f"nginx {megabytes:2} MB: parse {parse * 1000:6.0f} ms ({size / parse / 1e6:4.1f} MB/s)"
                  f"  whole {whole * 1000:6.0f} ms ({size / whole / 1e6:4.1f} MB/s)  {memory:4.0f} MB")


def biggest_examples(corpus, count):
    sizes = {}
    for path in corpus.rglob("*.tf"):
        if "examples" in path.parts and path.is_file():
            sizes[path.parent] = sizes.get(path.parent, 0) + path.stat().st_size
    return [directory for directory, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:count]]


def copy_terraform_files(corpus, directory):
    """A tree with the .tf files of all projects but two, and their variables. Returns how many .tf files."""
    count = 0
    for path in sorted(corpus.rglob("*")):
        name = path.relative_to(corpus)
        if name.parts[0].startswith(LEFT_OUT) or not path.is_file() or path.suffix not in (".tf", ".tfvars"):
            continue
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        count += path.suffix == ".tf"
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--halint", default=shared_data.HALINT)
    parser.add_argument("--runs", type=int, default=5)
    bench = Bench(parser.parse_args())
    with tempfile.TemporaryDirectory() as directory:
        bench.start_up(directory)
        bench.growth(directory)
        bench.nginx(directory)
        corpus = shared_data.corpus()
        bench.compare("the 40 biggest example directories", biggest_examples(corpus, 40))
        tree = pathlib.Path(directory, "corpus")
        count = copy_terraform_files(corpus, tree)
        bench.compare(f"{count} .tf files of real projects", [tree])
    return 0


if __name__ == "__main__":
    sys.exit(main())

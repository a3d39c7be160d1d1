#!/usr/bin/env python3
"""Runs ci/gate as the jobs of GitHub and GitLab do: with the variables that they set, on small workspaces.

run.py HALINT
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
GATE = PROJECT / "ci" / "gate"
DATABASE = 'resource "aws_db_instance" "%s" {\n  engine   = "postgres"\n  multi_az = %s\n}\n'


class Job:
    """A checkout, and what is left when the step has ended."""

    def __init__(self, directory, halint, files):
        self.directory = pathlib.Path(directory)
        self.checkout = self.directory / "work space"
        self.reports = self.directory / "reports"
        self.summary = self.directory / "summary.md"
        self.output = self.directory / "output"
        self.summary.write_text("An earlier line.\n")
        self.output.write_text("")
        self.environment = {"PATH": os.environ["PATH"], "HALINT_PROGRAM": str(halint), "HOME": directory, "CI": "true",
                            "HALINT_REPORTS": str(self.reports), "LC_ALL": "C.UTF-8",
                            "ASAN_OPTIONS": "detect_leaks=0"}
        # What other rules say of these files is not what is tested.
        for name, text in {".halint.yaml": "version: 1\nselect: [rds-single-az]\n", **files}.items():
            (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
            (self.checkout / name).write_text(text)

    def run(self, **variables):
        done = subprocess.run([str(GATE)], cwd=self.checkout, env={**self.environment, **variables}, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=100)
        self.code, self.log, self.errors = done.returncode, done.stdout, done.stderr
        return self

    def on_github(self, **variables):
        github = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.checkout), "GITHUB_OUTPUT": str(self.output),
                  "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_EVENT_NAME": "pull_request"}
        inputs = {"HALINT_PATHS": ".", "HALINT_ARGS": "", "HALINT_FAIL_ON": "", "HALINT_SARIF_UPLOAD": "auto",
                  "HALINT_IS_FORK": "", "HALINT_IS_PRIVATE": "false"}
        return self.run(**{**github, **inputs, **variables})

    def on_gitlab(self, **variables):
        return self.run(GITLAB_CI="true", CI_PROJECT_DIR=str(self.checkout), CI_COMMIT_SHA="0" * 40,
                        HALINT_REPORTS="halint-reports", **variables)

    def outputs(self):
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


def github_says_where_and_fails(job):
    job({"infra/main.tf": DATABASE % ("orders", "false")}).on_github()
    assert job.code == 1
    assert job.log.startswith("::error title=rds-single-az,file=infra/main.tf,line=3,"), job.log
    assert "Failed: 1 finding at or above error." in job.errors
    summary = job.summary.read_text()
    assert summary.startswith("An earlier line.\n### halint\n\n**Failed: 1 finding at or above error.**"), summary
    assert job.outputs() == {"rc": "1", "findings": "1", "sarif": f"{job.reports}/halint.sarif", "upload": "true"}
    results = json.loads((job.reports / "halint.sarif").read_text())["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["rds-single-az"]


def github_passes_a_sound_workspace(job):
    job({"main.tf": DATABASE % ("orders", "true")}).on_github()
    assert job.code == 0 and job.log == "", job.log
    assert "**Passed: no findings.**" in job.summary.read_text()
    assert job.outputs()["findings"] == "0" and job.outputs()["upload"] == "true"
    assert json.loads((job.reports / "halint.sarif").read_text())["runs"][0]["results"] == []


def github_lets_flags_and_level_through(job):
    files = {"a/main.tf": DATABASE % ("orders", "false"), "b/main.tf": DATABASE % ("carts", "false")}
    job(files).on_github(HALINT_PATHS="a", HALINT_FAIL_ON="never", HALINT_ARGS="--severity  rds-single-az=note\n --jobs 1")
    assert job.code == 0 and "::notice title=rds-single-az,file=a/main.tf" in job.log, job.log
    assert "b/main.tf" not in job.log
    assert job.outputs()["rc"] == "0"


def github_uploads_only_where_it_can(job):
    sound = {"main.tf": DATABASE % ("orders", "true")}
    for variables, expected in (({"HALINT_IS_FORK": "true"}, "false"), ({"HALINT_IS_PRIVATE": "true"}, "false"),
                                ({"HALINT_IS_PRIVATE": "true", "HALINT_SARIF_UPLOAD": "true"}, "true"),
                                ({"HALINT_SARIF_UPLOAD": "false"}, "false")):
        job(sound).on_github(**variables)
        assert job.code == 0 and job.outputs()["upload"] == expected, (variables, job.outputs())


def a_misspelled_path_is_no_success(job):
    job({"infra/main.tf": DATABASE % ("orders", "true")}).on_github(HALINT_PATHS="infr")
    assert job.code == 2 and "there is no file or directory `infr`" in job.errors, job.errors
    assert job.outputs()["upload"] == "false" and job.outputs()["rc"] == "2"


def nothing_to_read_is_no_success(job):
    job({"README.md": "Nothing.\n"}).on_gitlab()
    assert job.code == 2 and "there is nothing here that halint reads" in job.errors, job.errors


def inputs_are_never_executed(job):
    job({"infra/main.tf": DATABASE % ("orders", "true")}).on_github(HALINT_PATHS="infra $(touch${IFS}x) `touch y` ; touch z *")
    assert job.code == 2, job.errors
    assert sorted(path.name for path in job.checkout.iterdir()) == [".halint.yaml", "infra"]


def a_file_cannot_speak_to_the_runner(job):
    text = '# halint-ignore[rds-single-az]: x\n::error::I am no finding\n' + DATABASE % ("a", "false")
    job({"a\n::set-output name=x::y/main.tf": text}).on_github()
    assert job.code == 1
    commands = [line for line in (job.log + job.errors).splitlines() if line.startswith("::")]
    assert commands and all(line.startswith("::error title=") or line.startswith("::warning title=") for line in commands), commands


def gitlab_leaves_its_reports(job):
    job({"main.tf": DATABASE % ("orders", "false")}).on_gitlab()
    assert job.code == 1 and "error[rds-single-az]: database" in job.log, job.log
    assert job.log.endswith("Failed: 1 finding at or above error.\n")
    reports = job.checkout / "halint-reports"
    [entry] = json.loads((reports / "gl-code-quality-report.json").read_text())
    assert entry["check_name"] == "rds-single-az" and entry["location"] == {"path": "main.tf", "lines": {"begin": 3}}, entry
    assert xml.etree.ElementTree.parse(reports / "halint-junit.xml").getroot().get("failures") == "1"
    assert (reports / "halint.sarif").is_file()


def gitlab_reads_no_report_of_its_own(job):
    job({"main.tf": DATABASE % ("orders", "false")}).on_gitlab()
    first = job.log
    job.on_gitlab()
    assert job.log == first


def elsewhere_it_is_a_gate_too(job):
    job({"main.tf": DATABASE % ("orders", "false")}).run(HALINT_FAIL_ON="never")
    assert job.code == 0 and job.log.endswith("Passed: 1 error, but --fail-on never.\n"), job.log
    assert (job.reports / "halint-junit.xml").is_file()


def the_jobs_speak_of_variables_that_the_gate_knows(_):
    known = set(re.findall(r"HALINT_[A-Z_]+", GATE.read_text() + (PROJECT / "ci" / "install").read_text()))
    for name in ("action.yml", "ci/gitlab.yml"):
        text = (PROJECT / name).read_text()
        unknown = set(re.findall(r"HALINT_[A-Z_]+", text)) - known - {"HALINT_REPOSITORY", "HALINT_REF"}
        assert not unknown, (name, unknown)
        assert "ci/gate" in text and "ci/install" in text
    # An input inside a script would be a part of the script.
    scripts = re.findall(r"^\s*run: (.*)$", (PROJECT / "action.yml").read_text(), re.MULTILINE)
    assert scripts and all("${{" not in script for script in scripts), scripts


CASES = [github_says_where_and_fails, github_passes_a_sound_workspace, github_lets_flags_and_level_through,
         github_uploads_only_where_it_can, a_misspelled_path_is_no_success, nothing_to_read_is_no_success,
         inputs_are_never_executed, a_file_cannot_speak_to_the_runner, gitlab_leaves_its_reports,
         gitlab_reads_no_report_of_its_own, elsewhere_it_is_a_gate_too,
         the_jobs_speak_of_variables_that_the_gate_knows]


class Maker:
    """Makes a job in a fresh directory when it is called with files; then it is that job."""

    def __init__(self, halint):
        self.halint = halint
        self.directories = []

    def __call__(self, files):
        self.directories.append(tempfile.TemporaryDirectory())
        self.job = Job(self.directories[-1].name, self.halint, files)
        return self.job

    def __getattr__(self, name):
        return getattr(self.job, name)


def main():
    halint = pathlib.Path(sys.argv[1]).resolve()
    failed = 0
    for case in CASES:
        try:
            case(Maker(halint))
            print(f"ok     {case.__name__}")
        except AssertionError as wrong:
            print(f"FAILED {case.__name__}: {wrong}")
            failed += 1
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

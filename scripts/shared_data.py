"""Where the inputs of other projects are that some scripts measure on, and how halint is run on them."""
# SPDX-License-Identifier: Apache-2.0
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
HALINT = PROJECT / "build" / "release" / "halint"


def corpus():
    """The directory of the corpus. Ends the program, as a success, if it is not there."""
    for place in (os.environ.get("HALINT_SHARED"), PROJECT.parent / "shared"):
        if place and (pathlib.Path(place) / "corpus").is_dir():
            return pathlib.Path(place) / "corpus"
    print("skipped: there is no ../shared/corpus; set HALINT_SHARED")
    sys.exit(0)


@dataclasses.dataclass
class Run:
    code: int | None  # None: it did not end in time. Negative: killed by a signal.
    output: str
    errors: str
    seconds: float
    megabytes: float

    @property
    def crashed(self):
        return self.code is not None and self.code not in (0, 1)


def run(arguments, limit=60.0, halint=HALINT):
    """Runs halint; its peak memory is measured too."""
    with tempfile.TemporaryFile("w+", errors="replace") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.monotonic()
        process = subprocess.Popen([str(halint), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=errors)
        late = threading.Event()

        def stop():
            late.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Run(None if late.is_set() else process.returncode, output.read(), errors.read(), seconds,
                   usage.ru_maxrss / 1024)


def findings(paths, flags=(), limit=60.0, halint=HALINT):
    """The findings of a run, from its JSON report, and the run itself."""
    done = run(["check", "--format", "json", "--color", "never", *flags, *paths], limit, halint)
    try:
        return json.loads(done.output)["findings"], done
    except (ValueError, KeyError):
        return [], done

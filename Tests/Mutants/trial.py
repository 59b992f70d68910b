"""Runs the tests against one mutant, cheapest first, until one fails."""

import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# Those that explore all states within bounds: they run last, and only for what they reach.
EXHAUSTIVE = (
    "RotationModelCheckTests", "RotationAttackModelCheckTests", "RestorationExplorationTests")

FAILED_TEST = re.compile(r"^\S+ Test (?:case .* to )?(\".*?\"|\S+) .*recorded an issue", re.S)
RAN_TESTS = re.compile(r"Test run with ([1-9]\d*) tests? .*passed")

# A crash that is described in full takes longer than most time-outs.
QUICK_CRASH = {"SWIFT_BACKTRACE": "enable=no"}

# How long a batch may take, beside a multiple of what it takes without a mutant: a busy machine
# must not look like a hang.
PATIENCE = 20
LONGEST = 900


@dataclass
class Batch:
    """Suites that run in one process: those of a room, or one that is exhaustive."""

    name: str
    room: str
    suites: list
    # Without a trace it counts as slow, and as reaching everything.
    seconds: float = 60
    reached: frozenset | None = None

    @property
    def is_exhaustive(self):
        return self.name in EXHAUSTIVE

    def reaches(self, number):
        return self.reached is None or number in self.reached


def batches(tests):
    """The batches of a folder of tests, where every room is a folder."""
    found = []
    for room in sorted(folder for folder in tests.iterdir() if folder.is_dir()):
        suites = sorted(file.stem for file in room.rglob("*Tests.swift"))
        cheap = [suite for suite in suites if suite not in EXHAUSTIVE]
        if cheap:
            found.append(Batch(room.name, room.name, cheap))
        found += [Batch(suite, room.name, [suite]) for suite in suites if suite in EXHAUSTIVE]
    return found


class Trial:
    def __init__(self, bundle, batches):
        self.bundle = bundle
        self.batches = batches

    def trace(self, folder, with_exhaustive):
        """Runs the batches without a mutant, to see them pass, and what they reach in what time."""
        for batch in self.batches:
            if batch.is_exhaustive and not with_exhaustive:
                continue
            trace = folder / f"{batch.name}.trace"
            trace.unlink(missing_ok=True)
            start = time.monotonic()
            outcome = self._run(batch, {"MUTANT_TRACE": str(trace)}, LONGEST)
            batch.seconds = time.monotonic() - start
            if outcome is not None:
                raise SystemExit(f"without a mutant, {batch.name} fails: {outcome}")
            reached = trace.read_bytes() if trace.exists() else b""
            batch.reached = frozenset(i for i, byte in enumerate(reached) if byte)

    def killer(self, number, room):
        """What kills the mutant: a test, a crash or a time-out. `None` when it survives."""
        reaching = [batch for batch in self.batches if batch.reaches(number)]
        order = lambda batch: (batch.is_exhaustive, batch.room != room, batch.seconds)
        for batch in sorted(reaching, key=order):
            killer = self._run(
                batch, {"MUTANT": str(number)}, PATIENCE + 10 * batch.seconds)
            if killer is not None:
                return killer
        return None

    def is_reached(self, number):
        return any(batch.reaches(number) for batch in self.batches)

    def _run(self, batch, environment, patience):
        """What failed, or `None` when every test passed."""
        names = "|".join(batch.suites)
        process = subprocess.Popen(
            [self.bundle, "--testing-library", "swift-testing", "--filter", rf"\.({names})/"],
            cwd=self.bundle.parent, env={**os.environ, **QUICK_CRASH, **environment},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace")
        late = threading.Event()
        timer = threading.Timer(patience, lambda: (late.set(), process.kill()))
        timer.start()
        passed = False
        with process:
            for line in process.stdout:
                failed = FAILED_TEST.match(line)
                if failed:
                    timer.cancel()
                    process.kill()
                    return f"{batch.name}: {failed.group(1).strip(chr(34))}"
                passed = passed or RAN_TESTS.search(line) is not None
        timer.cancel()
        if late.is_set():
            return f"{batch.name}: time-out"
        if process.returncode == 0 and passed:
            return None
        return f"{batch.name}: {'crash' if process.returncode < 0 else 'failed'}"

"""Reads `Survivors.md`: the mutants that change nothing that can be seen, and why."""

import re
from pathlib import Path

FILE = Path(__file__).resolve().parent / "Survivors.md"
ENTRY = re.compile(r"^- `` (.+?) ``$")


def explained():
    """The identities of the explained mutants, each with its reason: the paragraph above."""
    found, reason = {}, ""
    for line in FILE.read_text().splitlines():
        entry = ENTRY.match(line)
        if entry:
            if not reason:
                raise SystemExit(f"{FILE.name}: no reason above {entry.group(1)}")
            if entry.group(1) in found:
                raise SystemExit(f"{FILE.name}: twice: {entry.group(1)}")
            found[entry.group(1)] = reason
        elif line.startswith("#"):
            reason = ""
        elif line.strip():
            reason = line.strip()
    return found

"""All that reads foreign bytes, by inputs made at random, the same ones every time.

For longer: ``python -m tests.fuzz --minutes 30``; see CONTRIBUTING.md.
"""

import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.builders import EXAMPLES
from tests.fuzz.campaign import campaign, crash_of, made, smaller
from tests.fuzz.targets import TARGETS, Target

_FOUND = sorted(Path(__file__).parent.glob("found/*/*"))
"""Inputs that once were not dealt with, in the folder of their target."""

every_target = pytest.mark.parametrize("target", TARGETS.values(), ids=str)


@every_target
def test_seeds_are_read(target: Target) -> None:
    for data in target.corpus():
        target.read(data)


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_was_found_stays_mended(path: Path) -> None:
    crash = crash_of(TARGETS[path.parent.name].read, path.read_bytes())
    assert crash is None, crash.detail


@every_target
def test_a_fixed_round(target: Target, tmp_path: Path) -> None:
    assert made(target, 1, 2) == made(target, 1, 2)
    for found in campaign(target, 0, inputs=target.round):
        pytest.fail(f"{found}\n{found.keep(tmp_path)}")


# The fuzzer itself -----------------------------------------------------------------------------------------


def _stumbles(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if b"Sidomukti" in archive.read("xl/sharedStrings.xml"):
            raise KeyError("Sidomukti")


def _hangs(_data: bytes) -> None:
    try:
        while True:
            pass
    except Exception:  # noqa: BLE001 - what is tried may be as careless
        return


def test_what_takes_too_long_is_a_mistake() -> None:
    crash = crash_of(_hangs, b"", seconds=0.2)
    assert crash is not None
    assert crash.key.startswith("TooSlowError")


def test_a_mistake_is_kept_and_made_smaller(tmp_path: Path) -> None:
    target = replace(TARGETS["reader"], read=_stumbles)
    found = next(found for found in campaign(target, 0, inputs=20) if found.crash.key.startswith("KeyError"))
    command = found.keep(tmp_path)
    (path,) = tmp_path.iterdir()
    assert command == f"python -m tests.fuzz --target reader --file {path}"
    less = smaller(target, path.read_bytes(), found.crash.key)
    crash = crash_of(_stumbles, less)
    assert crash is not None
    assert crash.key == found.crash.key
    assert len(less) < len(found.data) / 10


def test_the_command_runs(tmp_path: Path) -> None:
    arguments = ["--seed", "7", "--target", "roster", "--minutes", "0", "--keep", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments],
        cwd=EXAMPLES.parent,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"roster: seed 7, 0 seconds\n")

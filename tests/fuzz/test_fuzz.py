"""All that reads foreign bytes, by inputs made at random, the same ones every time.

For longer: ``python -m tests.fuzz --minutes 30``; see CONTRIBUTING.md.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.campaign import campaign, keep, made
from tests.fuzz.guard import crash_of
from tests.fuzz.seeds import FOUND
from tests.fuzz.smaller import smaller
from tests.fuzz.targets import TARGETS, Target

_KNOWN = sorted(FOUND.glob("*/*"))

every_target = pytest.mark.parametrize("target", TARGETS.values(), ids=str)


@every_target
def test_seeds_are_read(target: Target) -> None:
    for data in target.corpus():
        target.read(data)


@pytest.mark.parametrize("path", _KNOWN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_was_found_stays_mended(path: Path) -> None:
    crash = crash_of(TARGETS[path.parent.name].read, path.read_bytes())
    assert crash is None, crash.detail


@every_target
def test_a_fixed_round(target: Target, tmp_path: Path) -> None:
    for found in campaign(target, 0, inputs=target.round):
        pytest.fail(f"{found}\n{keep(found, tmp_path)}")


# The fuzzer itself ---------------------------------------------------------------------------------------


def _stumbles(data: bytes) -> None:
    if b"n" in data:
        raise KeyError("n")


def _hangs(_data: bytes) -> None:
    try:
        while True:
            pass
    except Exception:  # noqa: BLE001 - as careless as what is tried may be
        return


@every_target
def test_the_same_seed_gives_the_same_input(target: Target) -> None:
    assert made(target, 1, 2) == made(target, 1, 2)
    assert len({made(target, 1, number) for number in range(20)}) > 10


def test_a_mistake_is_found_once_and_kept(tmp_path: Path) -> None:
    target = replace(TARGETS["roster"], read=_stumbles)
    (found,) = campaign(target, 0, inputs=20)
    assert found.crash.kind == "KeyError"
    command = keep(found, tmp_path)
    (path,) = tmp_path.iterdir()
    assert command == f"python -m tests.fuzz --target roster --file {path}"
    assert path.read_bytes() == found.data


def test_what_takes_too_long_is_a_mistake() -> None:
    crash = crash_of(_hangs, b"", seconds=0.2)
    assert crash is not None
    assert crash.kind == "TooSlowError"


def test_an_input_is_made_smaller() -> None:
    def read(data: bytes) -> None:
        import zipfile  # noqa: PLC0415
        from io import BytesIO  # noqa: PLC0415

        with zipfile.ZipFile(BytesIO(data)) as archive:
            if b"Sidomukti" in archive.read("xl/sharedStrings.xml"):
                raise KeyError("Sidomukti")

    target = replace(TARGETS["reader"], read=read)
    data = next(data for data in target.corpus() if crash_of(read, data))
    crash = crash_of(read, data)
    assert crash is not None
    less = smaller(target, data, crash.key)
    assert len(less) < len(data) / 10
    assert crash_of(read, less) == replace(crash, detail=crash_of(read, less).detail)  # type: ignore[union-attr]
